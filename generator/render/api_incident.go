package render

import (
	"time"

	"allclear/generator/site"
)

// incidents returns entries as the API lists incidents; never nil, which JSON would write
// as null.
func (a *api) incidents(entries []*site.Entry) []apiIncident {
	list := []apiIncident{}
	for _, e := range entries {
		list = append(list, a.incident(e))
	}
	return list
}

// windows returns entries as the API lists maintenance windows; never nil.
func (a *api) windows(entries []*site.Entry) []apiMaintenance {
	list := []apiMaintenance{}
	for _, e := range entries {
		list = append(list, a.window(e))
	}
	return list
}

// window returns a maintenance window with its planned start and end.
func (a *api) window(e *site.Entry) apiMaintenance {
	return apiMaintenance{a.incident(e), apiTime(e.Start.Time), apiTime(e.End.Time)}
}

// incident returns an entry with its updates, newest first, and the components that it
// affects.
func (a *api) incident(e *site.Entry) apiIncident {
	updates := a.published(e)
	id := entryID(e)
	one := apiIncident{
		ID: id, Name: e.Title.Default, Status: apiWord(e, e.Phase(a.now)),
		CreatedAt: apiTime(updates[len(updates)-1].Time), UpdatedAt: apiTime(updates[0].Time),
		Impact: a.factsOf(e).severity().String(), Shortlink: a.shortlink(e), StartedAt: apiTime(e.Interval(a.now).Start),
		PageID: a.page.ID, Updates: []apiUpdate{}, Components: []apiComponent{},
	}
	if end := a.ended(e, updates); !end.IsZero() && !end.After(a.now) && !e.Open(a.now) {
		one.ResolvedAt = apiTimeOrNil(end)
	}
	changes := e.ChangesWith(a.factsOf(e).named(), updates)
	for i, u := range updates {
		if u.Status == site.Monitoring && one.MonitoringAt == nil {
			one.MonitoringAt = apiTimeOrNil(u.Time)
		}
		one.Updates = append(one.Updates, a.update(e, id, u, changes[i]))
	}
	for _, c := range a.affected(e) {
		if known, ok := a.byID[c.ID]; ok {
			one.Components = append(one.Components, known)
		}
	}
	return one
}

// ended returns when an entry ended, or the zero time if that is not known. A window
// canceled before it began ended with the update that canceled it, since its planned
// times never came.
func (a *api) ended(e *site.Entry, updates []*site.Update) time.Time {
	if e.Phase(a.now) == site.Canceled && len(e.Spans(a.now)) == 0 {
		for _, u := range updates {
			if u.Status == site.Canceled {
				return u.Time
			}
		}
	}
	return e.Interval(a.now).End
}

// entryID returns the id that the operator wrote, or else one derived from the slug.
func entryID(e *site.Entry) string { return e.APIID() }

// shortlink returns the absolute address of an entry's page, or a relative one if the
// site has no URL.
func (a *api) shortlink(e *site.Entry) string {
	path := entryPath(e)
	if a.settings.site.URL == "" {
		return path
	}
	return a.settings.site.URL + "/" + path
}

// update returns one update for the API, with the components whose status changed with it.
func (a *api) update(e *site.Entry, incident string, u *site.Update, changes []site.ComponentChange) apiUpdate {
	at := apiTime(u.Time)
	one := apiUpdate{
		ID: updateID(e, u), Status: apiWord(e, e.StatusAfter(u)), Body: a.body(e, u),
		IncidentID: incident, CreatedAt: at, UpdatedAt: at, DisplayAt: at, Deliver: true,
	}
	for _, c := range changes {
		if _, known := a.byID[c.Component.ID]; !known {
			continue
		}
		one.Affected = append(
			one.Affected,
			apiAffected{c.Component.APIID(), c.Component.Name.Default, c.From.String(), c.To.String()},
		)
	}
	return one
}

// updateID returns an id derived from the entry and the update's own id. The entry's
// first update keeps its id when its time changes.
func updateID(e *site.Entry, u *site.Update) string {
	name := u.ID
	if name == site.FirstID {
		name = "first"
	}
	return apiID("incident_update", e.Kind.String()+"/"+e.Slug+"#"+name)
}

// apiWord returns an update's status in Statuspage's words. Statuspage has no word for a
// window that was canceled, or that has a report: it is completed.
func apiWord(e *site.Entry, w site.UpdateStatus) string {
	if e.Kind == site.Maintenance && (w == site.Canceled || w == site.Postmortem) {
		return site.Completed.String()
	}
	return w.String()
}

// body returns an update's text without markup. An update without text gets a default
// one.
func (a *api) body(e *site.Entry, u *site.Update) string {
	body := u.Body
	if u.Auto && (u.Status == site.Scheduled || u.Status == site.Investigating) {
		body = e.Summary
	}
	text := pageView{settings: a.settings, lang: a.settings.languages[0]}.plainText(body)
	if text == "" {
		text = entryView{a.english, &a.factsOf(e).entryAt}.defaultText(u)
	}
	if u.Status == site.Canceled { // Statuspage shows it as completed
		return "Canceled. " + text
	}
	return text
}
