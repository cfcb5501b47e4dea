// Package cache keeps what one run of the program found out about a site for the
// next run: what its files say, and what was written. It lies among the user's
// caches and not in the output folder.
//
// A cache never changes what a build writes. Everything in it is found by the sum
// of all that it depends on, the program included; what is damaged, or was left by
// another program, counts as absent. The methods of a nil [Cache] do nothing.
package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// EnvVar names the environment variable that says where caches lie in place of the
// user's caches folder; with "off" there are none.
const EnvVar = "ALLCLEAR_CACHE"

// sizeLimit is how many bytes the cache of a site may have.
const sizeLimit = 1 << 30

// layout changes when the files of a cache get other names. Folders of an older
// layout are then left alone until they are removed as unused.
const layout = "2 "

// The files of a cache, beside parsed-00, parsed-01 …
const (
	siteName      = "site"       // holds the path of the site's folder
	lastBuildName = "last-build" // holds an outdir.LastBuild
)

// Cache is the cache of one site.
type Cache struct {
	dir     string
	siteDir string // the site's folder, with links followed
	program site.Hash
	source  *source.Cache
}

// Open opens the cache of the site in a folder. It returns nil where there can be
// none, or where the user wants none.
func Open(siteDir string) *Cache {
	parent, ok := cachesDir()
	if !ok {
		return nil
	}
	program, err := programSum()
	if err != nil {
		return nil
	}
	if siteDir, err = filepath.Abs(siteDir); err != nil {
		return nil
	}
	if siteDir, err = filepath.EvalSymlinks(siteDir); err != nil {
		return nil
	}
	name := sha256.Sum256([]byte(layout + siteDir))
	c := &Cache{dir: filepath.Join(parent, hex.EncodeToString(name[:8])), siteDir: siteDir, program: program}
	c.loadSource()
	return c
}

func cachesDir() (string, bool) {
	if dir := os.Getenv(EnvVar); dir != "" {
		return dir, dir != "off"
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "allclear"), err == nil
}

// programSum returns the SHA-256 sum of this very program.
func programSum() (sum site.Hash, err error) {
	name, err := os.Executable()
	if err != nil {
		return sum, err
	}
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	h.Sum(sum[:0])
	return sum, err
}

func (c *Cache) loadSource() {
	c.source = &source.Cache{}
	parts, _ := filepath.Glob(filepath.Join(c.dir, "parsed-*"))
	for _, name := range parts {
		if data, ok := c.load(filepath.Base(name)); ok {
			c.source.Load(data)
		}
	}
}

// Source returns what the site's files said, for reading them again; nil for a nil
// cache.
func (c *Cache) Source() *source.Cache {
	if c == nil {
		return nil
	}
	return c.source
}

// Program returns the sum of the program, which is part of the key of each file
// that it renders; zero for a nil cache: files then have no keys.
func (c *Cache) Program() site.Hash {
	if c == nil {
		return site.Hash{}
	}
	return c.program
}

// Save writes down what the site's files said, and removes caches that nobody uses
// any more. Where it cannot write, the next run does without.
func (c *Cache) Save() {
	if c == nil {
		return
	}
	c.source.Dirty(func(n int, data []byte) error { return c.store(fmt.Sprintf("parsed-%02d", n), data) })
	if c.size() > sizeLimit {
		os.RemoveAll(c.dir)
		return
	}
	os.WriteFile(filepath.Join(c.dir, siteName), []byte(c.siteDir), 0o600)
	now := time.Now()
	os.Chtimes(c.dir, now, now)
	removeUnused(filepath.Dir(c.dir), now)
}

func (c *Cache) size() int64 {
	files, _ := os.ReadDir(c.dir)
	var size int64
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			size += info.Size()
		}
	}
	return size
}
