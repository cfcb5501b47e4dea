package main

import (
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// changeTime is when a file, or anything about it, was last changed.
func changeTime(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim.Nano()
	}
	return 0
}

// bootID tells this start of the machine from others.
func bootID() string {
	id, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(id))
}
