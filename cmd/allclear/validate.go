package main

import (
	"bytes"
	"io/fs"
	"os"
	"path"

	"allclear/generator/diag"
)

// overlay is a site's folder in which one file has other bytes.
type overlay struct {
	fs.FS
	name string
	data []byte
}

// Open opens the proposed bytes in place of the file's own.
func (p overlay) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	if err != nil || name != p.name {
		return f, err
	}
	info, err := f.Stat()
	f.Close()
	return overlaidFile{info, bytes.NewReader(p.data)}, err
}

type overlaidFile struct {
	fs.FileInfo
	*bytes.Reader
}

func (p overlaidFile) Stat() (fs.FileInfo, error) { return overlaidFile{p.FileInfo, p.Reader}, nil }
func (p overlaidFile) Size() int64                { return p.Reader.Size() }
func (p overlaidFile) Close() error               { return nil }

// validate reads the site as it would be with other bytes in one file. The error
// says what is wrong with them, and then nothing is to be written.
func (v snapshot) validate(r readFlags, name string, data []byte) (snapshot, error) {
	after := r.readFolder(overlay{v.folder, name, data}, v.now, v.clockNow)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return after, errorf("", "%s was not changed", name)
	}
	return after, nil
}

// errorsIn are the errors in one file.
func errorsIn(problems diag.List, name string) diag.List {
	var mistakes diag.List
	for _, p := range problems {
		if p.File == name && p.Severity == diag.Error {
			mistakes = append(mistakes, p)
		}
	}
	return mistakes
}

// replaceFile puts new bytes in place of a file's, in one step.
func (r readFlags) replaceFile(name string, data []byte) error {
	root, err := os.OpenRoot(r.source)
	if err != nil {
		return errorf("", "cannot open %s: %s", r.source, reason(err))
	}
	defer root.Close()
	mode := fs.FileMode(0o644)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	beside := path.Join(path.Dir(name), "."+path.Base(name)+".tmp")
	if err := root.WriteFile(beside, data, mode); err != nil {
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	if err := root.Rename(beside, name); err != nil {
		root.Remove(beside)
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	return nil
}
