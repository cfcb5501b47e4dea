//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package outdir

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock with flock(2); busy is true if another build holds it. The
// system drops the lock when the program ends in any way. On file systems without
// such locks, tryLock succeeds without one.
func tryLock(root *os.Root) (release func(), busy bool, err error) {
	for {
		if info, err := root.Lstat(lockName); err == nil && !info.Mode().IsRegular() {
			return nil, false, &os.PathError{Op: "lock", Path: lockName, Err: errors.New(lockName + " is not a regular file: delete it")}
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
		f.Close() // the last build to hold it has removed it in the meantime
	}
}

// current reports whether the open file f is still the one named lockName.
func current(root *os.Root, f *os.File) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := root.Lstat(lockName)
	return err == nil && os.SameFile(open, named)
}
