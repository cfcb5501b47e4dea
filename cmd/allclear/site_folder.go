package main

import (
	"io"
	"io/fs"
	"os"
)

// siteFolder is a site's folder, from which only ordinary files and folders are
// opened: a pipe would keep the program waiting for ever, and a device may never
// end. No link in it leads out of it.
type siteFolder struct {
	root  *os.Root
	plain fs.FS // the root's own
}

func (s siteFolder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := openOrdinary(s.root, name)
	if err != nil {
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
