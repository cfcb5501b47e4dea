package post

import (
	"cmp"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/news"
	"allclear/generator/site"
)

// channel is a target with its secrets.
type channel struct {
	site.NotifyTarget // URL, Server, Token and Secret hold values, not names of variables
	ledger            ledger.Target
	agent             string // the User-Agent
	now               func() time.Time
	secrets           []string // parts of them, in lower case

	session *blueskySession // once it is open
	pinged  map[string]bool // feeds that the hub knows of
}

// open returns the channel of a target. The error names an environment variable that is
// missing or does not hold what it should; nothing can be sent then.
func open(t site.NotifyTarget, s *site.Site, opt Options) (*channel, error) {
	c := &channel{NotifyTarget: t, agent: "Allclear/" + opt.Version, now: opt.Clock, pinged: map[string]bool{}}
	c.ledger = ledger.Target{Name: t.Name, Repeat: repeat(t.Kind)}
	if t.Kind == "websub" {
		c.URL = cmp.Or(c.URL, s.Hub)
	}
	if c.Kind != "email" {
		c.Server = cmp.Or(c.Server, news.DefaultServer(t.Kind))
	}
	env := remote.Environment{Name: t.Name, Get: opt.Env}
	for _, value := range []struct {
		at      *string
		what    string
		schemes []string
	}{
		{&c.URL, "the address to which messages for " + t.Name + " are posted", []string{"https", "http"}},
		{&c.Server, "the server that takes messages for " + t.Name, c.schemes()},
		{&c.Token, "the token with which messages are posted to " + t.Name, nil},
		{&c.Secret, "the secret that signs messages for " + t.Name, nil},
	} {
		if err := resolve(value.at, env, value.what, value.schemes); err != nil {
			return c, err
		}
		c.keep(*value.at)
	}
	return c, nil
}

// repeat returns for how long after the first try a kind of target takes a message again
// and shows it once.
func repeat(kind string) time.Duration {
	switch {
	case kind == "mastodon":
		return 55 * time.Minute // it forgets an Idempotency-Key after an hour
	case news.Idempotent(kind):
		return 365 * 24 * time.Hour
	}
	return 0
}

// schemes returns how the address of the target's server may begin.
func (c *channel) schemes() []string {
	if c.Kind == "email" {
		return []string{"smtp", "smtps"}
	}
	return []string{"https", "http"}
}

// resolve replaces a value that names an environment variable by what the variable holds.
func resolve(value *string, env remote.Environment, what string, schemes []string) error {
	name, isVariable := strings.CutPrefix(*value, "$")
	if isVariable {
		held, err := env.Require(name, what)
		if err != nil {
			return err
		}
		*value = strings.TrimSpace(held)
	} else {
		name = "content/site.yml"
	}
	if *value == "" || schemes == nil {
		return nil
	}
	u, err := url.Parse(*value)
	if err != nil || u.Hostname() == "" || !slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return remote.Errorf("write one that begins with "+schemes[0]+"://", "%s does not hold an address; it is %s", name, what)
	}
	*value = strings.TrimRight(*value, "/")
	return nil
}

// keep remembers the parts of a secret, so that no output has them.
func (c *channel) keep(secret string) {
	for _, text := range []string{secret, unescaped(secret)} {
		for _, part := range parts(text) {
			if !slices.Contains(c.secrets, part) {
				c.secrets = append(c.secrets, part)
			}
		}
	}
}

// unescaped returns a text without the percent signs of addresses.
func unescaped(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil {
		return ""
	}
	return plain
}

// parts returns the runs of letters and digits in a text, in lower case, but not the
// shortest.
func parts(text string) []string {
	list := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(list, func(part string) bool { return len(part) < 4 })
}

// saidLimit is how many characters of a server's words are shown.
const saidLimit = 160

// ordinary matches what is shown of a server's words: words of letters, such as
// channel_not_found, and short numbers.
var ordinary = regexp.MustCompile(`^["'(\[]*([A-Za-z]{1,20}([-_.'’/][A-Za-z]{1,20})*|[0-9]{1,5}|[0-9](\.[0-9]{1,3}){2})[.,:;!?)"'\]]*$`)

// said returns the words of a server's answer that are fit to be shown: a line of text, or
// the message of a JSON object. Words that may be a secret, of this target or of another
// one, become "…".
func (c *channel) said(body []byte) string {
	text := strings.TrimSpace(string(body))
	if strings.HasPrefix(text, "<") {
		return "" // a page
	}
	if strings.HasPrefix(text, "{") {
		text = messageIn(body)
	}
	text, _, _ = strings.Cut(text, "\n")
	var words []string
	for word := range strings.FieldsSeq(text) {
		if !ordinary.MatchString(word) || c.secret(word) {
			word = "…"
		}
		if word != "…" || len(words) == 0 || words[len(words)-1] != "…" {
			words = append(words, word)
		}
	}
	text = strings.Join(words, " ")
	if len(text) > saidLimit {
		text = strings.ToValidUTF8(text[:saidLimit], "") + "…"
	}
	if text == "…" {
		return ""
	}
	return strings.TrimRight(text, ".")
}

// secret reports whether a word has a part in common with a secret.
func (c *channel) secret(word string) bool {
	for _, part := range parts(word) {
		if slices.ContainsFunc(c.secrets, func(s string) bool { return strings.Contains(s, part) || strings.Contains(part, s) }) {
			return true
		}
	}
	return false
}

// messageIn returns the message of an answer in JSON, by the keys that services use.
func messageIn(body []byte) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return ""
	}
	for _, key := range []string{"description", "message", "detail", "title", "error"} {
		var text string
		if json.Unmarshal(fields[key], &text) == nil && text != "" {
			return text
		}
		var inner struct {
			Message string `json:"message"`
		}
		if json.Unmarshal(fields[key], &inner) == nil && inner.Message != "" {
			return inner.Message // Google
		}
	}
	return ""
}
