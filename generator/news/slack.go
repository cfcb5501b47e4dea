package news

import (
	"strings"

	"allclear/generator/site"
)

// Limits of Slack, in characters: docs.slack.dev, Block Kit reference. All blocks together
// may have about 13,200, which the reference does not say.
const (
	slackHeader  = 150
	slackSection = 3000
)

// slackMessage is what an incoming webhook of Slack takes.
type slackMessage struct {
	Text        string       `json:"text"` // what notifications show
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
	Verbatim *bool  `json:"verbatim,omitempty"` // of mrkdwn: names of channels and users are no links
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
	services := c.serviceText(slackSection, unitsOf)
	if services != "" {
		blocks = append(blocks, slackBlock{Type: "section", Text: plain(services)})
	}
	link := "<" + slackEscape(strings.ReplaceAll(c.link, "|", "%7C")) + "|" + slackEscape(c.label()) + ">"
	blocks = append(blocks, slackBlock{Type: "context", Elements: []slackText{{Type: "mrkdwn", Text: link, Verbatim: &yes}}})
	body, err := compact(slackMessage{Text: slackEscape(headline), Blocks: blocks})
	return Message{Body: body, ContentType: jsonType, Preview: paragraphs(headline, text, services, c.link)}, err
}

// slackEscape escapes a text for mrkdwn, so that <!channel> and the like stay words.
func slackEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "¦").Replace(text)
}
