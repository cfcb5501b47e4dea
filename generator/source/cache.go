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
	known map[string]*remembered // by path
	stale [packs]bool            // which parts have changed since they were restored

	told    bool            // whether anybody said what has changed since the last Read
	lost    bool            // whether anything may have
	changed map[string]bool // files and folders

	found  contentFiles // as the last Read found it
	walked bool         // whether it had to look
	table  linkTable    // of found
	by     readBy
}

// sum tells two texts apart.
type sum = [sha256.Size]byte

// remembered is what a file said.
type remembered struct {
	bytes sum     // of the file
	by    sum     // of what else it was read by
	raw   string  // what it said, encoded
	said  *saying // what it said; nil: not decoded yet
}

// Changed says that since the last Read nothing has changed but these files and
// folders, by their paths from the site's folder, and those named before; nil says
// that anything may have. A Read before which it was not called looks at every file.
func (c *Cache) Changed(paths []string) {
	if c.changed == nil {
		c.changed = map[string]bool{}
	}
	for _, name := range paths {
		c.changed[name] = true
	}
	c.lost = c.lost || paths == nil
	c.told = !c.lost
}

// readBy sums up what a file's meaning depends on beside its bytes: zone and
// languages, and for a file with links also the pages and files that there are.
type readBy struct{ alone, linked sum }

func newReadBy(d decoder, links linkTable) readBy {
	alone := sha256.Sum256([]byte(site.ZoneRules(d.zone) + "\n" + strings.Join(d.languages, " ")))
	return readBy{alone, sha256.Sum256(append(alone[:], links.fingerprint()...))}
}

func (r readBy) of(s *saying) sum {
	if len(s.Links) > 0 {
		return r.linked
	}
	return r.alone
}

// find lists the content, and what links can lead to: as the last Read found it
// where since then no file came or went.
func (c *Cache) find(fsys fs.FS, d decoder) (contentFiles, linkTable) {
	if c == nil {
		found := walk(fsys, d)
		return found, found.links()
	}
	alone := newReadBy(d, linkTable{}).alone
	if c.walked = !c.told || c.by.alone != alone || !c.onlyEdits(fsys); c.walked {
		own := d
		own.problems = &diag.List{}
		c.found = walk(fsys, own)
		c.found.problems = *own.problems
		c.table = c.found.links()
		c.by = newReadBy(d, c.table)
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

// recall is what a file says where nothing has changed it since the last Read, or
// nil.
func (c *Cache) recall(t *entryText) *saying {
	if c == nil || !c.told || !t.ordinary {
		return nil
	}
	for end := len(t.path); end > 0; end = strings.LastIndexByte(t.path[:end], '/') {
		if c.changed[t.path[:end]] {
			return nil
		}
	}
	return c.valid(t.path, nil)
}

// valid is what a file said by what all files are read by now, or nil. bytes is
// the sum of the file's bytes; nil: they are known to be the same.
func (c *Cache) valid(name string, bytes *sum) *saying {
	c.mu.Lock()
	known := c.known[name]
	c.mu.Unlock()
	if known == nil || (bytes != nil && known.bytes != *bytes) || (known.by != c.by.alone && known.by != c.by.linked) {
		return nil
	}
	if known.said == nil {
		known.said = decodeSaid(known.raw, name)
	}
	if known.said == nil || known.by != c.by.of(known.said) {
		return nil
	}
	return known.said
}

// keep remembers what a file said. It returns that as it will be remembered: in
// one piece of memory, with the sum by which others may know it.
func (c *Cache) keep(name string, bytes sum, s *saying) *saying {
	raw, ok := encodeSaid(s, name)
	if !ok {
		return s
	}
	kept := &remembered{bytes: bytes, by: c.by.of(s), raw: raw, said: decodeSaid(raw, name)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]*remembered{}
	}
	c.known[name] = kept
	c.stale[packOf(name)] = true
	return kept.said
}

// done ends a Read: it forgets the files that are gone.
func (c *Cache) done(texts []entryText) {
	if c == nil {
		return
	}
	c.told, c.lost, c.changed = false, false, nil
	if !c.walked {
		return
	}
	there := make(map[string]bool, len(texts))
	for i := range texts {
		there[texts[i].path] = true
	}
	for name := range c.known {
		if !there[name] {
			delete(c.known, name)
			c.stale[packOf(name)] = true
		}
	}
}

// fingerprint tells two tables apart.
func (t linkTable) fingerprint() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t.pages)) {
		b.WriteString(name + "\n")
	}
	for _, name := range slices.Sorted(maps.Keys(t.static)) {
		b.WriteString("static/" + name + "\n")
	}
	return b.String()
}
