//go:build !unix

package main

import "io/fs"

// inode is a file's number on its file system, where the system has such.
func inode(fs.FileInfo) uint64 { return 0 }
