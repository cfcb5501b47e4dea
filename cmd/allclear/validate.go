package main

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// overlay is a site's folder in which one file has different contents, or exists although
// it was not written yet.
type overlay struct {
	fs.FS
	name string
	data []byte
}

// Open opens the file with the new contents, and all others as they are.
func (p overlay) Open(name string) (fs.File, error) {
	if name != p.name {
		return p.FS.Open(name)
	}
	return overlaidFile{p.info(), bytes.NewReader(p.data)}, nil
}

// ReadDir lists a folder, with the file.
func (p overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(p.FS, name)
	there := slices.ContainsFunc(list, func(e fs.DirEntry) bool { return e.Name() == path.Base(p.name) })
	if err != nil || there || name != path.Dir(p.name) {
		return list, err
	}
	list = append(list, fs.FileInfoToDirEntry(p.info()))
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// info describes the file.
func (p overlay) info() fs.FileInfo { return overlaidInfo{path.Base(p.name), int64(len(p.data))} }

// overlaidInfo describes a regular file.
type overlaidInfo struct {
	name string
	size int64
}

func (i overlaidInfo) Name() string     { return i.name }
func (i overlaidInfo) Size() int64      { return i.size }
func (overlaidInfo) Mode() fs.FileMode  { return 0o644 }
func (overlaidInfo) ModTime() time.Time { return time.Time{} }
func (overlaidInfo) IsDir() bool        { return false }
func (overlaidInfo) Sys() any           { return nil }

type overlaidFile struct {
	fs.FileInfo
	*bytes.Reader
}

func (p overlaidFile) Stat() (fs.FileInfo, error) { return overlaidFile{p.FileInfo, p.Reader}, nil }
func (p overlaidFile) Size() int64                { return p.Reader.Size() }
func (p overlaidFile) Close() error               { return nil }

// validate reads the site as if the named file contained data. It prints the mistakes in
// that file and returns an error if there are any.
func (v snapshot) validate(r readFlags, name string, data []byte) (snapshot, error) {
	after := r.readFolder(overlay{v.folder, name, data}, v.now, v.clockNow)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return after, errorf("", "%s was not changed", name)
	}
	return after, nil
}

// errorsIn returns the errors in one file.
func errorsIn(problems diag.List, name string) diag.List {
	var mistakes diag.List
	for _, p := range problems {
		if p.File == name && p.Severity == diag.Error {
			mistakes = append(mistakes, p)
		}
	}
	return mistakes
}

// replaceFile replaces the contents of a file atomically, and keeps its permissions.
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
