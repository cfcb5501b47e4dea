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

// aside is the build that shows a settled entry's own files, or nil where the
// clock may still change something about the entry.
func (b *build) aside(e *site.Entry) *build {
	t := b.tellings[e]
	if t == nil {
		return nil
	}
	t.settled.Do(func() {
		if last := e.Last(b.now); !last.IsZero() && e.Visible(last) && e.Settled(last) {
			t.aside = b.narrowed(e, last)
		}
	})
	return t.aside
}

// by is the build that shows an entry's own files.
func (b *build) by(e *site.Entry) *build {
	if aside := b.aside(e); aside != nil {
		return aside
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
		tellings: map[*site.Entry]*telling{e: {}},
	}
	if b.pictured[e] {
		n.pictured = map[*site.Entry]bool{e: true}
	}
	older, newer := b.beside(e)
	for _, each := range []*site.Entry{newer, e, older} {
		if each != nil && b.tellings[e].place > 0 {
			n.newest = append(n.newest, each)
		}
	}
	n.tellings[e].place = 1 + slices.Index(n.newest, e)
	return n
}

// common is what all settled entries are shown by.
type common struct {
	site *site.Site // without entries
	sum  site.Sum   // of everything that the narrowed builds share; zero: not to be known
}

// newCommon sums up the site's own words, the look, and the program.
func (b *build) newCommon(program site.Sum) common {
	own := *b.site
	own.Entries, own.Static = nil, nil
	own.Pages = slices.Clone(own.Pages)
	for i := range own.Pages {
		own.Pages[i].Body = site.Prose{} // a page is linked, by its title
	}
	c := common{site: &own}
	if program == (site.Sum{}) {
		return c
	}
	words, err := json.Marshal(own)
	if err != nil {
		return c
	}
	h := sha256.New()
	fmt.Fprintf(h, "%x\n%s\n%q\n%q\n%q\n", program, words, b.version, b.url, b.assets)
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

// keyOf is the key of a file that is made of what entries' own builds show, one
// after the other. what says which of their files it is.
func (b *build) keyOf(what string, entries ...*site.Entry) func() Key {
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
		n := b.aside(e)
		if n == nil {
			return Key{}
		}
		fmt.Fprintf(h, "\n%d %d %t", n.now.Unix(), n.tellings[e].place, n.pictured[e])
		for _, seen := range append(n.newest, e) {
			if seen.Sum == (site.Sum{}) {
				return Key{}
			}
			h.Write(seen.Sum[:])
		}
	}
	var k Key
	h.Sum(k[:0])
	return k
}
