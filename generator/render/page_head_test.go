package render_test

import (
	"bytes"
	"strings"
	"testing"
)

// The head of a page is what messengers, search engines and readers of feeds look at.
func TestTheHeadOfAnAnnouncement(t *testing.T) {
	c := announcing.with("content/announcements/2026-11-06-drill.md",
		"---\ntitle: Only a drill\nposted: 2026-11-05 09:00\nnoindex: true\n---\nText.\n")
	out := publish(t, c, "2026-11-05T12:00:00Z")
	head, _, _ := bytes.Cut(out["announcements/2026-11-01-tls/index.html"], []byte("</head>"))
	for _, want := range []string{
		`<link rel="canonical" href="https://status.example.com/announcements/2026-11-01-tls/">`,
		`<link rel="alternate" type="text/markdown" href="../../announcements/2026-11-01-tls/index.md"`,
		`property="og:type" content="article"`, `property="og:title" content="TLS 1.0 will be switched off"`,
		`property="og:description" content="On 15 January we switch off TLS 1.0, e.g. for old phones.`,
		`property="article:published_time" content="2026-11-01T08:00:00Z"`,
		`property="article:modified_time" content="2026-11-03T09:00:00Z"`,
		`"@type":"Article"`, `"headline":"TLS 1.0 will be switched off"`, `type="application/atom+xml"`,
	} {
		if !strings.Contains(string(head), want) {
			t.Errorf("the head has no %s:\n%s", want, head)
		}
	}
	hidden, _, _ := bytes.Cut(out["announcements/2026-11-06-drill/index.html"], []byte("</head>"))
	if !bytes.Contains(hidden, []byte(`<meta name="robots" content="noindex">`)) {
		t.Errorf("search engines may list a drill:\n%s", hidden)
	}
	for _, never := range []string{"og:", "application/ld+json", "text/markdown", "atom+xml"} {
		if bytes.Contains(hidden, []byte(never)) {
			t.Errorf("the head of a drill has %s:\n%s", never, hidden)
		}
	}
}
