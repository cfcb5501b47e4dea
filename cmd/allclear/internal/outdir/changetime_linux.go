package outdir

import (
	"io/fs"
	"syscall"
)

// changeTime returns when the file or its metadata last changed (ctime), in
// nanoseconds since 1970, or 0 if it is unknown. Programs cannot set this time.
func changeTime(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim.Nano()
	}
	return 0
}
