package render

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"sync"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
)

// apiLength is how many incidents, or windows, a list of the API holds at most.
const apiLength = 50

// api are the files of Statuspage's API, version 2, so that its clients work
// with this site unchanged.
func (b *build) api() ([]File, error) {
	file := func(path string, document func(*api) any) File {
		return File{Path: "api/v2/" + path, Bytes: func() ([]byte, error) { return encodeJSON(document(b.statuspage())) }}
	}
	return []File{
		file("summary.json", func(a *api) any { return a.summary() }),
		file("status.json", func(a *api) any { return apiStatusFile{a.page, a.status()} }),
		file("components.json", func(a *api) any { return apiComponentsFile{a.page, a.components} }),
		file("incidents.json", func(a *api) any { return apiIncidentsFile{a.page, a.newestIncidents(false)} }),
		file("incidents/unresolved.json", func(a *api) any { return apiIncidentsFile{a.page, a.incidents(a.state.Open)} }),
		file("incidents/resolved.json", func(a *api) any { return apiIncidentsFile{a.page, a.newestIncidents(true)} }),
		file("scheduled-maintenances.json", func(a *api) any { return apiMaintenancesFile{a.page, a.newestWindows()} }),
		file("scheduled-maintenances/upcoming.json", func(a *api) any { return apiMaintenancesFile{a.page, a.windows(a.state.Upcoming)} }),
		file("scheduled-maintenances/active.json", func(a *api) any { return apiMaintenancesFile{a.page, a.windows(a.state.Active)} }),
	}, nil
}

// api is the site in Statuspage's words. What the operator left unsaid it says
// in English, as Statuspage does.
type api struct {
	*build
	english    view
	page       apiPage
	components []apiComponent
	known      map[string]apiComponent // by the manifest's id, groups aside
	sum        func() Key              // of the components
}

func newAPI(b *build) *api {
	a, s := &api{build: b, english: view{build: b, lang: language.English(b.languages)}, known: map[string]apiComponent{}}, b.site
	a.page = apiPage{
		ID: cmp.Or(s.ID, apiID("page", s.Title.Default)), Name: s.Title.Default, URL: s.URL,
		Zone: s.Zone.String(), UpdatedAt: apiTime(b.lastChange()),
	}
	a.list()
	a.sum = sync.OnceValue(func() Key {
		words, _ := encodeJSON(a.components) // plain values, which JSON can always hold
		return sha256.Sum256(words)
	})
	return a
}

func (a *api) summary() apiSummary {
	return apiSummary{
		Page: a.page, Components: a.components, Incidents: a.incidents(a.state.Open),
		Maintenances: a.windows(slices.Concat(a.state.Active, a.state.Upcoming)), Status: a.status(),
	}
}

func (a *api) status() apiStatus {
	return apiStatus{a.state.Indicator.String(), a.state.Description}
}

// newestIncidents are the incidents told last, first published last come first;
// over asks for those alone that have ended.
func (a *api) newestIncidents(over bool) []apiIncident {
	return a.incidents(a.inList(site.Incident, over))
}

func (a *api) newestWindows() []apiMaintenance {
	return a.windows(a.inList(site.Maintenance, false))
}

// inList are the newest of a kind, as many as a list of the API holds: all, or
// only incidents that are over.
func (b *build) inList(kind site.Kind, over bool) []*site.Entry {
	var list []*site.Entry
	for _, e := range b.news(kind) {
		if len(list) == apiLength {
			break
		}
		if phase := e.Phase(b.now); !over || phase == site.Resolved || phase == site.Postmortem {
			list = append(list, e)
		}
	}
	return list
}

// byNews are the listed entries of a kind, the newest first.
func (b *build) byNews(kind site.Kind) []*site.Entry {
	var list []*site.Entry
	news := map[*site.Entry]time.Time{}
	for i := range b.site.Entries {
		if e := &b.site.Entries[i]; e.Kind == kind && listed(e, b.now) {
			list = append(list, e)
			news[e] = b.since(e)
		}
	}
	slices.SortStableFunc(list, func(x, y *site.Entry) int {
		return cmp.Or(news[y].Compare(news[x]), cmp.Compare(x.Slug, y.Slug))
	})
	return list
}

// since is the date by which an entry is new: a window's start, or when an
// incident was first published.
func (b *build) since(e *site.Entry) time.Time {
	if e.Kind == site.Maintenance {
		return e.Whole(b.now).Start
	}
	list := e.Published(b.now)
	return list[len(list)-1].Time
}
