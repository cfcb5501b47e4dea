// Package themes is how the pages look: the built-in theme, and the operator's
// files over it.
package themes

import (
	"embed"
	"errors"
	"io/fs"
)

//go:embed all:default
var builtin embed.FS

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
	return overlay{over, base}
}

// overlay reads from its first folder what is there, and all else from its second.
type overlay struct{ over, base fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}
