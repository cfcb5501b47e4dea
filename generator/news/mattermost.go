package news

import (
	"strings"

	"allclear/generator/site"
)

// mattermostText is how many characters a post may have. Newer servers take 16,383, and
// split what is longer (docs.mattermost.com, incoming webhooks).
const mattermostText = 4000

type mattermostMessage struct {
	Text string `json:"text"`
}

// mattermost makes a post with a heading. Mattermost also knows Slack's <!channel>.
func mattermost(c content, _ site.NotifyTarget) (Message, error) {
	escape := func(text string) string { return callNobody(escapeMarkdown(text)) }
	m := escaped(escape, runesOf)
	headline := cut(c.headline(), 500, m)
	services := c.serviceText(1200, m)
	frame := func(text string) string {
		link := strings.NewReplacer("(", "%28", ")", "%29").Replace(c.link)
		return paragraphs("#### "+escape(headline), escape(text), escape(services), "["+escape(c.label())+"]("+link+")")
	}
	text := cut(c.text, mattermostText-runesOf(frame(""))-2, m)
	body, err := compact(mattermostMessage{frame(text)})
	return Message{Body: body, ContentType: jsonType, Preview: paragraphs(headline, text, services, c.link)}, err
}
