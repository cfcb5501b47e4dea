package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// siteFolder is a site's folder, from which only ordinary files and folders are
// opened: a pipe would keep the program waiting for ever, and a device may never
// end. No link in it leads out of it.
type siteFolder struct {
	root  *os.Root
	plain fs.FS // the root's own
}

var errNotOrdinary = errors.New("it is not an ordinary file")

func (s siteFolder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	flags := os.O_RDONLY
	if runtime.GOOS != "windows" {
		flags |= syscall.O_NONBLOCK // a pipe opens at once, and is then seen to be one
	}
	f, err := s.root.OpenFile(name, flags, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNotOrdinary}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (s siteFolder) ReadFile(name string) ([]byte, error) {
	f, err := s.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func (s siteFolder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(s.plain, name) }
func (s siteFolder) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(s.plain, name) }
func (s siteFolder) Lstat(name string) (fs.FileInfo, error)     { return fs.Lstat(s.plain, name) }
func (s siteFolder) ReadLink(name string) (string, error)       { return fs.ReadLink(s.plain, name) }
