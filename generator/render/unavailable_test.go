package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
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
		if strings.Contains(text(page), "All services are operational") {
			t.Errorf("%s: the page says that all is well", story.name)
		}
	}
}

// In each status the page, its icon in the tab, the way back on other pages, the link
// preview, the badge and the line on other sites have one color, one shape and one sentence.
func TestOneStateHasOneLookAndOneSentence(t *testing.T) {
	drawn := map[string]string{}
	for class, entry := range map[string]string{
		"ok":       "incidents/over.md: components: [api]\nstatus: down\nstart: 2026-11-20 10:00\nend: 2026-11-20 11:00",
		"maint":    "maintenance/now.md: components: [api]\nposted: 2026-11-20 10:00\nstart: 2026-11-27 19:00\nend: 2026-11-27 22:00",
		"degraded": "incidents/slow.md: components: [api]\nstatus: degraded\nstart: 2026-11-27 19:00",
		"partial":  "incidents/some.md: components: [api]\nstatus: partial\nstart: 2026-11-27 19:00",
		"major":    "incidents/down.md: components: [api]\nstatus: down\nstart: 2026-11-27 19:00",
	} {
		file, keys, _ := strings.Cut(entry, ": ")
		out := publish(t, website.with("content/site.yml", "title: Example\nurl: https://status.example.com\n").
			with("content/"+file, "---\ntitle: It\n"+keys+"\n---\n"), "2026-11-27T20:00:00Z")
		home := pagesOf(t, out)["index.html"]
		color, words, shape := colorOf(t, out, class, "f"), colorOf(t, out, class, "c"), shapeOf(t, home, class)
		var answer, icon string
		for _, e := range elements(home) {
			if id, _ := attribute(e, "id"); id == "_answer" {
				answer, _ = attribute(e, "class")
			}
			if rel, _ := attribute(e, "rel"); rel == "icon" {
				icon, _ = attribute(e, "href")
			}
		}
		if answer != "answer "+class {
			t.Errorf("%s: the answer of the home page is %q", class, answer)
		}
		if !strings.Contains(string(out["history/index.html"]), `<span id="_state" class="`+class+`"><svg class="i `+class+`"`) {
			t.Errorf("%s: the way back on the history shows something else", class)
		}
		sentence := section(t, home, "_answer")
		saysTheSame := func(words string) bool { return strings.HasPrefix(sentence, strings.Join(strings.Fields(words), " ")) }
		var shield struct{ Message, Color string }
		if err := json.Unmarshal(out["badges/overall.json"], &shield); err != nil {
			t.Fatal(err)
		}
		// White on the green fill cannot be read.
		same := shield.Color == color || class == "ok" && shield.Color == words
		if !same || !saysTheSame(shield.Message) {
			t.Errorf("%s: the page is %s, the badge is %s and says %q", class, color, shield.Color, shield.Message)
		}
		icon, _ = url.PathUnescape(icon)
		for what, drawing := range map[string]string{
			"badges/overall.svg " + shield.Color: string(out["badges/overall.svg"]), "favicon.svg " + color: string(out["favicon.svg"]),
			"the tab's icon " + color: icon, "embed.js " + color: string(out["embed.js"]),
			"embed.js " + shield.Color: string(out["embed.js"]),
		} {
			if own := what[strings.LastIndex(what, " ")+1:]; !strings.Contains(drawing, own) || !strings.Contains(drawing, shape) {
				t.Errorf("%s: %s is not drawn like the page: %s, %s", class, what, own, shape)
			}
		}
		if band := cardBand(t, out["cards/home.png"]); band != color {
			t.Errorf("%s: the card is %s, the page %s", class, band, color)
		}
		disc := cardSymbol(t, out["cards/home.png"])
		for other, same := range drawn {
			if disc == same {
				t.Errorf("the cards of %s and %s have the same symbol", class, other)
			}
		}
		drawn[class] = disc
		if class != "ok" && cardSymbol(t, out["cards/"+strings.TrimSuffix(file, ".md")+".png"]) != disc {
			t.Errorf("%s: the card of the entry has another symbol than that of the home page", class)
		}
	}
}

// shapeOf returns the path of a class's symbol on a page.
func shapeOf(t *testing.T, page *html.Node, class string) string {
	t.Helper()
	for _, e := range elements(page) {
		if id, _ := attribute(e, "id"); id == "_"+class {
			for _, part := range elements(e) {
				if d, ok := attribute(part, "d"); ok {
					return d
				}
			}
		}
	}
	t.Fatalf("the page has no symbol for %s", class)
	return ""
}

// cardSymbol returns what a card draws in its disc, without the colors: where it is white.
func cardSymbol(t *testing.T, data []byte) string {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var white strings.Builder
	for y := 96; y < 96+88; y += 4 {
		for x := 80; x < 80+88; x += 4 {
			if r, g, b, _ := picture.At(x, y).RGBA(); min(r, g, b)>>8 > 0xf0 {
				white.WriteByte('x')
			} else {
				white.WriteByte(' ')
			}
		}
	}
	return white.String()
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

// Whoever mistypes an address still learns whether the service is down, also when that
// changes before the next build.
func TestTheMissingPageShowsTheAnswer(t *testing.T) {
	out := publish(t, website.with("content/maintenance/db.md", "---\ntitle: Database upgrade\ncomponents: [website]\n"+
		"posted: 2026-11-20 10:00\nstart: 2026-11-27 21:00\nend: 2026-11-27 22:00\n---\nText.\n"), "2026-11-27T20:00:00Z")
	said := text(pagesOf(t, out)["404.html"])
	if !strings.Contains(said, "Page not found All services are operational The page may have moved.") {
		t.Errorf("404.html says %s", said)
	}
	if then := coming(t, out["404.html"])["2026-11-27T21:00:00Z _answer"]; !strings.HasPrefix(then, "Maintenance") {
		t.Errorf("404.html foresees %q", then)
	}
}
