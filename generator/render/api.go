package render

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"sync"

	"allclear/generator/language"
	"allclear/generator/site"
)

// apiLength is the largest number of incidents, or of windows, in a list of the API.
const apiLength = 50

// api returns the files of version 2 of Statuspage's status API
// (https://metastatuspage.com/api), so that its clients work with this site unchanged.
func (b *build) api() ([]File, error) {
	file := func(path string, document func(*api) any) File {
		return File{Path: "api/v2/" + path, Append: func(into []byte) ([]byte, error) {
			return appendJSON(into, document(b.statuspage()))
		}}
	}
	list := func(path string, find func(*api) []*site.Entry, document func(*api, []*site.Entry) any) File {
		entries := sync.OnceValue(func() []*site.Entry { return find(b.statuspage()) })
		one := file(path, func(a *api) any { return document(a, entries()) })
		if b.settings.keyed() {
			one.Key = func() Key { return b.statuspage().listKey(path, entries()) }
		}
		return one
	}
	incidents := func(a *api, list []*site.Entry) any { return apiIncidentsFile{a.page, a.incidents(list)} }
	windows := func(a *api, list []*site.Entry) any { return apiMaintenancesFile{a.page, a.windows(list)} }
	return []File{
		file("summary.json", func(a *api) any { return a.summary() }),
		file("status.json", func(a *api) any { return apiStatusFile{a.page, a.status()} }),
		file("components.json", func(a *api) any { return apiComponentsFile{a.page, a.components} }),
		list("incidents.json", func(a *api) []*site.Entry { return a.apiList(site.Incident, false) }, incidents),
		list("incidents/unresolved.json", func(a *api) []*site.Entry { return a.state.Open }, incidents),
		list("incidents/resolved.json", func(a *api) []*site.Entry { return a.apiList(site.Incident, true) }, incidents),
		list("scheduled-maintenances.json", func(a *api) []*site.Entry { return a.apiList(site.Maintenance, false) }, windows),
		list("scheduled-maintenances/upcoming.json", func(a *api) []*site.Entry { return a.state.Upcoming }, windows),
		list("scheduled-maintenances/active.json", func(a *api) []*site.Entry { return a.state.Active }, windows),
	}, nil
}

// listKey returns the Key of a list of entries. It covers all components, which entries
// have as they are now, and is zero while the clock may change one of the entries.
func (a *api) listKey(path string, entries []*site.Entry) Key {
	listed := make([]*entryAt, len(entries))
	for i, e := range entries {
		if a.settledAt(e).IsZero() {
			return Key{}
		}
		listed[i] = a.index.final(e)
	}
	return a.settings.key("api list", path, a.page, listed, a.sum())
}

// api fills in the documents of Statuspage's API. Texts that the operator did not write
// are in English, as Statuspage's are.
type api struct {
	*index
	english    pageView
	page       apiPage
	components []apiComponent
	byID       map[string]apiComponent // all components that entries may show, by their ids in the manifest
	sum        func() Key              // returns a hash of the components, listed or not
}

// newAPI returns the API of the site at the index's instant, with its components filled
// in.
func newAPI(x *index) *api {
	english := pageView{settings: x.settings, lang: language.English(x.settings.languages)}
	a, s := &api{index: x, english: english, byID: map[string]apiComponent{}}, x.settings.site
	a.page = apiPage{
		ID: cmp.Or(s.ID, apiID("page", s.Title.Default)), Name: s.Title.Default, URL: s.URL,
		Zone: s.Zone.String(), UpdatedAt: apiTime(x.lastChange()),
	}
	a.fillComponents()
	a.sum = sync.OnceValue(func() Key {
		words, _ := encodeJSON([]any{a.components, a.byID}) // plain values, which JSON can always hold
		return sha256.Sum256(words)
	})
	return a
}

// summary returns summary.json.
func (a *api) summary() apiSummary {
	return apiSummary{
		Page: a.page, Components: a.components, Incidents: a.incidents(a.state.Open),
		Maintenances: a.windows(slices.Concat(a.state.Active, a.state.Upcoming)), Status: a.status(),
	}
}

// status returns the overall status, in Statuspage's words.
func (a *api) status() apiStatus {
	return apiStatus{a.state.Indicator.String(), a.state.Description}
}

// apiList returns the newest entries of a kind, at most apiLength, by listedSince; if over is
// set, only those that are resolved.
func (x *index) apiList(kind site.Kind, over bool) []*site.Entry {
	var newest []dated
	for _, e := range x.byKind(kind) {
		if len(newest) >= apiLength && e.time < newest[apiLength-1].time {
			break // so are all that follow
		}
		if phase := e.entry.Phase(x.now); over && phase != site.Resolved && phase != site.Postmortem {
			continue
		}
		one := dated{e.entry, x.listedSince(e.entry).UnixNano()}
		at, _ := slices.BinarySearchFunc(newest, one, newestFirst)
		newest = slices.Insert(newest, at, one)
	}
	var list []*site.Entry
	for _, e := range newest[:min(apiLength, len(newest))] {
		list = append(list, e.entry)
	}
	return list
}
