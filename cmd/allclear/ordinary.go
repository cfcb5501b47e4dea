package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

var errNotOrdinary = errors.New("it is not an ordinary file")

// openOrdinary opens a file or folder to be read. A pipe or a device is an error,
// and not a wait for ever.
func openOrdinary(root *os.Root, name string) (*os.File, error) {
	flags := os.O_RDONLY
	if runtime.GOOS != "windows" {
		flags |= syscall.O_NONBLOCK // a pipe opens at once, and is then seen to be one
	}
	f, err := root.OpenFile(name, flags, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNotOrdinary}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// lay writes a file that is not there yet, and returns its stamp.
func lay(root *os.Root, name string, from io.Reader) (stamp, error) {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return stamp{}, err
	}
	_, err = io.Copy(f, from)
	if err == nil && !syncsAtOnce {
		err = ignoreUnable(f.Sync())
	}
	info, look := f.Stat()
	if err = cmp.Or(err, look, f.Close()); err != nil {
		return stamp{}, err
	}
	return stampOf(info), nil
}

// sameBytes reports whether two readers give the same bytes, piece by piece.
func sameBytes(a, b io.Reader) (bool, error) {
	var first, second [64 << 10]byte
	for {
		n, errA := io.ReadFull(a, first[:])
		m, errB := io.ReadFull(b, second[:])
		if !bytes.Equal(first[:n], second[:m]) {
			return false, nil
		}
		endA, endB := ended(errA), ended(errB)
		switch {
		case errA != nil && !endA:
			return false, errA
		case errB != nil && !endB:
			return false, errB
		case endA || endB:
			return true, nil // as many bytes came from both
		}
	}
}

func ended(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
