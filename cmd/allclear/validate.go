package main

import (
	"io/fs"
	"os"
	"path"

	"allclear/generator/diag"
)

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

// replaceFile replaces the contents of a file atomically, and keeps its permissions. If it
// fails, the file stays as it was, and nothing is left beside it.
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
	root.Remove(beside) // what a program that was killed left, perhaps with other permissions
	if err := root.WriteFile(beside, data, mode); err != nil {
		root.Remove(beside)
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	if err := root.Rename(beside, name); err != nil {
		root.Remove(beside)
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	return nil
}
