package newstest

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

type slackText struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    bool   `json:"emoji"`
	Verbatim bool   `json:"verbatim"`
}

var slackLink = regexp.MustCompile(`^<(https?://[^|<>\s]+)\|[^<>|]+>$`)

// slack: docs.slack.dev, Block Kit reference, and the limit of all blocks that users found.
func slack(r Request) error {
	var m struct {
		Text   string `json:"text"`
		Blocks []struct {
			Type     string      `json:"type"`
			Text     *slackText  `json:"text"`
			Elements []slackText `json:"elements"`
		} `json:"blocks"`
		UnfurlLinks bool `json:"unfurl_links"`
		UnfurlMedia bool `json:"unfurl_media"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	errs := []error{between("text", m.Text, 1, 4000)}
	if strings.Contains(m.Text, "<") {
		errs = append(errs, errors.New("text has markup"))
	}
	if len(m.Blocks) == 0 || len(m.Blocks) > 50 {
		errs = append(errs, errors.New("invalid_blocks"))
	}
	total := 0
	for _, b := range m.Blocks {
		limit := map[string]int{"header": 150, "section": 3000}[b.Type]
		switch {
		case limit > 0 && b.Text != nil && b.Text.Type == "plain_text":
			errs = append(errs, between(b.Type, b.Text.Text, 1, limit))
			total += units(b.Text.Text)
		case b.Type == "context" && len(b.Elements) > 0 && len(b.Elements) <= 10:
			for _, e := range b.Elements {
				found := slackLink.FindStringSubmatch(e.Text)
				if e.Type != "mrkdwn" || found == nil {
					return fmt.Errorf("%q is more than a link", e.Text)
				}
				errs = append(errs, link(strings.ReplaceAll(found[1], "&amp;", "&")))
				total += units(e.Text)
			}
		default:
			return fmt.Errorf("invalid_blocks: %s", b.Type)
		}
	}
	if total > 13_200 {
		errs = append(errs, errors.New("msg_blocks_too_long"))
	}
	return errors.Join(errs...)
}

// discord: docs.discord.com, message resource.
func discord(r Request) error {
	var m struct {
		Embeds []struct {
			Title       string `json:"title"`
			URL         string `json:"url"`
			Description string `json:"description"`
			Color       int    `json:"color"`
			Timestamp   string `json:"timestamp"`
			Footer      struct {
				Text string `json:"text"`
			} `json:"footer"`
		} `json:"embeds"`
		Mentions *struct {
			Parse *[]string `json:"parse"`
		} `json:"allowed_mentions"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if m.Mentions == nil || m.Mentions.Parse == nil || len(*m.Mentions.Parse) > 0 {
		return errors.New("it may call people")
	}
	if len(m.Embeds) != 1 || r.Query.Get("wait") != "true" {
		return errors.New("there is not one embed, or nobody waits for the answer")
	}
	e := m.Embeds[0]
	if _, err := time.Parse(time.RFC3339, e.Timestamp); err != nil || e.Color < 0 || e.Color > 0xffffff {
		return errors.New("the time or the color is none")
	}
	return errors.Join(
		between("title", e.Title, 1, 256), between("description", e.Description, 0, 4096), between("footer", e.Footer.Text, 0, 2048),
		between("all texts", e.Title+e.Description+e.Footer.Text, 1, 6000), link(e.URL), plain(e.Title), plain(e.Description),
	)
}

// teams: learn.microsoft.com, incoming webhooks; adaptivecards.io, schema explorer.
func teams(r Request) error {
	if len(r.Body) > 21_000 || 2*units(string(r.Body)) > 28*1024 {
		return fmt.Errorf("the message has %d bytes, or %d in UTF-16", len(r.Body), 2*units(string(r.Body)))
	}
	type run struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Size   string `json:"size"`
		Weight string `json:"weight"`
	}
	type block struct {
		Type    string `json:"type"`
		Spacing string `json:"spacing"`
		Inlines []run  `json:"inlines"`
	}
	var m struct {
		Type        string `json:"type"`
		Attachments []struct {
			ContentType string  `json:"contentType"`
			ContentURL  *string `json:"contentUrl"`
			Content     struct {
				Schema       string  `json:"$schema"`
				Type         string  `json:"type"`
				Version      string  `json:"version"`
				FallbackText string  `json:"fallbackText"`
				Lang         string  `json:"lang"`
				RTL          bool    `json:"rtl"`
				Body         []block `json:"body"`
				Actions      []struct {
					Type  string `json:"type"`
					Title string `json:"title"`
					URL   string `json:"url"`
				} `json:"actions"`
				Teams struct {
					Width string `json:"width"`
				} `json:"msteams"`
			} `json:"content"`
		} `json:"attachments"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if m.Type != "message" || len(m.Attachments) != 1 || m.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" {
		return errors.New("it is no Adaptive Card")
	}
	card := m.Attachments[0].Content
	if card.Type != "AdaptiveCard" || card.Version != "1.4" || len(card.Body) == 0 || len(card.Actions) != 1 {
		return errors.New("the card is not whole")
	}
	for _, b := range card.Body {
		for _, i := range b.Inlines {
			if b.Type != "RichTextBlock" || i.Type != "TextRun" || i.Text == "" { // a TextBlock has Markdown
				return fmt.Errorf("a %s has a %s: %q", b.Type, i.Type, i.Text)
			}
		}
	}
	return errors.Join(link(card.Actions[0].URL), between("title of the action", card.Actions[0].Title, 1, 100))
}

// googleChat: developers.google.com/workspace/chat, cards v2 and webhooks.
func googleChat(r Request) error {
	if len(r.Body) > 32_000 {
		return fmt.Errorf("the message has %d bytes", len(r.Body))
	}
	type widget struct {
		Text *struct {
			Text string `json:"text"`
		} `json:"textParagraph"`
		Buttons *struct {
			Buttons []struct {
				Text    string `json:"text"`
				OnClick struct {
					OpenLink struct {
						URL string `json:"url"`
					} `json:"openLink"`
				} `json:"onClick"`
			} `json:"buttons"`
		} `json:"buttonList"`
	}
	var m struct {
		Fallback string `json:"fallbackText"`
		Cards    []struct {
			ID   string `json:"cardId"`
			Card struct {
				Sections []struct {
					Widgets []widget `json:"widgets"`
				} `json:"sections"`
			} `json:"card"`
		} `json:"cardsV2"`
		Thread struct {
			Key string `json:"threadKey"`
		} `json:"thread"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if len(m.Cards) != 1 || len(m.Cards[0].Card.Sections) != 1 || m.Thread.Key == "" || r.Query.Get("requestId") != r.Key || r.Key == "" {
		return errors.New("there is no card, no thread or no requestId")
	}
	errs := []error{callsNobody(m.Fallback)}
	for _, w := range m.Cards[0].Card.Sections[0].Widgets {
		switch {
		case w.Text != nil:
			errs = append(errs, html(w.Text.Text, "b", "br"))
		case w.Buttons != nil && len(w.Buttons.Buttons) == 1:
			errs = append(errs, link(w.Buttons.Buttons[0].OnClick.OpenLink.URL))
		default:
			return errors.New("a widget is empty")
		}
	}
	return errors.Join(errs...)
}

var mattermostLink = regexp.MustCompile(`\[[^\[\]()]+\]\((https?://[^()\s]+)\)$`)

// mattermost: docs.mattermost.com, incoming webhooks.
func mattermost(r Request) error {
	var m struct {
		Text string `json:"text"`
	}
	if err := decode(r.Body, &m); err != nil {
		return err
	}
	if n := utf8.RuneCountInString(m.Text); n > 4000 {
		return fmt.Errorf("the text has %d characters", n)
	}
	at := mattermostLink.FindStringSubmatchIndex(m.Text)
	rest, heading := strings.CutPrefix(m.Text, "#### ")
	if at == nil || !heading {
		return errors.New("there is no heading, or no link at the end")
	}
	rest = rest[:at[0]-len("#### ")]
	return errors.Join(link(m.Text[at[2]:at[3]]), plain(rest), callsNobody(m.Text))
}
