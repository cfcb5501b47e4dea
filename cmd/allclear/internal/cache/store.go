package cache

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// load returns the contents of a file written by store. ok is false if the file is
// missing or damaged, or was written by another version of the program.
func (c *Cache) load(name string) (text string, ok bool) {
	f, err := os.Open(filepath.Join(c.dir, name))
	if err != nil {
		return "", false
	}
	defer f.Close()
	info, err := f.Stat()
	head := c.head(0)
	if _, short := io.ReadFull(f, head); err != nil || short != nil {
		return "", false
	}
	var body strings.Builder
	body.Grow(int(info.Size()))
	checksum := crc32.New(castagnoli)
	_, err = io.Copy(io.MultiWriter(&body, checksum), f)
	return body.String(), err == nil && bytes.Equal(head, c.head(checksum.Sum32()))
}

// head returns the header of a file: the program's sum and the checksum of the rest.
func (c *Cache) head(checksum uint32) []byte {
	return binary.LittleEndian.AppendUint32(slices.Clone(c.program[:]), checksum)
}

// store replaces a file atomically. Only the user can read it, since it may contain
// drafts.
func (c *Cache) store(name string, data []byte) error {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(c.dir, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails if it has been renamed
	_, err = f.Write(c.head(crc32.Checksum(data, castagnoli)))
	if err == nil {
		_, err = f.Write(data)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(c.dir, name))
}
