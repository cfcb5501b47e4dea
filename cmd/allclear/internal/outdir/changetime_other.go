//go:build !linux

package outdir

import "io/fs"

// changeTime returns 0: the change time is unknown on this system.
func changeTime(fs.FileInfo) int64 { return 0 }
