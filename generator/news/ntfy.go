package news

import (
	"mime"
	"strings"

	"allclear/generator/site"
)

// Limits of ntfy: a message has 4,096 bytes, and a longer one becomes a file that is
// attached (docs.ntfy.sh, publish).
const (
	ntfyMessage = 4096
	ntfyTitle   = 250
)

// ntfy makes a plain text. ntfy takes the rest from headers, which may be encoded as RFC
// 2047 says.
func ntfy(c content, _ site.NotifyTarget) (Message, error) {
	title, services := cut(c.headline(), ntfyTitle, bytesOf), c.serviceText(1500, bytesOf)
	text := cut(c.text, ntfyMessage-bytesOf(paragraphs(services, c.link))-2, bytesOf)
	priority, tag := c.urgency()
	body := paragraphs(text, services, c.link)
	return Message{
		Body: []byte(body), ContentType: textType, Preview: paragraphs(title, body),
		Header: map[string]string{"Title": headerText(title), "Click": headerText(c.link), "Priority": priority, "Tags": tag},
	}, nil
}

// urgency returns the priority of a message, 3 for normal and 4 for high, and the tag that
// becomes its emoji.
func (c content) urgency() (priority, tag string) {
	e, u := c.event, c.event.update
	switch {
	case e.Kind == Announcement:
		return "3", "loudspeaker"
	case e.Kind == Test:
		return "3", "test_tube"
	case u != nil && u.Status.Ends():
		return "3", "white_check_mark"
	case e.Kind != Incident:
		return "3", "wrench"
	case e.severity() >= site.Major && c.status > site.DegradedPerformance:
		return "4", "rotating_light"
	}
	return "3", "warning"
}

// headerText returns a text for a header of HTTP: as it is if it is ASCII, and else encoded
// as RFC 2047 says, on one line.
func headerText(text string) string {
	return strings.ReplaceAll(mime.BEncoding.Encode("utf-8", noEncodedWord(text)), "\r\n", "")
}
