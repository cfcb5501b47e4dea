package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"allclear/cmd/allclear/internal/rootfs"
)

// makeDirs makes a folder and those above it, and returns the ones it made, the
// outermost first.
func makeDirs(dir string) ([]string, error) {
	var missing []string
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil || d == filepath.Dir(d) {
			break
		}
		missing = append([]string{d}, missing...)
	}
	for i, d := range missing {
		if err := os.Mkdir(d, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return missing[:i], errorf("", "cannot make the folder %s: %s", d, rootfs.Reason(err))
		}
	}
	return missing, nil
}

// checkOurs refuses a folder that holds something but was not made by a build.
// Dot files (.git, .gitkeep) do not count.
func checkOurs(root *os.Root, dir string) error {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return errorf("", "cannot read %s: %s", dir, rootfs.Reason(err))
	}
	stranger := ""
	for _, e := range entries {
		if e.Name() == manifestName {
			return nil
		}
		if stranger == "" && !strings.HasPrefix(e.Name(), ".") {
			stranger = e.Name()
		}
	}
	if stranger == "" || holdsBuild(root) {
		return nil
	}
	return errorf("name another folder with --out, or empty this one",
		"%s is not empty (it holds %s) and was not made by allclear", dir, stranger)
}
