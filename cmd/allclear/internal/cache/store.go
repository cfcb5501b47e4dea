package cache

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// load returns the contents of a file written by store. ok is false if the file is
// missing or damaged, or was written by another version of the program. The file is read
// into memory, which grows to the largest file.
func (c *Cache) load(name string, memory *[]byte) (text string, ok bool) {
	f, err := os.Open(filepath.Join(c.dir, name))
	if err != nil {
		return "", false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", false
	}
	*memory = slices.Grow((*memory)[:0], int(info.Size()))[:info.Size()]
	n := len(c.head(0))
	if _, err := io.ReadFull(f, *memory); err != nil || len(*memory) < n {
		return "", false
	}
	head, body := (*memory)[:n], (*memory)[n:]
	if !bytes.Equal(head, c.head(crc32.Checksum(body, castagnoli))) {
		return "", false
	}
	return string(body), true
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
