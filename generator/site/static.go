package site

import (
	"io"
	"io/fs"
)

// Static is a file that is copied unchanged. It may be larger than the memory, so read
// it in pieces.
type Static struct {
	Path string // relative to content/static/
	Size int64  // as it was when the content was read
	Open func() (fs.File, error)
}

// Read returns the bytes of the file. Use it only for small files.
func (s Static) Read() ([]byte, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
