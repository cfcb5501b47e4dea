//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package filelock

import (
	"errors"
	"os"
	"syscall"
)

// Try takes the lock that is the file with this name, with flock(2); busy is true if
// another program holds it. The system drops the lock when the program ends in any way.
// On file systems without such locks, Try succeeds without one.
func Try(root *os.Root, name string) (release func(), busy bool, err error) {
	for {
		if info, err := root.Lstat(name); err == nil && !info.Mode().IsRegular() {
			return nil, false, &os.PathError{Op: "lock", Path: name, Err: errors.New(name + " is not a regular file: delete it")}
		}
		f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, false, err
		}
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case errors.Is(err, syscall.EWOULDBLOCK):
			f.Close()
			return nil, true, nil
		case err != nil && !errors.Is(err, syscall.ENOTSUP) && !errors.Is(err, syscall.ENOLCK) && !errors.Is(err, syscall.ENOSYS):
			f.Close()
			return nil, false, err
		}
		if current(root, name, f) {
			return func() { root.Remove(name); f.Close() }, false, nil
		}
		f.Close() // the last program to hold it has removed it in the meantime
	}
}

// current reports whether the open file f is still the one named name.
func current(root *os.Root, name string, f *os.File) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := root.Lstat(name)
	return err == nil && os.SameFile(open, named)
}
