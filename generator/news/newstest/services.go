package newstest

import (
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"allclear/generator/news"
)

var (
	tag    = regexp.MustCompile(`<(/?)([a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>`)
	entity = regexp.MustCompile(`&(?:lt|gt|amp|quot);`)
)

// html refuses text with other elements than some, elements that are not closed, and
// entities that Telegram does not know.
func html(text string, elements ...string) error {
	var open []string
	for _, found := range tag.FindAllStringSubmatch(text, -1) {
		switch name := found[2]; {
		case !slices.Contains(elements, name):
			return fmt.Errorf("the element %s is not known", name)
		case name == "br":
		case found[1] == "":
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			return fmt.Errorf("%s is closed and was not open", name)
		default:
			open = open[:len(open)-1]
		}
	}
	rest := entity.ReplaceAllString(tag.ReplaceAllString(text, ""), "")
	if len(open) > 0 || strings.ContainsAny(rest, "<>&") {
		return fmt.Errorf("there is markup in %.60q", rest)
	}
	return nil
}

// visible returns a text of HTML as Telegram counts it.
func visible(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(tag.ReplaceAllString(text, ""))
}

// telegram: core.telegram.org/bots/api, sendMessage and formatting options.
func telegram(r Request) error {
	var m struct {
		Chat    string `json:"chat_id"`
		Text    string `json:"text"`
		Mode    string `json:"parse_mode"`
		Preview struct {
			Disabled bool `json:"is_disabled"`
		} `json:"link_preview_options"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if m.Chat == "" || m.Mode != "HTML" {
		return errors.New("there is no chat, or no HTML")
	}
	if n := strings.Count(m.Text, "<a "); n != 1 || strings.Count(m.Text, `<a href="http`) != n {
		return errors.New("there is not one link")
	}
	return errors.Join(html(m.Text, "b", "a"), between("text", visible(m.Text), 1, 4096), callsNobody(visible(m.Text)))
}

// ntfy: docs.ntfy.sh, publish.
func ntfy(r Request) error {
	if len(r.Body) > 4096 {
		return fmt.Errorf("the message has %d bytes and becomes a file", len(r.Body))
	}
	for name, value := range r.Header {
		if strings.ContainsFunc(value, func(c rune) bool { return c < ' ' || c > '~' }) {
			return fmt.Errorf("the header %s has %q", name, value)
		}
	}
	if !slices.Contains([]string{"1", "2", "3", "4", "5"}, r.Header["Priority"]) || r.Header["Tags"] == "" {
		return errors.New("there is no priority, or no tag")
	}
	title, err := new(mime.WordDecoder).DecodeHeader(r.Header["Title"])
	return errors.Join(err, between("title", title, 1, 250), link(r.Header["Click"]))
}

// mastodon: docs.joinmastodon.org, statuses.
func mastodon(r Request) error {
	var m struct {
		Status     string `json:"status"`
		Visibility string `json:"visibility"`
		Language   string `json:"language"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if counted := addresses.ReplaceAllString(m.Status, strings.Repeat("x", 23)); m.Status == "" || graphemes(counted) > 500 {
		return fmt.Errorf("the status has %d characters", graphemes(counted))
	}
	language := regexp.MustCompile(`^[a-z]{2,3}$`)
	if r.Header["Idempotency-Key"] != r.Key || r.Key == "" || m.Visibility != "public" || !language.MatchString(m.Language) {
		return errors.New("there is no key, no visibility or no language")
	}
	return callsNobody(m.Status)
}

// bluesky: the lexicons app.bsky.feed.post and app.bsky.richtext.facet; atproto.com/specs/tid.
func bluesky(r Request) error {
	var m struct {
		Type   string `json:"$type"`
		Text   string `json:"text"`
		Facets []struct {
			Index struct {
				Start int `json:"byteStart"`
				End   int `json:"byteEnd"`
			} `json:"index"`
			Features []struct {
				Type string `json:"$type"`
				URI  string `json:"uri"`
			} `json:"features"`
		} `json:"facets"`
		Langs   []string `json:"langs"`
		Created string   `json:"createdAt"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if n := graphemes(m.Text); n > 300 || len(m.Text) > 3000 || m.Text == "" {
		return fmt.Errorf("the text has %d graphemes and %d bytes", n, len(m.Text))
	}
	if _, err := time.Parse(time.RFC3339, m.Created); err != nil || m.Type != "app.bsky.feed.post" || len(m.Langs) > 3 {
		return errors.New("it is no post")
	}
	if !regexp.MustCompile(`^[234567abcdefghij][234567a-z]{12}$`).MatchString(r.Key) {
		return fmt.Errorf("%q is no key of a record", r.Key)
	}
	for _, f := range m.Facets {
		if f.Index.Start < 0 || f.Index.Start >= f.Index.End || f.Index.End > len(m.Text) ||
			!utf8.ValidString(m.Text[f.Index.Start:f.Index.End]) || len(f.Features) != 1 {
			return errors.New("a facet is outside of the text")
		}
		if f.Features[0].Type != "app.bsky.richtext.facet#link" {
			return errors.New("a facet is no link")
		}
		if err := link(f.Features[0].URI); err != nil {
			return err
		}
	}
	return nil
}

// email: RFC 5322 and RFC 3834.
func email(m news.Email) error {
	id := regexp.MustCompile(`^[a-z0-9]+@[a-z0-9.-]+$`)
	_, from := mail.ParseAddress(m.From)
	_, to := mail.ParseAddress(m.To)
	switch {
	case from != nil || to != nil:
		return errors.New("there is no sender or no address")
	case !id.MatchString(m.MessageID) || m.References != "" && !id.MatchString(m.References) || m.References == m.MessageID:
		return errors.New("the ids are none")
	case m.Subject == "" || strings.ContainsAny(m.Subject, "\r\n") || utf8.RuneCountInString(m.Subject) > 200:
		return errors.New("the subject is none")
	case m.Text == "" || m.HTML == "" || m.Header["Auto-Submitted"] != "auto-generated":
		return errors.New("there is no text, or it may be answered by programs")
	}
	body := strings.TrimPrefix(m.HTML, "<!DOCTYPE html>")
	body = strings.Replace(body, `<meta charset="utf-8">`, "", 1)
	return html(body, "html", "head", "title", "body", "h1", "p", "br", "a")
}

// webhook: standardwebhooks.com, the specification 1.0.
func webhook(r Request) error {
	var m struct {
		Type      string         `json:"type"`
		Timestamp string         `json:"timestamp"`
		Data      map[string]any `json:"data"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if _, err := time.Parse(time.RFC3339, m.Timestamp); err != nil {
		return err
	}
	if !regexp.MustCompile(`^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*$`).MatchString(m.Type) || len(m.Data) == 0 {
		return errors.New("there is no type or no data")
	}
	if len(r.Body) >= 20_000 || r.Key == "" || strings.Contains(r.Key, ".") {
		return fmt.Errorf("the body has %d bytes, the id is %q", len(r.Body), r.Key)
	}
	return nil
}

// statuspageID matches ids. Those that an operator brought along may be of any length.
var statuspageID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// statuspage: support.atlassian.com, enable webhook notifications.
func statuspage(r Request) error {
	type texts map[string]*string
	var m struct {
		Meta     texts `json:"meta"`
		Page     texts `json:"page"`
		Incident struct {
			ID           string  `json:"id"`
			Name         string  `json:"name"`
			Status       string  `json:"status"`
			Impact       string  `json:"impact"`
			Shortlink    string  `json:"shortlink"`
			Organization string  `json:"organization_id"`
			Backfilled   bool    `json:"backfilled"`
			CreatedAt    string  `json:"created_at"`
			UpdatedAt    string  `json:"updated_at"`
			ResolvedAt   *string `json:"resolved_at"`
			From         *string `json:"scheduled_for"`
			Until        *string `json:"scheduled_until"`
			Updates      []struct {
				ID         string  `json:"id"`
				IncidentID string  `json:"incident_id"`
				Status     string  `json:"status"`
				Body       string  `json:"body"`
				CreatedAt  string  `json:"created_at"`
				UpdatedAt  string  `json:"updated_at"`
				DisplayAt  string  `json:"display_at"`
				Affected   []texts `json:"affected_components"`
			} `json:"incident_updates"`
			Components []texts `json:"components"`
		} `json:"incident"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	i := m.Incident
	for _, key := range []string{"id", "status_indicator", "status_description"} {
		if m.Page[key] == nil || *m.Page[key] == "" {
			return fmt.Errorf("the page has no %s", key)
		}
	}
	switch {
	case !statuspageID.MatchString(i.ID) || i.Name == "" || len(i.Updates) == 0:
		return errors.New("the incident is not whole")
	case !slices.Contains([]string{"none", "maintenance", "minor", "major", "critical"}, i.Impact):
		return fmt.Errorf("there is no impact %q", i.Impact)
	}
	for _, u := range i.Updates {
		words := []string{"investigating", "identified", "monitoring", "resolved", "postmortem",
			"scheduled", "in_progress", "verifying", "completed"}
		if !statuspageID.MatchString(u.ID) || u.IncidentID != i.ID || u.Body == "" || !slices.Contains(words, u.Status) {
			return fmt.Errorf("the update %+v is not whole", u)
		}
	}
	return link(i.Shortlink)
}
