package render_test

import (
	"fmt"
	"strings"
	"testing"
)

// homeWords returns what a part of the home page says, by its id or class.
func homeWords(t *testing.T, c content, at, part string) string {
	t.Helper()
	return strings.ReplaceAll(section(t, pagesOf(t, publish(t, c, at))["index.html"], part), "\u00a0", " ")
}

// Three open incidents have their cards in full; from the fourth on, cards are short: what it
// is, since when, the first line of the newest update, and what it touches.
func TestFromTheFourthOnCardsAreShort(t *testing.T) {
	c := website
	for i, status := range []string{"degraded", "down", "partial", "degraded", "partial"} {
		c = c.with(fmt.Sprintf("content/incidents/i%d.md", i), fmt.Sprintf("---\ntitle: Trouble %d\ncomponents: [website]\nstatus: %s\n"+
			"start: 2025-08-19 10:0%d\nnext_update: 2025-08-19 11:00\n---\nText.\n\n"+
			"## Identified — 2025-08-19 10:10\n\nWe know why %d fails.\n\nMore of this below.\n", i, status, i, i))
	}
	_, home, _ := strings.Cut(string(publish(t, c, "2025-08-19T10:20:00Z")["index.html"]), "<main")
	cards := strings.Split(strings.ReplaceAll(home, "\u00a0", " "), "<article ")[1:]
	var said []string
	for _, card := range cards {
		card, _, _ = strings.Cut(card, "</article>")
		class, _, _ := strings.Cut(card, `" data-c`)
		_, title, _ := strings.Cut(card, "Trouble ")
		said = append(said, strings.TrimPrefix(class, `class="card `)+" "+title[:1])
		if slim := strings.HasPrefix(class, `class="card slim`); slim == strings.Contains(card, `class="strip"`) {
			t.Errorf("%s: short: %t, with a picture: %t", said[len(said)-1], slim, !slim)
		}
		for _, word := range []string{"Identified", "We know why", "More of this below", "Next update by", "Website"} {
			if !strings.Contains(card, word) {
				t.Errorf("%s does not say %q", said[len(said)-1], word)
			}
		}
	}
	if got, want := strings.Join(said, ", "), "major 1, partial 4, partial 2, slim degraded 3, slim degraded 0"; got != want {
		t.Errorf("the cards are %s, not %s", got, want)
	}
}

// A window that begins within a week has a card with its day, when it starts, and an event of
// its own; until then it is one line below the services.
func TestAnAnnouncedWindowIsALineUntilItIsNear(t *testing.T) {
	c := website.with("content/maintenance/m.md", "---\ntitle: New servers\nstart: 2025-08-19 02:00\nend: 2025-08-19 03:30\n"+
		"components: [api]\n---\nText.\n\n## Scheduled — 2025-08-01 09:00\n\nSoon.\n")
	const far, near, begun = "2025-08-12T01:59:59Z", "2025-08-12T02:00:00Z", "2025-08-19T02:00:00Z"
	if later := homeWords(t, c, far, "_later"); later != "Later: New servers · 19 August 2025, 02:00 – 03:30 UTC" {
		t.Errorf("the line is %q", later)
	}
	if coming := homeWords(t, c, far, "_coming"); coming != "" {
		t.Errorf("there is a card too early: %q", coming)
	}
	if later := homeWords(t, c, near, "_later"); later != "" {
		t.Errorf("the line stays: %q", later)
	}
	if coming := homeWords(t, c, near, "_coming"); coming != "August 19 Tuesday Maintenance Scheduled 19 August, 02:00 – 03:30 UTC "+
		"New servers Update 1 · 1 August, 09:00 UTC Soon. API Add to calendar" {
		t.Errorf("the card says %q", coming)
	}
	out := publish(t, c, near)
	for _, page := range []string{"index.html", "maintenance/m/index.html"} {
		if !strings.Contains(string(out[page]), `maintenance/m/event.ics"`) {
			t.Errorf("%s does not lead to the event of this window", page)
		}
	}
	event := string(out["maintenance/m/event.ics"])
	if strings.Count(event, "BEGIN:VEVENT") != 1 || !strings.Contains(event, "DTSTART:20250819T020000Z") ||
		!strings.Contains(event, "New servers") {
		t.Errorf("the event is %q", event)
	}
	under := publish(t, c, begun)
	if strings.Contains(string(under["index.html"]), "event.ics") {
		t.Error("work that has begun can still be added to a calendar")
	}
}

// A quiet page says for how long: since the last incident, at most as many days as the bars
// show, and not from before there was a service.
func TestTheAnswerSaysHowLongItHasBeenQuiet(t *testing.T) {
	incident := website.with("content/incidents/i.md", "---\ntitle: Trouble\ncomponents: [website]\nstatus: down\n"+
		"start: 2025-08-01 10:00\nend: 2025-08-01 12:00\n---\nText.\n")
	young := website.with("content/components.yml", "components:\n  - {id: website, name: Website, since: 2025-08-10}\n")
	for _, c := range []struct {
		site     content
		at, want string
	}{
		{website, "2025-08-19T12:00:00Z", "No incidents in the last 90 days."},
		{incident, "2025-08-01T11:00:00Z", ""},
		{incident, "2025-08-02T11:59:59Z", ""},
		{incident, "2025-08-02T12:00:00Z", "No incidents in the last day."},
		{incident, "2025-08-19T12:00:00Z", "No incidents in the last 18 days."},
		{incident, "2026-08-19T12:00:00Z", "No incidents in the last 90 days."},
		{young, "2025-08-19T12:00:00Z", "No incidents in the last 9 days."},
	} {
		answer := homeWords(t, c.site, c.at, "_answer")
		if c.want == "" && strings.Contains(answer, "No incidents") || !strings.HasSuffix(answer, c.want) {
			t.Errorf("at %s: %q, not %q", c.at, answer, c.want)
		}
	}
}
