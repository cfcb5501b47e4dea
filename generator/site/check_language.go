package site

import (
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// recent is how long ago an entry may have begun for check to ask for a translation. Few
// people read older ones, and a site that adds a language rarely translates its archive.
const recent = 14 * 24 * time.Hour

// checkLanguages warns of a recent entry that has no translation into one of the site's
// languages.
func (s *Site) checkLanguages(list *diag.List, e *Entry, now time.Time) {
	if e.NoIndex || !e.ofTheseDays(now) {
		return
	}
	for _, lang := range s.Languages[min(1, len(s.Languages)):] {
		if !slices.Contains(e.Translations, lang) && (e.hasProse() || !e.Title.Has(lang)) {
			untranslated(list, e.Kind.String(), e.Pos, lang)
		}
	}
}

// untranslated reports a file that no other one translates into a language.
func untranslated(list *diag.List, what string, at diag.Pos, lang string) {
	file := strings.TrimSuffix(path.Base(at.File), ".md") + "." + lang + ".md"
	list.Warn(at, "missing-translation",
		"write "+file+" next to it; until then its pages in that language show the original",
		"the %s has no translation into %q", what, lang)
}

// ofTheseDays reports whether an entry is open, has not begun, or began recently.
func (e *Entry) ofTheseDays(now time.Time) bool {
	return e.Open(now) || e.Begin().After(now.Add(-recent))
}

// hasProse reports whether the entry has text to translate besides its title.
func (e *Entry) hasProse() bool {
	return !e.Summary.Empty() || e.Plan != nil || e.Report != nil ||
		slices.ContainsFunc(e.Updates, func(u Update) bool { return !u.Body.Empty() })
}
