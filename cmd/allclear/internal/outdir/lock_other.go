//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package outdir

import (
	"errors"
	"io/fs"
	"os"
)

// tryLock takes the lock by creating a file that must not exist yet; busy is true if
// it exists. A build that is killed leaves the file behind, which lock's error says.
func tryLock(root *os.Root) (release func(), busy bool, err error) {
	f, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	return func() { f.Close(); root.Remove(lockName) }, false, nil
}
