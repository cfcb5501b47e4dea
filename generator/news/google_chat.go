package news

import (
	"net/url"
	"strings"

	"allclear/generator/site"
)

// Limits of Google Chat: a message may have 32,000 bytes (developers.google.com/workspace/chat).
const (
	chatHeadline = 500
	chatText     = 8000
	chatServices = 4000
)

// chatMessage is what a webhook of Google Chat takes. A card has a subset of HTML, in which
// markup can be escaped; a text has not.
type chatMessage struct {
	Fallback string     `json:"fallbackText"` // what notifications show
	Cards    []chatCard `json:"cardsV2"`
	Thread   chatThread `json:"thread"`
}

type chatThread struct {
	Key string `json:"threadKey"`
}

type chatCard struct {
	ID   string `json:"cardId"`
	Card struct {
		Sections []chatSection `json:"sections"`
	} `json:"card"`
}

type chatSection struct {
	Widgets []chatWidget `json:"widgets"`
}

type chatWidget struct {
	Text    *chatParagraph `json:"textParagraph,omitempty"`
	Buttons *chatButtons   `json:"buttonList,omitempty"`
}

type chatParagraph struct {
	Text string `json:"text"`
}

type chatButtons struct {
	Buttons []chatButton `json:"buttons"`
}

type chatButton struct {
	Text    string    `json:"text"`
	OnClick chatClick `json:"onClick"`
}

type chatClick struct {
	OpenLink chatLink `json:"openLink"`
}

type chatLink struct {
	URL string `json:"url"`
}

// googleChat makes a card. All messages about an entry are in one thread, and the same
// requestId gives the same message.
func googleChat(c content, t site.NotifyTarget) (Message, error) {
	html := func(text string) string { return strings.ReplaceAll(escapeHTML(text), "\n", "<br>") }
	headline := cut(c.headline(), chatHeadline, escaped(html, bytesOf))
	text, services := cut(c.text, chatText, escaped(html, bytesOf)), c.serviceText(chatServices, escaped(html, bytesOf))
	card := chatCard{ID: "update"}
	card.Card.Sections = []chatSection{{}}
	widgets := &card.Card.Sections[0].Widgets
	for i, part := range []string{headline, text, services} {
		shown := html(part)
		if i == 0 {
			shown = "<b>" + shown + "</b>"
		}
		if part != "" {
			*widgets = append(*widgets, chatWidget{Text: &chatParagraph{shown}})
		}
	}
	button := chatButton{c.label(), chatClick{chatLink{c.link}}}
	*widgets = append(*widgets, chatWidget{Buttons: &chatButtons{[]chatButton{button}}})
	body, err := compact(chatMessage{callNobody(headline), []chatCard{card}, chatThread{c.thread(t)}})
	return Message{
		Body: body, ContentType: jsonType + "; charset=UTF-8", Preview: paragraphs(headline, text, services, c.link),
		Query: url.Values{"messageReplyOption": {"REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"}, "requestId": {c.key}},
	}, err
}
