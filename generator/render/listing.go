package render

import "allclear/generator/site"

// listing is an entry or an announcement in a list of both.
type listing struct {
	entry        *site.Entry
	announcement *site.Announcement
}

// listings returns the listed entries and announcements, by when they began or were posted,
// newest first.
func (x *index) listings() []listing {
	list := make([]listing, 0, len(x.newest)+len(x.announcements))
	announcements := x.announcements
	for _, e := range x.newest {
		for len(announcements) > 0 && announcements[0].Posted.After(e.Interval(x.now).Start) {
			list = append(list, listing{announcement: announcements[0]})
			announcements = announcements[1:]
		}
		list = append(list, listing{entry: e})
	}
	for _, a := range announcements {
		list = append(list, listing{announcement: a})
	}
	return list
}

// dateOf returns the day on which an entry began or an announcement was posted: 2025-07-25.
func (v view) dateOf(l listing) string {
	if l.announcement != nil {
		return v.announcement(l.announcement).postedOn().ISO
	}
	return v.at(l.entry).startDate()
}

// dayOf returns the same day in the words of the language.
func (v view) dayOf(l listing) string {
	if l.announcement != nil {
		return v.announcement(l.announcement).postedOn().Text
	}
	return v.at(l.entry).startText()
}
