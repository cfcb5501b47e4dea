package outdir

import (
	"io/fs"
	"syscall"
)

// changeTime returns when a file, or anything about it, last changed (ctime), in
// nanoseconds since 1970, or 0 where it is not known. No program can set it.
func changeTime(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim.Nano()
	}
	return 0
}
