package render

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// searchFile is search.json, which the search on history pages reads: the newest entries
// and announcements, and where the older ones are.
type searchFile struct {
	Entries []searchEntry `json:"entries"` // empty: searchIndex appends them
	Older   []searchOlder `json:"older"`   // the older parts, newest first
}

// searchOlder is a further part of the index. It is loaded only when a visitor asks for
// it.
type searchOlder struct {
	Path string `json:"path"` // relative to the output folder
	From string `json:"from"` // the date of its first entry
	To   string `json:"to"`   // the date of its last entry
	When string `json:"when"` // both dates as visitors read them
}

// searchEntry is an entry in the search index.
type searchEntry struct {
	Path       string     `json:"path"` // relative to the folder of the language
	Title      string     `json:"title"`
	Kind       string     `json:"kind"`
	Severity   string     `json:"severity"`
	Date       string     `json:"date"`       // when it began, as 2006-01-02 in the site's time zone
	When       string     `json:"when"`       // the same date as visitors read it
	Class      string     `json:"class"`      // the class of its color and icon
	About      string     `json:"about"`      // "Major outage · 25 July 2025 · resolved after 26 min · Website"
	Components []string   `json:"components"` // ids of the affected components
	Text       searchText `json:"text"`       // everything published so far, without markup
}

// searchText is a text in memory that the next entry of the index may take.
type searchText []byte

// MarshalText returns the text.
func (t searchText) MarshalText() ([]byte, error) { return t, nil }

// maxSearchPart is the size of a part of the index in bytes, before compression to
// between a fifth and a third of that.
const maxSearchPart = 400_000

// search returns the search index, in every language.
func (b *build) search() ([]File, error) {
	parts := b.searchParts()
	return b.inEach(func(v siteView) []File { return v.search(parts) }), nil
}

// search returns the search index in the view's language: search.json, and the older
// parts.
func (v siteView) search(parts [][]listing) []File {
	var files []File
	older := []searchOlder{}
	for i, part := range parts {
		if i == len(parts)-1 {
			slices.Reverse(older)
			files = append(files, v.searchIndex("search.json", part, older))
			break
		}
		path := "search/" + strconv.Itoa(i+1) + ".json"
		files = append(files, v.searchIndex(path, part, []searchOlder{}))
		first, last := part[len(part)-1], part[0]
		when := v.say("span.dates", "from", v.dayOf(first), "to", v.dayOf(last))
		older = append(older, searchOlder{path, v.dateOf(first), v.dateOf(last), when})
	}
	return files
}

// searchIndex returns one file of the index.
func (v siteView) searchIndex(path string, part []listing, older []searchOlder) File {
	file := File{Path: v.lang.Path(path), Append: func(into []byte) ([]byte, error) {
		return appendWithList(into, searchFile{[]searchEntry{}, older}, "entries", func(into []byte) ([]byte, error) {
			var room []byte // for the texts
			for n, l := range part {
				one := v.searchEntry(room[:0], l)
				room = one.Text
				var err error
				if into, err = appendItem(into, n, one); err != nil {
					return nil, err
				}
			}
			return into, nil
		})
	}}
	if len(older) == 0 {
		file.Key = v.searchKey(part)
	}
	return file
}

// searchEntry returns an entry or announcement for the search index, with its text
// appended to room.
func (v siteView) searchEntry(room []byte, l listing) searchEntry {
	if l.announcement != nil {
		return v.announcement(l.announcement).searchEntry(room)
	}
	return v.final(l.entry).searchEntry(room)
}

// searchKey is the Key of a part of the index, if all in it is settled.
func (v siteView) searchKey(part []listing) func() Key {
	var entries []*site.Entry
	for _, l := range part {
		switch {
		case l.entry != nil:
			entries = append(entries, l.entry)
		case !l.announcement.Settled(v.now):
			return nil
		}
	}
	return v.settledKey("search", func() any {
		type found struct {
			entries       []entryView
			announcements []announcementView
		}
		var all found
		for _, l := range part {
			if l.announcement != nil {
				all.announcements = append(all.announcements, v.announcement(l.announcement))
				continue
			}
			all.entries = append(all.entries, v.final(l.entry))
		}
		return all
	}, entries...)
}

// searchParts are entries and announcements in parts, the oldest part first, so that a
// new one changes the last part alone. There is always one.
func (x *index) searchParts() [][]listing {
	var parts [][]listing
	all := x.listings()
	end, size := len(all), 0
	for i := len(all) - 1; i >= 0; i-- {
		size += x.searchSize(all[i])
		if size > maxSearchPart && i+1 < end {
			parts, end, size = append(parts, all[i+1:end]), i+1, x.searchSize(all[i])
		}
	}
	return append(parts, all[:end])
}

// searchSize is about how long an entry or announcement is in the index.
func (x *index) searchSize(l listing) int {
	if l.announcement != nil {
		return 300 + len(l.announcement.Body.Text)
	}
	return x.factsOf(l.entry).searchSize()
}

// searchSize returns about how many bytes an entry takes in the index.
func (a *entryAt) searchSize() int {
	return 300 + a.entry.TextLength(a.now)
}

// searchEntry returns an entry for the search index, with its text appended to room.
func (v entryView) searchEntry(room []byte) searchEntry {
	e := v.entry
	one := searchEntry{
		Path: entryPath(e), Title: v.text(e.Title), Kind: e.Kind.String(), Severity: v.severity().String(),
		Date: v.startDate(), When: v.startText(), Components: []string{}, Class: severityClass(v.severity()),
	}
	whole := v.duration()
	one.About = joinFacts(v.tag(), one.When, v.outcome(v.lang.Duration(whole.End.Sub(whole.Start))), v.affectedNames())
	for _, c := range v.affected() {
		one.Components = append(one.Components, c.ID)
	}
	one.Text = appendOneLine(room, v.plainText(e.Summary))
	for _, u := range v.published() {
		one.Text = appendOneLine(one.Text, v.plainText(u.Body))
	}
	return one
}

// joinFacts joins what is known about an entry, as the pages do it.
func joinFacts(facts ...string) string {
	return strings.Join(slices.DeleteFunc(facts, func(fact string) bool { return fact == "" }), " · ")
}

// startDate returns when an entry began, as 2006-01-02 in the site's time zone.
func (v entryView) startDate() string {
	return v.local(v.entry.Interval(v.now).Start).Format(time.DateOnly)
}

// startText returns the day on which an entry began, in words.
func (v entryView) startText() string {
	return v.lang.Date("day", v.local(v.entry.Interval(v.now).Start))
}
