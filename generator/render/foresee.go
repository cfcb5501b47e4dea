package render

import (
	"html/template"
	"slices"
	"time"

	"allclear/generator/site"
)

// foreseen is a piece of a page as it will be from an instant on. The script
// puts it in when its time comes; until then it is inert.
type foreseen struct {
	At    string // ISO
	For   string // the id of the element whose children it replaces; none: title, icon and colour
	Class string // that element's class from then on
	Open  bool   // unfold the group that holds it
	Watch bool   // of title, icon and colour: something is open from then on
	HTML  template.HTML
}

// piece is a part of a page that the clock alone may change.
type piece struct {
	id, class, template string
	value               any
	open                bool
}

// foresee renders the pieces of a page at each coming instant and keeps those
// that differ from what stands there before.
func (v view) foresee(set *press, pieces func(view) []piece) ([]foreseen, error) {
	shown := map[string]foreseen{}
	var list []foreseen
	for i, later := range append([]*build{v.build}, v.later...) {
		then := v
		then.build = later
		for _, p := range pieces(then) {
			text, err := execute(set, p.template, p.value)
			if err != nil {
				return nil, err
			}
			f := foreseen{At: iso(later.now), For: p.id, Class: p.class, Open: p.open, HTML: template.HTML(text)}
			f.Watch = p.id == "" && then.watch()
			before, known := shown[p.id]
			if i > 0 && known && before.HTML == f.HTML && before.Class == f.Class && before.Watch == f.Watch {
				continue
			}
			shown[p.id] = f
			if i > 0 {
				list = append(list, f)
			}
		}
	}
	return list, nil
}

// coming is the same build at the instants that its pages carry: what the clock
// will make of the words known now. The text of a later update is in none.
func (b *build) coming() []*build {
	known := b.known()
	var list []*build
	for _, at := range known.Foreseen(b.now, foresight) {
		then := *b
		then.site, then.now, then.state, then.tellings = known, at, known.At(at), nil
		list = append(list, &then)
	}
	return list
}

// known is the site without what is set for later than now: an update, a report,
// an entry that does not exist yet. What is settled has no part in what comes.
func (b *build) known() *site.Site {
	s := *b.site
	s.Entries = nil
	for i := range b.site.Entries {
		if lasting := &b.site.Entries[i]; !lasting.Visible(b.now) || lasting.Settled(b.now) {
			continue
		}
		e := b.site.Entries[i]
		e.Outcome = site.Outcome{}
		e.Updates = slices.DeleteFunc(slices.Clone(e.Updates), func(u site.Update) bool { return u.Time.After(b.now) })
		out := slices.ContainsFunc(e.Published(b.now), func(u site.Update) bool { return u.Report })
		if !out {
			e.Report = nil
		}
		s.Entries = append(s.Entries, e)
	}
	return &s
}

// blind is the first instant from which the page does not know the site's
// state any more: something that it may not tell yet happens, or more than it
// carries. It is "" where that never comes.
func (b *build) blind() string {
	var unsettled []*site.Entry
	for i := range b.site.Entries {
		if e := &b.site.Entries[i]; !e.Settled(b.now) {
			unsettled = append(unsettled, e)
		}
	}
	for i, at := range b.site.Foreseen(b.now, foresight+1) {
		if i >= len(b.later) || !b.later[i].now.Equal(at) || tells(unsettled, at) {
			return iso(at)
		}
	}
	return ""
}

// tells reports whether anybody's words appear at t.
func tells(entries []*site.Entry, t time.Time) bool {
	for _, e := range entries {
		if e.NoIndex || !e.Visible(t) {
			continue
		}
		for _, u := range e.Published(t) {
			if u.Time.Equal(t) && !u.Auto {
				return true
			}
		}
	}
	return false
}
