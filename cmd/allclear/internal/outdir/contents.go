package outdir

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"allclear/generator/render"
)

// contents holds the bytes of a file of the site. open can be called any number of times.
// A file that may be large is read in parts and never held in memory.
type contents struct {
	file render.File
	data []byte // nil if it is read in parts
	sum  Sum    // of data
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
	return contents{f, data, sumOf(data)}, nil
}

// contentsReader reads the bytes of a file. When all are read, sum returns their sum.
type contentsReader struct {
	io.Reader
	io.Closer
	sum func() Sum
}

// open returns a reader of the file's bytes. Its error names the file.
func (c contents) open() (contentsReader, error) {
	if c.file.Open == nil {
		return contentsReader{bytes.NewReader(c.data), io.NopCloser(nil), func() Sum { return c.sum }}, nil
	}
	f, err := c.file.Open()
	if err != nil {
		return contentsReader{}, withPath(c.file, err)
	}
	from, sum := summing(f)
	return contentsReader{from, f, sum}, nil
}

// withPath returns err with the path of f in front, unless it is there already.
func withPath(f render.File, err error) error {
	if err == nil || strings.HasPrefix(err.Error(), f.Path) {
		return err
	}
	return fmt.Errorf("%s: %w", f.Path, err)
}

// readSum returns the sum of a file that has an Open function, reading it in parts.
func readSum(f render.File) (Sum, error) {
	from, err := f.Open()
	if err != nil {
		return Sum{}, withPath(f, err)
	}
	defer from.Close()
	sum, _, err := sumAll(from)
	return sum, withPath(f, err)
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
