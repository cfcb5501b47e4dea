package deploy

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"sync"
)

// others asks for each folder before the files in it, so that an empty place needs few
// requests.
func (s *sftpStore) others(ctx context.Context, paths []string) ([]string, error) {
	paths = slices.Sorted(slices.Values(paths))
	there := make([]bool, len(paths))
	folders := map[string]bool{}
	var mu sync.Mutex
	err := each(ctx, sftpWidth, len(paths), func(ctx context.Context, i int) error {
		return s.do(ctx, func(c *sftpClient) error {
			mu.Lock()
			exists, err := s.hasFolder(c, path.Dir(paths[i]), folders)
			mu.Unlock()
			if err == nil && exists {
				there[i], err = s.exists(c, paths[i])
			}
			return err
		})
	})
	return chosen(paths, there), err
}

// hasFolder reports whether a folder below the root exists. known has the answers that the
// server has given.
func (s *sftpStore) hasFolder(c *sftpClient, name string, known map[string]bool) (bool, error) {
	exists, asked := known[name]
	if asked {
		return exists, nil
	}
	if name != "." {
		if exists, err := s.hasFolder(c, path.Dir(name), known); err != nil || !exists {
			return false, err
		}
	}
	exists, err := s.exists(c, name)
	if err == nil {
		known[name] = exists
	}
	return exists, err
}

// exists reports whether there is anything at a path below the root, be it a link to
// nowhere.
func (s *sftpStore) exists(c *sftpClient, name string) (bool, error) {
	_, err := c.Lstat(path.Join(s.root, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (s *sftpStore) move(ctx context.Context, from, to string) error {
	return s.do(ctx, func(c *sftpClient) error {
		to := path.Join(s.root, to)
		if err := c.MkdirAll(path.Dir(to)); err != nil {
			return err
		}
		return c.Rename(path.Join(s.root, from), to)
	})
}
