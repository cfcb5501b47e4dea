// Package themes is how the pages look: the built-in theme, and the operator's
// files over it.
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

// In returns a function that opens a theme by its name: the built-in one, with the
// files of themes/NAME in a site's folder over it where there is such a folder. folder
// may be nil.
func In(folder fs.FS) func(name string) fs.FS {
	return func(name string) fs.FS { return Open(Own(folder, name)) }
}

// Own returns the operator's own files of a theme, those in themes/NAME of a site's
// folder, or nil where there are none.
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

// Open returns the built-in theme with the operator's files over it, one by
// one. over may be nil.
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

// overlay reads from its first folder what is there, and all else from its second.
type overlay struct{ over, base fs.FS }

func (o *overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir lists what either folder holds, each name once.
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

// Base is the built-in theme below the operator's files.
func (o *overlay) Base() fs.FS { return o.base }
