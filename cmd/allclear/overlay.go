package main

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// overlay is a site's folder in which one file has different contents, or exists although
// it was not written yet. The folders above it exist, too.
type overlay struct {
	fs.FS
	name string
	data []byte
}

// Open opens the file with the new contents, and all others as they are.
func (p overlay) Open(name string) (fs.File, error) {
	if name == p.name {
		return overlaidFile{p.info(), bytes.NewReader(p.data)}, nil
	}
	f, err := p.FS.Open(name)
	if errors.Is(err, fs.ErrNotExist) && p.below(name) != "" {
		return overlaidFile{overlaidInfo{path.Base(name), 0, fs.ModeDir | 0o755}, bytes.NewReader(nil)}, nil
	}
	return f, err
}

// ReadDir lists a folder, with the file or the folder that it is in.
func (p overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(p.FS, name)
	child := p.below(name)
	switch {
	case child == "":
		return list, err
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return list, err
	case slices.ContainsFunc(list, func(e fs.DirEntry) bool { return e.Name() == child }):
		return list, nil
	}
	info := p.info()
	if path.Join(name, child) != p.name {
		info = overlaidInfo{child, 0, fs.ModeDir | 0o755}
	}
	list = append(list, fs.FileInfoToDirEntry(info))
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// below returns the name of the file, or of the folder that it is in, within a folder. It
// is "" if the file is elsewhere.
func (p overlay) below(folder string) string {
	rest, inside := strings.CutPrefix(p.name, folder+"/")
	if folder == "." {
		rest, inside = p.name, true
	}
	if !inside {
		return ""
	}
	child, _, _ := strings.Cut(rest, "/")
	return child
}

// info describes the file.
func (p overlay) info() fs.FileInfo {
	return overlaidInfo{path.Base(p.name), int64(len(p.data)), 0o644}
}

// overlaidInfo describes a regular file, or a folder.
type overlaidInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i overlaidInfo) Name() string      { return i.name }
func (i overlaidInfo) Size() int64       { return i.size }
func (i overlaidInfo) Mode() fs.FileMode { return i.mode }
func (overlaidInfo) ModTime() time.Time  { return time.Time{} }
func (i overlaidInfo) IsDir() bool       { return i.mode.IsDir() }
func (overlaidInfo) Sys() any            { return nil }

type overlaidFile struct {
	fs.FileInfo
	*bytes.Reader
}

func (p overlaidFile) Stat() (fs.FileInfo, error) { return overlaidFile{p.FileInfo, p.Reader}, nil }
func (p overlaidFile) Size() int64                { return p.Reader.Size() }
func (p overlaidFile) Close() error               { return nil }
