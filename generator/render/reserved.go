package render

import (
	"regexp"
	"slices"
	"strings"

	"allclear/generator/language"
)

// reserved returns the paths of the pages of all entries and announcements, including those
// that are not public yet, and the folders of each kind.
func (b *build) reserved() map[string]bool {
	paths := map[string]bool{}
	for _, l := range b.settings.languages {
		for _, folder := range []string{"incidents/", "maintenance/", announcementsPath()} {
			paths[l.Path(folder)] = true
		}
		for i := range b.entries {
			page := strings.ToLower(l.Path(entryPath(&b.entries[i])))
			paths[page+"index.html"], paths[page+"index.md"] = true, true
		}
		for i := range b.allAnnouncements {
			page := strings.ToLower(l.Path(b.allAnnouncements[i].Path()))
			paths[page+"index.html"], paths[page+"index.md"] = true, true
			paths[strings.ToLower(l.Path(announcementsPath()))+"index.html"] = true
		}
	}
	return paths
}

// monthPage matches a page of the history, or a file where that page's folder will be.
var monthPage = regexp.MustCompile(`^history/(\d{4}-\d\d)(/index\.html)?$`)

// monthToCome reports whether the history of this month or a later one needs a path.
// Earlier months may be files from a previous status page.
func (b *build) monthToCome(path string) bool {
	this := b.now.In(b.settings.site.Zone).Format("2006-01")
	return slices.ContainsFunc(b.settings.languages, func(l *language.Language) bool {
		rest, found := strings.CutPrefix(path, strings.ToLower(l.Path("")))
		m := monthPage.FindStringSubmatch(rest)
		return found && m != nil && m[1] >= this
	})
}
