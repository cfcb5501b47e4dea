package news

import (
	"html"
	"strings"
	"time"
	"unicode"

	"allclear/generator/language"
	"allclear/generator/site"
)

// content is what an event says, in one language and as plain text: what the messages of
// all kinds are made from.
type content struct {
	event    Event
	lang     *language.Language
	site     *site.Site
	key      string    // as Message.Key
	word     string    // Investigating, Reminder
	title    string    // API errors
	text     string    // of any number of lines; may be ""
	services []service // what has changed, or is affected
	names    []string  // of all components that it is about
	link     string    // an absolute address
	status   site.Status
}

// headline is the first line of a message: "Investigating: API errors".
func (c content) headline() string {
	return c.lang.Say("feed.entry", "status", c.word, "title", c.title)
}

// content returns what an event says to a target.
func (p *Speaker) content(e Event, t site.NotifyTarget) content {
	c := content{event: e, lang: p.language(t), site: p.site, key: keyOf(e, t)}
	c.link = p.site.URL + "/" + c.lang.Path(e.Path)
	switch {
	case e.Kind == Test:
		c.word, c.title = c.lang.Say("notify.test"), c.own(p.site.Title)
		c.text = c.lang.Say("notify.nothing")
	case e.announcement != nil:
		c.word, c.title = c.lang.Say("word.announcement"), c.own(e.announcement.Title)
		c.text = c.prose(e.announcement.Body, p.languages[0])
		for _, component := range e.components() {
			c.names = append(c.names, c.own(component.Name))
		}
	default:
		c.ofEntry(p.languages[0])
	}
	return c
}

// ofEntry fills in what an update or a reminder says.
func (c *content) ofEntry(first *language.Language) {
	e, u := c.event.entry, c.event.update
	c.title = c.own(e.Title)
	for _, component := range c.event.components() {
		c.names = append(c.names, c.own(component.Name))
	}
	c.services, c.status = c.changes()
	if u == nil {
		c.word, c.text = c.lang.Say("notify.reminder"), c.lang.Say("auto.scheduled", "span", c.span(e.Start.Time, e.End.Time))
		return
	}
	c.link += "#" + u.ID
	c.word = c.lang.Say("word." + u.Status.String())
	opens := u.Auto && (u.Status == site.Scheduled || u.Status == site.Investigating)
	if e.Notice() && u.Auto && u.Status == site.Investigating {
		c.word = c.lang.Say("word." + site.Note.String())
	}
	c.text = c.prose(u.Body, first)
	if c.text == "" && opens {
		c.text = c.prose(e.Summary, first)
	}
	planned := c.lang.Say("auto.scheduled", "span", c.span(e.Start.Time, e.End.Time))
	switch {
	case u.Status == site.Scheduled && c.text == "":
		c.text = planned
	case u.Status == site.Scheduled:
		c.text += "\n\n" + planned
	case c.text == "" && (u.Auto || u.Status == site.Resolved || u.Status == site.InProgress || u.Status == site.Completed):
		c.text = c.lang.Say("auto." + u.Status.String())
	case c.text == "":
		c.text = c.lang.Say("wordless." + u.Status.String())
	}
}

// own returns a short text in the language, on one line.
func (c content) own(t site.Text) string { return oneLine(clean(t.In(c.lang.Tag))) }

// prose returns a text without markup. Addresses of the site's own pages are removed: some
// of those pages may not be public yet, and the message has a link of its own. first is the
// language in which a text without translation is.
func (c content) prose(p site.Prose, first *language.Language) string {
	p, translated := p.In(c.lang.Tag)
	l := c.lang
	if !translated {
		l = first
	}
	text := clean(strings.ReplaceAll(p.Text, site.AlertMark, alertMark))
	for _, kind := range site.Alerts {
		text = strings.ReplaceAll(text, alertMark+kind+alertMark, l.Say("alert."+kind)+l.Say("list.colon"))
	}
	rest := p.Markup
	for {
		_, link, found := strings.Cut(rest, `<a href="`+site.RootMark)
		if !found {
			return strings.TrimSpace(text)
		}
		address, after, _ := strings.Cut(link, `"`)
		shown := strings.Replace(html.UnescapeString(address), site.IndexMark, "", 1)
		text, rest = strings.ReplaceAll(text, " (/"+shown+")", ""), after
	}
}

// span returns the planned time of a window: "28 November 2026, 02:00 – 04:00 UTC".
func (c content) span(from, to time.Time) string {
	from, to = from.In(c.site.Zone), to.In(c.site.Zone)
	second, key := "moment", "span.dates"
	if from.Year() == to.Year() && from.YearDay() == to.YearDay() {
		second, key = "time", "span.times"
	}
	zone := func(t time.Time) string {
		name, _ := t.Zone()
		if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
			return "UTC" + t.Format("-07:00")
		}
		return name
	}
	start := c.lang.Date("moment", from)
	if zone(from) != zone(to) {
		start = c.lang.Zoned(start, zone(from))
	}
	return c.lang.Say(key, "from", start, "to", c.lang.Zoned(c.lang.Date(second, to), zone(to)))
}

// alertMark stands for site.AlertMark, a control character, while others are removed.
const alertMark = "\U000f0004"

// clean returns a text without what could change how a service shows it: control
// characters, and marks that turn the direction of the text around it.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', r == '\ufffd':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// joinLines joins lines to one text.
func joinLines(lines []string) string { return strings.Join(lines, "\n") }
