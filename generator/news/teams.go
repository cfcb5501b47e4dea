package news

import (
	"strings"

	"allclear/generator/site"
)

// Limits of Microsoft Teams. A message may have 28 KB (learn.microsoft.com, incoming
// webhooks), of which users measure 21; if it is counted in UTF-16, a letter has two bytes.
const (
	teamsHeadline = 500
	teamsText     = 3000 // characters
	teamsLines    = 40   // of a text, each of which is a block
	teamsServices = 1000
)

// teamsMessage is what a workflow takes that starts when a webhook request is received.
type teamsMessage struct {
	Type        string            `json:"type"`
	Attachments []teamsAttachment `json:"attachments"`
}

type teamsAttachment struct {
	ContentType string    `json:"contentType"`
	ContentURL  *string   `json:"contentUrl"` // always null
	Content     teamsCard `json:"content"`
}

// teamsCard is an Adaptive Card: adaptivecards.io, schema explorer.
type teamsCard struct {
	Schema       string        `json:"$schema"`
	Type         string        `json:"type"`
	Version      string        `json:"version"`
	FallbackText string        `json:"fallbackText"`
	Lang         string        `json:"lang"`
	RTL          bool          `json:"rtl,omitempty"`
	Body         []teamsBlock  `json:"body"`
	Actions      []teamsAction `json:"actions"`
	Teams        teamsOptions  `json:"msteams"`
}

// teamsBlock is a RichTextBlock. Unlike a TextBlock it has no Markdown.
type teamsBlock struct {
	Type    string     `json:"type"`
	Spacing string     `json:"spacing,omitempty"`
	Inlines []teamsRun `json:"inlines"`
}

type teamsRun struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Size   string `json:"size,omitempty"`
	Weight string `json:"weight,omitempty"`
}

type teamsAction struct {
	Type  string `json:"type"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

type teamsOptions struct {
	Width string `json:"width"`
}

// teams makes an Adaptive Card. People are called only by entities of the card, of which it
// has none.
func teams(c content, _ site.NotifyTarget) (Message, error) {
	headline := cut(c.headline(), teamsHeadline, unitsOf)
	text := cut(c.text, teamsText, unitsOf)
	if lines := strings.SplitAfterN(text, "\n", teamsLines+1); len(lines) > teamsLines {
		text = strings.TrimRight(strings.Join(lines[:teamsLines], ""), "\n") + " …"
	}
	services := c.serviceText(teamsServices, unitsOf)
	blocks := []teamsBlock{{Type: "RichTextBlock", Inlines: []teamsRun{{"TextRun", headline, "Medium", "Bolder"}}}}
	for _, part := range strings.Split(paragraphs(text, services), "\n\n") {
		for i, line := range strings.Split(part, "\n") {
			block := teamsBlock{Type: "RichTextBlock", Inlines: []teamsRun{{Type: "TextRun", Text: line}}}
			if i > 0 {
				block.Spacing = "None"
			}
			if line != "" {
				blocks = append(blocks, block)
			}
		}
	}
	card := teamsCard{
		Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4", FallbackText: headline,
		Lang: c.lang.Tag, RTL: c.lang.Dir == "rtl", Body: blocks, Teams: teamsOptions{"Full"},
		Actions: []teamsAction{{"Action.OpenUrl", c.label(), c.link}},
	}
	body, err := compact(teamsMessage{"message", []teamsAttachment{{"application/vnd.microsoft.card.adaptive", nil, card}}})
	return Message{Body: body, ContentType: jsonType, Preview: paragraphs(headline, text, services, c.link)}, err
}
