package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// comings is a site in which components come and go: a fax gateway that is retired on 30
// June 2026, a search from 1 December 2026 on, an unlisted cluster, and a group that is
// gone with its last component.
var comings = content{
	"content/site.yml": `title: Comings
url: https://status.example.com
timezone: Europe/Berlin
languages: [en, de]
uptime: {days: 30, groups: true, overall: true}
`,
	"content/components.yml": `regions: [{id: eu, name: Europe}, {id: us, name: America}]
components:
  - {id: website, name: Website}
  - group: Platform
    description: {en: What everything runs on, de: Worauf alles läuft}
    api_id: kctbh9vrtdwd
    components:
      - {id: api, name: API, regions: [eu, us], api_id: b13yz5g2cw10}
      - {id: search, name: Search, since: 2026-12-01}
      - {id: old-cluster, name: Old cluster, unlisted: true}
      - {id: relay, name: Relay, until: 2026-06-30 12:00}
  - group: Telephony
    collapsed: true
    components:
      - {id: fax, name: Fax gateway, until: 2026-06-30}
`,
	"content/incidents/2026-06-20-telephony.md": `---
title: Nobody can send faxes
groups: [telephony, platform]
status: partial_outage
---
## Investigating — 2026-06-20 10:00
We look.

## Resolved — 2026-06-20 16:00
Faxes are sent again.
`,
	"content/incidents/2026-06-21-cluster.md": `---
title: The old cluster is slow
components: [old-cluster]
status: degraded_performance
---
## Investigating — 2026-06-21 10:00
We look.

## Resolved — 2026-06-21 12:00
It is fast again.
`,
	"content/incidents/2026-06-29-everything.md": `---
title: Everything is down
components: all
status: major_outage
start: 2026-06-29 22:00
end: 2026-06-30 09:00
---
## Investigating — 2026-06-29 22:10
We look.
`,
}

// comingInstants are before, at and after the instants at which something comes or goes.
var comingInstants = map[string]string{
	"listed":     "2026-06-29T21:59:59Z", // the last second of the fax gateway, in an outage
	"retired":    "2026-06-29T22:00:00Z", // midnight in Berlin
	"gone":       "2026-07-10T10:00:00Z",
	"in-service": "2026-11-30T23:00:00Z",
}

// What every output says of components that come and go.
func TestWhatEveryOutputSaysOfComponentsThatComeAndGo(t *testing.T) {
	for name, at := range comingInstants {
		out := publish(t, comings, at)
		validate(t, name, out)
		golden(t, "comings/"+name+".txt", digest(t, out))
	}
}

// digest returns what the files of a site say of its components, file by file.
func digest(t *testing.T, out output) []byte {
	t.Helper()
	var b bytes.Buffer
	pages := pagesOf(t, out)
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		if path == "index.html" || path == "de/index.html" || strings.HasPrefix(path, "components/") {
			fmt.Fprintf(&b, "-- %s --\n%s\n", path, strings.Join(strings.Fields(section(t, pages[path], "_main")), " "))
		}
	}
	for _, path := range slices.Sorted(maps.Keys(out)) {
		if strings.HasPrefix(path, "badges/") && strings.HasSuffix(path, ".json") {
			var badge struct{ Label, Message string }
			decodeInto(t, out[path], &badge)
			fmt.Fprintf(&b, "-- %s --\n%s: %s\n", path, badge.Label, badge.Message)
		}
	}
	fmt.Fprintf(&b, "-- status.txt --\n%s", out["status.txt"])
	b.WriteString("-- metrics --\n")
	for line := range strings.Lines(string(out["metrics"])) {
		if strings.HasPrefix(line, "allclear_component") {
			b.WriteString(line)
		}
	}
	b.WriteString("-- sitemap.xml --\n")
	for _, part := range strings.Split(string(out["sitemap.xml"]), "<loc>")[1:] {
		address, _, _ := strings.Cut(part, "</loc>")
		b.WriteString(address + "\n")
	}
	digestAPI(t, out, &b)
	digestState(t, out, &b)
	return b.Bytes()
}

// decodeInto reads JSON.
func decodeInto(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// digestAPI writes the components that the API lists, and those of its incidents.
func digestAPI(t *testing.T, out output, b *bytes.Buffer) {
	t.Helper()
	type component struct {
		ID, Name, Status string
		Position         int
		Group            bool
		GroupID          *string `json:"group_id"`
		Description      *string
		StartDate        *string `json:"start_date"`
		Components       []string
	}
	line := func(c component) {
		fmt.Fprintf(b, "  %d %s %s (%s)", c.Position, c.ID, c.Name, c.Status)
		if c.GroupID != nil {
			fmt.Fprintf(b, " in %s", *c.GroupID)
		}
		if c.Description != nil {
			fmt.Fprintf(b, " %q", *c.Description)
		}
		if c.StartDate != nil {
			fmt.Fprintf(b, " from %s", *c.StartDate)
		}
		if c.Group {
			fmt.Fprintf(b, " %v", c.Components)
		}
		b.WriteString("\n")
	}
	var summary struct {
		Components []component
		Status     struct{ Description string }
	}
	decodeInto(t, out["api/v2/summary.json"], &summary)
	fmt.Fprintf(b, "-- api/v2/summary.json --\n%s\n", summary.Status.Description)
	for _, c := range summary.Components {
		line(c)
	}
	var list struct {
		Incidents []struct {
			Name, Status, Impact string
			Components           []component
			Updates              []struct {
				Status   string
				Affected []struct {
					Code, Name string
					Old        string `json:"old_status"`
					New        string `json:"new_status"`
				} `json:"affected_components"`
			} `json:"incident_updates"`
		}
	}
	decodeInto(t, out["api/v2/incidents.json"], &list)
	b.WriteString("-- api/v2/incidents.json --\n")
	for _, i := range list.Incidents {
		fmt.Fprintf(b, "%s (%s, %s)\n", i.Name, i.Status, i.Impact)
		for _, c := range i.Components {
			line(c)
		}
		for _, u := range i.Updates {
			for _, a := range u.Affected {
				fmt.Fprintf(b, "  %s: %s %s %s → %s\n", u.Status, a.Code, a.Name, a.Old, a.New)
			}
		}
	}
}

// digestState writes what state.json says.
func digestState(t *testing.T, out output, b *bytes.Buffer) {
	t.Helper()
	var state struct {
		NextChange     *string `json:"next_change_at"`
		Description    string
		Healthy, Total int
		Groups         []struct{ ID, Status string }
		Components     []struct {
			ID, Status string
			APIID      string `json:"api_id"`
		}
		Foreseen []struct {
			At, Description string
			Components      map[string]string
		}
	}
	decodeInto(t, out["state.json"], &state)
	next := "nothing"
	if state.NextChange != nil {
		next = *state.NextChange
	}
	fmt.Fprintf(b, "-- state.json --\n%s, %d of %d, next change: %s\n", state.Description, state.Healthy, state.Total, next)
	for _, g := range state.Groups {
		fmt.Fprintf(b, "  group %s: %s\n", g.ID, g.Status)
	}
	for _, c := range state.Components {
		fmt.Fprintf(b, "  %s (%s): %s\n", c.ID, c.APIID, c.Status)
	}
	for _, f := range state.Foreseen {
		fmt.Fprintf(b, "  at %s: %s %v\n", f.At, f.Description, f.Components)
	}
}

// A page that lists a component says until when that is right. What is gone, or was never
// listed, can be chosen nowhere.
func TestPagesKnowWhenAComponentLeavesThem(t *testing.T) {
	listed := publish(t, comings, comingInstants["listed"])
	if !bytes.Contains(listed["index.html"], []byte(`data-until="2026-06-29T22:00:00Z"`)) {
		t.Error("the home page does not say that it changes when the fax gateway is retired")
	}
	out := publish(t, comings, comingInstants["gone"])
	for _, path := range []string{"index.html", "history/index.html"} {
		for _, id := range []string{"fax", "relay", "old-cluster", "search"} {
			row := path == "index.html" && bytes.Contains(out[path], []byte(`class="row" data-c="`+id+`"`))
			if row || bytes.Contains(out[path], []byte(`value="`+id+`"`)) {
				t.Errorf("%s offers %s", path, id)
			}
		}
	}
	home := string(out["index.html"])
	if strings.Contains(home, "Telephony") {
		t.Error("the home page shows a group without components")
	}
	for _, path := range []string{"components/fax/history.rss", "components/telephony/feed.json", "badges/fax.svg", "badges/telephony.svg",
		"components/old-cluster/history.atom", "components/fax/maintenance.ics"} {
		if len(out[path]) == 0 {
			t.Errorf("%s is gone", path)
		}
	}
	if !strings.Contains(string(out["components/telephony/feed.json"]), "Nobody can send faxes") {
		t.Error("the feed of the group has lost its incidents")
	}
}

// A collapsed group is unfolded only while something in it is wrong.
func TestACollapsedGroupIsFoldedUnlessSomethingIsWrong(t *testing.T) {
	folded := func(at, id string) bool {
		home := string(publish(t, comings, at)["index.html"])
		before, _, found := strings.Cut(home, `id="g-`+id+`"`)
		if !found {
			t.Fatalf("there is no group %s at %s", id, at)
		}
		return !strings.Contains(before[strings.LastIndex(before, "<details"):], " open>")
	}
	if !folded("2026-06-25T10:00:00Z", "telephony") {
		t.Error("it is unfolded, and nothing is wrong")
	}
	if folded("2026-06-25T10:00:00Z", "platform") {
		t.Error("a group that is not collapsed is folded")
	}
	if folded("2026-06-20T10:00:00Z", "telephony") {
		t.Error("it is folded, and something is wrong")
	}
}

// A component that is retired changes the files that show what is listed, and no page of
// an incident that is over. Files of one key have the same bytes.
func TestARetirementRemakesWhatShowsIt(t *testing.T) {
	build := func(at string) map[string]render.File {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := source.Read(comings.folder(), source.Options{Cache: &source.Cache{}})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		files, err := render.Files(&s, themes.Open(nil), render.Options{Now: now, Version: "1.0", Program: site.Hash{1}})
		if err != nil {
			t.Fatal(err)
		}
		byPath := map[string]render.File{}
		for _, f := range files {
			byPath[f.Path] = f
		}
		return byPath
	}
	before, after := build(comingInstants["listed"]), build(comingInstants["gone"])
	key := func(files map[string]render.File, path string) render.Key {
		if f, ok := files[path]; ok && f.Key != nil {
			return f.Key()
		}
		t.Fatalf("%s has no key", path)
		return render.Key{}
	}
	const page = "incidents/2026-06-20-telephony/index.html"
	if key(before, page) != key(after, page) || key(before, page) == (render.Key{}) {
		t.Error("the page of an incident that is over is made again")
	}
	api := "incidents/" + site.DerivedID("incident", "2026-06-20-telephony") + ".json"
	if key(before, api) == key(after, api) {
		t.Error("the API's incident keeps its key, although it shows the component with another group")
	}
	same := 0
	for path, f := range before {
		g, ok := after[path]
		if !ok || f.Key == nil || g.Key == nil || f.Key() == (render.Key{}) || f.Key() != g.Key() {
			continue
		}
		same++
		was, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if is, err := g.Bytes(); err != nil || !bytes.Equal(was, is) {
			t.Errorf("%s: one key, but other bytes (%v)", path, err)
		}
	}
	if same == 0 {
		t.Error("no file keeps its key")
	}
}

// Statuspage's updated_at is the time of a component's last change, which is its retirement.
func TestTheAPISaysWhenAComponentWasRetired(t *testing.T) {
	for at, want := range map[string]string{"2026-06-29T12:00:00Z": "2026-06-20T14:00:00", "2026-07-10T12:00:00Z": "2026-06-29T22:00:00"} {
		var list struct {
			Incidents []struct {
				Components []struct {
					Name    string `json:"name"`
					Updated string `json:"updated_at"`
				} `json:"components"`
			} `json:"incidents"`
		}
		if err := json.Unmarshal(publish(t, comings, at)["api/v2/incidents.json"], &list); err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, incident := range list.Incidents {
			for _, c := range incident.Components {
				if c.Name == "Fax gateway" {
					found++
					if !strings.HasPrefix(c.Updated, want) {
						t.Errorf("at %s, it was updated at %s, not %s", at, c.Updated, want)
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("at %s, no incident names the component", at)
		}
	}
}
