package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncsAtOnce says that one call writes out a whole disk. That is much faster than a
// call for each of a thousand files.
const syncsAtOnce = true

// syncDisk writes out the disk that a folder lies on.
func syncDisk(root *os.Root) error {
	f, err := root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	if err := ignoreUnable(unix.Syncfs(int(f.Fd()))); err != nil {
		return &os.PathError{Op: "syncfs", Path: f.Name(), Err: err}
	}
	return nil
}
