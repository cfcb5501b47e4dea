package render

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"sync"

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
	*index
	english    pageView
	page       apiPage
	components []apiComponent
	byID       map[string]apiComponent // by the manifest's id, groups aside
	sum        func() Key              // of the components
}

func newAPI(x *index) *api {
	english := pageView{settings: x.settings, lang: language.English(x.settings.languages)}
	a, s := &api{index: x, english: english, byID: map[string]apiComponent{}}, x.settings.site
	a.page = apiPage{
		ID: cmp.Or(s.ID, apiID("page", s.Title.Default)), Name: s.Title.Default, URL: s.URL,
		Zone: s.Zone.String(), UpdatedAt: apiTime(x.lastChange()),
	}
	a.fillComponents()
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

// newestIncidents returns the newest incidents, by when they were first published;
// with over, only those that have ended.
func (a *api) newestIncidents(over bool) []apiIncident {
	return a.incidents(a.apiList(site.Incident, over))
}

func (a *api) newestWindows() []apiMaintenance {
	return a.windows(a.apiList(site.Maintenance, false))
}

// inList are the newest of a kind, as many as a list of the API holds: all, or
// only incidents that are over.
func (x *index) apiList(kind site.Kind, over bool) []*site.Entry {
	var list []*site.Entry
	for _, e := range x.byKind(kind) {
		if len(list) == apiLength {
			break
		}
		if phase := e.Phase(x.now); !over || phase == site.Resolved || phase == site.Postmortem {
			list = append(list, e)
		}
	}
	return list
}
