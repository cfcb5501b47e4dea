package source

import (
	"errors"
	"io"
	"io/fs"
	"slices"

	"allclear/generator/diag"
)

// load reads a file's bytes, or reports why it cannot be read.
func load(site fs.FS, name string, ordinary bool, list *diag.List) (data []byte, ok bool) {
	data, err := readBounded(site, name, ordinary)
	switch {
	case errors.Is(err, errTooLarge):
		list.Error(diag.Pos{File: name}, "file-too-large", "a content file may have at most 4 MB; split it", "the file is larger than 4 MB")
	case err != nil:
		list.Error(diag.Pos{File: name}, "unreadable-file",
			"check that the file exists inside the site's folder and may be read", "the file cannot be read: %s", reason(err))
	}
	return data, err == nil
}

// Reader returns the bytes of files in a site's folder, within the bounds that hold
// for content.
func Reader(folder fs.FS) func(name string) ([]byte, error) {
	return func(name string) ([]byte, error) { return readBounded(folder, name, false) }
}

var errTooLarge = errors.New("too large")

// readBounded reads an ordinary file. One that may be none is looked at before it
// is opened: to open a pipe may take for ever.
func readBounded(site fs.FS, name string, ordinary bool) ([]byte, error) {
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
	if info.Size() > maxFile {
		return nil, errTooLarge
	}
	data := make([]byte, 0, info.Size()+1) // one more, so that the end is seen without growing
	for len(data) <= maxFile {
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

// openOrdinary opens a file after a look at what it is: to open a pipe may take for
// ever, and a device may never end.
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

var errNotOrdinary = errors.New("it is not an ordinary file")

// reason is what the system says, without the path that our message names.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
