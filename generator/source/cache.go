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

// Cache keeps the results of parsing files, for programs that read one site again and
// again. It uses a result again if the file has the same bytes and if everything else
// that the result depends on is the same (see dependencies), so [Read] returns the same
// with a Cache as without. The zero Cache is empty. Only one Read may use a Cache at a
// time.
type Cache struct {
	mu    sync.Mutex
	known map[string]*cacheEntry // by path
	dirty [shards]bool           // which shards have changed since they were loaded or written

	changesKnown bool            // whether Changed was called since the last Read
	changesLost  bool            // whether anything may have changed
	changed      map[string]bool // files and folders

	found    contentFiles // what the last Read found, with the results
	searched bool         // whether the last Read listed the files
	table    linkTable    // what links in found can lead to
	deps     dependencies
}

// sum is a SHA-256 checksum.
type sum = [sha256.Size]byte

// cacheEntry is the cached result of parsing one file.
type cacheEntry struct {
	bytes  sum         // of the file
	deps   sum         // of what else the result depends on
	raw    string      // the encoded result
	hash   site.Hash   // of the result and the file's name
	parsed *parsedFile // the result; nil: not decoded yet
}

// Changed tells the next [Read] which files and folders have changed since the last one,
// by their paths from the site's folder. Read then looks only at these. The paths of
// several calls add up; nil means that anything may have changed. Without a call, the
// next Read looks at every file.
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

// dependencies are checksums of what the result of parsing a file depends on besides its
// bytes: the zone and the languages and, for a file with links, the pages and files that
// exist.
type dependencies struct{ withoutLinks, withLinks sum }

// newDependencies returns the dependencies on the settings in d and on the link table.
func newDependencies(d decoder, links linkTable) dependencies {
	alone := sha256.Sum256([]byte(site.ZoneRules(d.zone) + "\n" + strings.Join(d.languages, " ")))
	return dependencies{alone, sha256.Sum256(append(alone[:], links.key()...))}
}

// of returns the checksum that applies to a file.
func (r dependencies) of(s *parsedFile) sum {
	if len(s.Links) > 0 {
		return r.withLinks
	}
	return r.withoutLinks
}

// find lists the content files and what links can lead to. It returns the lists of the
// last Read if no file was added or removed since.
func (c *Cache) find(fsys fs.FS, d decoder) (contentFiles, linkTable) {
	if c == nil {
		found := walk(fsys, d)
		return found, found.links(d.languages)
	}
	alone := newDependencies(d, linkTable{}).withoutLinks
	if c.searched = !c.changesKnown || c.deps.withoutLinks != alone || !c.onlyEdits(fsys); c.searched {
		own := d
		own.problems = &diag.List{}
		c.found = walk(fsys, own)
		c.found.problems = *own.problems
		c.table = c.found.links(d.languages)
		c.deps = newDependencies(d, c.table)
	}
	*d.problems = append(*d.problems, c.found.problems...)
	return c.found, c.table
}

// onlyEdits reports whether all changes are edits of content files that still exist.
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

// get returns the cached result of a file that has not changed since the last Read, or
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
	if t.parsedFile != nil {
		return t.parsedFile
	}
	return c.lookup(t.path, nil)
}

// lookup returns the cached result of a file if its bytes and its dependencies are the
// same, or nil. bytes is the checksum of the file; nil means that the bytes are known to
// be the same.
func (c *Cache) lookup(name string, bytes *sum) *parsedFile {
	c.mu.Lock()
	known := c.known[name]
	c.mu.Unlock()
	if known == nil || (bytes != nil && known.bytes != *bytes) || (known.deps != c.deps.withoutLinks && known.deps != c.deps.withLinks) {
		return nil
	}
	if known.parsed == nil {
		known.parsed = decodeParsed(known.raw, name, known.hash)
	}
	if known.parsed == nil || known.deps != c.deps.of(known.parsed) {
		return nil
	}
	return known.parsed
}

// put caches the result of parsing a file. It returns the cached form of the result: in
// one piece of memory, with Entry.Hash set.
func (c *Cache) put(name string, bytes sum, s *parsedFile) *parsedFile {
	raw, hash, ok := encodeParsed(s, name)
	kept := &cacheEntry{bytes: bytes, deps: c.deps.of(s), raw: raw, hash: hash}
	if ok {
		kept.parsed = decodeParsed(raw, name, hash)
	}
	if kept.parsed == nil {
		return s // it cannot be cached
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]*cacheEntry{}
	}
	c.known[name] = kept
	c.dirty[shardOf(name)] = true
	return kept.parsed
}

// prune keeps the results for the next Read, and removes those of files that no longer
// exist. It is called at the end of a Read.
func (c *Cache) prune(texts []entryText) {
	if c == nil {
		return
	}
	for i := range texts {
		if t, last := &texts[i], &c.found.texts[i]; last.parsedFile != t.parsedFile {
			last.parsedFile = nil // unless it is cached: a file that could not be read is read again
			if known := c.known[t.path]; known != nil && known.parsed == t.parsedFile {
				last.parsedFile = t.parsedFile
			}
		}
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
		if !there[name] && !isMeasured(name) {
			delete(c.known, name)
			c.dirty[shardOf(name)] = true
		}
	}
}

// key returns a text that is different for different tables.
func (t linkTable) key() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t.pages)) {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	for _, name := range slices.Sorted(maps.Keys(t.static)) {
		b.WriteString("static/" + name + "\n")
	}
	return b.String()
}

// forgetMeasured removes the results of files that no measurement names any more.
func (c *Cache) forgetMeasured(list []site.Measurement) {
	if c == nil {
		return
	}
	for name := range c.known {
		if isMeasured(name) && !slices.ContainsFunc(list, func(m site.Measurement) bool { return m.File == name }) {
			delete(c.known, name)
			c.dirty[shardOf(name)] = true
		}
	}
}

// isMeasured reports whether a path is that of a file of measurements.
func isMeasured(name string) bool { return strings.HasPrefix(name, "content/"+measurements+"/") }
