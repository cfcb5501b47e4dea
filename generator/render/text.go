package render

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// texts are the files for terminals and for programs that read plain words.
func (b *build) texts() ([]File, error) {
	return []File{{Path: "status.txt", Bytes: func() ([]byte, error) { return b.statusText(), nil }}}, nil
}

// statusText is the home page for a terminal: no markup, at most 80 columns.
func (b *build) statusText() []byte {
	l := b.languages[0]
	var p paper
	p.line(0, b.site.Title.Default)
	p.line(0, b.view(l, place{}).answer().Sentence)
	p.line(0, l.Say("text.as_of", "time", b.clock(b.now)))
	if n := len(b.state.Open); n > 0 {
		p.heading(l.Say("text.open"))
		for _, e := range b.state.Open {
			b.openText(&p, e)
		}
	}
	if len(b.state.Active) > 0 {
		p.heading(l.Say("text.active"))
		for _, e := range b.state.Active {
			b.openText(&p, e)
		}
	}
	if len(b.state.Upcoming) > 0 {
		p.heading(l.Say("text.upcoming"))
		for _, e := range b.state.Upcoming {
			b.upcomingText(&p, e)
		}
	}
	b.componentsText(&p)
	if b.url != "" {
		p.heading(l.Say("text.more"))
		p.line(1, b.url)
		p.line(1, b.url+"history.atom")
		p.line(1, b.url+"api/v2/summary.json")
	}
	return p.bytes()
}

// openText is an incident that is open, or a window under way.
func (b *build) openText(p *paper, e *site.Entry) {
	l := b.languages[0]
	p.gap()
	p.line(1, e.Title.Default)
	whole := e.Whole(b.now)
	since := l.Say("text.since", "time", b.clock(whole.Start), "length", l.Duration(b.now.Sub(whole.Start).Truncate(time.Minute)))
	if e.Kind == site.Incident {
		since = l.Say("severity."+e.SeverityAt(b.now).String()) + ", " + since
	} else {
		since = b.spanText(e.Start.Time, e.End.Time)
	}
	p.line(2, since)
	b.touchedText(p, e)
	if list := b.told(e); len(list) > 0 {
		newest := publication{e, list[0]}
		p.line(2, b.wordOf(newest)+", "+b.clock(newest.update.Time)+":")
		p.prose(3, b.bodyText(newest))
	}
	if b.url != "" {
		p.line(2, b.url+b.entryPath(e))
	}
}

// upcomingText is a window that is announced.
func (b *build) upcomingText(p *paper, e *site.Entry) {
	p.gap()
	p.line(1, e.Title.Default)
	p.line(2, b.spanText(e.Start.Time, e.End.Time))
	b.touchedText(p, e)
	if b.url != "" {
		p.line(2, b.url+b.entryPath(e))
	}
}

func (b *build) spanText(from, to time.Time) string {
	from, to = from.In(b.site.Zone), to.In(b.site.Zone)
	if from.Format(time.DateOnly) == to.Format(time.DateOnly) {
		return from.Format("2006-01-02 15:04") + "-" + to.Format("15:04 MST")
	}
	return b.clock(from) + " - " + b.clock(to)
}

// touchedText names the components that an entry touches now, or all that it
// names where it touches none at the moment.
func (b *build) touchedText(p *paper, e *site.Entry) {
	var names []string
	for _, c := range b.site.Affected(e, b.now) {
		names = append(names, c.Name.Default)
	}
	if len(names) > 0 {
		p.line(2, b.languages[0].Say("text.affects", "components", strings.Join(names, ", ")))
	}
}

// bodyText is what a publication says, in plain words.
func (b *build) bodyText(p publication) string {
	if text := p.update.Body.Text; text != "" {
		return text
	}
	if p.update.Auto && p.entry.Summary.Text != "" && p.update.Status != site.InProgress && p.update.Status != site.Completed {
		return p.entry.Summary.Text
	}
	return b.automatic(p)
}

// componentsText lists every component under its group, with its regions where
// they differ.
func (b *build) componentsText(p *paper) {
	l := b.languages[0]
	p.heading(l.Say("text.components"))
	group := ""
	for i, cs := range b.inService() {
		c := cs.Component
		if c.Group != group || i == 0 {
			p.gap()
			if g := b.site.Group(c.Group); g != nil {
				p.line(1, g.Name.Default)
			}
		}
		group = c.Group
		indent := 2
		if group == "" {
			indent = 1
		}
		p.row(indent, c.Name.Default, b.shown(cs.Status, cs.Label))
		if !cs.Differs {
			continue
		}
		for _, r := range cs.Regions {
			p.row(indent+1, b.site.Region(r.Region).Name.Default, b.shown(r.Status, r.Label))
		}
	}
}

// shown is the word for a status: the operator's label, else its own.
func (b *build) shown(status site.Status, label site.Text) string {
	if label.Default != "" {
		return label.Default
	}
	return b.languages[0].Say("status." + status.String())
}
