package outdir

import (
	"cmp"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"allclear/generator/parallel"
	"allclear/generator/render"
)

// checkPaths returns an error if two paths cannot exist side by side in one folder on
// every system, or if a path is invalid or reserved.
func checkPaths(files []render.File) error {
	if err := cmp.Or(parallel.Parts(files, checkEachPath)...); err != nil {
		return err
	}
	spelled := make(map[string]string, len(files)) // paths by their lower case
	folders := make(map[string]string, len(files)/2)
	for _, f := range files {
		low := strings.ToLower(f.Path)
		if other, taken := spelled[low]; taken {
			return errorf("give one of them another name", "%s and %s differ only in upper and lower case", other, f.Path)
		}
		spelled[low] = f.Path
		for folder := range ancestors(f.Path) {
			low := strings.ToLower(folder)
			other, taken := folders[low]
			if taken && other != folder {
				return errorf("give one of them another name", "the folders %s and %s differ only in upper and lower case", other, folder)
			}
			if !taken {
				folders[low] = folder
			}
		}
	}
	for low, folder := range folders {
		if name, taken := spelled[low]; taken {
			return errorf("give one of them another name", "%s would be a file and %s a folder", name, folder)
		}
	}
	return nil
}

// checkEachPath returns an error if a path is invalid or reserved.
func checkEachPath(files []render.File) error {
	for _, f := range files {
		if !fs.ValidPath(f.Path) || f.Path == "." || strings.ContainsAny(f.Path, "\\\x00\n") {
			return errorf("", "%q cannot be the path of a file", f.Path)
		}
		if inRepository(f.Path) {
			return errorf("remove it from content/static/", "%s: this name is reserved for version control", f.Path)
		}
		if strings.HasPrefix(f.Path, manifestName) {
			return errorf("rename it", "%s: names that begin with %s are reserved", f.Path, manifestName)
		}
	}
	return nil
}

// ancestors returns the parent folders of a file, outermost first.
func ancestors(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range len(name) {
			if name[i] == '/' && !yield(name[:i]) {
				return
			}
		}
	}
}

// inRepository reports whether a path is in a folder in which a version control system
// keeps its own files. Write never writes or removes anything there.
func inRepository(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && slices.Contains([]string{".git", ".hg", ".svn", ".jj", ".bzr"}, strings.ToLower(part)) {
			return true
		}
	}
	return false
}
