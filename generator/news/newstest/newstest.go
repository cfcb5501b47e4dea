// Package newstest refuses what the services of notify's targets refuse: bodies that are
// too long or have the wrong form. It also refuses what would harm the people who get a
// message, such as a text that calls everybody. Tests use it as the other side; it shares
// no code with the messages.
package newstest

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/news"
)

// Request is what a target receives, without its address and what is secret.
type Request struct {
	Body   []byte
	Header map[string]string
	Query  url.Values
	Key    string // as news.Message.Key
}

// RequestOf returns the request for a message that is sent by HTTP.
func RequestOf(m news.Message) Request { return Request{m.Body, m.Header, m.Query, m.Key} }

var kinds = map[string]func(Request) error{
	"slack": slack, "discord": discord, "teams": teams, "google-chat": googleChat, "mattermost": mattermost, "telegram": telegram,
	"ntfy": ntfy, "mastodon": mastodon, "bluesky": bluesky, "webhook": webhook, "statuspage-webhook": statuspage,
}

// Refused returns why a service refuses a request, or nil if it takes it.
func Refused(kind string, r Request) error {
	check := kinds[kind]
	switch {
	case check == nil:
		return fmt.Errorf("%s takes no requests", kind)
	case !utf8.Valid(r.Body):
		return errors.New("the body is not UTF-8")
	case len(r.Body) == 0:
		return errors.New("the body is empty")
	}
	if err := check(r); err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

// RefusedMessage returns why a target refuses a message, of whatever kind, or nil.
func RefusedMessage(m news.Message) error {
	switch {
	case m.Key == "":
		return errors.New("the message has no key")
	case strings.ContainsFunc(m.Preview+string(m.Body), disturbing) || strings.Contains(string(m.Body), `\u00`):
		return fmt.Errorf("%s: the message has a character that changes how others look", m.Kind)
	case m.Kind == "email" && m.Email != nil:
		return email(*m.Email)
	case m.Kind == "websub":
		return feeds(m.Feeds)
	}
	return Refused(m.Kind, RequestOf(m))
}

// disturbing reports whether a character moves a terminal's cursor or turns the direction of
// what follows. The isolates around names in texts from right to left end by themselves.
func disturbing(r rune) bool {
	return unicode.IsControl(r) && r != '\n' || r >= '\u202a' && r <= '\u202e' || r == '\ufeff'
}

// feeds refuses lists of feeds that a hub could not get.
func feeds(list []string) error {
	if len(list) == 0 {
		return errors.New("there are no feeds")
	}
	for _, feed := range list {
		if err := link(feed); err != nil {
			return err
		}
	}
	return nil
}
