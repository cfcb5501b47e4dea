package render

import (
	"encoding/json"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/source"
)

// A preview builds one site again and again. Links that lead to what is not public yet are
// cut from a copy, so that they are there when it is public.
func TestCuttingLinksLeavesTheSiteAsItIs(t *testing.T) {
	const link = "See [later](/maintenance/later/) and [news](/announcements/soon/).\n"
	folder := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.yml": "title: X\nurl: https://status.example.com\nlanguages: [en, de]\n" +
			"links: [{name: Later, url: /maintenance/later/}]\nfooter: [{name: Later, url: /maintenance/later/}]\n" +
			"subscribe: [{name: Later, url: /maintenance/later/}]\n",
		"components.yml": "components: [{id: web}]\n",
		"incidents/a.md": "---\ntitle: A\ncomponents: [web]\nstatus: down\nstart: 2026-01-01 10:00\n---\n" + link +
			"## Investigating — 2026-01-01 10:00\n" + link + "## Resolved — 2026-01-01 11:00\n" + link +
			"## Postmortem — 2026-01-02 11:00\n" + link + "### Cause\n" + link,
		"maintenance/now.md": "---\ntitle: Now\ncomponents: [web]\nposted: 2026-01-01\nstart: 2026-02-01 10:00\n" +
			"end: 2026-02-01 14:00\n---\n" +
			link + "## Plan\n" + link + "- [ ] **One** " + link + "\n## In progress — 2026-02-01 10:00\n" + link,
		"maintenance/later.md":  "---\ntitle: L\ncomponents: [web]\nposted: 2026-03-01\nstart: 2026-04-01 10:00\nduration: 1h\n---\nX.\n",
		"announcements/soon.md": "---\ntitle: Soon\nposted: 2026-03-01\n---\nX.\n",
		"announcements/old.md":  "---\ntitle: Old\nposted: 2026-01-01\n---\n" + link,
		"pages/about.md":        "---\ntitle: About\n---\n" + link,
	} {
		folder["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, problems := source.Read(folder, source.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	words := func(site any) string {
		text, err := json.Marshal(site)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before := words(s)
	cut := unlinked(&s, time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC))
	if words(s) != before {
		t.Errorf("the site is another one:\n%s\nbefore:\n%s", words(s), before)
	}
	if words(cut) == before {
		t.Error("no link was cut")
	}
}

// A full stop after one letter, or in some languages after a number of one or two digits,
// does not end a sentence.
func TestAFullStopOfAnAbbreviation(t *testing.T) {
	for before, want := range map[string][2]bool{ // with ordinals, and without
		"z": {true, true}, "Dr": {false, false}, "am 3": {true, false}, "am 31": {true, false}, "in 100": {false, false},
		"(z": {true, true}, "ü": {true, true}, "v2": {false, false}, "": {true, false},
	} {
		if got := [2]bool{abbreviated(before, true), abbreviated(before, false)}; got != want {
			t.Errorf("%q: %v, want %v", before, got, want)
		}
	}
}
