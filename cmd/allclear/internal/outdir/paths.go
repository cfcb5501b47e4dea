package outdir

import (
	"io/fs"
	"slices"
	"strings"

	"allclear/generator/render"
)

// checkPaths refuses paths that cannot exist beside each other in one folder on
// every system, and those that Write keeps for itself.
func checkPaths(files []render.File) error {
	spelled := map[string]string{}
	folders := map[string]string{}
	for _, f := range files {
		if !fs.ValidPath(f.Path) || f.Path == "." || strings.ContainsAny(f.Path, "\\\x00\n") {
			return errorf("", "%q cannot be the path of a file", f.Path)
		}
		if inRepository(f.Path) {
			return errorf("take it out of content/static/", "%s: version control keeps its own files there", f.Path)
		}
		if strings.HasPrefix(f.Path, manifestName) {
			return errorf("name it otherwise", "%s: names that begin with %s are ours", f.Path, manifestName)
		}
		low := strings.ToLower(f.Path)
		if other, taken := spelled[low]; taken {
			return errorf("give one of them another name", "%s and %s are one file where case does not count", other, f.Path)
		}
		spelled[low] = f.Path
		for _, folder := range ancestors(f.Path) {
			if other, taken := folders[strings.ToLower(folder)]; taken && other != folder {
				return errorf("give one of them another name", "%s and %s are one folder where case does not count", other, folder)
			}
			folders[strings.ToLower(folder)] = folder
		}
	}
	for low, name := range spelled {
		if folder, taken := folders[low]; taken {
			return errorf("give one of them another name", "%s would be a file and %s a folder", name, folder)
		}
	}
	return nil
}

// ancestors returns the folders of a file, the outermost first.
func ancestors(name string) []string {
	var folders []string
	for i, c := range name {
		if c == '/' {
			folders = append(folders, name[:i])
		}
	}
	return folders
}

// inRepository reports whether a path lies where version control keeps its own
// files. Write never writes there, and so never removes anything there.
func inRepository(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if slices.Contains([]string{".git", ".hg", ".svn", ".jj", ".bzr"}, strings.ToLower(part)) {
			return true
		}
	}
	return false
}
