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

// foundDirName is the name, or the prefix of the name, of the folder for files of unknown
// origin: files that were in the way of new ones while the manifest was lost. The program
// never deletes that folder.
const foundDirName = manifestName + ".found"

// moveToFound moves a file of unknown origin, which is in the way of one of ours, into
// the found folder. A blank file is discarded instead.
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

// makeFoundDir returns this build's found folder. The first call creates it, under an
// unused name.
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

// removeEmpty removes the folder top and its subfolders where they are empty.
func (s *staging) removeEmpty(top string) {
	var folders []string
	fs.WalkDir(s.root.FS(), top, func(name string, _ fs.DirEntry, err error) error {
		folders = append(folders, name)
		return err
	})
	for _, folder := range slices.Backward(folders) {
		s.root.Remove(folder) // fails if it is not empty
	}
}

// isBlank reports whether a file is empty or contains only zeros. A power cut can leave
// such a file if its bytes had not been written yet.
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
