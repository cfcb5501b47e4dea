package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

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

// replaceFile replaces the contents of a file atomically, and keeps its permissions. Of a
// symbolic link, it replaces the file that the link leads to, which is in the site's folder.
// If it fails, the file stays as it was, and nothing is left beside it.
func (r readFlags) replaceFile(name string, data []byte) error {
	root, err := os.OpenRoot(r.source)
	if err != nil {
		return errorf("", "cannot open %s: %s", r.source, reason(err))
	}
	defer root.Close()
	target, err := linked(root, name)
	if err != nil {
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	mode := fs.FileMode(0o644)
	if info, err := root.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	if mode&0o200 == 0 {
		hint := "chmod u+w " + quotedForShell(filepath.Join(r.source, filepath.FromSlash(target)))
		return errorf(hint, "cannot write %s: it is read-only", name)
	}
	beside := path.Join(path.Dir(target), "."+path.Base(target)+".tmp")
	root.Remove(beside) // what a program that was killed left, perhaps with other permissions
	err = root.WriteFile(beside, data, mode)
	if err == nil {
		err = root.Rename(beside, target)
	}
	if err != nil {
		root.Remove(beside)
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	return nil
}

// linked returns the name of the file that a symbolic link leads to, and name itself if it
// is none.
func linked(root *os.Root, name string) (string, error) {
	for range 40 { // as many links in a row as Linux follows
		info, err := root.Lstat(name)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return name, nil // a new file has no links
		}
		to, err := root.Readlink(name)
		if err != nil {
			return "", err
		}
		if filepath.IsAbs(to) {
			return "", &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a link to an absolute path")}
		}
		name = path.Join(path.Dir(name), filepath.ToSlash(to))
	}
	return "", &fs.PathError{Op: "open", Path: name, Err: errors.New("its links lead in a circle")}
}
