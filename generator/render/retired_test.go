package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
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
