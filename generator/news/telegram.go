package news

import "allclear/generator/site"

// telegramText is how many characters a message may have, without its tags and with each
// entity as one (core.telegram.org/bots/api, sendMessage). Telegram counts in UTF-16.
const telegramText = 4096

type telegramMessage struct {
	Chat    string          `json:"chat_id"`
	Text    string          `json:"text"`
	Mode    string          `json:"parse_mode"`
	Preview telegramPreview `json:"link_preview_options"`
}

type telegramPreview struct {
	Disabled bool `json:"is_disabled"`
}

// telegram makes a message in Telegram's HTML.
func telegram(c content, t site.NotifyTarget) (Message, error) {
	m := escaped(callNobody, unitsOf)
	escape := func(text string) string { return escapeHTML(callNobody(text)) }
	headline, services, link := cut(c.headline(), 500, m), c.serviceText(1200, m), c.label()
	room := telegramText - unitsOf(paragraphs(callNobody(headline), callNobody(services), link)) - 2
	text := cut(c.text, room, m)
	whole := paragraphs("<b>"+escape(headline)+"</b>", escape(text), escape(services),
		`<a href="`+escapeHTML(c.link)+`">`+escape(link)+"</a>")
	body, err := compact(telegramMessage{t.Chat, whole, "HTML", telegramPreview{true}})
	return Message{Body: body, ContentType: jsonType, Preview: paragraphs(headline, text, services, c.link)}, err
}
