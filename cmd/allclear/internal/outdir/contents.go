package outdir

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"strings"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"
)

// contents holds the bytes of a file of the site. open can be called any number of times.
// A file that may be large is read in parts and never held in memory.
type contents struct {
	file render.File
	data []byte            // nil if it is read in parts
	sum  [sha256.Size]byte // the SHA-256 sum of data
}

// contentsOf renders f, unless f has an Open function to read it in parts. The bytes are
// in memory, which grows to the largest file, until the next call with it.
func contentsOf(f render.File, memory *[]byte) (contents, error) {
	if f.Open != nil {
		return contents{file: f}, nil
	}
	data, err := f.Append((*memory)[:0])
	if err != nil {
		return contents{}, withPath(f, err)
	}
	*memory = data
	return contents{f, data, sha256.Sum256(data)}, nil
}

// contentsReader reads the bytes of a file. When all are read, sum returns their sum.
type contentsReader struct {
	io.Reader
	io.Closer
	sum func() [sha256.Size]byte
}

// open returns a reader of the file's bytes. Its error names the file.
func (c contents) open() (contentsReader, error) {
	if c.file.Open == nil {
		return contentsReader{bytes.NewReader(c.data), io.NopCloser(nil), func() [sha256.Size]byte { return c.sum }}, nil
	}
	f, err := c.file.Open()
	if err != nil {
		return contentsReader{}, withPath(c.file, err)
	}
	h := sha256.New()
	return contentsReader{io.TeeReader(f, h), f, func() (sum [sha256.Size]byte) {
		h.Sum(sum[:0])
		return sum
	}}, nil
}

// withPath returns err with the path of f in front, unless it is there already.
func withPath(f render.File, err error) error {
	if err == nil || strings.HasPrefix(err.Error(), f.Path) {
		return err
	}
	return fmt.Errorf("%s: %w", f.Path, err)
}

// sumOf returns the SHA-256 sum of a file that has an Open function, reading it in parts.
func sumOf(f render.File) (sum [sha256.Size]byte, err error) {
	from, err := f.Open()
	if err != nil {
		return sum, withPath(f, err)
	}
	defer from.Close()
	sum, err = sumAll(from)
	return sum, withPath(f, err)
}

// sumAll reads from to its end and returns the SHA-256 sum of its bytes.
func sumAll(from io.Reader) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	_, err = io.Copy(h, from)
	h.Sum(sum[:0])
	return sum, err
}

// sumFile returns the SHA-256 sum and the size in bytes of the named file in root.
func sumFile(root *os.Root, name string) (sum [sha256.Size]byte, size int64, err error) {
	f, err := rootfs.Open(root, name)
	if err != nil {
		return sum, 0, err
	}
	defer f.Close()
	n := new(byteCount)
	sum, err = sumAll(io.TeeReader(f, n))
	return sum, int64(*n), err
}

// byteCount is a writer that only counts the bytes written to it.
type byteCount int64

func (c *byteCount) Write(data []byte) (int, error) {
	*c += byteCount(len(data))
	return len(data), nil
}

// sameBytes reads a and b to their ends and reports whether their bytes are equal.
func sameBytes(a, b io.Reader) (bool, error) {
	var first, second [64 << 10]byte
	for {
		n, errA := io.ReadFull(a, first[:])
		m, errB := io.ReadFull(b, second[:])
		if !bytes.Equal(first[:n], second[:m]) {
			return false, nil
		}
		endA, endB := isEOF(errA), isEOF(errB)
		switch {
		case errA != nil && !endA:
			return false, errA
		case errB != nil && !endB:
			return false, errB
		case endA || endB:
			return true, nil // both ended after the same number of bytes
		}
	}
}

func isEOF(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
