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
	unusedAfter = 30 * 24 * time.Hour // for this long a cache may be unused before it is removed
	orphanAfter = time.Hour           // the same for a cache whose site no longer exists
)

// removeUnused removes caches that have not been used for a long time, and those of
// deleted sites. Otherwise builds in temporary folders would fill the disk.
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

// siteGone reports whether the site's folder no longer exists.
func siteGone(cacheDir string) bool {
	siteDir, err := os.ReadFile(filepath.Join(cacheDir, siteName))
	if err != nil {
		return false
	}
	_, err = os.Stat(string(siteDir))
	return errors.Is(err, fs.ErrNotExist)
}
