package site

import (
	"slices"
	"time"

	"allclear/generator/diag"
)

// checkAnnouncements finds mistakes in announcements that no single file can show.
func (s *Site) checkAnnouncements(list *diag.List, declared map[string]*Component, now time.Time) {
	for i := range s.Announcements {
		a := &s.Announcements[i]
		for _, ref := range a.Components {
			if declared[ref.ID] == nil && !s.Undeclared {
				s.unknownComponent(list, ref, s.insteadOf)
			}
		}
		if a.Updated.After(now) && a.Visible(now) && !a.NoIndex {
			list.Warn(a.Updated.Pos, "future-update", "correct the time, unless the page is to say it only then",
				"this announcement is marked as updated %s ahead", long(a.Updated.Sub(now)))
		}
		s.checkAnnouncementLanguages(list, a, now)
	}
}

// checkAnnouncementLanguages finds an announcement of these days that no file translates
// into one of the site's languages.
func (s *Site) checkAnnouncementLanguages(list *diag.List, a *Announcement, now time.Time) {
	if a.NoIndex || a.Posted.Before(now.Add(-recent)) && !now.Before(a.Leaves()) {
		return
	}
	for _, lang := range s.Languages[min(1, len(s.Languages)):] {
		if !slices.Contains(a.Translations, lang) && (!a.Body.Empty() || !a.Title.Has(lang)) {
			untranslated(list, "announcement", a.Pos, lang)
		}
	}
}
