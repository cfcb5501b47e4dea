package outdir

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"allclear/cmd/allclear/internal/rootfs"
)

// foundDirName begins the name of the folder for files that nobody knows to be ours,
// since the manifest is lost. They stay there until somebody looks.
const foundDirName = manifestName + ".found"

// moveToFound moves a file that may be somebody else's out of the way of one of ours.
// One without content is dropped: nothing is lost with it.
func (s *staging) moveToFound(name string) error {
	if s.isBlank(name) {
		return s.moveAside(name)
	}
	folder, err := s.makeFoundDir()
	if err != nil {
		return err
	}
	to := path.Join(folder, name)
	if err := s.root.MkdirAll(path.Dir(to), 0o755); err != nil {
		return err
	}
	if err := s.root.Rename(name, to); err != nil {
		return err
	}
	s.onUndo(func() { s.root.Rename(to, name) })
	s.foundFiles = append(s.foundFiles, name)
	return nil
}

// makeFoundDir returns this build's folder for such files, and makes it on the first
// call, under a name that is free.
func (s *staging) makeFoundDir() (string, error) {
	for n := 1; s.foundDir == ""; n++ {
		name := foundDirName
		if n > 1 {
			name = fmt.Sprintf("%s-%d", foundDirName, n)
		}
		err := s.root.Mkdir(name, 0o755)
		switch {
		case err == nil:
			s.foundDir = name
			s.onUndo(func() { s.removeEmpty(name) })
		case !errors.Is(err, fs.ErrExist):
			return "", err
		}
	}
	return s.foundDir, nil
}

// removeEmpty removes a folder and those in it, unless a file is left in them.
func (s *staging) removeEmpty(top string) {
	var folders []string
	fs.WalkDir(s.root.FS(), top, func(name string, _ fs.DirEntry, err error) error {
		folders = append(folders, name)
		return err
	})
	for _, folder := range slices.Backward(folders) {
		s.root.Remove(folder) // fails where something is in it
	}
}

// isBlank reports whether a file is empty or all zeros, as a power cut leaves one
// whose bytes were not on the disk yet.
func (s *staging) isBlank(name string) bool {
	info, err := s.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := rootfs.Open(s.root, name)
	if err != nil {
		return false
	}
	defer f.Close()
	var piece [64 << 10]byte
	for {
		n, err := f.Read(piece[:])
		if len(bytes.Trim(piece[:n], "\x00")) > 0 {
			return false
		}
		if err != nil {
			return err == io.EOF
		}
	}
}
