package outdir

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"

	"allclear/cmd/allclear/internal/rootfs"
)

// Differences returns which files [Write] would write to a folder and which it would
// remove, each sorted by path, if the files that it is given have these SHA-256 sums. It
// changes nothing. Its error is that of Write for a folder that is not ours, or one of
// reading.
func Differences(dir string, sums map[string][sha256.Size]byte) (changed, removed []string, err error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return slices.Sorted(maps.Keys(sums)), nil, nil
	}
	if err != nil {
		return nil, nil, errorf("", "cannot open %s: %s", dir, rootfs.Reason(err))
	}
	defer root.Close()
	if err := checkOurs(root, dir); err != nil {
		return nil, nil, err
	}
	list, _, err := readManifest(root, dir)
	if err != nil {
		return nil, nil, err
	}
	for name, sum := range sums {
		if !hasBytes(root, name, sum) {
			changed = append(changed, name)
		}
	}
	for name := range list {
		if _, built := sums[name]; built {
			continue
		}
		if info, err := root.Lstat(name); err == nil && info.Mode().IsRegular() {
			removed = append(removed, name)
		}
	}
	slices.Sort(changed)
	slices.Sort(removed)
	return changed, removed, nil
}

// hasBytes reports whether a folder has a file whose bytes have this sum. It does not say
// why a file cannot be read: Write does.
func hasBytes(root *os.Root, name string, sum [sha256.Size]byte) bool {
	f, err := rootfs.Open(root, name)
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	got := sha256.New()
	_, err = io.Copy(got, f)
	return err == nil && [sha256.Size]byte(got.Sum(nil)) == sum
}
