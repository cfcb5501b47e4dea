package source_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// wants is a key, a value, and what must come of it.
type wants struct{ key, value, want string }

// refs returns the ids of references, with a space between them.
func refs(list []site.Ref) string {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

func TestEveryKeyOfTheSite(t *testing.T) {
	for _, row := range []wants{
		{"title", "Example Status", "Example Status"},
		{"url", "https://status.example.org/a/", "https://status.example.org/a"},
		{"description", "How we do", "How we do"},
		{"timezone", "America/New_York", "America/New_York"},
		{"languages", "[de, en]", "[de en]"},
		{"homepage", "https://www.example.org", "https://www.example.org"},
		{"support", "mailto:help@example.org", "mailto:help@example.org"},
		{"hub", "https://hub.example.org/", "https://hub.example.org/"},
		{"mirrors", "[https://status2.example.org/, https://status3.example.org/a]",
			"https://status2.example.org https://status3.example.org/a"},
		{"theme", "mine", "mine"},
		{"brand", "{accent: '#2457d6', logo: logo.svg}", "#2457d6 logo.svg"},
		{"home", "{days: 7}", "7"},
		{"uptime", "{show: false, days: 30, weights: {degraded_performance: 0.1, partial_outage: 0.4, major_outage: 0.9}}",
			"false 30 [0 0 0.1 0.4 0.9]"},
		{"strings", "{home.days: Lately}", "Lately"},
		{"id", "kctbh9vrtdwd", "kctbh9vrtdwd"},
	} {
		text := "title: T\nurl: https://status.example.org\ntimezone: UTC\n"
		lines := slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return strings.HasPrefix(l, row.key+":") })
		s, wrong := reads(map[string]string{"site.yml": row.key + ": " + row.value + "\n" + strings.Join(lines, "\n")})
		weights := []float64{}
		for _, status := range site.Statuses {
			weights = append(weights, s.Uptime.Weights[status])
		}
		got := map[string]string{
			"title": s.Title.Default, "url": s.URL, "description": s.Description.Default, "timezone": fmt.Sprint(s.Zone),
			"languages": fmt.Sprint(s.Languages),
			"homepage":  s.Homepage, "support": s.Support, "hub": s.Hub, "theme": s.Theme, "brand": s.Brand.Accent + " " + s.Brand.Logo,
			"home": fmt.Sprint(s.HomeDays), "uptime": spaced(s.Uptime.Show, s.Uptime.Days, weights),
			"strings": s.Strings["home.days"].Default, "id": s.ID, "mirrors": refs(s.Mirrors),
		}[row.key]
		if got != row.want || wrong != "" {
			t.Errorf("%s: %s is read as %q, want %q; %s", row.key, row.value, got, row.want, wrong)
		}
	}
	// What holds where a key is not there.
	s, wrong := reads(map[string]string{"site.yml": "title: T\nurl: https://status.example.org\n"})
	if got := spaced(s.Zone, s.Languages, s.Theme, s.HomeDays, s.Uptime.Show, s.Uptime.Days, s.Uptime.Weights); got != spaced("UTC",
		[]string{"en"}, "default", 14, true, 90, site.DefaultWeights) || wrong != "" {
		t.Errorf("without its keys a site has %s; %s", got, wrong)
	}
	if got := spaced(site.DefaultWeights[site.DegradedPerformance], site.DefaultWeights[site.PartialOutage],
		site.DefaultWeights[site.MajorOutage]); got != "0 0.3 1" {
		t.Errorf("the weights are %s", got)
	}
}

func TestEveryKeyOfTheManifest(t *testing.T) {
	s, wrong := reads(map[string]string{"components.yml": `regions:
  - {id: us, name: United States}
  - {id: eu, name: Europe}
components:
  - id: website
    name: Website
  - group: Platform and data
    components:
      - id: public-api
        name: Public API
        description: REST API, version 3
        url: https://api.example.org
        regions: [eu, us]
        since: 2024-03-01
        target: 99.950
  - {group: Other, id: rest, components: [{id: mail}]}
`})
	if wrong != "" || len(s.Components) != 3 || len(s.Groups) != 2 || len(s.Regions) != 2 {
		t.Fatalf("%d components, %d groups, %d regions: %s", len(s.Components), len(s.Groups), len(s.Regions), wrong)
	}
	website, api, mail := s.Components[0], s.Components[1], s.Components[2]
	for _, row := range []struct{ got, want string }{
		{s.Regions[0].ID + " " + s.Regions[0].Name.Default, "us United States"},
		{s.Regions[1].ID + " " + s.Regions[1].Name.Default, "eu Europe"},
		{website.ID + " " + website.Name.Default + " " + website.Group, "website Website "},
		{spaced(len(website.Regions), website.Since.IsZero(), website.Target.Percent), "0 true 0"},
		{s.Groups[0].ID + " " + s.Groups[0].Name.Default, "platform-and-data Platform and data"},
		{api.ID + " " + api.Group, "public-api platform-and-data"},
		{api.Name.Default, "Public API"},
		{api.Description.Default, "REST API, version 3"},
		{api.URL, "https://api.example.org"},
		{api.Since.UTC().Format(time.RFC3339), "2024-02-29T23:00:00Z"}, // midnight in Berlin
		{spaced(api.Target.Percent, api.Target.Decimals), "99.95 3"},
		{s.Groups[1].ID, "rest"},
		{mail.Name.Default + " " + mail.Group, "mail rest"},
	} {
		if row.got != row.want {
			t.Errorf("the manifest is read as %q, want %q", row.got, row.want)
		}
	}
	if regions := []string{api.Regions[0].ID, api.Regions[1].ID}; !slices.Equal(slices.Sorted(slices.Values(regions)),
		[]string{"eu", "us"}) {
		t.Errorf("the API's regions are %v", regions)
	}
}

func TestEveryKeyOfAnIncident(t *testing.T) {
	e := incident(t, `severity: minor
start: 2025-07-25 06:00 UTC
end: 2025-07-25 09:00 UTC
posted: 2025-07-28
author: Reliability
tags: [network, eu]
draft: true
pinned: true
next_update: 2025-07-25 07:30 UTC
id: 0k3j5s8d7f1q
noindex: true
impacts:
  - {components: [api, web], regions: [eu], status: partial_outage, start: 2025-07-25 06:32 UTC, end: 2025-07-25 07:04 UTC, downtime: `+
		`20m, note: Some routes, label: Slow, eta: 2025-07-25 07:00 UTC}
  - {components: all, status: degraded}
`, "The report.\n")
	first, second := e.Impacts[0], e.Impacts[1]
	moment := func(m site.Moment) string { return m.UTC().Format("02 15:04") }
	for _, row := range []struct{ key, got, want string }{
		{"title", e.Title.Default, "X"}, {"severity", e.Severity.String(), "minor"}, {"start", moment(e.Start), "25 06:00"},
		{"end", moment(e.End), "25 09:00"},
		{"posted", moment(e.Posted), "27 22:00"}, {"author", e.Author, "Reliability"}, {"tags", fmt.Sprint(e.Tags), "[network eu]"},
		{"draft", fmt.Sprint(e.Draft), "true"},
		{"pinned", fmt.Sprint(e.Pinned), "true"}, {"next_update", moment(e.NextUpdate), "25 07:30"}, {"id", e.ID, "0k3j5s8d7f1q"},
		{"noindex", fmt.Sprint(e.NoIndex), "true"},
		{"components", spaced(first.Components[0].ID, first.Components[1].ID, first.All), "api web false"},
		{"all", spaced(len(second.Components), second.All), "0 true"},
		{"regions", spaced(len(first.Regions), first.Regions[0].ID, len(second.Regions)), "1 eu 0"},
		{"status", first.Status.String() + " " + second.Status.String(), "partial_outage degraded_performance"},
		{"impact start", moment(first.Start), "25 06:32"}, {"impact end", moment(first.End), "25 07:04"},
		{"downtime", spaced(first.Downtime.Set, first.Downtime.Length, second.Downtime.Set), "true 20m0s false"},
		{"note", first.Note.Default, "Some routes"}, {"label", first.Label.Default, "Slow"}, {"eta", moment(first.ETA), "25 07:00"},
		{"no start of its own", spaced(second.Start.IsZero(), second.End.IsZero(), second.ETA.IsZero()), "true true true"},
	} {
		if row.got != row.want {
			t.Errorf("%s is read as %q, want %q", row.key, row.got, row.want)
		}
	}
	// The short form means the same as one impact in the list.
	short := incident(t, "components: [api]\nregions: [us]\nstatus: down\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\ndowntime: 5m\n"+
		"note: N\nlabel: L\neta: 2025-07-25 06:30\n", "Text.\n")
	i := short.Impacts[0]
	if got := spaced(i.Components[0].ID, i.Regions[0].ID, i.Status, i.Downtime.Length, i.Note.Default, i.Label.Default,
		i.ETA.Hour()); got != spaced("api", "us", site.MajorOutage, 5*time.Minute, "N", "L", 4) {
		t.Errorf("the short form is read as %s", got)
	}
}

func TestEveryKeyOfAMaintenance(t *testing.T) {
	e := only(t, "maintenance/x.md", `start: 2025-08-01 02:00 UTC
end: 2025-08-01 03:30 UTC
posted: 2025-07-01 00:00 UTC
headline: Read-only mode
auto_complete: false
impacts:
  - {components: [web], label: Offline, eta: 2025-08-01 02:42 UTC}
  - {components: [api], status: operational, label: Queued}
`, "What it is for.\n\n## Plan\nIn four steps.\n- [x] **Checks** All systems are ready.\n- [X] Pause\n- [ ] **Schema** 3 of 7 done.\n"+
		"- [ ] Ramp up\n\n## Completed — 2025-08-01 03:40 UTC\nDone.\n")
	steps := ""
	for _, s := range e.Plan.Steps {
		steps += fmt.Sprint(s.Done, " ", s.Count, " ", s.Of, " ")
	}
	for _, row := range []struct{ key, got, want string }{
		{"headline", e.Headline.Default, "Read-only mode"}, {"auto_complete", fmt.Sprint(e.ManualEnd), "true"},
		{"summary", e.Summary.Text, "What it is for."},
		{"status", e.Impacts[0].Status.String(), "under_maintenance"}, {"said status", e.Impacts[1].Status.String(), "operational"},
		{"label", e.Impacts[1].Label.Default, "Queued"},
		{"plan", steps, "true 0 0 true 0 0 false 3 7 false 0 0 "}, {"intro", e.Plan.Intro.Text, "In four steps."},
		{"step", e.Plan.Steps[0].Body.Text, "Checks All systems are ready."},
	} {
		if row.got != row.want {
			t.Errorf("%s is read as %q, want %q", row.key, row.got, row.want)
		}
	}
	lasting := only(t, "maintenance/x.md", "posted: 2025-07-01 00:00\nstart: 2025-08-01 02:00\nduration: 90m\n", "")
	if lasting.ManualEnd || lasting.End.Sub(lasting.Start.Time) != 90*time.Minute {
		t.Errorf("without auto_complete it ends by itself after its duration: %+v", lasting)
	}
}

func TestEveryKeyOfAPageAndATranslation(t *testing.T) {
	s, wrong := reads(map[string]string{
		"site.yml":       "title: T\nurl: https://status.example.org\nlanguages: [en, de]\n",
		"pages/about.md": "---\ntitle: About us\ndraft: true\n---\nText.\n",
		"incidents/x.md": "---\ntitle: Slow\nseverity: none\n---\n## Update — 2025-07-25 06:00\nText.\n\n" +
			"## Resolved — 2025-07-25 07:00\nDone.\n",
		"incidents/x.de.md": "---\ntitle: Langsam\n---\n## Update — 2025-07-25 06:00\nWorte.\n\n## Gelöst — 2025-07-25 07:00\nFertig.\n",
	})
	if wrong != "" || len(s.Pages) != 1 || s.Pages[0].Title.Default != "About us" || !s.Pages[0].Draft || s.Pages[0].Name != "about" {
		t.Errorf("the page is read as %+v: %s", s.Pages, wrong)
	}
	e := s.Entries[0]
	if german, ok := e.Updates[0].Body.In("de"); e.Title.In("de") != "Langsam" || !ok || german.Text != "Worte." ||
		e.Title.In("en") != "Slow" {
		t.Errorf("the translation is read as %+v", e)
	}
}

// The three forms of front matter say the same.
func TestEveryFormOfFrontMatter(t *testing.T) {
	for name, text := range map[string]string{
		"YAML": "---\ntitle: X\npinned: true\ncomponents: [web]\nstatus: down\nstart: 2025-07-25 06:00\n" +
			"end: 2025-07-25 07:00\n---\nText.\n",
		"TOML": "+++\ntitle = \"X\"\npinned = true\ncomponents = [\"web\"]\nstatus = \"down\"\nstart = \"2025-07-25 06:00\"\n" +
			"end = 2025-07-25 07:00:00\n+++\nText.\n",
		"JSON": "{\n\"title\": \"X\", \"pinned\": true, \"components\": [\"web\"], \"status\": \"down\", \"start\": \"2025-07-25 " +
			"06:00\", \"end\": \"2025-07-25 07:00\"\n}\n\nText.\n",
	} {
		for ending, written := range map[string]string{"LF": text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
			"a byte-order mark": "\ufeff" + text} {
			s, wrong := reads(map[string]string{"incidents/x.md": written})
			if len(s.Entries) != 1 || wrong != "" {
				t.Fatalf("%s, %s: %s", name, ending, wrong)
			}
			e := s.Entries[0]
			if got := spaced(e.Title.Default, e.Pinned, e.Impacts[0].Status, e.End.Sub(e.Start.Time),
				e.Report.Body.Text); got != spaced("X", true, site.MajorOutage, time.Hour, "Text.") {
				t.Errorf("%s, %s is read as %s", name, ending, got)
			}
		}
	}
}

// What editors leave beside a file is no entry, and nothing is said of it.
func TestWhatEditorsLeaveBehindIsNotRead(t *testing.T) {
	const text = "---\ntitle: X\nseverity: none\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\n---\nText.\n"
	for _, name := range []string{"x.md.bak", "x.bak", ".x.md.swp", "x.md.swp", "x.md.swo", "x.md.tmp", "x.md~", "#x.md#", ".#x.md",
		".x.md", ".hidden/x.md", "old.bak/x.md"} {
		if s, wrong := reads(map[string]string{"incidents/" + name: text}); len(s.Entries) != 0 || wrong != "" {
			t.Errorf("%s: %d entries; %s", name, len(s.Entries), wrong)
		}
	}
	for name, hint := range map[string]string{"x.markdown": "ignored", "x.txt": "ignored", "x.MD": "ignored", "x.yml": "ignored",
		"x": "ignored", "x.md.orig": "ignored"} {
		if s, wrong := reads(map[string]string{"incidents/" + name: text}); len(s.Entries) != 0 || !strings.Contains(wrong, hint) {
			t.Errorf("%s: %d entries; %s", name, len(s.Entries), wrong)
		}
	}
}

// A file with line ends of both kinds goes on as its first line ends.
func TestAnUpdateEndsItsLinesAsTheFirstLineDoes(t *testing.T) {
	crlf := "---\r\ntitle: X\r\nseverity: none\r\n---\r\n\r\n## Update — 2025-07-25 06:00\nText.\n"
	lf := strings.ReplaceAll(crlf, "\r\n", "\n")
	mixed := strings.Replace(lf, "Text.\n", "Text.\r\n", 1)
	for name, test := range map[string]struct{ file, end string }{"first CRLF, then LF": {crlf, "\r\n"}, "LF": {lf, "\n"},
		"first LF, then CRLF": {mixed, "\n"}} {
		s, wrong := reads(map[string]string{"incidents/x.md": test.file})
		if wrong != "" {
			t.Fatal(wrong)
		}
		got, err := source.Append([]byte(test.file), &s, &s.Entries[0], source.Update{Time: time.Date(2025, 7, 25, 5, 0, 0, 0, time.UTC),
			Status: site.Resolved, Text: "Done."})
		if err != nil {
			t.Fatal(err)
		}
		if want := test.file + test.end + "## Resolved — 2025-07-25 07:00" + test.end + "Done." + test.end; string(got) != want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, want)
		}
	}
}
