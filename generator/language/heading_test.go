package language

import (
	"testing"
	"testing/fstest"

	"allclear/generator/site"
	"allclear/generator/source"
)

func TestTheWordsThatAPageShowsCanBeTypedInAHeading(t *testing.T) {
	for _, tag := range promised {
		w := builtIn(t, tag)
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			for _, word := range site.UpdateStatuses(kind) {
				shown := w.messages["word."+word.String()].text
				if got, ok := source.ParseUpdateStatus(kind, shown, []string{tag}); !ok || got != word {
					t.Errorf("%s: the heading %q of a %s is read as %v, not %v", tag, shown, kind, got, word)
				}
				if offered := source.HeadingWord(word, tag); offered != shown {
					t.Errorf("%s: update writes the heading %q, and the page shows %q", tag, offered, shown)
				}
			}
		}
	}
}

func TestTheNameOfAReportAndOfAPlanCanBeTypedInAHeading(t *testing.T) {
	for _, tag := range promised {
		w := builtIn(t, tag)
		folder := fstest.MapFS{
			"content/site.yml":       {Data: []byte("title: T\nurl: https://status.example.com\nlanguages: [" + tag + "]\n")},
			"content/components.yml": {Data: []byte("components: [{id: a, name: A}]\n")},
			"content/maintenance/m.md": {Data: []byte("---\ntitle: M\ncomponents: [a]\nstart: 2025-01-01 10:00\n" +
				"end: 2025-01-01 11:00\n---\n## " + w.messages["run.plan"].text + "\n- [ ] Step\n\n## " + w.messages["entry.report"].text +
				" — 2025-01-02 10:00\nText.\n")},
		}
		s, problems := source.Read(folder, source.Options{})
		if problems.HasErrors() {
			t.Fatalf("%s: %v", tag, problems)
		}
		if e := s.Entries[0]; e.Plan == nil || len(e.Plan.Steps) != 1 {
			t.Errorf("%s: the heading %q opens no plan", tag, w.messages["run.plan"].text)
		} else if e.Report == nil {
			t.Errorf("%s: the heading %q opens no report", tag, w.messages["entry.report"].text)
		}
	}
}
