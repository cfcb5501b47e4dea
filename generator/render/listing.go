package render

import (
	"cmp"
	"slices"

	"allclear/generator/site"
)

// listing is an entry or an announcement in a list of both.
type listing struct {
	entry        *site.Entry
	announcement *site.Announcement
}

// listings returns the listed entries and announcements, by when they began or were posted,
// newest first.
func (x *index) listings() []listing {
	list := make([]listing, 0, len(x.newest)+len(x.announcements))
	for _, e := range x.newest {
		list = append(list, listing{entry: e})
	}
	if len(x.announcements) == 0 {
		return list
	}
	for _, a := range x.announcements {
		list = append(list, listing{announcement: a})
	}
	slices.SortStableFunc(list, func(a, b listing) int { return cmp.Compare(x.began(b), x.began(a)) })
	return list
}

// began returns when an entry began or an announcement was posted, in microseconds since
// 1970.
func (x *index) began(l listing) int64 {
	if l.announcement != nil {
		return l.announcement.Posted.UnixMicro()
	}
	return l.entry.Interval(x.now).Start.UnixMicro()
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
