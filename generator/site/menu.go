package site

import (
	"strings"

	"allclear/generator/diag"
)

// NamedLink is a link of the header or the footer, from site.yml.
type NamedLink struct {
	Name Text
	// Markup is an absolute URL, or an address of the site with the marks that Prose.Markup
	// has.
	Markup string
	Pos    diag.Pos
}

// Channel is a way to subscribe that the operator offers, such as a mailing list or a
// chat.
type Channel struct {
	NamedLink
	Kind string // one of ChannelKinds
}

// ChannelKinds are the kinds of a Channel.
var ChannelKinds = []string{"email", "slack", "teams", "discord", "mastodon", "sms", "other"}

// Href returns the address for a page, as Prose.HTMLIn does for the links in a text.
func (l NamedLink) Href(root, folder string) string {
	index := "index.html"
	if strings.Contains(root, "://") {
		index = ""
	}
	return fillMarks(l.Markup, root, folder, "", index)
}
