package news

import (
	"strings"

	"allclear/generator/site"
)

// Limits of Mastodon: docs.joinmastodon.org, Instance. A server may allow more characters.
const (
	mastodonStatus = 500
	mastodonLink   = 23 // characters that every address counts for
)

type mastodonMessage struct {
	Status     string `json:"status"`
	Visibility string `json:"visibility"`
	Language   string `json:"language"` // ISO 639
}

// mastodon makes a public status, which ends with the link.
func mastodon(c content, _ site.NotifyTarget) (Message, error) {
	m := escaped(callNobody, mastodonLength)
	headline := cut(c.headline(), 200, m)
	services := c.serviceText(120, m)
	room := mastodonStatus - mastodonLength(callNobody(paragraphs(headline, services, "x"))) - mastodonLink - 1
	text := cut(c.text, room, m)
	language, _, _ := strings.Cut(c.lang.Tag, "-")
	body, err := compact(mastodonMessage{callNobody(paragraphs(headline, text, services)) + "\n\n" + c.link, "public", language})
	return Message{
		Body: body, ContentType: jsonType, Path: "/api/v1/statuses", Key: c.key, Header: map[string]string{"Idempotency-Key": c.key},
		Preview: paragraphs(headline, text, services, c.link),
	}, err
}

// mastodonLength counts characters that people see, and an address as the longer of what it
// is and what Mastodon takes it for.
func mastodonLength(text string) int {
	n := graphemesOf(text)
	for _, found := range address.FindAllString(text, -1) {
		n += max(0, mastodonLink-graphemesOf(found))
	}
	return n
}
