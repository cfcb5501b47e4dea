//go:build unix

package main

import (
	"io/fs"
	"syscall"
)

// inode is a file's number on its file system, or 0.
func inode(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Ino)
	}
	return 0
}
