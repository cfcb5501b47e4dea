package news

import (
	"net/url"
	"strings"
	"unicode"

	"allclear/generator/site"
)

// Limits of an e-mail. RFC 5322 has none for texts; nobody reads more.
const (
	emailSubject = 150
	emailText    = 50_000
)

// email makes a plain text and the same in HTML. The subject is the same for all messages
// about an entry, and References leads to the first of them: programs that group by either
// show one conversation.
func email(c content, t site.NotifyTarget) (Message, error) {
	about := c.title
	if c.event.Kind == Test { // whose title is that of the site
		about = c.word
	}
	subject := cut(c.own(c.site.Title)+c.lang.Say("list.colon")+about, emailSubject, runesOf)
	headline, services := cut(c.headline(), 1000, runesOf), c.serviceText(emailText, runesOf)
	when := c.when(c.event.At)
	if c.event.Kind == Reminder {
		when = "" // it says when the window is, which readers could mistake this for
	}
	text := cut(c.text, emailText, runesOf)
	mail := Email{
		From: t.From, To: t.Address, Subject: noEncodedWord(subject), MessageID: c.messageID(t, c.event.ID),
		Text:   paragraphs(strings.TrimRight(headline+"\n"+when, "\n"), text, services, c.link) + "\n",
		HTML:   c.emailHTML(headline, when, text, services),
		Header: map[string]string{"Auto-Submitted": "auto-generated", "Content-Language": c.lang.Tag},
	}
	if first := c.firstEvent(); first != c.event.ID {
		mail.References = c.messageID(t, first)
	}
	return Message{
		Email: &mail, Key: mail.MessageID,
		Preview: "From: " + mail.From + "\nTo: " + mail.To + "\nSubject: " + mail.Subject + "\n\n" + mail.Text,
	}, nil
}

// emailHTML returns the message as HTML, which names no file of ours: nobody learns who
// opens it.
func (c content) emailHTML(headline, when, text, services string) string {
	var out strings.Builder
	out.WriteString(`<!DOCTYPE html><html lang="` + escapeHTML(c.lang.Tag) + `" dir="` + c.lang.Dir + `">` +
		`<head><meta charset="utf-8"><title>` + escapeHTML(headline) + "</title></head><body>\n" +
		`<h1 style="font-size:1.2em">` + escapeHTML(headline) + "</h1>\n")
	for _, part := range strings.Split(paragraphs(when, text, services), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out.WriteString("<p>" + strings.ReplaceAll(escapeHTML(part), "\n", "<br>\n") + "</p>\n")
		}
	}
	out.WriteString(`<p><a href="` + escapeHTML(c.link) + `">` + escapeHTML(c.label()) + "</a></p>\n</body></html>\n")
	return out.String()
}

// firstEvent returns the ID of the event that begins the conversation.
func (c content) firstEvent() string {
	if c.event.entry == nil {
		return c.event.ID
	}
	return c.event.Path + "#" + site.FirstID
}

// thread returns a key that all messages about an entry to one target share.
func (c content) thread(t site.NotifyTarget) string {
	first := c.event
	first.ID = c.firstEvent()
	return keyOf(first, t)
}

// messageID returns the ID of the message about an event, as RFC 5322 says. It has ASCII
// only; what stands in for other characters of the site's host does not matter.
func (c content) messageID(t site.NotifyTarget, id string) string {
	e := c.event
	e.ID = id
	host := "localhost"
	if u, err := url.Parse(c.site.URL); err == nil && u.Hostname() != "" {
		host = strings.Map(func(r rune) rune {
			if r < 0x80 && (r == '.' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r)) {
				return r
			}
			return '-'
		}, u.Hostname())
	}
	return keyOf(e, t) + "@" + host
}
