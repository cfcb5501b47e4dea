package news

import (
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"crypto/sha256"

	"allclear/generator/site"
)

// Message is an event in the form that one target takes. It holds no secret: the address, the user
// and the signature are added where it is sent.
type Message struct {
	Kind        string            // of the target
	Body        []byte            // what is posted; nil for email and websub; for bluesky, the record
	ContentType string            // of Body
	Path        string            // what follows the server's address, where a target has Server
	Query       url.Values        // parameters that the address gets besides its own; often nil
	Header      map[string]string // of the request, besides Content-Type; often nil
	// Key is the same each time that this event is sent to this target: the webhook-id of
	// Standard Webhooks, Mastodon's Idempotency-Key, the key of Bluesky's record, Google
	// Chat's requestId, the Message-ID of an e-mail.
	Key     string
	Preview string   // the message as plain text, as the target shows it; ends with a line break
	Email   *Email   // for email only
	Feeds   []string // for websub only: the absolute addresses of feeds, each for a request of its own
}

// Email is a message for a mailing list. IDs are without angle brackets.
type Email struct {
	From, To   string // as in the header: Example Status <status@example.com>
	Subject    string // the same for all messages about one entry, since mail programs group by it
	Text, HTML string
	MessageID  string
	References string            // the ID of the message about the entry's first update; "" in that one itself
	Header     map[string]string // further header fields
}

// Idempotent reports whether a kind of target takes the same message twice and shows it
// once, by its Key. Mastodon does so for an hour.
func Idempotent(kind string) bool {
	return slices.Contains([]string{"webhook", "google-chat", "mastodon", "bluesky", "websub"}, kind)
}

// DefaultServer returns the address of a service that needs no key server, or "".
func DefaultServer(kind string) string {
	switch kind {
	case "telegram":
		return "https://api.telegram.org"
	case "bluesky":
		return "https://bsky.social"
	}
	return ""
}

// keyOf returns a key for an event and a target: 32 hexadecimal digits.
func keyOf(e Event, t site.NotifyTarget) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{e.site.URL, t.Name, e.ID}, "\x00")))
	return hex.EncodeToString(sum[:16])
}
