package render

import (
	"io/fs"
	"strings"
	"time"

	"allclear/generator/site"
)

// texts returns status.txt in every language, for terminals and for programs that read
// plain text.
func (b *build) texts() ([]File, error) {
	return b.inEach(func(v siteView) []File {
		return []File{{Path: v.lang.Path("status.txt"), Append: func(into []byte) ([]byte, error) {
			return append(into, v.statusText()...), nil
		}}}
	}), nil
}

// statusText returns the home page as plain text, at most 80 columns wide.
func (v view) statusText() []byte {
	p := textWriter{lang: v.lang}
	p.line(0, v.text(v.site.Title))
	p.line(0, v.answer().Sentence)
	p.line(0, v.say("text.as_of", "time", v.clock(v.now)))
	if n := len(v.state.Open); n > 0 {
		p.heading(v.say("text.open"))
		for _, e := range v.state.Open {
			v.openText(&p, e)
		}
	}
	if len(v.state.Active) > 0 {
		p.heading(v.say("text.active"))
		for _, e := range v.state.Active {
			v.openText(&p, e)
		}
	}
	if len(v.state.Upcoming) > 0 {
		p.heading(v.say("text.upcoming"))
		for _, e := range v.state.Upcoming {
			v.upcomingText(&p, e)
		}
	}
	v.componentsText(&p)
	if v.url != "" {
		p.heading(v.say("text.more"))
		p.line(1, v.base())
		p.line(1, v.base()+"history.atom")
		p.line(1, v.url+"api/v2/summary.json")
	}
	return p.bytes()
}

// openText writes an open incident or an active maintenance window.
func (v view) openText(p *textWriter, e *site.Entry) {
	one := v.at(e)
	p.blankLine()
	p.line(1, v.text(e.Title))
	whole := e.Interval(v.now)
	since := v.say("text.since", "time", v.clock(whole.Start), "length", v.lang.Duration(v.now.Sub(whole.Start).Truncate(time.Minute)))
	if e.Kind == site.Incident {
		since = one.tag() + v.say("list.clause") + since
	} else {
		since = v.spanText(e.Start.Time, e.End.Time)
	}
	p.line(2, since)
	v.affectedText(p, e)
	if list := one.published(); len(list) > 0 {
		newest := list[0]
		p.line(2, one.statusWord(newest)+v.say("list.clause")+v.clock(newest.Time)+v.say("list.colon"))
		p.prose(3, one.bodyText(newest))
	}
	if v.url != "" {
		p.line(2, v.base()+entryPath(e))
	}
}

// upcomingText writes an announced maintenance window.
func (v view) upcomingText(p *textWriter, e *site.Entry) {
	p.blankLine()
	p.line(1, v.text(e.Title))
	p.line(2, v.spanText(e.Start.Time, e.End.Time))
	v.affectedText(p, e)
	if v.url != "" {
		p.line(2, v.base()+entryPath(e))
	}
}

// spanText formats an interval for plain text, in the site's time zone.
func (v pageView) spanText(from, to time.Time) string {
	from, to = from.In(v.site.Zone), to.In(v.site.Zone)
	if sameDay(from, to) {
		var room [32]byte
		return v.say("span.times", "from", from.Format("2006-01-02 15:04"), "to", string(v.appendWithZone(room[:0], to, "15:04")))
	}
	return v.say("span.dates", "from", v.clock(from), "to", v.clock(to))
}

// affectedText writes the names of the components that an entry affects.
func (v view) affectedText(p *textWriter, e *site.Entry) {
	var names []string
	for _, c := range v.affected(e) {
		names = append(names, v.text(c.Name))
	}
	if len(names) > 0 {
		p.line(2, v.say("text.affects", "components", v.lang.Join(names)))
	}
}

// bodyText returns the text of an update without markup. An update without text gets the
// entry's summary or a default text.
func (v entryView) bodyText(u *site.Update) string {
	if text := v.plainText(u.Body); text != "" {
		return text
	}
	if opens := u.Status == site.Scheduled || u.Status == site.Investigating; u.Auto && opens && v.plainText(v.entry.Summary) != "" {
		return v.plainText(v.entry.Summary)
	}
	return v.defaultText(u)
}

// componentsText writes every component under its group, with its regions if they differ.
func (v view) componentsText(p *textWriter) {
	p.heading(v.say("text.components"))
	group := ""
	for i, cs := range v.listedComponents() {
		c := cs.Component
		if c.Group != group || i == 0 {
			p.blankLine()
			if g := v.site.Group(c.Group); g != nil {
				p.line(1, v.text(g.Name))
			}
		}
		group = c.Group
		indent := 2
		if group == "" {
			indent = 1
		}
		p.row(indent, v.text(c.Name), v.statusName(cs.Status, cs.Label))
		if !cs.Differs {
			continue
		}
		for _, r := range cs.Regions {
			p.row(indent+1, v.text(v.site.Region(r.Region).Name), v.statusName(r.Status, r.Label))
		}
	}
}

// statusName returns the operator's label for a status, or else its usual word.
func (v pageView) statusName(status site.Status, label site.Text) string {
	if own := v.text(label); own != "" {
		return own
	}
	return v.say("status." + status.String())
}

// Answer returns the sentence at the top of the home page at opt.Now, in the site's first
// language. The error says what is wrong with the theme.
func Answer(s *site.Site, theme fs.FS, opt Options) (string, error) {
	s = unlinked(s, opt.Now)
	st, err := newSettings(s, theme, opt)
	if err != nil {
		return "", err
	}
	v := view{st.page(st.languages[0], route{}), newIndex(st, s, opt.Now)}
	return strings.Join(strings.Fields(v.answer().Sentence), " "), nil
}
