//go:build !linux

package outdir

import "os"

// hasSyncfs says that the system can write a whole file system to the disk in one
// call. This one cannot, so each file is synced separately.
const hasSyncfs = false

func syncfs(*os.Root) error { return nil }
