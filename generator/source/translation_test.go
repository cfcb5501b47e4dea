package source

import "testing"

const german = "-- site.yml --\ntitle: {en: Status, de: Stand}\nurl: https://x.example\nlanguages: [en, de]\n"

func TestATranslationGivesAnEntryItsWordsInAnotherLanguage(t *testing.T) {
	e := read(t, german+`-- incidents/x.md --
---
title: Mail is late
start: 2025-07-25 06:00
components: [api]
status: degraded
note: {en: Slow, de: Langsam}
---
Summary.

## Investigating — 2025-07-25 06:10
Looking.

## Postmortem
Why.
-- incidents/x.de.md --
---
title: Mails verspätet
---
Zusammenfassung.

## Untersuchung — 2025-07-25 06:10
Wir suchen.

## Nachbericht
Warum.
`).Entries[0]
	update, translated := e.Updates[0].Body.In("de")
	if e.Title.In("de") != "Mails verspätet" || update.Text != "Wir suchen." || !translated {
		t.Errorf("title %q, update %q", e.Title.In("de"), update.Text)
	}
	summary, _ := e.Summary.In("de")
	report, _ := e.Report.Body.In("de")
	if summary.Text != "Zusammenfassung." || report.Text != "Warum." || e.Impacts[0].Note.In("de") != "Langsam" ||
		e.Impacts[0].Note.In("en") != "Slow" {
		t.Errorf("summary %q, report %q", summary.Text, report.Text)
	}
}

func TestWhatATranslationLacksOrAddsIsWarnedOf(t *testing.T) {
	expect(t, german+`-- incidents/x.md --
---
title: Mail is late
start: 2025-07-25 06:00
---
## Investigating — 2025-07-25 06:10
Looking.
## Resolved — 2025-07-25 07:00
Done.
-- incidents/x.de.md --
---
title: Mails verspätet
status: degraded
sevrity: minor
---
## Investigating — 2025-07-25 06:10
Wir suchen.
## Resolved — 2025-07-25 07:01
Fertig.
-- incidents/lost.de.md --
---
title: Verwaist
---
-- incidents/x.fr.md --
---
title: Inconnu
---
`, `
incidents/lost.de.md: error: there is no lost.md for this file to translate
incidents/x.de.md:2:8: warning: the update on line 7 of the original (2025-07-25 07:00 UTC) has no translation here
incidents/x.de.md:3:1: error: a translation has only a title and text, not "status"
incidents/x.de.md:4:1: error: unknown key "sevrity"
incidents/x.de.md:8:15: warning: the original has no such update
incidents/x.fr.md: error: "fr" is not one of the site's languages
`)
}

func TestATextInSeveralLanguagesNeedsTheFirst(t *testing.T) {
	expect(t, `-- site.yml --
title: {de: Stand}
url: https://x.example
languages: [en, de]
`, `
site.yml:1:1: error: "title" has no text in the site's default language, en
`)
}

func TestAPageIsTranslatedToo(t *testing.T) {
	p := read(t, german+
		"-- pages/about.md --\n---\ntitle: About\n---\nUs.\n-- pages/about.de.md --\n---\ntitle: Über uns\n---\nWir.\n").Pages[0]
	body, _ := p.Body.In("de")
	if p.Title.In("de") != "Über uns" || body.Text != "Wir." || p.Body.Text != "Us." {
		t.Errorf("page %+v", p)
	}
}
