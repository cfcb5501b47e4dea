package site

import (
	"io"
	"io/fs"
)

// Static is a file that is copied as it is. It may be larger than the memory: read it in
// pieces.
type Static struct {
	Path string // relative to content/static/
	Size int64  // as it was when the content was read
	Open func() (fs.File, error)
}

// Read returns the bytes of a file that is known to be small.
func (s Static) Read() ([]byte, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
