package source

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Cache remembers what files said, for a program that reads one site again and
// again. A file counts as the same while its size and time are; it is read anew
// where it may depend on other files that have changed. What Read returns with a
// Cache is what it returns without. The zero Cache is empty; it is safe for
// several goroutines.
type Cache struct {
	mu      sync.Mutex
	context string // what every file is read with: zone, languages, and the pages that links can lead to
	targets string
	files   map[string]remembered
}

// stamp is what tells that a file has changed.
type stamp struct {
	size int64
	time time.Time
}

// remembered is a file as it was read.
type remembered struct {
	stamp
	text entryText
}

func (s stamp) same(other stamp) bool { return s.size == other.size && s.time.Equal(other.time) }

// Forget makes a Cache read a file anew, by its path from the site's folder: one
// that something says has changed, whatever its time says.
func (c *Cache) Forget(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.files, path)
}

// recall fills in the files that are as they were, and returns the others. Each
// is stamped before it is read: what changes later is read again the next time.
func (c *Cache) recall(texts []entryText, d decoder, links linkTable) (missing []*entryText) {
	if c == nil {
		return pointers(texts)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	context, targets := d.zone.String()+" "+strings.Join(d.languages, " "), links.fingerprint()
	if c.files == nil || c.context != context {
		c.files = map[string]remembered{}
	}
	moved := c.targets != targets
	c.context, c.targets = context, targets
	for i := range texts {
		t := &texts[i]
		now, ok := t.stamp()
		known := c.files[t.path]
		if ok && known.same(now) && !(moved && len(known.text.links) > 0) {
			*t = known.text
			continue
		}
		delete(c.files, t.path)
		t.stamped = now
		missing = append(missing, t)
	}
	return missing
}

// keep remembers what was read.
func (c *Cache) keep(all []entryText, read []*entryText) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range read {
		if t.stamped.time.IsZero() {
			continue
		}
		kept := *t
		kept.problems, kept.links = slices.Clip(kept.problems), slices.Clip(kept.links)
		c.files[t.path] = remembered{t.stamped, kept}
	}
	c.drop(all)
}

// drop forgets the files that are gone, and those that were changed last: another
// change may come within the same tick of the file system's clock.
func (c *Cache) drop(all []entryText) {
	there := map[string]bool{}
	for i := range all {
		there[all[i].path] = true
	}
	var youngest time.Time
	tick := 2 * time.Second // of the coarsest file systems, whose times are whole seconds
	for _, known := range c.files {
		if known.time.After(youngest) {
			youngest = known.time
		}
		if known.time.Nanosecond() != 0 {
			tick = 20 * time.Millisecond
		}
	}
	maps.DeleteFunc(c.files, func(path string, known remembered) bool {
		return !there[path] || youngest.Sub(known.time) < tick
	})
}

// stamp is the size and time of a file that stands for itself; a link does not.
func (t *entryText) stamp() (stamp, bool) {
	if !t.ordinary {
		return stamp{}, false
	}
	info, err := t.found.Info()
	if err != nil {
		return stamp{}, false
	}
	return stamp{info.Size(), info.ModTime()}, true
}

func pointers(texts []entryText) []*entryText {
	all := make([]*entryText, len(texts))
	for i := range texts {
		all[i] = &texts[i]
	}
	return all
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
