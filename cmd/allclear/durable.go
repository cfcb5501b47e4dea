package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"syscall"
)

// A rename is only worth something after a power cut where the bytes were on the
// disk before it: else the new name may lead to an empty file.

// writeOut has everything that is staged on the disk when it returns.
func (s *staging) writeOut() error {
	if syncsAtOnce {
		return syncDisk(s.root)
	}
	return s.syncFolders(s.hidden) // the files themselves were written out as they were laid
}

// writeOutMoves has every move on the disk when it returns.
func (s *staging) writeOutMoves(changes []built) error {
	if syncsAtOnce {
		return syncDisk(s.root)
	}
	folders := []string{"."}
	for _, b := range changes {
		folders = append(folders, path.Dir(b.path))
	}
	for _, folder := range slices.Concat(s.tops, s.emptied) {
		folders = append(folders, path.Dir(folder), folder)
	}
	slices.Sort(folders)
	for _, folder := range slices.Compact(folders) {
		if err := syncFolder(s.root, folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// syncFolders writes out a folder and those in it.
func (s *staging) syncFolders(top string) error {
	return fs.WalkDir(s.root.FS(), top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return syncFolder(s.root, name)
	})
}

// syncFolder writes out what names a folder holds.
func syncFolder(root *os.Root, name string) error {
	if runtime.GOOS == "windows" {
		return nil // it does so by itself
	}
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return ignoreUnable(f.Sync())
}

// ignoreUnable passes over a file system that has no disk to write to, or that
// leaves this to somebody else.
func ignoreUnable(err error) error {
	for _, unable := range []error{syscall.EINVAL, syscall.ENOSYS, errors.ErrUnsupported} {
		if errors.Is(err, unable) {
			return nil
		}
	}
	return err
}
