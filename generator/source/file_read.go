package source

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"

	"allclear/generator/diag"
)

// reportUnread reports why a file could not be read.
func reportUnread(name string, err error, list *diag.List) {
	switch {
	case errors.Is(err, errTooLarge):
		list.Error(diag.Pos{File: name}, "file-too-large", "a content file may have at most 4 MB; split it", "the file is larger than 4 MB")
	default:
		list.Error(diag.Pos{File: name}, "unreadable-file",
			"check that the file exists inside the site's folder and is readable", "the file cannot be read: %s", reason(err))
	}
}

// fileReader reads one content file after another.
type fileReader struct {
	fsys   fs.FS
	memory []byte // of the file before
	texts  shelf
	folder string // of the file before
	inside fs.FS  // the files in folder; nil if it could not be opened
}

// folderOpener is a file system that can open a folder. From there a file is found in one
// step, not one for each folder above it.
type folderOpener interface {
	// OpenFolder returns the files in a folder, without those that links outside of it lead to.
	OpenFolder(name string) (fs.FS, error)
}

// read returns the bytes of a file, until it reads the next one, or reports why it cannot
// be read.
func (r *fileReader) read(t *entryText, list *diag.List) (data []byte, ok bool) {
	fsys, name := r.fsys, t.path
	if opener, can := fsys.(folderOpener); can && t.ordinary {
		if folder := path.Dir(name); folder != r.folder {
			r.folder = folder
			r.inside, _ = opener.OpenFolder(folder) // if this fails, opening the file says why
		}
		if r.inside != nil {
			fsys, name = r.inside, path.Base(name)
		}
	}
	data, err := readWithin(r.memory, maxFile, fsys, name, t.ordinary)
	if err != nil {
		reportUnread(t.path, err, list)
		return nil, false
	}
	r.memory = data
	return data, true
}

// Reader returns a function that reads files in a site's folder by name, with the limits
// for content: regular files of at most 4 MB, or 16 MB for measurements. The bytes that it
// returns are valid until it is called again.
func Reader(folder fs.FS) func(name string) ([]byte, error) {
	var memory []byte // of the file before
	return func(name string) ([]byte, error) {
		limit := int64(maxFile)
		if isMeasured(name) {
			limit = MaxMeasured
		}
		data, err := readWithin(memory, limit, folder, name, false)
		if err == nil {
			memory = data
		}
		return data, err
	}
}

var errTooLarge = errors.New("it is too large")

// readWithin reads a regular file of at most limit bytes into memory, or into more of it if
// it needs more. Unless ordinary says that it is regular, it is checked before it is
// opened, since opening a pipe may block forever.
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
	data := slices.Grow(memory[:0], 8<<10)
	for int64(len(data)) <= limit {
		n, err := opened.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) < cap(data) {
			continue
		}
		info, err := opened.Stat() // asked only of a file that is larger than those before
		if err != nil {
			return nil, err
		}
		if info.Size() > limit {
			break
		}
		data = slices.Grow(data, max(len(data), int(info.Size())+1-len(data)))
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
