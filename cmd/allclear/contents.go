package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"strings"

	"allclear/generator/render"
)

// contents gives the bytes of a file of the site, as often as they are asked for. A
// file that may be large is read piece by piece and never held.
type contents struct {
	file render.File
	data []byte // where it is not read piece by piece
}

func bytesOf(f render.File) (contents, error) {
	if f.Open != nil {
		return contents{file: f}, nil
	}
	data, err := f.Bytes()
	return contents{f, data}, naming(f, err)
}

func (c contents) open() (io.ReadCloser, error) {
	if c.file.Open == nil {
		return io.NopCloser(bytes.NewReader(c.data)), nil
	}
	f, err := c.file.Open()
	return f, naming(c.file, err)
}

// naming says which file an error is about, unless it does so itself.
func naming(f render.File, err error) error {
	if err == nil || strings.HasPrefix(err.Error(), f.Path) {
		return err
	}
	return fmt.Errorf("%s: %w", f.Path, err)
}

// sumOf is the sum of a file's bytes, read piece by piece.
func sumOf(f render.File) (sum [sha256.Size]byte, err error) {
	from, err := f.Open()
	if err != nil {
		return sum, naming(f, err)
	}
	defer from.Close()
	sum, err = sumAll(from)
	return sum, naming(f, err)
}

func sumAll(from io.Reader) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	_, err = io.Copy(h, from)
	h.Sum(sum[:0])
	return sum, err
}

// sumThere is the sum and the size of a file in a folder.
func sumThere(root *os.Root, name string) (sum [sha256.Size]byte, size int64, err error) {
	f, err := openOrdinary(root, name)
	if err != nil {
		return sum, 0, err
	}
	defer f.Close()
	n := new(counter)
	sum, err = sumAll(io.TeeReader(f, n))
	return sum, int64(*n), err
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(data []byte) (int, error) {
	*c += counter(len(data))
	return len(data), nil
}
