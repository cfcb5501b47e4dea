// Package rootfs safely reads files in a folder. It does not follow links that lead
// out of the folder, and opens only regular files and folders: reading a pipe could
// block for ever, and a device may never end.
package rootfs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

var errNotOrdinary = errors.New("it is not a regular file")

// NonBlock is a flag for opening files, 0 on Windows. With it, opening a pipe does not
// block, and the os package makes four system calls less for each file: it does not try
// whether it could wait for the file's bytes, which regular files always have.
var NonBlock = nonBlock()

func nonBlock() int {
	if runtime.GOOS == "windows" {
		return 0
	}
	return syscall.O_NONBLOCK
}

// Open opens a file or folder for reading. It returns an error for anything else, such as
// a pipe or a device.
func Open(root *os.Root, name string) (*os.File, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|NonBlock, 0)
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

// FS returns a file system that opens the files below root with [Open].
func FS(root *os.Root) fs.FS { return folder{root, root.FS()} }

type folder struct {
	root  *os.Root
	plain fs.FS // root.FS()
}

func (d folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := Open(d.root, name)
	if err != nil {
		return nil, err // not f: a nil *os.File in an fs.File is not nil
	}
	return f, nil
}

func (d folder) ReadFile(name string) ([]byte, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// OpenFolder returns the files in a folder. It does not follow links that lead out of that
// folder. It is closed when nothing refers to it any more.
func (d folder) OpenFolder(name string) (fs.FS, error) {
	root, err := d.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return FS(root), nil
}

func (d folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.plain, name) }
func (d folder) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(d.plain, name) }
func (d folder) Lstat(name string) (fs.FileInfo, error)     { return fs.Lstat(d.plain, name) }
func (d folder) ReadLink(name string) (string, error)       { return fs.ReadLink(d.plain, name) }

// Reason returns the system's error message without the path, which our own messages
// contain.
func Reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err.Error()
	}
	return err.Error()
}
