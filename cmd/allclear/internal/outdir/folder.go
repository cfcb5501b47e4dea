package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"allclear/cmd/allclear/internal/rootfs"
)

// makeDirs creates dir and its missing parents, and returns the folders it created,
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
			return missing[:i], errorf("", "cannot create the folder %s: %s", d, rootfs.Reason(err))
		}
	}
	return missing, nil
}

// checkOurs returns an error if dir contains files but no manifest and no build.json of
// ours. Hidden files such as .git and .gitkeep are ignored.
func checkOurs(root *os.Root, dir string) error {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return errorf("", "cannot read %s: %s", dir, rootfs.Reason(err))
	}
	other := ""
	for _, e := range entries {
		if e.Name() == manifestName {
			return nil
		}
		if other == "" && !strings.HasPrefix(e.Name(), ".") {
			other = e.Name()
		}
	}
	if other == "" || holdsBuild(root) {
		return nil
	}
	return errorf("use another folder with --out, or empty this one",
		"%s is not empty (it contains %s) and was not written by allclear", dir, other)
}
