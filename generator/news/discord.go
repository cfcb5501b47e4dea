package news

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// Limits of Discord's embeds, in characters: docs.discord.com, message resource. Together
// an embed may have 6,000.
const (
	discordTitle       = 256
	discordDescription = 4096
	discordName        = 200 // of the site, in the footer, which may have 2,048
)

// discordMessage is what a webhook of Discord takes.
type discordMessage struct {
	Embeds   []discordEmbed  `json:"embeds"`
	Mentions discordMentions `json:"allowed_mentions"`
}

// discordMentions says whom a message may call: nobody.
type discordMentions struct {
	Parse []string `json:"parse"`
}

type discordEmbed struct {
	Title       string        `json:"title"`
	URL         string        `json:"url"`
	Description string        `json:"description,omitempty"`
	Color       int           `json:"color"`
	Timestamp   string        `json:"timestamp"`
	Footer      discordFooter `json:"footer"`
}

type discordFooter struct {
	Text string `json:"text"`
}

// discord makes a message with one embed, whose title is the link. With wait=true, Discord
// answers whether it took the message.
func discord(c content, _ site.NotifyTarget) (Message, error) {
	embed := discordEmbed{
		Title: escapeMarkdown(cut(c.headline(), discordTitle, escaped(escapeMarkdown, unitsOf))), URL: c.link,
		Color: c.color(), Timestamp: c.event.At.Format(time.RFC3339), Footer: discordFooter{cut(c.own(c.site.Title), discordName, unitsOf)},
	}
	services := c.serviceText(discordDescription/2, escaped(escapeMarkdown, unitsOf))
	room := discordDescription - unitsOf(escapeMarkdown(services)) - 2
	text := cut(c.text, room, escaped(escapeMarkdown, unitsOf))
	embed.Description = escapeMarkdown(paragraphs(text, services))
	body, err := compact(discordMessage{[]discordEmbed{embed}, discordMentions{[]string{}}})
	return Message{
		Body: body, ContentType: jsonType, Query: url.Values{"wait": {"true"}},
		Preview: paragraphs(cut(c.headline(), discordTitle, escaped(escapeMarkdown, unitsOf)), text, services, c.link),
	}, err
}

// color returns the color of the message, as a number: that of the status which the event
// leads to, in the light colors of the pages.
func (c content) color() int {
	hex := map[site.Status]string{
		site.Operational: "0d8a72", site.UnderMaintenance: "2f6fe0", site.DegradedPerformance: "c28a00",
		site.PartialOutage: "c2500a", site.MajorOutage: "9c1230",
	}[c.status]
	u := c.event.update
	if c.event.entry == nil || u == nil || c.status == site.Operational && !u.Status.Ends() {
		hex = "566070" // news that changes no status
	}
	n, _ := strconv.ParseInt(hex, 16, 32)
	return int(n)
}

// escapeMarkdown escapes a text for Discord and Mattermost, so that it looks as it does
// here. Addresses stay as they are, since both make links of them and show a backslash.
func escapeMarkdown(text string) string {
	return outsideLinks(text, func(text string) string {
		var out strings.Builder
		start := true // of a line
		for _, r := range text {
			if strings.ContainsRune("\\`*_~|<>[]()#", r) || start && strings.ContainsRune("-+=", r) {
				out.WriteByte('\\')
			}
			out.WriteRune(r)
			start = r == '\n' || start && r == ' '
		}
		return out.String()
	})
}
