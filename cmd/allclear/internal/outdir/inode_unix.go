//go:build unix

package outdir

import (
	"io/fs"
	"syscall"
)

// inode returns the file's inode number, or 0 if it is unknown.
func inode(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Ino)
	}
	return 0
}
