package site

import (
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// recent is how long ago an entry may have begun for check to miss its
// translation. Few read what is older: a site that adds a language keeps its archive as it
// is.
const recent = 14 * 24 * time.Hour

// checkLanguages finds an entry of these days that no file translates into one of
// the site's languages.
func (s *Site) checkLanguages(list *diag.List, e *Entry, now time.Time) {
	if e.NoIndex || !e.ofTheseDays(now) {
		return
	}
	for _, lang := range s.Languages[min(1, len(s.Languages)):] {
		if slices.Contains(e.Translations, lang) || !e.hasProse() && e.Title.Has(lang) {
			continue
		}
		file := strings.TrimSuffix(path.Base(e.Pos.File), ".md") + "." + lang + ".md"
		list.Warn(e.Pos, "missing-translation",
			"write "+file+" beside it; until then its pages in that language show the original",
			"the %s has no translation into %q", e.Kind, lang)
	}
}

// ofTheseDays reports whether an entry is open, to come, or began not long ago.
func (e *Entry) ofTheseDays(now time.Time) bool {
	return e.Open(now) || e.Begin().After(now.Add(-recent))
}

// hasProse reports whether there is more than a title to translate.
func (e *Entry) hasProse() bool {
	return !e.Summary.Empty() || e.Plan != nil || e.Report != nil ||
		slices.ContainsFunc(e.Updates, func(u Update) bool { return !u.Body.Empty() })
}
