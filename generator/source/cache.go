package source

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// Cache remembers what files said, for programs that read one site again and
// again. It uses what a file said once more where the sum of its bytes is the
// same, and that of all else its reading depends on: what Read returns with a
// Cache is what it returns without. The zero Cache is empty. It serves one Read at
// a time.
type Cache struct {
	mu    sync.Mutex
	known map[string]*cacheEntry // by path
	dirty [shards]bool           // which parts have changed since they were restored

	changesKnown bool            // whether anybody said what has changed since the last Read
	changesLost  bool            // whether anything may have
	changed      map[string]bool // files and folders

	found    contentFiles // as the last Read found it
	searched bool         // whether it had to look
	table    linkTable    // of found
	deps     dependencies
}

// sum is a SHA-256 checksum.
type sum = [sha256.Size]byte

// cacheEntry is the cached result of parsing one file.
type cacheEntry struct {
	bytes  sum         // of the file
	deps   sum         // of what else it was read by
	raw    string      // what it said, encoded
	parsed *parsedFile // what it said; nil: not decoded yet
}

// Changed tells the next Read which files and folders have changed since the
// last one, by their paths from the site's folder, so that Read looks only at
// these. Calls add up; with nil, anything may have changed. Without a call,
// the next Read looks at every file.
func (c *Cache) Changed(paths []string) {
	if c.changed == nil {
		c.changed = map[string]bool{}
	}
	for _, name := range paths {
		c.changed[name] = true
	}
	c.changesLost = c.changesLost || paths == nil
	c.changesKnown = !c.changesLost
}

// dependencies sums up what a file's meaning depends on beside its bytes: zone and
// languages, and for a file with links also the pages and files that there are.
type dependencies struct{ withoutLinks, withLinks sum }

func newDependencies(d decoder, links linkTable) dependencies {
	alone := sha256.Sum256([]byte(site.ZoneRules(d.zone) + "\n" + strings.Join(d.languages, " ")))
	return dependencies{alone, sha256.Sum256(append(alone[:], links.key()...))}
}

func (r dependencies) of(s *parsedFile) sum {
	if len(s.Links) > 0 {
		return r.withLinks
	}
	return r.withoutLinks
}

// find lists the content, and what links can lead to: as the last Read found it
// where since then no file came or went.
func (c *Cache) find(fsys fs.FS, d decoder) (contentFiles, linkTable) {
	if c == nil {
		found := walk(fsys, d)
		return found, found.links()
	}
	alone := newDependencies(d, linkTable{}).withoutLinks
	if c.searched = !c.changesKnown || c.deps.withoutLinks != alone || !c.onlyEdits(fsys); c.searched {
		own := d
		own.problems = &diag.List{}
		c.found = walk(fsys, own)
		c.found.problems = *own.problems
		c.table = c.found.links()
		c.deps = newDependencies(d, c.table)
	}
	*d.problems = append(*d.problems, c.found.problems...)
	return c.found, c.table
}

// onlyEdits reports whether all that has changed is the text of content files
// that are still there.
func (c *Cache) onlyEdits(fsys fs.FS) bool {
	ordinary := map[string]bool{}
	for i := range c.found.texts {
		if t := &c.found.texts[i]; c.changed[t.path] {
			ordinary[t.path] = t.ordinary
		}
	}
	for name := range c.changed {
		if name == siteFile || name == manifestFile {
			continue // always read
		}
		info, err := fs.Lstat(fsys, name)
		if !ordinary[name] || err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// get is what a file says where nothing has changed it since the last Read, or
// nil.
func (c *Cache) get(t *entryText) *parsedFile {
	if c == nil || !c.changesKnown || !t.ordinary {
		return nil
	}
	for end := len(t.path); end > 0; end = strings.LastIndexByte(t.path[:end], '/') {
		if c.changed[t.path[:end]] {
			return nil
		}
	}
	return c.lookup(t.path, nil)
}

// lookup is what a file said by what all files are read by now, or nil. bytes is
// the sum of the file's bytes; nil: they are known to be the same.
func (c *Cache) lookup(name string, bytes *sum) *parsedFile {
	c.mu.Lock()
	known := c.known[name]
	c.mu.Unlock()
	if known == nil || (bytes != nil && known.bytes != *bytes) || (known.deps != c.deps.withoutLinks && known.deps != c.deps.withLinks) {
		return nil
	}
	if known.parsed == nil {
		known.parsed = decodeParsed(known.raw, name)
	}
	if known.parsed == nil || known.deps != c.deps.of(known.parsed) {
		return nil
	}
	return known.parsed
}

// put remembers what a file said. It returns that as it will be remembered: in
// one piece of memory, with the sum by which others may know it.
func (c *Cache) put(name string, bytes sum, s *parsedFile) *parsedFile {
	raw, ok := encodeParsed(s, name)
	if !ok {
		return s
	}
	kept := &cacheEntry{bytes: bytes, deps: c.deps.of(s), raw: raw, parsed: decodeParsed(raw, name)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]*cacheEntry{}
	}
	c.known[name] = kept
	c.dirty[shardOf(name)] = true
	return kept.parsed
}

// prune ends a Read: it forgets the files that are gone.
func (c *Cache) prune(texts []entryText) {
	if c == nil {
		return
	}
	c.changesKnown, c.changesLost, c.changed = false, false, nil
	if !c.searched {
		return
	}
	there := make(map[string]bool, len(texts))
	for i := range texts {
		there[texts[i].path] = true
	}
	for name := range c.known {
		if !there[name] {
			delete(c.known, name)
			c.dirty[shardOf(name)] = true
		}
	}
}

// key tells two tables apart.
func (t linkTable) key() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t.pages)) {
		b.WriteString(name + "\n")
	}
	for _, name := range slices.Sorted(maps.Keys(t.static)) {
		b.WriteString("static/" + name + "\n")
	}
	return b.String()
}
