package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"allclear/generator/render"

	"golang.org/x/sync/errgroup"
)

// outcome is what writing a site did.
type outcome struct {
	files     int
	written   int
	unchanged int
	removed   int
	bytes     int64
	kept      []string // no longer built, but changed by another hand since
	left      record   // what is in the folder now, where it is remembered
}

// writeSite makes a folder equal to a list of files. Files whose bytes are there
// already are not touched, and files that an earlier build wrote and this one
// does not are removed. Everything new is staged before anything is moved into
// place, and every move can be taken back: where anything fails, the folder
// stays as it was. step is called after each file is rendered. A file that
// an earlier build is remembered to have left there, and that would be the same, is
// not rendered.
func writeSite(ctx context.Context, dir string, files []render.File, known record, step func()) (outcome, error) {
	if err := checkPaths(files); err != nil {
		return outcome{}, err
	}
	settling.Lock()
	defer settling.Unlock()
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	made, err := makeFolder(dir)
	if err != nil {
		return outcome{}, err
	}
	done, err := writeInto(ctx, dir, files, known, step)
	if err != nil {
		for _, folder := range slices.Backward(made) {
			os.Remove(folder) // only where it is empty
		}
	}
	return done, err
}

func writeInto(ctx context.Context, dir string, files []render.File, known record, step func()) (outcome, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return outcome{}, failed("", "cannot open %s: %s", dir, reason(err))
	}
	defer root.Close()
	if err := ownFolder(root, dir); err != nil {
		return outcome{}, err
	}
	release, err := lock(ctx, root, dir)
	if err != nil {
		return outcome{}, err
	}
	defer release()
	sweep(root)
	before, err := readLedger(root)
	if err != nil {
		return outcome{}, failed("", "cannot read the list of files in %s: %s", dir, reason(err))
	}
	s := &staging{root: root, dir: dir, before: before, left: known}
	defer s.clear()
	if err := s.stageAll(ctx, files, step); err != nil {
		return outcome{}, err
	}
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	if err := s.commit(); err != nil {
		s.undo()
		return outcome{}, failed("nothing was changed; mend this and build again", "cannot write to %s: %s", dir, describe(err))
	}
	s.prune()
	return s.outcome(), nil
}

// stageAll renders every file, several at a time, and stages those that differ
// from what the folder holds.
func (s *staging) stageAll(ctx context.Context, files []render.File, step func()) error {
	if err := s.plant(files); err != nil {
		return err
	}
	s.built = make([]built, len(files))
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) { // each goes on with the stack that it has
		group.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				var err error
				if s.built[i], err = s.build(int(i), files[i]); err != nil {
					return err
				}
				step()
			}
			return nil
		})
	}
	return group.Wait()
}

// build makes a file and stages it, unless it is known to be there already.
func (s *staging) build(n int, f render.File) (built, error) {
	var key render.Key
	if s.left != nil && f.Key != nil {
		key = f.Key()
	}
	if key != (render.Key{}) {
		if b, ok := s.as(f, key); ok {
			return b, nil
		}
	}
	data, err := f.Bytes()
	if err != nil && !strings.HasPrefix(err.Error(), f.Path) {
		return built{}, fmt.Errorf("%s: %w", f.Path, err)
	}
	if err != nil {
		return built{}, err
	}
	b, err := s.stage(n, f.Path, data)
	b.key = key
	return b, err
}

// stage compares a file with what the folder holds, and puts it aside for its
// move into place where it differs.
func (s *staging) stage(n int, name string, data []byte) (b built, err error) {
	b = built{path: name, sum: sha256.Sum256(data), size: int64(len(data))}
	if s.inNewFolder(name) {
		b.planted = true
		if b.stamp, err = lay(s.planted, name, data); err != nil {
			return b, failed("nothing was changed", "cannot write to %s: %s", s.dir, reason(err))
		}
		return b, nil
	}
	info, err := s.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil && len(s.obstacles) > 0: // a file of ours is where its folder will be
	case err != nil:
		return b, failed("", "cannot look at %s: %s", path.Join(s.dir, name), reason(err))
	case info.IsDir():
		b.folder = true
		if err := s.onlyOurs(name); err != nil {
			return b, err
		}
	case !info.Mode().IsRegular():
		return b, s.foreign(name, "it is not an ordinary file")
	default:
		old, err := s.root.ReadFile(name)
		if err != nil {
			return b, failed("", "cannot read %s: %s", path.Join(s.dir, name), reason(err))
		}
		if bytes.Equal(old, data) {
			b.same, b.stamp = true, stampOf(info)
			return b, nil
		}
		if !s.before.has(name) {
			return b, s.foreign(name, "allclear did not write it")
		}
		b.replaces = true
	}
	folder, err := s.folder()
	if err != nil {
		return b, failed("", "cannot write to %s: %s", s.dir, reason(err))
	}
	b.staged = path.Join(folder, fmt.Sprintf("new-%d", n))
	if b.stamp, err = lay(s.root, b.staged, data); err != nil {
		return b, failed("nothing was changed", "cannot write to %s: %s", s.dir, reason(err))
	}
	return b, nil
}

// lay writes a file that is not there yet, and returns its stamp, which a
// rename does not change.
func lay(root *os.Root, name string, data []byte) (stamp, error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return stamp{}, err
	}
	_, err = f.Write(data)
	info, look := f.Stat()
	if err = cmp.Or(err, look, f.Close()); err != nil {
		return stamp{}, err
	}
	return stampOf(info), nil
}

// foreign refuses to replace what somebody else put into the folder.
func (s *staging) foreign(name, why string) error {
	return failed("move it to content/static/, or delete it", "%s is in the way: %s", path.Join(s.dir, name), why)
}

// onlyOurs refuses a folder that stands where a file is to be, unless an earlier
// build wrote all that is in it.
func (s *staging) onlyOurs(folder string) error {
	return fs.WalkDir(s.root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !s.before.has(name) {
			return s.foreign(name, "allclear did not write it")
		}
		return nil
	})
}

// ancestors are the folders of a file, the outermost first.
func ancestors(name string) []string {
	var folders []string
	for i, c := range name {
		if c == '/' {
			folders = append(folders, name[:i])
		}
	}
	return folders
}

// checkPaths refuses paths that cannot stand side by side in one folder on every
// system, or that are our own.
func checkPaths(files []render.File) error {
	spelled := map[string]string{}
	folders := map[string]string{}
	for _, f := range files {
		if !fs.ValidPath(f.Path) || f.Path == "." || strings.ContainsAny(f.Path, "\\\x00\n") {
			return failed("", "%q cannot be the path of a file", f.Path)
		}
		if strings.HasPrefix(f.Path, ledgerName) {
			return failed("name it otherwise", "%s: names that begin with %s are ours", f.Path, ledgerName)
		}
		low := strings.ToLower(f.Path)
		if other, taken := spelled[low]; taken {
			return failed("give one of them another name", "%s and %s are one file where case does not count", other, f.Path)
		}
		spelled[low] = f.Path
		for _, folder := range ancestors(f.Path) {
			if other, taken := folders[strings.ToLower(folder)]; taken && other != folder {
				return failed("give one of them another name", "%s and %s are one folder where case does not count", other, folder)
			}
			folders[strings.ToLower(folder)] = folder
		}
	}
	for low, name := range spelled {
		if folder, taken := folders[low]; taken {
			return failed("give one of them another name", "%s would be a file and %s a folder", name, folder)
		}
	}
	return nil
}

// describe words an error of a file operation with the file it is about.
func describe(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Path + ": " + at.Err.Error()
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.New + ": " + link.Err.Error()
	}
	return err.Error()
}
