package source

import (
	"testing"
	"time"

	"allclear/generator/site"
)

const twoServices = `-- components.yml --
regions:
  - {id: us, name: United States}
  - {id: eu, name: Europe}
components:
  - id: website
    name: Website
  - group: Platform
    components:
      - id: public-api
        name: Public API
        description: REST API, version 3
        url: https://api.example.com
        regions: [us, eu]
        since: 2024-03-01
        target: 99.95
      - {id: email, name: E-mail}
      - {id: dashboard, name: Dashboard}
`

func at(t *testing.T, text string) time.Time {
	t.Helper()
	when, err := ParseTime(text, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestAnIncidentWithTwoImpactsUpdatesAndAPostmortem(t *testing.T) {
	s := read(t, twoServices+`-- incidents/2025/2025-07-25-smtp.md --
---
title: Issue with multiple services
impacts:
  - components: [public-api, email]   # or all
    regions: [eu]                  # left out: all regions
    status: partial_outage
    start: 2025-07-25 06:32
    end: 2025-07-25 07:04
    note: 500 errors on some routes; three quarters of them on one.
  - components: [dashboard]
    status: major_outage
    start: 2025-07-25 07:03
    end: 2025-07-25 08:20
    downtime: 39m                  # the part that counted
---
One or two sentences that stand above the timeline.

## Investigating — 2025-07-25 06:41
We see errors on the API and are looking into them.

## Resolved — 2025-07-25 08:20
All is well again.

## Postmortem — 2025-07-28 10:00
### Root cause
A change.
`)
	e := s.Entries[0]
	if e.Slug != "2025-07-25-smtp" || e.Title.Default != "Issue with multiple services" {
		t.Errorf("slug %q, title %q", e.Slug, e.Title.Default)
	}
	first, second := e.Impacts[0], e.Impacts[1]
	if first.Components[1].ID != "email" || first.Components[1].Pos.Line != 4 || first.Components[1].Pos.Column != 30 {
		t.Errorf("second component: %+v", first.Components[1])
	}
	if first.Status != site.PartialOutage || first.Regions[0].ID != "eu" || !first.Start.Equal(at(t, "2025-07-25 06:32")) {
		t.Errorf("first impact: %+v", first)
	}
	if second.Downtime.Length != 39*time.Minute || !second.Downtime.Set {
		t.Errorf("downtime: %+v", second.Downtime)
	}
	if e.Summary.Text != "One or two sentences that stand above the timeline." {
		t.Errorf("summary: %q", e.Summary.Text)
	}
	if len(e.Updates) != 2 || e.Updates[0].Anchor != "u-20250725T064100Z" || e.Updates[1].Status != site.Resolved {
		t.Errorf("updates: %+v", e.Updates)
	}
	if e.Report == nil || e.Report.Whole || !e.Report.Time.Equal(at(t, "2025-07-28 10:00")) {
		t.Fatalf("report: %+v", e.Report)
	}
	if h := e.Report.Body.Headings; len(h) != 1 || h[0] != (site.Heading{Level: 3, ID: "root-cause", Text: "Root cause"}) {
		t.Errorf("headings: %+v", h)
	}
	if got := e.Report.Body.HTML("../", "r-"); got != "<h3 id=\"r-root-cause\">Root cause</h3>\n<p>A change.</p>" {
		t.Errorf("html: %q", got)
	}
}

func TestAMaintenanceWindowWithAPlan(t *testing.T) {
	s := read(t, `-- maintenance/2025-08-01-upgrade.md --
---
title: Planned platform upgrade
start: 2025-08-01 02:00
end: 2025-08-01 03:30
headline: Read-only mode, most data reachable.
auto_complete: true
impacts:
  - {components: [web, api], label: Offline, eta: 2025-08-01 02:42}
  - {components: [email, analytics], status: operational, label: Queued, eta: 2025-08-01 02:36}
---
What it is for and what a customer has to do (nothing).

## Plan
- [x] **Checks** All systems are ready.
- [x] **Pause writes** Requests in flight may finish.
- [ ] **Schema changes** 3 of 7 done.
- [ ] **Ramp up** Over five minutes.

## In progress — 2025-08-01 02:03
It has begun.
`)
	e := s.Entries[0]
	if e.Kind != site.Maintenance || e.ManualEnd || !e.End.Equal(at(t, "2025-08-01 03:30")) {
		t.Errorf("entry: %+v", e)
	}
	if i := e.Impacts[0]; i.Status != site.UnderMaintenance || i.StatusSet || i.Label.Default != "Offline" ||
		!i.ETA.Equal(at(t, "2025-08-01 02:42")) {
		t.Errorf("first impact: %+v", i)
	}
	if i := e.Impacts[1]; i.Status != site.Operational || !i.StatusSet {
		t.Errorf("second impact: %+v", i)
	}
	if e.Summary.Text != "What it is for and what a customer has to do (nothing)." {
		t.Errorf("summary: %q", e.Summary.Text)
	}
	if e.Plan == nil || len(e.Plan.Steps) != 4 {
		t.Fatalf("plan: %+v", e.Plan)
	}
	step := e.Plan.Steps[2]
	if step.Done || step.Count != 3 || step.Of != 7 || step.Body.Markup != "<strong>Schema changes</strong> 3 of 7 done." ||
		step.Body.Markdown != "**Schema changes** 3 of 7 done." {
		t.Errorf("third step: %+v", step)
	}
	if !e.Plan.Steps[1].Done || e.Updates[0].Status != site.InProgress {
		t.Errorf("second step: %+v, updates %+v", e.Plan.Steps[1], e.Updates)
	}
}

func TestTheManifestKeepsItsOrderAndItsGroups(t *testing.T) {
	s := read(t, twoServices)
	if len(s.Components) != 4 || s.Components[0].Group != "" || s.Components[1].Group != "platform" {
		t.Fatalf("components: %+v", s.Components)
	}
	api := s.Components[1]
	if api.Target != (site.Target{Percent: 99.95, Decimals: 2}) || !api.Since.Equal(at(t, "2024-03-01 00:00")) ||
		api.Regions[1].ID != "eu" {
		t.Errorf("public api: %+v", api)
	}
	if g := s.Groups[0]; g.ID != "platform" || g.Name.Default != "Platform" {
		t.Errorf("group: %+v", g)
	}
}

func TestSiteYmlSaysEverythingAboutTheSite(t *testing.T) {
	s := read(t, `-- site.yml --
title: Example Status              # required
url: https://status.example.com/sub/
description: Live status and incident history of Example.
timezone: Europe/Berlin
languages: [en, de]
homepage: https://www.example.com
support: mailto:help@example.com
theme: default
hub: https://hub.example.com/
brand: {accent: "#2457d6", logo: logo.svg}
home: {days: 14}
uptime: {show: true, days: 90, weights: {degraded_performance: 0.1, partial_outage: 0.3, major_outage: 1}}
strings:
  home.title: {en: Status, de: Stand}
id: abc123
-- static/logo.svg --
<svg/>
`)
	if s.URL != "https://status.example.com/sub" || s.Zone.String() != "Europe/Berlin" || s.Languages[1] != "de" ||
		s.Hub != "https://hub.example.com/" {
		t.Errorf("site: %+v", s)
	}
	if s.Uptime.Weights[site.DegradedPerformance] != 0.1 || s.Strings["home.title"].In("de") != "Stand" || s.ID != "abc123" ||
		s.Brand.Logo != "logo.svg" {
		t.Errorf("site: %+v", s)
	}
	if data, err := s.Static[0].Read(); err != nil || string(data) != "<svg/>\n" || s.Static[0].Size != 7 {
		t.Errorf("static: %+v %v", s.Static, err)
	}
}

func TestTheSameEntryInYAMLTOMLAndJSON(t *testing.T) {
	const body = "\nSummary.\n\n## Update — 2025-07-25 07:00\nText.\n"
	fronts := map[string]string{
		"yaml": "---\ntitle: Down\ncomponents: [api]\nstatus: down\nstart: 2025-07-25 06:40:00Z\n---\n",
		"toml": "+++\ntitle = \"Down\"\ncomponents = [\"api\"]\nstatus = \"down\"\nstart = 2025-07-25T06:40:00Z\n+++\n",
		"json": "{\n  \"title\": \"Down\",\n  \"components\": [\"api\"],\n  \"status\": \"down\",\n" +
			"  \"start\": \"2025-07-25T06:40:00Z\"\n}\n\n",
		"long":        "---\ntitle: Down\nimpacts:\n  - {components: [api], status: down}\nstart: 2025-07-25T06:40:00Z\n---\n",
		"tomlimpacts": "+++\ntitle = 'Down'\nstart = 2025-07-25 06:40:00\n[[impacts]]\ncomponents = ['api']\nstatus = 'down'\n+++\n",
		"yamlword":    "---yaml\ntitle: Down\ncomponents: api\nstatus: down\nstart: 2025-07-25 06:40\n---\n",
		"jsonword": "---json\n{\"title\": \"Down\", \"components\": \"api\", \"status\": \"DOWN\", \"start\": " +
			"\"2025-07-25 06:40\"}\n---\n",
		"semicolons": ";;;\n{\"title\": \"Down\", \"components\": \"api\", \"status\": \"down\", \"start\": \"2025-07-25 06:40\"}\n;;;\n",
	}
	for name, front := range fronts {
		t.Run(name, func(t *testing.T) {
			e := read(t, "-- incidents/x.md --\n"+front+body).Entries[0]
			if e.Title.Default != "Down" || !e.Start.Equal(at(t, "2025-07-25 06:40")) || len(e.Impacts) != 1 {
				t.Fatalf("entry: %+v", e)
			}
			if i := e.Impacts[0]; i.Status != site.MajorOutage || i.Components[0].ID != "api" || !i.Start.IsZero() {
				t.Errorf("impact: %+v", i)
			}
			if e.Summary.Text != "Summary." || len(e.Updates) != 1 || e.Updates[0].Body.Text != "Text." {
				t.Errorf("body: %+v %+v", e.Summary, e.Updates)
			}
		})
	}
}
