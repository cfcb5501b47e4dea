package render

import (
	"time"

	"allclear/generator/site"
)

func (a *api) incidents(entries []*site.Entry) []apiIncident {
	list := []apiIncident{}
	for _, e := range entries {
		list = append(list, a.incident(e))
	}
	return list
}

func (a *api) windows(entries []*site.Entry) []apiMaintenance {
	list := []apiMaintenance{}
	for _, e := range entries {
		list = append(list, a.window(e))
	}
	return list
}

func (a *api) window(e *site.Entry) apiMaintenance {
	return apiMaintenance{a.incident(e), apiTime(e.Start.Time), apiTime(e.End.Time)}
}

func (a *api) incident(e *site.Entry) apiIncident {
	updates := a.published(e)
	id := entryID(e)
	one := apiIncident{
		ID: id, Name: e.Title.Default, Status: apiWord(e, e.Phase(a.now)),
		CreatedAt: apiTime(updates[len(updates)-1].Time), UpdatedAt: apiTime(updates[0].Time),
		Impact: a.settings.site.SeverityAt(e, a.now).String(), Shortlink: a.shortlink(e), StartedAt: apiTime(e.Interval(a.now).Start),
		PageID: a.page.ID, Updates: []apiUpdate{}, Components: []apiComponent{},
	}
	if end := a.ended(e, updates); !end.IsZero() && !end.After(a.now) && !e.Open(a.now) {
		one.ResolvedAt = apiTimeOrNil(end)
	}
	for i, u := range updates {
		if u.Status == site.Monitoring && one.MonitoringAt == nil {
			one.MonitoringAt = apiTimeOrNil(u.Time)
		}
		var before time.Time
		if i+1 < len(updates) {
			before = updates[i+1].Time
		}
		one.Updates = append(one.Updates, a.update(e, id, u, before))
	}
	for _, c := range a.affected(e) {
		if known, ok := a.byID[c.ID]; ok {
			one.Components = append(one.Components, known)
		}
	}
	return one
}

// ended is the end of an entry as far as it is known. A window that was canceled
// before it began ended with that update: its planned times never came.
func (a *api) ended(e *site.Entry, updates []site.Update) time.Time {
	if e.Phase(a.now) == site.Canceled && len(e.Spans(a.now)) == 0 {
		for _, u := range updates {
			if u.Status == site.Canceled {
				return u.Time
			}
		}
	}
	return e.Interval(a.now).End
}

// entryID is what the operator says, else derived from the slug.
func entryID(e *site.Entry) string { return e.APIID() }

func (a *api) shortlink(e *site.Entry) string {
	path := entryPath(e)
	if a.settings.site.URL == "" {
		return path
	}
	return a.settings.site.URL + "/" + path
}

// update is one publication; before is when the one before it was, or zero.
func (a *api) update(e *site.Entry, incident string, u site.Update, before time.Time) apiUpdate {
	at := apiTime(u.Time)
	one := apiUpdate{
		ID: updateID(e, u), Status: apiWord(e, e.StatusAfter(u)), Body: a.body(e, &u),
		IncidentID: incident, CreatedAt: at, UpdatedAt: at, DisplayAt: at, Deliver: true,
	}
	for _, c := range a.settings.site.ChangedSince(e, before, u.Time) {
		if _, known := a.byID[c.Component.ID]; !known {
			continue
		}
		one.Affected = append(
			one.Affected,
			apiAffected{ownID("component", c.Component.ID), c.Component.Name.Default, c.From.String(), c.To.String()},
		)
	}
	return one
}

// updateID is derived from the entry and the update's own name in it, which for the
// first one holds no time.
func updateID(e *site.Entry, u site.Update) string {
	name := u.ID
	if name == site.FirstID {
		name = "first"
	}
	return apiID("incident_update", e.Kind.String()+"/"+e.Slug+"#"+name)
}

// apiWord is a status in the words that Statuspage has for the kind of entry: a
// window that was canceled, or of which a report is out, is a completed one.
func apiWord(e *site.Entry, w site.UpdateStatus) string {
	if e.Kind == site.Maintenance && (w == site.Canceled || w == site.Postmortem) {
		return site.Completed.String()
	}
	return w.String()
}

// body is what an update says, in plain words.
func (a *api) body(e *site.Entry, u *site.Update) string {
	text := u.Body.Text
	if u.Auto && (u.Status == site.Scheduled || u.Status == site.Investigating) {
		text = e.Summary.Text
	}
	if text == "" {
		text = entryView{a.english, &a.factsOf(e).entryAt}.defaultText(u)
	}
	if u.Status == site.Canceled { // its status is "completed"
		return "Canceled. " + text
	}
	return text
}
