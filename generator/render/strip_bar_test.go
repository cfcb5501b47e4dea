package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A window says how far it is above and below one bar. Once its end has passed, the bar
// goes on to the present, and the planned end is a mark in it.
// A short card has little room, but it does not keep to itself that the work is late.
func TestAShortCardSaysThatWorkIsLate(t *testing.T) {
	c := website.with("content/maintenance/m.md", "---\ntitle: New servers\nstart: 2025-08-19 11:00\nend: 2025-08-19 12:00\n"+
		"auto_complete: false\ncomponents: [api]\n---\nText.\n\n## In progress — 2025-08-19 11:00\n\nIt begins.\n")
	for i := range 3 {
		c = c.with(fmt.Sprintf("content/incidents/i%d.md", i), "---\ntitle: Errors\ncomponents: [website]\nstatus: down\n"+
			"start: 2025-08-19 10:00\n---\nText.\n\n## Investigating — 2025-08-19 10:05\n\nWe look.\n")
	}
	home := strings.ReplaceAll(string(publish(t, c, "2025-08-19T12:20:00Z")["index.html"]), "\u00a0", " ")
	_, slim, found := strings.Cut(home, `<article class="card slim maint"`)
	slim, _, _ = strings.Cut(slim, "</article>")
	if !found || !strings.Contains(slim, "Running late") || !strings.Contains(slim, "was due to end at") ||
		!strings.Contains(slim, `class="late"`) {
		t.Errorf("the short card is %q", slim)
	}
}

func TestTheBarOfAWindowSaysWhetherItIsLate(t *testing.T) {
	c := website.with("content/maintenance/m.md", "---\ntitle: New servers\nstart: 2025-08-19 11:00\n"+
		"end: 2025-08-19 12:00\nauto_complete: false\n"+
		"impacts:\n  - {components: [api], eta: 2025-08-19 11:50}\n---\nText.\n\n"+
		"## Plan\n\n- [x] **First** Copy.\n- [ ] Then **switch**.\n\n"+
		"## Scheduled — 2025-08-12 09:00\n\nSoon.\n")
	for at, want := range map[string][]string{
		"2025-08-18T11:20:00Z": {"Maintenance Scheduled New servers", "What will be affected", "During the work"},
		"2025-08-19T11:20:00Z": {"Under maintenance In progress New servers", "ends 12:00 UTC", "11:00 12:00 UTC",
			"20 min of 1 h as of 11:20 UTC",
			"on schedule", "1 of 2 steps done", "Services during the work", "Expected back UTC", "11:50"},
		"2025-08-19T12:20:00Z": {"Under maintenance Running late New servers", "was due to end at 12:00 UTC",
			"11:00 planned end 12:00 12:20 UTC"},
	} {
		out := publish(t, c, at)
		page := out["maintenance/m/index.html"]
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		said := strings.ReplaceAll(text(doc), "\u00a0", " ")
		for _, words := range want {
			if !strings.Contains(said, words) {
				t.Errorf("at %s the page does not say %q:\n%s", at, words, said)
			}
		}
		late := strings.Contains(string(page), `<progress class="late" max="4800" value="3600"`)
		if late != (at == "2025-08-19T12:20:00Z") {
			t.Errorf("at %s late is %t", at, late)
		}
		onHome := strings.Contains(string(out["index.html"]), `<progress class="late" max="4800" value="3600"`) &&
			strings.Contains(string(out["index.html"]), `<span class="pill">Running late</span>`)
		if onHome != late {
			t.Errorf("at %s the card on the home page is late: %t", at, onHome)
		}
		if !strings.Contains(string(page), `<li class="done named">`) || strings.Contains(string(page), `<li class="doing named">`) {
			t.Errorf("at %s not only the first step begins with a name", at)
		}
	}
}

// On the narrowest phone texts of the axis do not touch, and no name leaves the picture.
func TestThePictureFitsTheNarrowestPhone(t *testing.T) {
	c := incidentOf(trouble, threeUpdates).
		with("content/site.yml", website["content/site.yml"]+"clock: 12\n").
		with("content/components.yml", "components:\n"+
			"  - {id: website, name: The web application for administrators and all their deputies}\n"+
			"  - {id: api, name: API}\n")
	out := publish(t, c, "2025-07-25T07:10:00Z")
	d := draws(t, out["incidents/x/index.html"])
	if got := strings.ReplaceAll(strings.Join(d.hours, ", "), "\u00a0", " "); got != "6:30 am, 6:50 am, 7:00 am" {
		t.Errorf("the axis is %q", got)
	}
	if got := d.names[0]; got != "The web application for administrators…" {
		t.Errorf("the name on the page is %q", got)
	}
	if got := draws(t, out["index.html"]).names[0]; got != "The web application for administrat…" {
		t.Errorf("the name on the card is %q", got)
	}
	if !strings.HasPrefix(d.lanes[0], "The web application for administrators and all their deputies: ") {
		t.Errorf("the label of the lane is %q", d.lanes[0])
	}
}
