//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package outdir

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock, which the system drops when the program ends, however
// it ends. Where the file system has no such locks, it goes on without one.
func tryLock(root *os.Root) (release func(), busy bool, err error) {
	for {
		if info, err := root.Lstat(lockName); err == nil && !info.Mode().IsRegular() {
			return nil, false, &os.PathError{Op: "lock", Path: lockName, Err: errors.New(lockName + " is not an ordinary file: delete it")}
		}
		f, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o644)
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
		if current(root, f) {
			return func() { root.Remove(lockName); f.Close() }, false, nil
		}
		f.Close() // its last holder has removed it meanwhile
	}
}

// current reports whether the open file is still the one of that name.
func current(root *os.Root, f *os.File) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := root.Lstat(lockName)
	return err == nil && os.SameFile(open, named)
}
