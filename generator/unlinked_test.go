package generator_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

const linking = `-- maintenance/move.md --
---
title: Move
components: [web]
start: 2026-07-01 02:00
duration: 2h
posted: 2026-06-10 09:00
---
We move.
-- maintenance/known.md --
---
title: Known
components: [web]
start: 2026-03-01 02:00
duration: 2h
posted: 2026-02-10 09:00
---
-- incidents/old.md --
---
title: Old
components: [web]
status: down
start: 2026-05-01 10:00
---
## Resolved — 2026-05-01 11:00
It cannot happen *again* after [the **move**](../maintenance/move.md#plan "soon"), see [before](../maintenance/known.md) and ` +
	`[so](/maintenance/move/).
-- incidents/quiet.md --
---
title: Quiet
components: [api]
status: down
start: 2026-04-01 10:00
end: 2026-04-01 11:00
---
Nothing leads from here.
-- incidents/far.md --
---
title: Far
components: [api]
status: down
start: 2026-01-01 10:00
end: 2026-01-01 11:00
---
It stands beside Quiet, not beside Old.
-- pages/about.md --
---
title: About
---
Read of [the move](../maintenance/move.md).
`

// A link to an entry that is not public yet is plain text until it is, on pages
// that are over for good too.
func TestALinkWaitsForItsEntry(t *testing.T) {
	posted := instant(t, "2026-06-10T09:00:00Z")
	before, after := built(t, content(linking), posted.Add(-time.Second)), built(t, content(linking), posted)
	for file, links := range map[string]int{"incidents/old/index.html": 2, "pages/about/index.html": 1, "history.atom": 2, "feed.json": 2,
		"api/v2/incidents.json": 2, "search.json": 2} {
		if n := bytes.Count(before[file], []byte("maintenance/move/")); n != 0 {
			t.Errorf("%s leads %d times to a page that is not there", file, n)
		}
		if n := bytes.Count(after[file], []byte("maintenance/move/")); n < links {
			t.Errorf("%s leads %d times to the page that is there now", file, n)
		}
		if strings.HasPrefix(file, "incidents/") && !bytes.Contains(before[file], []byte("maintenance/known/index.html")) {
			t.Errorf("%s has lost its other link", file)
		}
	}
	const twin = "incidents/old/index.md"
	if bytes.Contains(before[twin], []byte("maintenance/move")) || !bytes.Contains(before[twin], []byte("maintenance/known")) ||
		!bytes.Contains(after[twin], []byte("maintenance/move")) {
		t.Errorf("the Markdown page links to what is not there, or to nothing:\n%s\nand then\n%s", before[twin], after[twin])
	}
	if page := before["incidents/old/index.html"]; !bytes.Contains(page, []byte("after the <strong>move</strong>, see")) {
		t.Errorf("the words of the link are gone: %s", page)
	}
	if !bytes.Contains(before["build.json"], []byte(`"next_change_at":"2026-06-10T09:00:00Z"`)) {
		t.Error("nobody builds the site then")
	}
}

// A remembered build makes such a page again, and no other.
func TestThePageOfALinkThatWaitsHasAnotherKey(t *testing.T) {
	keys := func(at time.Time) map[string]site.Hash {
		s, problems := generator.Check(content(linking), nil, generator.Options{Now: at, Cache: &source.Cache{}})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		files, err := render.Files(&s, themes.Open(nil), render.Options{Now: at, Program: site.Hash{1}})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]site.Hash{}
		for _, f := range files {
			if f.Key != nil {
				found[f.Path] = f.Key()
			}
		}
		return found
	}
	posted := instant(t, "2026-06-10T09:00:00Z")
	before, after := keys(posted.Add(-time.Second)), keys(posted)
	if old := "incidents/old/index.html"; before[old] == (site.Hash{}) || before[old] == after[old] {
		t.Errorf("the key of the page that links is %x and stays", before[old])
	}
	if far := "incidents/far/index.html"; before[far] == (site.Hash{}) || before[far] != after[far] {
		t.Errorf("the key of another page becomes %x", after[far])
	}
}
