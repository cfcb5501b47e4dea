package news

import (
	"encoding/binary"
	"encoding/hex"
	"time"

	"allclear/generator/site"
)

// Limits of a post on Bluesky: the lexicon app.bsky.feed.post.
const (
	blueskyGraphemes = 300
	blueskyBytes     = 3000
)

// blueskyPost is the record of a post.
type blueskyPost struct {
	Type    string         `json:"$type"`
	Text    string         `json:"text"`
	Facets  []blueskyFacet `json:"facets"`
	Langs   []string       `json:"langs"`
	Created string         `json:"createdAt"`
}

// blueskyFacet is a part of the text with a meaning: here always a link.
type blueskyFacet struct {
	Index    blueskyRange     `json:"index"`
	Features []blueskyFeature `json:"features"`
}

// blueskyRange is a part of the text, in bytes of UTF-8.
type blueskyRange struct {
	Start int `json:"byteStart"`
	End   int `json:"byteEnd"`
}

type blueskyFeature struct {
	Type string `json:"$type"`
	URI  string `json:"uri"`
}

// bluesky makes a post whose last words are the link. Only a facet can call a person, so
// the text needs no escaping. The key of the record is the same for the same event.
func bluesky(c content, _ site.NotifyTarget) (Message, error) {
	size := func(text string) int { return max(graphemesOf(text), (bytesOf(text)+9)/10) } // 10 bytes a grapheme are the limit
	headline, link := cut(c.headline(), 120, size), c.label()
	services := c.serviceText(80, size)
	text := cut(c.text, blueskyGraphemes-size(paragraphs(headline, services, link))-3, size)
	whole := paragraphs(headline, text, services, link)
	post := blueskyPost{
		Type: "app.bsky.feed.post", Text: whole, Langs: []string{c.lang.Tag}, Created: c.event.At.Format("2006-01-02T15:04:05.000Z"),
		Facets: []blueskyFacet{{
			blueskyRange{len(whole) - len(link), len(whole)}, []blueskyFeature{{"app.bsky.richtext.facet#link", c.link}},
		}},
	}
	body, err := compact(post)
	return Message{
		Body: body, ContentType: jsonType, Key: recordKey(c.event.At, c.key), Preview: paragraphs(headline, text, services, c.link),
	}, err
}

// recordKey returns a TID (atproto.com/specs/tid) for an instant: its microseconds and 10
// more bits in 13 digits. What the instant leaves open comes from key.
func recordKey(at time.Time, key string) string {
	const digits = "234567abcdefghijklmnopqrstuvwxyz"
	sum, _ := hex.DecodeString(key)
	more := binary.BigEndian.Uint64(sum)
	micros := uint64(at.UnixMicro())
	if micros%1_000_000 == 0 {
		micros += more % 1_000_000
	}
	n := micros<<10 | more>>54
	var tid [13]byte
	for i := range tid {
		tid[12-i], n = digits[n&31], n>>5
	}
	return string(tid[:])
}
