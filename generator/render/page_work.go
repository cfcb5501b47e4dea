package render

import "allclear/generator/site"

// work is the work of a maintenance window.
type work struct {
	Run      *progress // how far it is
	Services []service // the components that it affects
	Ahead    bool      // whether the window has not begun, so that its services still work
	Calendar string    // address of the calendar, before a window begins
	Zone     string    // the time zone of the times in the table; "" if each has its own
}

// service is a component in a maintenance window's table.
type service struct {
	Name string // name of the component
	Href string // address of the component's page
	statusLabel
	Icon    string    // name of the icon: the class of the status, or open before the window
	Regions string    // names of the regions
	Note    string    // the operator's note
	NoteIn  *langAttr // the language of the note, if it is not the page's
}

// work returns the work of a maintenance window.
func (v entryView) work() *work {
	e := v.entry
	form := breakdownForm{date: "near", zone: v.zoneOf(v.now)}
	for i := range e.Impacts {
		if eta := e.Impacts[i].ETA.Time; !eta.IsZero() && v.zoneOf(eta) != form.zone {
			form.zone = ""
		}
	}
	w := &work{Run: v.progress(), Services: v.services(form), Ahead: e.Upcoming(v.now), Zone: form.zone}
	if v.url != "" && w.Ahead {
		w.Calendar = v.root + v.lang.Path(eventPath(e))
	}
	return w
}

// services returns the components of a maintenance window. Before an impact begins, its
// future status is shown with an open icon; while it lasts, its status; and after it,
// operational. The times are in the form of a table.
func (v entryView) services(form breakdownForm) []service {
	e := v.entry
	var list []service
	for _, h := range e.Breakdown(v.named(), v.now) {
		for _, r := range h.Rows {
			s := service{
				Name: v.text(h.Component.Name), Href: v.href(componentPath(h.Component.ID)),
				statusLabel: v.statusLabel(r.Impact.Status, r.Impact.Label),
				Note:        v.text(r.Impact.Note), NoteIn: v.untranslated(r.Impact.Note), Regions: v.say("region.global"),
			}
			if len(r.Regions) > 0 {
				s.Regions = v.regionNames(r.Regions)
			}
			if !r.Window.End.IsZero() && !v.now.Before(r.Window.End) {
				s.statusLabel = v.statusLabel(site.Operational, site.Text{})
			} else if eta := r.Impact.ETA.Time; !eta.IsZero() {
				s.ETA = v.tableMoment(eta, v.now, form)
			}
			s.Icon = s.Class
			if r.Window.Start.After(v.now) {
				s.Class, s.Icon = "note", "open"
				if e.Open(v.now) {
					s.Word = v.say("step.open") + v.say("list.colon") + s.Word
				}
			}
			list = append(list, s)
		}
	}
	return list
}
