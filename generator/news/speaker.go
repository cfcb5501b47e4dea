package news

import (
	"fmt"
	"io/fs"
	"strings"

	"allclear/generator/language"
	"allclear/generator/site"
)

// Speaker makes messages in the languages of a site.
type Speaker struct {
	site      *site.Site
	languages []*language.Language
}

// NewSpeaker reads the words of a site's languages from its theme. The error is that of a
// language file that cannot be read.
func NewSpeaker(s *site.Site, theme fs.FS) (*Speaker, error) {
	languages, err := language.Open(theme, s)
	if err != nil {
		return nil, err
	}
	return &Speaker{s, languages}, nil
}

// formats has the function that makes the message of each kind of target.
var formats = map[string]func(content, site.NotifyTarget) (Message, error){
	"slack":              slack,
	"discord":            discord,
	"teams":              teams,
	"google-chat":        googleChat,
	"mattermost":         mattermost,
	"telegram":           telegram,
	"ntfy":               ntfy,
	"mastodon":           mastodon,
	"bluesky":            bluesky,
	"email":              email,
	"webhook":            webhook,
	"statuspage-webhook": statuspageWebhook,
	"websub":             websub,
}

// Say returns the message about an event for a target, in the target's language. The same event and
// target give the same message. Of the target's URL, Server, Token and Secret nothing is
// read. The error names a kind that nobody knows.
func (p *Speaker) Say(e Event, t site.NotifyTarget) (Message, error) {
	format := formats[t.Kind]
	if format == nil {
		return Message{}, fmt.Errorf("nothing is known about the kind %q", t.Kind)
	}
	m, err := format(p.content(e, t), t)
	m.Kind = t.Kind
	if m.Key == "" {
		m.Key = keyOf(e, t)
	}
	m.Preview = strings.TrimRight(withoutIsolates(m.Preview), "\n") + "\n"
	return m, err
}

// withoutIsolates removes the marks around names in languages that run from right to left. A
// terminal does not show them.
var withoutIsolates = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "").Replace

// language returns the language of a target.
func (p *Speaker) language(t site.NotifyTarget) *language.Language {
	for _, l := range p.languages {
		if l.Tag == t.Language {
			return l
		}
	}
	return p.languages[0]
}
