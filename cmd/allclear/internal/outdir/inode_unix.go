//go:build unix

package outdir

import (
	"io/fs"
	"syscall"
)

// inode returns a file's number on its file system, or 0 where it is not known.
func inode(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Ino)
	}
	return 0
}
