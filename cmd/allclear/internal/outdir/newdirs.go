package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"
)

// treeDirName is a folder in the staging folder. Files whose folders are new are staged
// in it, in those folders, so that a new folder moves into place in one rename: a first
// build moves a dozen folders instead of a file for each page.
const treeDirName = "tree"

// prepareDirs checks every folder that the files need, and finds those that are new. It
// refuses symbolic links. A file of ours where a folder is needed becomes an obstacle, to
// be moved aside later.
func (s *staging) prepareDirs(files []render.File) error {
	s.newDirs = make(map[string]bool, len(files)/2)
	seen := make(map[string]bool, len(files)/2)
	for _, f := range files {
		for i := range f.Path {
			if f.Path[i] != '/' || seen[f.Path[:i]] {
				continue
			}
			folder := f.Path[:i]
			seen[folder] = true
			if err := s.prepareDir(folder); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *staging) prepareDir(folder string) error {
	if s.newDirs[folderOf(folder)] {
		s.newDirs[folder] = true
		return nil
	}
	// by its path, which is faster than by the root: its parents are no links, or had been refused
	info, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(folder)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.newDirs[folder] = true
		s.newTopDirs = append(s.newTopDirs, folder)
		return s.makeTree()
	case err != nil || info.IsDir():
	case info.Mode()&fs.ModeSymlink != 0:
		return s.refuse(folder, "it is a symbolic link, and allclear does not write through it")
	case !s.before.has(folder):
		return s.refuse(folder, "allclear did not write it")
	default:
		s.obstacles = append(s.obstacles, folder)
	}
	return nil
}

// makeTree creates the staged tree, which begins empty.
func (s *staging) makeTree() error {
	if s.stagedTree != "" {
		return nil
	}
	dir, err := s.stagingDir()
	if err == nil {
		s.stagedTree = path.Join(dir, treeDirName)
		s.treePath = filepath.Join(s.dir, filepath.FromSlash(s.stagedTree)) + string(filepath.Separator)
		err = s.root.Mkdir(s.stagedTree, 0o755)
	}
	if err != nil {
		return errorf("", "cannot write to %s: %s", s.dir, rootfs.Reason(err))
	}
	return nil
}

// createInTree creates a file in the staged tree, and its folder if that does not exist
// yet: probably if the file is the first in it. It uses the path and not the root, which
// looks at each folder on the way: only this build, whose name for the staging folder
// nobody knows, puts anything into the tree.
func (s *staging) createInTree(name string, first bool) (*os.File, error) {
	whole := s.treePath + filepath.FromSlash(name)
	if first {
		os.Mkdir(whole[:len(whole)-len(path.Base(name))], 0o755) // its parent may be new, too
	}
	f, err := os.OpenFile(whole, createNew, 0o644)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if err := os.MkdirAll(filepath.Dir(whole), 0o755); err != nil {
		return nil, err
	}
	return os.OpenFile(whole, createNew, 0o644)
}

// installDirs moves the new folders of phase n into place.
func (s *staging) installDirs(n int) error {
	for _, top := range s.newTopDirs {
		if phase(top+"/") != n {
			continue
		}
		staged := path.Join(s.stagedTree, top)
		if err := s.root.Rename(staged, top); err != nil {
			return err
		}
		s.onUndo(func() { s.root.Rename(top, staged) })
	}
	return nil
}

// inNewDir reports whether the named file is in a new folder.
func (s *staging) inNewDir(name string) bool {
	folder := folderOf(name)
	return folder != "" && s.newDirs[folder]
}

// folderOf returns the folder of a file, or "" for one at the top.
func folderOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }
