package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"allclear/generator/render"
)

// treeName is where, in the staging folder, files wait whose folders are new: in
// those folders already, so that a new folder moves into place as a whole. A first
// build moves a dozen folders instead of a file for each page.
const treeName = "tree"

// plant looks at every folder that files go to, and makes those that are new in
// the staging folder. A link is never written through; a file of ours in a
// folder's place will be moved away.
func (s *staging) plant(files []render.File) error {
	s.fresh = map[string]bool{}
	seen := map[string]bool{".": true}
	for _, f := range files {
		for i := range f.Path {
			if f.Path[i] != '/' || seen[f.Path[:i]] {
				continue
			}
			folder := f.Path[:i]
			seen[folder] = true
			if err := s.look(folder); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *staging) look(folder string) error {
	parent := path.Dir(folder)
	if s.fresh[parent] {
		return s.sprout(folder)
	}
	info, err := s.root.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.tops = append(s.tops, folder)
		return s.sprout(folder)
	case err != nil || info.IsDir():
	case info.Mode()&fs.ModeSymlink != 0:
		return s.foreign(folder, "it is a symbolic link, and allclear does not write through it")
	case !s.before.has(folder):
		return s.foreign(folder, "allclear did not write it")
	default:
		s.obstacles = append(s.obstacles, folder)
	}
	return nil
}

// sprout makes a folder in the staging folder's tree, with those above it.
func (s *staging) sprout(folder string) error {
	s.fresh[folder] = true
	tree, err := s.tree()
	if err != nil {
		return failed("", "cannot write to %s: %s", s.dir, reason(err))
	}
	if s.fresh[path.Dir(folder)] {
		err = tree.Mkdir(folder, 0o755)
	} else {
		err = tree.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return failed("nothing was changed", "cannot write to %s: %s", s.dir, describe(err))
	}
	return nil
}

// tree is the staging folder's tree, opened when first asked for.
func (s *staging) tree() (*os.Root, error) {
	if s.planted != nil {
		return s.planted, nil
	}
	hidden, err := s.folder()
	if err != nil {
		return nil, err
	}
	name := path.Join(hidden, treeName)
	if err := s.root.Mkdir(name, 0o755); err != nil {
		return nil, err
	}
	s.planted, err = s.root.OpenRoot(name)
	return s.planted, err
}

// settle moves the new folders of one turn into place.
func (s *staging) settle(when int) error {
	for _, top := range s.tops {
		if turn(top+"/") != when {
			continue
		}
		staged := path.Join(s.hidden, treeName, top)
		if err := s.root.Rename(staged, top); err != nil {
			return err
		}
		s.onUndo(func() { s.root.Rename(top, staged) })
	}
	return nil
}

// inNewFolder reports whether a file waits in a folder that is new.
func (s *staging) inNewFolder(name string) bool {
	i := strings.LastIndexByte(name, '/')
	return i >= 0 && s.fresh[name[:i]]
}
