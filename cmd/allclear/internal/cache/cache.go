// Package cache stores parsed files and the state of the last build of a site, to
// speed up the next run of the program. A cache is a folder in the user's cache
// folder, not in the output.
//
// A cache never changes what a build writes. Each item is looked up by the checksum of
// everything it depends on, including the program; items that are damaged, or were
// written by another version of the program, are ignored. All methods can be called
// on a nil [Cache] and then do nothing.
package cache

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// EnvVar is the environment variable that sets the folder for caches. Its value "off"
// turns caches off; by default they are in the user's cache folder.
const EnvVar = "ALLCLEAR_CACHE"

// sizeLimit is the maximum size of a site's cache, in bytes.
const sizeLimit = 1 << 30

// layout is the version of the cache's files. A new version gets new folders; those of
// older ones are removed once they are unused.
const layout = "2 "

// The files of a cache, besides parsed-00, parsed-01 …
const (
	siteName      = "site"       // contains the path of the site's folder
	lastBuildName = "last-build" // contains an outdir.LastBuild
)

// Cache is the cache of one site.
type Cache struct {
	dir     string
	siteDir string // the site's folder, with links followed
	program site.Hash
	source  *source.Cache
	saved   bool // whether an earlier run saved parsed files
}

// Open opens the cache of the site in a folder. It returns nil if caches are turned off
// or if there is no place for one.
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

// cachesDir returns the folder that contains the caches of all sites. ok is false if
// caches are turned off or the folder is unknown.
func cachesDir() (string, bool) {
	if dir := os.Getenv(EnvVar); dir != "" {
		return dir, dir != "off"
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "allclear"), err == nil
}

// programSum returns a hash that identifies the running program: of its build ID, which
// the Go linker computes from the content of the file, or else of the whole file, which
// takes longer than reading a small site.
func programSum() (sum site.Hash, err error) {
	name, err := os.Executable()
	if err != nil {
		return sum, err
	}
	if id, ok := buildID(name); ok {
		return sha256.Sum256(id), nil
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

// buildID returns the build ID of a program of Linux and other systems with ELF files.
func buildID(name string) ([]byte, bool) {
	f, err := elf.Open(name)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	note := f.Section(".note.go.buildid")
	if note == nil {
		return nil, false
	}
	id, err := note.Data()
	return id, err == nil && len(id) > sha256.Size // a shorter one was set by hand
}

// loadSource loads the parsed files that an earlier run saved.
func (c *Cache) loadSource() {
	c.source = &source.Cache{}
	parts, _ := filepath.Glob(filepath.Join(c.dir, "parsed-*"))
	var memory []byte
	for _, name := range parts {
		if data, ok := c.load(filepath.Base(name), &memory); ok {
			c.source.Load(data)
			c.saved = true
		}
	}
}

// Source returns the parsed files, to speed up reading the site. It returns nil for a nil
// cache.
func (c *Cache) Source() *source.Cache {
	if c == nil {
		return nil
	}
	return c.source
}

// Saved returns the parsed files that an earlier run saved, or nil if there are none. It is
// for commands that do not save theirs.
func (c *Cache) Saved() *source.Cache {
	if c == nil || !c.saved {
		return nil
	}
	return c.source
}

// Program returns the hash that identifies the program, which is part of the key of every
// rendered file. For a nil cache it returns zero, which means that files have no keys.
func (c *Cache) Program() site.Hash {
	if c == nil {
		return site.Hash{}
	}
	return c.program
}

// Save writes the parsed files to the disk, and removes unused caches of other sites. It
// ignores errors: the next run then does without the cache.
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

// size returns the size of all files of the cache, in bytes.
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
