package source

import (
	"path"
	"slices"
	"strings"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// addSeries adds a series to the site.
func (c collection) addSeries(t *entryText) {
	series := *t.Series
	series.Entry, series.Times.Zone = t.Entry, c.zone
	c.site.Series = append(c.site.Series, series)
	slices.SortFunc(c.site.Series, func(a, b site.MaintenanceSeries) int { return strings.Compare(a.Entry.Slug, b.Entry.Slug) })
}

// seriesFiles returns the names of series, by their content files and those that
// translate them; nil if there are none.
func seriesFiles(texts []entryText, originals map[address]*entryText) map[string]string {
	var files map[string]string
	for i := range texts {
		t := &texts[i]
		if original := originals[t.address()]; original != nil && original.parsedFile != nil && original.Series != nil {
			if files == nil {
				files = map[string]string{}
			}
			files[strings.TrimPrefix(t.path, "content/")] = t.slug
		}
	}
	return files
}

// checkSeriesLinks reports links to series, which have no page.
func (c collection) checkSeriesLinks(t *entryText, series map[string]string) {
	if series == nil || t.draft() && !c.drafts {
		return
	}
	for _, l := range t.Links {
		if slug, found := series[l.To]; found {
			c.problems.Error(l.Pos, "link-to-series", "link to one occurrence, such as /maintenance/"+slug+"-2026-12-06/",
				"the link leads to a series, which has no page of its own")
		}
	}
}

// occurrenceFile matches the name that the file of an occurrence has, or would have.
var occurrenceFile = memo.Regexp(`^(maintenance/.+)-\d{4}-\d{2}-\d{2}(-\d+)?\.md$`)

// occurrencePage returns the page that a link to maintenance/weekly-2026-12-13.md leads
// to although there is only maintenance/weekly.md, which may be a series. Whether it
// takes place on that day is checked with the links to addresses.
func (t linkTable) occurrencePage(candidates []string) (page string, ok bool) {
	for _, name := range candidates {
		m := occurrenceFile().FindStringSubmatch(name)
		if m == nil {
			continue
		}
		if _, ok := t.pages[m[1]+".md"]; ok {
			return "maintenance/" + strings.TrimSuffix(path.Base(name), ".md"), true
		}
	}
	return "", false
}
