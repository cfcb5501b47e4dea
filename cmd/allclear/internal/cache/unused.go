package cache

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	unusedAfter = 30 * 24 * time.Hour // a cache that nobody used for so long is removed
	orphanAfter = time.Hour           // the same, where the site's folder is gone: it was a temporary one
)

// removeUnused removes caches that nobody has used for long, and those of sites whose
// folder is gone: builds from a new temporary folder each time would fill the disk.
func removeUnused(parent string, now time.Time) {
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		_, notOurs := hex.DecodeString(e.Name())
		info, err := e.Info()
		if err != nil || notOurs != nil || len(e.Name()) != 16 || !e.IsDir() {
			continue
		}
		dir, age := filepath.Join(parent, e.Name()), now.Sub(info.ModTime())
		if age > unusedAfter || age > orphanAfter && siteGone(dir) {
			os.RemoveAll(dir)
		}
	}
}

// siteGone reports whether the site of a cache is no longer there.
func siteGone(cacheDir string) bool {
	siteDir, err := os.ReadFile(filepath.Join(cacheDir, siteName))
	if err != nil {
		return false
	}
	_, err = os.Stat(string(siteDir))
	return errors.Is(err, fs.ErrNotExist)
}
