package source

import (
	"errors"
	"io"
	"io/fs"
	"slices"

	"allclear/generator/diag"
)

// load reads the bytes of a file into memory, or into more of it if they need more, or
// reports why it cannot be read.
func load(memory []byte, site fs.FS, name string, ordinary bool, list *diag.List) (data []byte, ok bool) {
	data, err := readWithin(memory, maxFile, site, name, ordinary)
	switch {
	case errors.Is(err, errTooLarge):
		list.Error(diag.Pos{File: name}, "file-too-large", "a content file may have at most 4 MB; split it", "the file is larger than 4 MB")
	case err != nil:
		list.Error(diag.Pos{File: name}, "unreadable-file",
			"check that the file exists inside the site's folder and is readable", "the file cannot be read: %s", reason(err))
	}
	return data, err == nil
}

// Reader returns a function that reads files in a site's folder by name, with the limits
// for content: regular files of at most 4 MB, or 16 MB for measurements.
func Reader(folder fs.FS) func(name string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if isMeasured(name) {
			return readWithin(nil, MaxMeasured, folder, name, false)
		}
		return readWithin(nil, maxFile, folder, name, false)
	}
}

var errTooLarge = errors.New("it is too large")

// readWithin reads a regular file of at most limit bytes into memory, or into more of it if
// it needs more. Unless ordinary says that
// it is regular, it is checked before it is opened, since opening a pipe may block
// forever.
func readWithin(memory []byte, limit int64, site fs.FS, name string, ordinary bool) ([]byte, error) {
	open := openOrdinary
	if ordinary {
		open = fs.FS.Open
	}
	opened, err := open(site, name)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, errTooLarge
	}
	data := slices.Grow(memory[:0], int(info.Size())+1) // one byte more, to see the end of the file without growing
	for int64(len(data)) <= limit {
		n, err := opened.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		data = slices.Grow(data, 1)
	}
	return nil, errTooLarge
}

// openOrdinary opens a file if it is regular: opening a pipe may block forever, and a
// device may never end.
func openOrdinary(site fs.FS, name string) (fs.File, error) {
	info, err := fs.Stat(site, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotOrdinary
	}
	return site.Open(name)
}

var errNotOrdinary = errors.New("it is not a regular file")

// reason returns the system's error without the path, which our message contains
// already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
