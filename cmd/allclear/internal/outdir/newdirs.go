package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"
)

// treeDirName is a folder in the staging folder. Files whose folders are new are staged
// in it, in those folders, so that a new folder moves into place in one rename: a first
// build moves a dozen folders instead of a file for each page.
const treeDirName = "tree"

// prepareDirs checks every folder that the files need, and creates the missing ones in
// the staging folder. It refuses symbolic links. A file of ours where a folder is needed
// becomes an obstacle, to be moved aside later.
func (s *staging) prepareDirs(files []render.File) error {
	s.newDirs = map[string]bool{}
	seen := map[string]bool{".": true}
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
	parent := path.Dir(folder)
	if s.newDirs[parent] {
		return s.mkdirStaged(folder)
	}
	info, err := s.root.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.newTopDirs = append(s.newTopDirs, folder)
		return s.mkdirStaged(folder)
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

// mkdirStaged creates a folder in the staged tree, with its parents.
func (s *staging) mkdirStaged(folder string) error {
	s.newDirs[folder] = true
	tree, err := s.openStagedTree()
	if err != nil {
		return errorf("", "cannot write to %s: %s", s.dir, rootfs.Reason(err))
	}
	if s.newDirs[path.Dir(folder)] {
		err = tree.Mkdir(folder, 0o755)
	} else {
		err = tree.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return errorf("nothing was changed", "cannot write to %s: %s", s.dir, describe(err))
	}
	return nil
}

// openStagedTree returns the root of the staged tree. The first call creates it.
func (s *staging) openStagedTree() (*os.Root, error) {
	if s.stagedTree != nil {
		return s.stagedTree, nil
	}
	dir, err := s.stagingDir()
	if err != nil {
		return nil, err
	}
	name := path.Join(dir, treeDirName)
	if err := s.root.Mkdir(name, 0o755); err != nil {
		return nil, err
	}
	s.stagedTree, err = s.root.OpenRoot(name)
	return s.stagedTree, err
}

// installDirs moves the new folders of phase n into place.
func (s *staging) installDirs(n int) error {
	for _, top := range s.newTopDirs {
		if phase(top+"/") != n {
			continue
		}
		staged := path.Join(s.dirName, treeDirName, top)
		if err := s.root.Rename(staged, top); err != nil {
			return err
		}
		s.onUndo(func() { s.root.Rename(top, staged) })
	}
	return nil
}

// inNewDir reports whether the named file is in a new folder.
func (s *staging) inNewDir(name string) bool {
	i := strings.LastIndexByte(name, '/')
	return i >= 0 && s.newDirs[name[:i]]
}
