package outdir

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"allclear/cmd/allclear/internal/rootfs"
)

// manifestLimit is the largest manifest that is read, in bytes. A million files need
// less.
const manifestLimit = 256 << 20

// findManifest reads the manifest of a folder. If it is damaged, the files of opt.Last
// are used instead; if there is no last build either, lost is true: it is then unknown
// which files in the folder builds wrote.
func findManifest(root *os.Root, dir string, opt Options) (before manifest, lost bool, err error) {
	list, damage, err := readManifest(root, dir)
	if err != nil || damage == "" {
		return list, false, err
	}
	if damage == missing && !holdsBuild(root) {
		return manifest{}, false, nil // no build has written into this folder
	}
	name := filepath.Join(dir, manifestName)
	if len(opt.Last) > 0 {
		fmt.Fprintf(opt.Log,
			"%s, the list of what builds wrote, is damaged (%s): this build writes a new one, from what the last build recorded\n",
			name, damage)
		return opt.Last.manifest(), false, nil
	}
	fmt.Fprintf(opt.Log, "%s, the list of what builds wrote, is damaged (%s): this build writes a new one, from the files it finds\n"+
		"hint: old pages may be left behind; to remove them, empty %s and build again\n", name, damage, dir)
	return manifest{}, true, nil
}

const missing = "it is missing"

// readManifest reads the manifest of a folder. If it is damaged or missing, damage says
// so in a few words.
func readManifest(root *os.Root, dir string) (m manifest, damage string, err error) {
	info, err := root.Lstat(manifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing, nil
	case err != nil:
		return nil, "", errorf("", "cannot read the list of files in %s: %s", dir, rootfs.Reason(err))
	case info.IsDir():
		return nil, "it is a folder", nil
	case !info.Mode().IsRegular():
		return nil, "", errorf("delete it and build again", "%s is not a regular file", filepath.Join(dir, manifestName))
	case info.Size() > manifestLimit:
		return nil, "it is far too large", nil
	}
	f, err := rootfs.Open(root, manifestName)
	if err != nil {
		return nil, "", errorf("", "cannot read the list of files in %s: %s", dir, rootfs.Reason(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, manifestLimit))
	if err != nil {
		return nil, "", errorf("", "cannot read the list of files in %s: %s", dir, rootfs.Reason(err))
	}
	m, old, damage := decodeManifest(text)
	if old != nil && damage == "" {
		m = old.convert(root)
	}
	return m, damage, nil
}

// holdsBuild reports whether a folder contains a build.json of ours. A site that was
// copied without its hidden files has one but no manifest.
func holdsBuild(root *os.Root) bool {
	f, err := rootfs.Open(root, "build.json")
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<16))
	var build struct {
		Build   string    `json:"build"`
		Version string    `json:"version"`
		BuiltAt time.Time `json:"built_at"`
	}
	return err == nil && json.Unmarshal(text, &build) == nil && build.Build != "" && build.Version != "" && !build.BuiltAt.IsZero()
}
