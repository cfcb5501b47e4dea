package outdir

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"allclear/cmd/allclear/internal/filelock"
	"allclear/cmd/allclear/internal/rootfs"
)

// lockName is the file that a build locks while it changes a folder.
const lockName = manifestName + "-lock"

// lockTimeout is how long a build waits for another one to finish. The system drops the
// lock of a build that dies, so it only waits for running ones.
const lockTimeout = time.Minute

// lock locks an output folder against other builds until release is called. It waits up
// to lockTimeout, and says so on log. Its error is an [*Error], or that of the context.
func lock(ctx context.Context, root *os.Root, dir string, log io.Writer) (release func(), err error) {
	deadline := time.Now().Add(lockTimeout)
	for waited := false; ; waited = true {
		release, busy, err := filelock.Try(root, lockName)
		if err != nil {
			return nil, errorf("", "cannot write to %s: %s", dir, rootfs.Reason(err))
		}
		if !busy {
			return release, nil
		}
		if time.Now().After(deadline) {
			return nil, errorf("wait for it to end; if none is running, delete "+filepath.Join(dir, lockName),
				"another build is writing to %s", dir)
		}
		if !waited {
			fmt.Fprintf(log, "waiting for another build of %s\n", dir)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
