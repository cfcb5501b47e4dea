package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
)

// foundName begins the name of the folder for files of which nothing says whether
// they are ours, since our list is lost. They stay there until somebody looks.
const foundName = ledgerName + ".found"

// putAside moves a file that may be somebody else's out of the way of one of ours.
// Where it holds nothing, nothing is lost with it.
func (s *staging) putAside(name string) error {
	if s.blank(name) {
		return s.away(name)
	}
	folder, err := s.foundFolder()
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
	s.aside = append(s.aside, name)
	return nil
}

// foundFolder is where this build puts files aside: a folder that was not there yet.
func (s *staging) foundFolder() (string, error) {
	for n := 1; s.found == ""; n++ {
		name := foundName
		if n > 1 {
			name = fmt.Sprintf("%s-%d", foundName, n)
		}
		err := s.root.Mkdir(name, 0o755)
		switch {
		case err == nil:
			s.found = name
			s.onUndo(func() { s.removeEmpty(name) })
		case !errors.Is(err, fs.ErrExist):
			return "", err
		}
	}
	return s.found, nil
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

// blank reports whether a file is empty or all zeros, as a power cut leaves one
// whose bytes were not on the disk yet.
func (s *staging) blank(name string) bool {
	info, err := s.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := openOrdinary(s.root, name)
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
