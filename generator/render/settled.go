package render

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"allclear/generator/site"
)

// What is over for good is shown by a build that sees nothing but the entry, the
// two beside it, and the site's own words, at the last instant that the entry
// names. So its files cannot depend on anything else, on the clock least of all,
// and a sum of these inputs is the key of each: the same key, the same bytes.

// settledAt is the last instant that a settled entry names, or zero where the
// clock may still change something about the entry.
func (b *build) settledAt(e *site.Entry) time.Time {
	t := b.tellings[e]
	if t == nil {
		return time.Time{}
	}
	t.settling.Do(func() {
		if last := e.Last(b.now); !last.IsZero() && e.Visible(last) && e.Settled(last) {
			t.settled = last
		}
	})
	return t.settled
}

// by is the build that shows an entry's own files.
func (b *build) by(e *site.Entry) *build {
	if at := b.settledAt(e); !at.IsZero() {
		return b.narrowed(e, at)
	}
	return b
}

// of is a view of an entry alone, where it is settled.
func (v view) of(e *site.Entry) view {
	v.build = v.by(e)
	return v
}

// narrowed is the build as it is known at an instant to an entry alone.
func (b *build) narrowed(e *site.Entry, at time.Time) *build {
	n := &build{
		site: b.common().site, now: at, version: b.version, theme: b.theme, languages: b.languages, url: b.url, assets: b.assets,
		newest: b.seen(e),
	}
	n.tellings = map[*site.Entry]*telling{e: {place: 1 + slices.Index(n.newest, e)}}
	if b.pictured[e] {
		n.pictured = map[*site.Entry]bool{e: true}
	}
	return n
}

// seen are the entries that an entry's page knows: itself and the two beside it,
// the newest first; none where it is in no list.
func (b *build) seen(e *site.Entry) []*site.Entry {
	if b.tellings[e].place == 0 {
		return nil
	}
	older, newer := b.beside(e)
	return slices.DeleteFunc([]*site.Entry{newer, e, older}, func(e *site.Entry) bool { return e == nil })
}

// common is what all settled entries are shown by.
type common struct {
	site *site.Site // without entries
	sum  site.Sum   // of everything that the narrowed builds share; zero: not to be known
}

// newCommon sums up the site's own words, the look, and the program.
func (b *build) newCommon() common {
	own := *b.site
	own.Entries, own.Static = nil, nil
	own.Pages = slices.Clone(own.Pages)
	for i := range own.Pages {
		own.Pages[i].Body = site.Prose{} // a page is linked, by its title
	}
	c := common{site: &own}
	if !b.keyed() {
		return c
	}
	words, err := json.Marshal(own)
	if err != nil {
		return c
	}
	h := sha256.New()
	fmt.Fprintf(h, "%x\n%s\n%q\n%q\n%q\n", b.program, words, b.version, b.url, b.assets)
	io.WriteString(h, site.ZoneRules(own.Zone))
	err = fs.WalkDir(b.theme, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(b.theme, name)
		fmt.Fprintf(h, "%q %d\n", name, len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		return c
	}
	h.Sum(c.sum[:0])
	return c
}

// Key is the sum of all that a file's bytes depend on: two files of one key have
// the same bytes. A zero one says nothing.
type Key = site.Sum

// keyed reports whether files have keys.
func (b *build) keyed() bool { return b.program != site.Sum{} }

// keyOf is the key of a file that is made of what entries' own builds show, one
// after the other. what says which of their files it is.
func (b *build) keyOf(what string, entries ...*site.Entry) func() Key {
	if !b.keyed() {
		return nil
	}
	return func() Key { return b.key(what, entries) }
}

func (b *build) key(what string, entries []*site.Entry) Key {
	shared := b.common().sum
	if shared == (site.Sum{}) {
		return Key{}
	}
	h := sha256.New()
	h.Write(shared[:])
	io.WriteString(h, what)
	for _, e := range entries {
		at := b.settledAt(e)
		if at.IsZero() {
			return Key{}
		}
		seen := b.seen(e)
		fmt.Fprintf(h, "\n%d %d %t", at.Unix(), slices.Index(seen, e), b.pictured[e])
		for _, other := range append(seen, e) {
			if other.Sum == (site.Sum{}) {
				return Key{}
			}
			h.Write(other.Sum[:])
		}
	}
	var k Key
	h.Sum(k[:0])
	return k
}
