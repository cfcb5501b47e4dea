package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"regexp"
	"strings"
	"testing"
)

// The page that a load balancer shows while the product is unavailable explains it only
// with entries that can be the reason.
func TestTheUnavailablePageNamesOnlyWhatCanBeTheReason(t *testing.T) {
	const (
		notice    = "---\ntitle: Beware of phishing\nseverity: none\n---\n## Update — 2026-11-27 18:00\na\n"
		slow      = "---\ntitle: The API is slow\ncomponents: [api]\nstatus: degraded\n---\n## Investigating — 2026-11-27 18:00\na\n"
		down      = "---\ntitle: Everything is down\ncomponents: all\nstatus: down\n---\n## Investigating — 2026-11-27 19:00\na\n"
		announced = "---\ntitle: Move to new servers\ncomponents: [website]\nposted: 2026-11-20 10:00\nstart: 2026-11-27 21:00\n" +
			"end: 2026-11-27 22:00\n---\nText.\n"
		underWay = "---\ntitle: Database upgrade\ncomponents: [website]\nposted: 2026-11-20 10:00\nstart: 2026-11-27 19:00\n" +
			"end: 2026-11-27 22:00\n---\nText.\n"
		over = "---\ntitle: Last week\ncomponents: [api]\nstatus: down\nstart: 2026-11-20 10:00\nend: 2026-11-20 11:00\n---\nText.\n"
	)
	for _, story := range []struct {
		name    string
		files   map[string]string
		heading string
	}{
		{"nothing is written yet", nil, "Service unavailable"},
		{"only a notice is open", map[string]string{"incidents/notice.md": notice}, "Service unavailable"},
		{"a maintenance is announced", map[string]string{"maintenance/move.md": announced}, "Service unavailable"},
		{"an incident is over", map[string]string{"incidents/over.md": over}, "Service unavailable"},
		{"an incident is open, and a notice", map[string]string{"incidents/notice.md": notice, "incidents/slow.md": slow},
			"The API is slow"},
		{"a maintenance is under way", map[string]string{"maintenance/db.md": underWay, "maintenance/move.md": announced},
			"Database upgrade"},
		{"an outage is worse than the maintenance under way", map[string]string{"maintenance/db.md": underWay, "incidents/down.md": down,
			"incidents/slow.md": slow}, "Everything is down"},
	} {
		c := website
		for name, text := range story.files {
			c = c.with("content/"+name, text)
		}
		page := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["503.html"]
		said := section(t, page, "_outage")
		if !strings.HasPrefix(said, story.heading) {
			t.Errorf("%s: the page begins %q, not %q", story.name, said, story.heading)
		}
		if story.heading == "Service unavailable" != strings.Contains(said, "Nothing has been reported yet. We notice this too.") {
			t.Errorf("%s: the page says %q", story.name, said)
		}
		if strings.Contains(text(page), "All systems operational") {
			t.Errorf("%s: the page says that all is well", story.name)
		}
	}
}

// Link previews, badges and favicons show the same status as the page.
func TestOneStateHasOneLookAndOneSentence(t *testing.T) {
	for _, at := range []string{clear, incident, "2025-08-01T02:20:00Z"} {
		out := publish(t, little, at)
		home := pagesOf(t, out)["index.html"]
		var class string
		for _, e := range elements(home) {
			if id, _ := attribute(e, "id"); id == "_answer" {
				class, _ = attribute(e, "class")
			}
		}
		class = strings.TrimPrefix(class, "answer ")
		color, words := colorOf(t, out, class, "f"), colorOf(t, out, class, "c")
		sentence := section(t, home, "_answer")
		var shield struct{ Message, Color string }
		if err := json.Unmarshal(out["badges/overall.json"], &shield); err != nil {
			t.Fatal(err)
		}
		// White on the green fill cannot be read.
		if shield.Color != color && (class != "ok" || shield.Color != words) || !strings.HasPrefix(sentence, shield.Message) {
			t.Errorf("%s: the page is %s and says %q, the badge is %s and says %q", at, color, sentence, shield.Color, shield.Message)
		}
		for path, want := range map[string]string{"badges/overall.svg": shield.Color, "favicon.svg": color, "embed.js": color} {
			if !strings.Contains(string(out[path]), want) {
				t.Errorf("%s: %s lacks the page's color %s", at, path, want)
			}
		}
		if band := cardBand(t, out["cards/home.png"]); band != color {
			t.Errorf("%s: the card is %s, the page %s", at, band, color)
		}
		if !strings.Contains(string(out["embed.js"]), `"`+shield.Color+`"`) {
			t.Errorf("%s: embed.js does not know the badge's color %s", at, shield.Color)
		}
	}
}

// colorOf returns a color of a class in light mode, as in the style sheet of a build: that
// of fills (f) or of words (c).
func colorOf(t *testing.T, out output, class, of string) string {
	t.Helper()
	for path, data := range out {
		if strings.HasSuffix(path, ".css") || path == "index.html" {
			rule := regexp.MustCompile(`\.` + class + `(?:,[^{]*)?\{[^}]*--` + of + `: ?(#[0-9a-f]{6})`)
			if found := rule.FindSubmatch(data); found != nil {
				return string(found[1])
			}
		}
	}
	t.Fatalf("no style says what color %s has", class)
	return ""
}

// cardBand returns the color of the band at the top of a card.
func cardBand(t *testing.T, data []byte) string {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r, g, b, _ := picture.At(600, 4).RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
