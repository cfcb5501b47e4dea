package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// searchFile is what the history page's search reads: search.json holds the
// newest entries and says where the older ones are.
type searchFile struct {
	Entries []searchEntry `json:"entries"`
	Older   []searchOlder `json:"older"` // the newest first
}

// searchOlder is a part of the index that is read only when a visitor asks.
type searchOlder struct {
	Path string `json:"path"` // relative to the output folder
	From string `json:"from"` // dates of the first and last entry in it
	To   string `json:"to"`
	When string `json:"when"` // the two as a visitor reads them
}

type searchEntry struct {
	Path       string   `json:"path"` // relative to the language's folder, as is all else
	Title      string   `json:"title"`
	Kind       string   `json:"kind"`
	Severity   string   `json:"severity"`
	Date       string   `json:"date"`       // of its beginning, in the site's zone
	When       string   `json:"when"`       // the same as a visitor reads it
	Components []string `json:"components"` // ids
	Text       string   `json:"text"`       // every word published so far
}

// searchPart is how long a part of the index may be, in bytes before compression:
// compressed it is a fifth to a third of that.
const searchPart = 400_000

// search lists all entries, the newest first.
func (b *build) search() ([]File, error) {
	parts := b.searchParts()
	return b.inEach(func(v view) []File { return v.search(parts) }), nil
}

// search is the index in one language.
func (v view) search(parts [][]*site.Entry) []File {
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
		when := v.say("span.dates", "from", v.beganWhen(first), "to", v.beganWhen(last))
		older = append(older, searchOlder{path, v.beganOn(first), v.beganOn(last), when})
	}
	return files
}

func (v view) searchIndex(path string, part []*site.Entry, older []searchOlder) File {
	file := File{Path: v.lang.Path(path), Bytes: func() ([]byte, error) {
		found := searchFile{Entries: []searchEntry{}, Older: older}
		for _, e := range part {
			found.Entries = append(found.Entries, v.of(e).searchEntry(e))
		}
		return encodeJSON(found)
	}}
	if len(older) == 0 {
		file.Key = v.keyOf("search "+v.lang.Tag, part...)
	}
	return file
}

// searchParts are the entries in parts, the oldest part first, so that a new
// entry changes the last part alone. There is always one.
func (b *build) searchParts() [][]*site.Entry {
	var parts [][]*site.Entry
	end, size := len(b.newest), 0
	for i := len(b.newest) - 1; i >= 0; i-- {
		size += b.searchSize(b.newest[i])
		if size > searchPart && i+1 < end {
			parts, end, size = append(parts, b.newest[i+1:end]), i+1, b.searchSize(b.newest[i])
		}
	}
	return append(parts, b.newest[:end])
}

// searchSize is about how long an entry is in the index.
func (b *build) searchSize(e *site.Entry) int {
	return 300 + e.Length(b.now)
}

// newestEntries are the listed entries, the last to begin first.
func (b *build) newestEntries() []*site.Entry {
	type begun struct {
		entry *site.Entry
		start int64 // in microseconds: a number is compared faster than a time
		place int
	}
	listing := make([]begun, 0, len(b.site.Entries))
	for i := len(b.site.Entries) - 1; i >= 0; i-- { // nearly in order, since names begin with dates
		if e := &b.site.Entries[i]; listed(e, b.now) {
			listing = append(listing, begun{e, e.Whole(b.now).Start.UnixMicro(), i})
		}
	}
	slices.SortFunc(listing, func(x, y begun) int { return cmp.Or(cmp.Compare(y.start, x.start), cmp.Compare(x.place, y.place)) })
	list := make([]*site.Entry, len(listing))
	for i := range listing {
		list[i] = listing[i].entry
	}
	return list
}

func (v view) searchEntry(e *site.Entry) searchEntry {
	one := searchEntry{
		Path: v.entryPath(e), Title: v.text(e.Title), Kind: e.Kind.String(), Severity: v.site.SeverityAt(e, v.now).String(),
		Date: v.beganOn(e), When: v.beganWhen(e), Components: []string{},
	}
	for _, c := range v.affected(e) {
		one.Components = append(one.Components, c.ID)
	}
	var words strings.Builder
	words.Grow(v.searchSize(e))
	spread(&words, v.plainly(e.Summary))
	for _, u := range v.told(e) {
		spread(&words, v.plainly(u.Body))
	}
	one.Text = words.String()
	return one
}

func (b *build) beganOn(e *site.Entry) string {
	return e.Whole(b.now).Start.In(b.site.Zone).Format(time.DateOnly)
}

func (v view) beganWhen(e *site.Entry) string {
	return v.lang.Date("day", v.local(e.Whole(v.now).Start))
}

// spread writes the words of a text in one line.
func spread(out *strings.Builder, text string) {
	write := func(words string) {
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(words)
	}
	for line := range strings.SplitSeq(text, "\n") {
		if oneLine(line) {
			write(line)
			continue
		}
		for word := range strings.FieldsSeq(line) {
			write(word)
		}
	}
}
