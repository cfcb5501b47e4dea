// Package themes provides the look of the pages: the built-in theme, with the
// operator's own files in place of its files.
package themes

import (
	"embed"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed all:default
var builtin embed.FS

// In returns a function that opens a theme by name: the built-in theme, overlaid with the
// files in themes/NAME of the site's folder, if there are any. folder may be nil.
func In(folder fs.FS) func(name string) fs.FS {
	return func(name string) fs.FS { return Open(Own(folder, name)) }
}

// Own returns the operator's own files of a theme, which are in themes/NAME of the site's
// folder, or nil if there are none.
func Own(folder fs.FS, name string) fs.FS {
	name = path.Join("themes", name)
	if folder == nil || !fs.ValidPath(name) || !strings.HasPrefix(name, "themes/") {
		return nil
	}
	if info, err := fs.Stat(folder, name); err != nil || !info.IsDir() {
		return nil
	}
	own, err := fs.Sub(folder, name)
	if err != nil {
		return nil
	}
	return own
}

// Open returns the built-in theme, overlaid with the files in over, which may be nil.
func Open(over fs.FS) fs.FS {
	base, err := fs.Sub(builtin, "default")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	if over == nil {
		return base
	}
	return &overlay{over, base}
}

// overlay is a file system that reads from over, and from base what over does not have.
type overlay struct{ over, base fs.FS }

func (o *overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir returns the entries of both folders, each name once.
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	own, err := fs.ReadDir(o.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	ours, err := fs.ReadDir(o.base, name)
	if err != nil && len(own) == 0 {
		return nil, err
	}
	for _, e := range ours {
		if !slices.ContainsFunc(own, func(theirs fs.DirEntry) bool { return theirs.Name() == e.Name() }) {
			own = append(own, e)
		}
	}
	slices.SortFunc(own, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return own, nil
}

// Base returns the built-in theme without the operator's files.
func (o *overlay) Base() fs.FS { return o.base }
