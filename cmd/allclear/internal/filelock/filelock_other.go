//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package filelock

import (
	"errors"
	"io/fs"
	"os"
)

// Try takes the lock by creating a file that must not exist yet; busy is true if
// it exists. A program that is killed leaves the file behind.
func Try(root *os.Root, name string) (release func(), busy bool, err error) {
	f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	return func() { f.Close(); root.Remove(name) }, false, nil
}
