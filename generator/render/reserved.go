package render

import (
	"iter"
	"slices"
	"strings"

	"allclear/generator/language"
	"allclear/generator/memo"
)

// reserved returns the paths of the pages of all entries and announcements, including those
// that are not public yet, in lower case, after the folders of each kind.
func (b *build) reserved() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, l := range b.settings.languages {
			for _, folder := range []string{"incidents/", "maintenance/", announcementsPath()} {
				if !yield(l.Path(folder)) {
					return
				}
			}
			if len(b.allAnnouncements) > 0 && !yield(strings.ToLower(l.Path(announcementsPath()))+"index.html") {
				return
			}
			for page := range b.entryPages() {
				page = strings.ToLower(l.Path(page))
				if !yield(page+"index.html") || !yield(page+"index.md") {
					return
				}
			}
		}
	}
}

// entryPages returns the addresses of all entries and announcements in the first language,
// including those that are not public yet.
func (b *build) entryPages() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range b.entries {
			if !yield(entryPath(&b.entries[i])) {
				return
			}
		}
		for i := range b.allAnnouncements {
			if !yield(b.allAnnouncements[i].Path()) {
				return
			}
		}
	}
}

// periodPage matches the page of a month of the history, of a year of uptime or of a report,
// in lower case, or a file where that page's folder will be.
var periodPage = memo.Regexp(`^(?:history/(\d{4}-\d\d)|uptime/(\d{4})|reports/(\d{4}-\d\d|\d{4}-q[1-4]))(?:/index\.html)?$`)

// periodToCome reports whether the page of this month or year, or of a later one, needs a
// path. Earlier ones may be files from a previous status page.
func (b *build) periodToCome(path string) bool {
	now := b.now.In(b.settings.site.Zone)
	return slices.ContainsFunc(b.settings.languages, func(l *language.Language) bool {
		rest, found := strings.CutPrefix(path, strings.ToLower(l.Path("")))
		m := periodPage().FindStringSubmatch(rest)
		switch {
		case !found || m == nil:
			return false
		case m[1] != "":
			return m[1] >= now.Format("2006-01")
		case m[3] != "": // a quarter is not over before the last of its months has come
			return b.settings.site.Reports && m[3] >= now.Format("2006-01")
		}
		return b.settings.site.Uptime.Show && m[2] >= now.Format("2006")
	})
}
