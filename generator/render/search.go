package render

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// searchFile is what the history page's search reads.
type searchFile struct {
	Entries []searchEntry `json:"entries"`
}

type searchEntry struct {
	Path       string   `json:"path"` // relative to the output folder
	Title      string   `json:"title"`
	Kind       string   `json:"kind"`
	Severity   string   `json:"severity"`
	Date       string   `json:"date"`       // of its beginning, in the site's zone
	Components []string `json:"components"` // ids
	Text       string   `json:"text"`       // every word published so far
}

// search lists all entries, the newest first.
func (b *build) search() ([]File, error) {
	return []File{{Path: "search.json", Bytes: func() ([]byte, error) {
		found := searchFile{Entries: []searchEntry{}}
		for _, e := range b.newest {
			found.Entries = append(found.Entries, b.searchEntry(e))
		}
		return encodeJSON(found)
	}}}, nil
}

// newestEntries are the listed entries, the last to begin first.
func (b *build) newestEntries() []*site.Entry {
	var list []*site.Entry
	for i := range b.site.Entries {
		if e := &b.site.Entries[i]; listed(e, b.now) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(x, y *site.Entry) int {
		return y.Whole(b.now).Start.Compare(x.Whole(b.now).Start)
	})
	return list
}

func (b *build) searchEntry(e *site.Entry) searchEntry {
	one := searchEntry{
		Path: b.entryPath(e), Title: e.Title.Default, Kind: e.Kind.String(), Severity: e.SeverityAt(b.now).String(),
		Date: e.Whole(b.now).Start.In(b.site.Zone).Format(time.DateOnly), Components: []string{},
	}
	for _, c := range b.site.Affected(e, b.now) {
		one.Components = append(one.Components, c.ID)
	}
	words := []string{e.Summary.Text}
	for _, u := range b.told(e) {
		words = append(words, u.Body.Text)
	}
	one.Text = strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	return one
}
