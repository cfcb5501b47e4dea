package generator_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
)

// missedTranslations is what is said of missing translations, one "file: message" each.
func missedTranslations(files fstest.MapFS, now time.Time) []string {
	_, problems := generator.Check(files, nil, generator.Options{Now: now})
	said := []string{}
	for _, p := range problems {
		if p.Rule == "missing-translation" {
			said = append(said, p.File+": "+p.Message+"; "+p.Hint)
		}
	}
	return said
}

func TestAnEntryOfTheseDaysWantsAFileInEveryLanguage(t *testing.T) {
	now := time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
	report := func(title, times string) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %s\ncomponents: [web]\n%s\n---\nWords.\n", title, times)}
	}
	const over = "status: down\nstart: 2026-03-06 12:00:01 UTC\nend: 2026-03-06 14:00 UTC"
	files := fstest.MapFS{
		"content/site.yml": {Data: []byte("title: {en: Status, de: Stand, fr: Statut}\nurl: https://x.example\n" +
			"languages: [en, de, fr]\n")},
		"content/components.yml":           {Data: []byte("components:\n  - {id: web, name: Web}\n")},
		"content/incidents/2026/recent.md": report("Recent", over),
		// half of it
		"content/incidents/half.md":    report("Half", over),
		"content/incidents/half.fr.md": {Data: []byte("---\ntitle: Demi\n---\nMots.\n")},
		// all of it
		"content/incidents/whole.md":    report("Whole", over),
		"content/incidents/whole.de.md": {Data: []byte("---\ntitle: Ganz\n---\nWorte.\n")},
		"content/incidents/whole.fr.md": {Data: []byte("---\ntitle: Entier\n---\nMots.\n")},
		// nothing but a title, which is translated where it stands
		"content/maintenance/title.md": {Data: []byte("---\ntitle: {en: Work, de: Arbeit, fr: Travaux}\ncomponents: [web]\n" +
			"start: 2026-03-21 02:00\nduration: 1h\n---\n")},
		// a second too old, and old but open
		"content/incidents/old.md": report("Old", "status: down\nstart: 2026-03-06 12:00 UTC\nend: 2026-03-06 14:00 UTC"),
		"content/incidents/open.md": {Data: []byte("---\ntitle: Open\ncomponents: [web]\nstatus: down\n---\n" +
			"## Investigating — 2026-01-01 00:00\nWords.\n")},
		"content/maintenance/soon.md":   report("Soon", "start: 2026-06-01 02:00\nduration: 1h"),
		"content/incidents/practice.md": report("Practice", over+"\nnoindex: true"),
	}
	want := []string{}
	for _, missing := range []struct{ file, kind, name, lang string }{
		{"incidents/2026/recent.md", "incident", "recent", "de"}, {"incidents/2026/recent.md", "incident", "recent", "fr"},
		{"incidents/half.md", "incident", "half", "de"},
		{"incidents/open.md", "incident", "open", "de"}, {"incidents/open.md", "incident", "open", "fr"},
		{"maintenance/soon.md", "maintenance", "soon", "de"}, {"maintenance/soon.md", "maintenance", "soon", "fr"},
	} {
		want = append(want, fmt.Sprintf("content/%s: the %s has no translation into %q; write %s.%s.md next to it; until then its pages "+
			"in that language show the original", missing.file, missing.kind, missing.lang, missing.name, missing.lang))
	}
	if said := missedTranslations(files, now); !slices.Equal(said, want) {
		t.Errorf("got\n%q\nwant\n%q", said, want)
	}
	files["content/site.yml"] = &fstest.MapFile{Data: []byte("title: Status\nurl: https://x.example\n")}
	if said := missedTranslations(files, now); len(said) > 0 {
		t.Errorf("a site of one language misses %q", said)
	}
}

func TestALanguageThatIsAddedAsksNothingOfTheArchive(t *testing.T) {
	files := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Status\nurl: https://x.example\nlanguages: [en, de]\n")},
		"content/components.yml": {Data: []byte("components:\n  - {id: web, name: Web}\n")},
	}
	for n := range 1000 {
		begin := time.Date(2020, 1, 1, 6, 0, 0, 0, time.UTC).AddDate(0, 0, n)
		files[fmt.Sprintf("content/incidents/%d.md", n)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: X\ncomponents: [web]\n"+
			"status: down\nstart: %s\nend: %s\n---\nWords.\n", begin.Format(time.RFC3339), begin.Add(time.Hour).Format(time.RFC3339))}
	}
	if said := missedTranslations(files, time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)); len(said) > 0 {
		t.Errorf("%d warnings, such as %s", len(said), said[0])
	}
}
