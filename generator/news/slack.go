package news

import (
	"bytes"
	"encoding/json"
	"strings"

	"allclear/generator/site"
)

// Limits of Slack: docs.slack.dev, Block Kit reference.
const (
	slackHeader  = 150  // characters of a header
	slackSection = 3000 // characters of a section
)

// slackMessage is what an incoming webhook of Slack takes.
type slackMessage struct {
	Text        string       `json:"text"` // shown by notifications
	Blocks      []slackBlock `json:"blocks"`
	UnfurlLinks bool         `json:"unfurl_links"`
	UnfurlMedia bool         `json:"unfurl_media"`
}

type slackBlock struct {
	Type     string      `json:"type"`
	Text     *slackText  `json:"text,omitempty"`
	Elements []slackText `json:"elements,omitempty"`
}

type slackText struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji,omitempty"`    // of plain_text
	Verbatim *bool  `json:"verbatim,omitempty"` // of mrkdwn: no address, channel or user becomes a link by itself
}

// slack makes a message of Block Kit. All but the link is plain_text, which has no markup
// and calls nobody.
func slack(c content, _ site.NotifyTarget) (Message, error) {
	yes, no := true, false
	plain := func(text string) *slackText { return &slackText{Type: "plain_text", Text: text, Emoji: &no} }
	headline := cut(c.headline(), slackHeader, unitsOf)
	blocks := []slackBlock{{Type: "header", Text: plain(headline)}}
	text := cut(c.text, slackSection, unitsOf)
	if text != "" {
		blocks = append(blocks, slackBlock{Type: "section", Text: plain(text)})
	}
	services := cut(joinLines(c.serviceLines()), slackSection, unitsOf)
	if services != "" {
		blocks = append(blocks, slackBlock{Type: "section", Text: plain(services)})
	}
	link := slackText{Type: "mrkdwn", Text: "<" + slackEscape(c.link) + "|" + slackEscape(c.lang.Say("notify.link")) + ">", Verbatim: &yes}
	blocks = append(blocks, slackBlock{Type: "context", Elements: []slackText{link}})
	body, err := compact(slackMessage{Text: slackEscape(headline), Blocks: blocks})
	return Message{Body: body, ContentType: jsonType, Preview: preview(headline, text, services, c.link)}, err
}

// slackEscape escapes a text for mrkdwn, so that <!channel> and the like stay words.
func slackEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "¦").Replace(text)
}

const jsonType = "application/json; charset=utf-8"

// compact encodes a value as JSON on one line, with characters as they are.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// preview joins the parts of a message with blank lines between them.
func preview(parts ...string) string {
	var shown []string
	for _, part := range parts {
		if part != "" {
			shown = append(shown, part)
		}
	}
	return strings.Join(shown, "\n\n")
}
