package render

import (
	"time"

	"allclear/generator/site"
)

// Clients of Statuspage make addresses from the ids of entries, also of maintenance
// windows: incidents/ID/ redirects to the entry's page, and incidents/ID.json is the entry
// as in the API.

// address is where an entry is found by its id in the API.
type address struct {
	id    string
	entry *site.Entry
	own   bool // whether the operator wrote the id
	page  bool // whether the address is free, so that it redirects to the entry
	data  bool // whether the entry is there as in the API
}

// folder returns the address: incidents/ID/.
func (a address) folder() string { return "incidents/" + a.id + "/" }

// derivedIDLifetime is how long after its beginning an entry has an address by an id that
// the operator did not write. The API's lists hold the newest entries whatever their age.
// After ten years there may be many thousands of others.
const derivedIDLifetime = 365 * 24 * time.Hour

// addressesByID returns the addresses by id of the entries that are in a list of the API,
// of those that began within derivedIDLifetime, and of those whose id the operator wrote.
// If two want the same address, an entry's slug wins over an id, and a written id over a
// derived one.
func (x *index) addressesByID() []address {
	inLists := map[*site.Entry]bool{}
	for _, list := range [][]*site.Entry{
		x.apiList(site.Incident, false), x.apiList(site.Incident, true), x.apiList(site.Maintenance, false),
		x.state.Open, x.state.Active, x.state.Upcoming,
	} {
		for _, e := range list {
			inLists[e] = true
		}
	}
	from := x.now.Add(-derivedIDLifetime)
	pages, ids := map[string]bool{}, map[string]bool{}
	var own, derived []address
	for i := range x.entries {
		e := &x.entries[i]
		if e.Kind == site.Incident {
			pages[e.Slug] = true
		}
		if !e.Visible(x.now) {
			continue
		}
		data := listed(e, x.now) && (inLists[e] || !e.Begin().Before(from))
		switch {
		case e.ID != "":
			own = append(own, address{id: e.ID, entry: e, own: true, data: data})
		case data:
			derived = append(derived, address{id: entryID(e), entry: e, data: true})
		}
	}
	list := append(own, derived...)
	for i := range list {
		a := &list[i]
		a.page, a.data = !pages[a.id], a.data && !ids[a.id]
		pages[a.id], ids[a.id] = true, true
	}
	return list
}

// addresses returns the files at the addresses by id. A file made for a derived id gives
// way to the operator's own file of the same name.
func (b *build) addresses() ([]File, error) {
	var own, derived []File
	for _, a := range b.byID() {
		if a.page && a.own {
			own = append(own, b.settings.redirectPage(indexFile(a.folder()), entryPath(a.entry), a.entry.Title))
		} else if a.page {
			derived = append(derived, b.settings.redirectPage(indexFile(a.folder()), entryPath(a.entry), a.entry.Title))
		}
		if a.data {
			derived = append(derived, b.apiFile(a))
		}
	}
	return append(own, b.unlessOwn(derived)...), nil
}

// apiFile returns the file that holds one entry as the API does. It includes the entry's
// components as they are now, so its key covers all components.
func (b *build) apiFile(a address) File {
	file := File{Path: "incidents/" + a.id + ".json", Append: func(into []byte) ([]byte, error) {
		if a.entry.Kind == site.Maintenance {
			return appendJSON(into, b.statuspage().window(a.entry))
		}
		return appendJSON(into, b.statuspage().incident(a.entry))
	}}
	if b.settings.keyed() {
		file.Key = func() Key {
			if b.settledAt(a.entry).IsZero() {
				return Key{}
			}
			return b.settings.key("api", b.index.final(a.entry), b.statuspage().sum())
		}
	}
	return file
}
