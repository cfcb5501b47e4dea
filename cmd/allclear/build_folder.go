package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// outputFolder returns the absolute path of --out. It is an error if a build there could
// destroy something: the file system's root, the home folder, or the site's own files.
func outputFolder(out, source string) (string, error) { return siteFolder("--out:", out, source) }

// siteFolder is outputFolder for a folder that what names: a flag, or an address.
func siteFolder(what, out, source string) (string, error) {
	if out == "" {
		return "", usageErrorf("", "%s the folder name is empty", what)
	}
	site, err := realPath(source)
	if err != nil {
		return "", usageErrorf("", "--source: cannot open %s: %s", source, reason(err))
	}
	dir, err := realPath(out)
	if err != nil {
		return "", usageErrorf("", "%s cannot resolve %s: %s", what, out, reason(err))
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return "", usageErrorf("use a folder", "%s %s is a file", what, out)
	}
	const elsewhere = "use a folder of its own, such as public"
	home, err := os.UserHomeDir()
	switch {
	case filepath.Dir(dir) == dir:
		return "", usageErrorf(elsewhere, "%s %s is the root of the file system", what, out)
	case err == nil && sameFolder(dir, home):
		return "", usageErrorf(elsewhere, "%s %s is your home folder", what, out)
	case within(site, dir):
		return "", usageErrorf(elsewhere, "%s %s contains the site's own files", what, out)
	case within(dir, filepath.Join(site, "content")), within(dir, filepath.Join(site, "themes")):
		return "", usageErrorf(elsewhere, "%s %s is inside the site's own files", what, out)
	}
	return dir, nil
}

// realPath returns the absolute path of name with symbolic links resolved. The last parts
// of the path need not exist.
func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	if _, dangling := os.Lstat(abs); dangling == nil {
		return "", err
	}
	parent, err := realPath(filepath.Dir(abs))
	return filepath.Join(parent, filepath.Base(abs)), err
}

// within reports whether dir is the folder other or is inside it.
func within(dir, other string) bool {
	for {
		if sameFolder(dir, other) {
			return true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}

// sameFolder reports whether two paths lead to the same folder.
func sameFolder(a, b string) bool {
	if a == b {
		return true
	}
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
