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
	first    *language.Language // in which a text without translation is
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

// label returns the words of the link.
func (c content) label() string {
	return cut(oneLine(c.lang.Say("notify.link")), maxLabel, graphemesOf)
}

// maxLabel is how many characters the words of the link may have. The site's strings may
// replace them.
const maxLabel = 40

// content returns what an event says to a target.
func (p *Speaker) content(e Event, t site.NotifyTarget) content {
	c := content{event: e, lang: p.language(t), first: p.languages[0], site: p.site, key: keyOf(e, t)}
	c.link = p.site.URL + "/" + c.lang.Path(e.Path)
	switch {
	case e.Kind == Test:
		c.word, c.title = c.lang.Say("notify.test"), c.own(p.site.Title)
		c.text = c.lang.Say("notify.nothing")
	case e.announcement != nil:
		c.word, c.title = c.lang.Say("word.announcement"), c.own(e.announcement.Title)
		c.text = c.prose(e.announcement.Body)
		for _, component := range e.components() {
			c.names = append(c.names, c.own(component.Name))
		}
	default:
		c.ofEntry()
	}
	return c
}

// ofEntry fills in what an update or a reminder says.
func (c *content) ofEntry() {
	e, u := c.event.entry, c.event.update
	c.title = c.own(e.Title)
	for _, component := range c.event.components() {
		c.names = append(c.names, c.own(component.Name))
	}
	c.services, c.status = c.changes()
	if u == nil {
		c.word, c.text = c.lang.Say("notify.reminder"), c.planned()
		return
	}
	c.link += "#" + u.ID
	c.word, c.text = c.lang.Say("word."+c.event.Word()), c.textOf(u)
	if u.Status == site.Scheduled && !strings.HasSuffix(c.text, c.planned()) {
		c.text += "\n\n" + c.planned()
	}
}

// planned says when a window takes place.
func (c content) planned() string {
	e := c.event.entry
	return c.lang.Say("auto.scheduled", "span", c.span(e.Start.Time, e.End.Time))
}

// textOf returns the text of an update without markup. An update without text gets the
// entry's summary or a sentence that says what its word does.
func (c content) textOf(u *site.Update) string {
	if text := c.prose(u.Body); text != "" {
		return text
	}
	opens := u.Auto && (u.Status == site.Scheduled || u.Status == site.Investigating)
	if text := c.prose(c.event.entry.Summary); opens && text != "" {
		return text
	}
	switch {
	case u.Status == site.Scheduled:
		return c.planned()
	case u.Auto, u.Status == site.Resolved, u.Status == site.InProgress, u.Status == site.Completed:
		return c.lang.Say("auto." + u.Status.String())
	}
	return c.lang.Say("wordless." + u.Status.String())
}

// own returns a short text in the language, on one line.
func (c content) own(t site.Text) string { return oneLine(clean(t.In(c.lang.Tag))) }

// prose returns a text without markup. Addresses of the site's own pages are removed: some
// of those pages may not be public yet, and the message has a link of its own.
func (c content) prose(p site.Prose) string {
	p, translated := p.In(c.lang.Tag)
	l := c.lang
	if !translated {
		l = c.first
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

// span returns the planned time of a window: "28 November 2026, 02:00–04:00 UTC".
func (c content) span(from, to time.Time) string {
	from, to = from.In(c.site.Zone), to.In(c.site.Zone)
	second, key := "moment", "span.dates"
	if from.Year() == to.Year() && from.YearDay() == to.YearDay() {
		second, key = "time", "span.times"
	}
	start := c.lang.Date("moment", from)
	if site.ZoneName(from) != site.ZoneName(to) {
		start = c.zoned("moment", from)
	}
	return c.lang.Say(key, "from", start, "to", c.zoned(second, to))
}

// when returns an instant in words, with its zone: "28 November 2026, 02:00 UTC".
func (c content) when(t time.Time) string { return c.zoned("moment", t.In(c.site.Zone)) }

// zoned returns a time in one of the language's forms, with its zone.
func (c content) zoned(form string, t time.Time) string {
	return c.lang.ZonedDate(form, t, c.lang.Zone(site.ZoneName(t)))
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
