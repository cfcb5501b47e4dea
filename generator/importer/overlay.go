package importer

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Overlay is a site's folder as it would be with some files written, in memory. A file of
// its own hides one of the same name in the folder below.
type Overlay struct {
	below fs.FS // nil for a folder that does not exist yet
	files map[string][]byte
	dirs  map[string]map[string]bool // the names in each folder, true for folders
}

// NewOverlay returns a folder as it would be with these files.
func NewOverlay(below fs.FS, files []File) *Overlay {
	o := &Overlay{below: below, files: map[string][]byte{}, dirs: map[string]map[string]bool{".": {}}}
	for _, f := range files {
		o.put(f.Path, f.Data)
	}
	return o
}

// put adds a file and its folders.
func (o *Overlay) put(name string, data []byte) {
	o.files[name] = data
	for child, isDir := name, false; child != "."; child, isDir = path.Dir(child), true {
		dir := path.Dir(child)
		if o.dirs[dir] == nil {
			o.dirs[dir] = map[string]bool{}
		}
		o.dirs[dir][path.Base(child)] = isDir
	}
}

// Open implements [fs.FS].
func (o *Overlay) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if data, ok := o.files[name]; ok {
		return &memoryFile{Reader: bytes.NewReader(data), memoryInfo: memoryInfo{path.Base(name), int64(len(data)), false}}, nil
	}
	if o.dirs[name] != nil {
		entries, err := o.ReadDir(name)
		if err != nil {
			return nil, err
		}
		return &memoryDir{memoryInfo: memoryInfo{path.Base(name), 0, true}, entries: entries}, nil
	}
	if o.below == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.below.Open(name)
}

// ReadDir implements [fs.ReadDirFS].
func (o *Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	own := o.dirs[name]
	var entries []fs.DirEntry
	if o.below != nil {
		below, err := fs.ReadDir(o.below, name)
		if err != nil && (own == nil || !errors.Is(err, fs.ErrNotExist)) {
			return nil, err
		}
		for _, e := range below {
			if _, hidden := own[e.Name()]; !hidden {
				entries = append(entries, e)
			}
		}
	} else if own == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	for child, isDir := range own {
		entries = append(entries, fs.FileInfoToDirEntry(memoryInfo{child, int64(len(o.files[path.Join(name, child)])), isDir}))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// memoryInfo describes a file or folder in memory.
type memoryInfo struct {
	name string
	size int64
	dir  bool
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return i.dir }
func (i memoryInfo) Sys() any           { return nil }
func (i memoryInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// memoryFile is an open file in memory.
type memoryFile struct {
	*bytes.Reader
	memoryInfo
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.memoryInfo, nil }
func (f *memoryFile) Close() error               { return nil }
func (f *memoryFile) Size() int64                { return f.memoryInfo.size }

// memoryDir is an open folder in memory.
type memoryDir struct {
	memoryInfo
	entries []fs.DirEntry
}

func (d *memoryDir) Stat() (fs.FileInfo, error) { return d.memoryInfo, nil }
func (d *memoryDir) Close() error               { return nil }
func (d *memoryDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

// ReadDir implements [fs.ReadDirFile].
func (d *memoryDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	part := d.entries[:n]
	d.entries = d.entries[n:]
	return part, nil
}
