package render_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/themes"
)

// everyState is a site that is, at one of the moments, in every state for which pages
// have texts.
var everyState = content{
	"content/site.yml": `title: Quokka
url: https://status.example.com
timezone: Europe/Berlin
homepage: https://www.example.com
support: https://www.example.com/help
home: {days: 9}
uptime: {groups: true, overall: true}
insights: true
reports: true
sla: {tiers: [{below: 99.99, credit: 10}], exclude: {announced: 5d, hours: 1}}
languages: [LANG]
`,
	"content/components.yml": `regions:
  - {id: us, name: Zulu}
  - {id: eu, name: Yankee}
components:
  - {id: mail, name: Amber, since: 2024-12-01, target: 99.95}
  - {id: shop, name: Basalt, since: 2025-01-01, target: 99.999}
  - group: Garnet
    components:
      - {id: api, name: Cobalt, regions: [us, eu], since: 2025-01-01}
      - {id: web, name: Dolomite, regions: [us, eu], since: 2025-01-01}
      - {id: pay, name: Emerald, since: 2025-01-01}
      - {id: late, name: Feldspar, since: 2025-08-30}
      - {id: gone, name: Gypsum, since: 2025-01-01, until: 2025-04-01}
measurements:
  - {id: kilns, name: Jasper, unit: K, component: mail}
`,
	"content/measurements/kilns.csv": "time,value\n2025-04-30T12:00:00Z,1\n2025-05-01T08:00:00Z,2\n",
	"content/pages/about.md": "---\ntitle: Obsidian\n---\n> [!NOTE]\n> A\n\n> [!TIP]\n> A\n\n> [!IMPORTANT]\n> A\n\n> [!WARNING]\n" +
		"> A\n\n> [!CAUTION]\n> A\n",
	"content/announcements/2025-05-20-a.md": "---\ntitle: Howlite\nupdated: 2025-05-21 10:00\nuntil: 2025-06-20\n" +
		"components: [mail]\n---\nText.\n",
	"content/announcements/2025-05-20-b.md": "---\ntitle: Howlite\nuntil: 2025-06-20\n---\nText.\n",
	"content/announcements/2025-05-20-c.md": "---\ntitle: Howlite\nuntil: 2025-06-20\n---\nText.\n",
	"content/announcements/2025-05-20-d.md": "---\ntitle: Howlite\nuntil: 2025-06-20\n---\nText.\n",
	"content/maintenance/weekly.md": "---\ntitle: Onyx\nstart: 2025-07-27 02:00\nduration: 20m\nannounce: 3d\ncomponents: [pay]\n" +
		"repeat: {every: week, until: 2025-08-05}\n---\nText.\n",
	"content/incidents/notice-a.md": openNotice,
	"content/incidents/notice-b.md": openNotice,
	"content/incidents/notice-c.md": openNotice,
	"content/incidents/report.md": `---
title: Pumice
author: Quartz
tags: [Topaz]
posted: 2025-07-23 10:00
impacts:
  - {components: [api], regions: [eu], status: major_outage, start: 2025-07-19 06:32, end: 2025-07-19 07:04, downtime: 21m}
  - {components: [web], status: degraded_performance, start: 2025-07-19 07:04, end: 2025-07-20 08:20, label: Marble}
  - {components: [web], status: degraded_performance, start: 2025-07-20 10:00, end: 2025-07-20 10:20}
---
## Investigating — 2025-07-19 06:41
Text.

## Resolved — 2025-07-20 10:20
Text.

## Postmortem — 2025-07-24 10:00
Text.
`,
	"content/incidents/all.md": `---
title: Lazurite
impacts:
  - {components: all, status: major_outage, start: 2025-06-10 05:00, end: 2025-06-10 05:20:30}
  - {components: [api, web], regions: [us], status: degraded_performance, start: 2025-06-10 05:20:30, end: 2025-06-10 05:25}
posted: 2025-06-10 06:10
---
## Postmortem
` + strings.Repeat("### Heading\n"+strings.Repeat("Text of a long report. ", 30)+"\n\n", 5),
	"content/incidents/region.md": `---
title: Jasper
impacts:
  - {components: [api], regions: [eu], status: partial_outage, start: 2025-06-12 05:00, end: 2025-06-12 08:00}
posted: 2025-06-12 15:00
---
`,
	"content/incidents/spoken.md": `---
title: Rhyolite
next_update: 2025-07-25 07:30
impacts:
  - {components: [api], regions: [us], status: partial_outage, start: 2025-07-25 06:32, eta: 2025-07-26 09:00}
  - {components: [mail], status: degraded_performance, start: 2025-07-25 06:32, eta: 2025-07-25 09:00}
---
Text.

## Investigating — 2025-07-25 06:33
Text.

## Identified — 2025-07-25 06:40
Text.

## Monitoring — 2025-07-25 06:50
Text.

## Resolved — 2025-07-27 09:00
Text.
`,
	"content/incidents/silent.md": `---
title: Schist
impacts:
  - {components: [shop, pay], status: major_outage, start: 2025-07-22 05:00, end: 2025-07-22 06:00}
  - {components: [mail, shop, pay, web], status: degraded_performance, start: 2025-07-25 11:00, end: 2025-07-26 14:00}
next_update: 2025-07-26 12:00
---
`,
	"content/incidents/notice.md": "---\ntitle: Tuff\nseverity: none\nstart: 2025-07-24 05:00\n---\n## Update — 2025-07-24 05:00\n" +
		"Text.\n\n## Resolved — 2025-07-24 09:00\nText.\n",
	"content/incidents/minor.md": "---\ntitle: Ultramafite\nseverity: minor\nstart: 2025-07-28 05:00\nend: 2025-07-28 08:00\n---\n",
	"content/incidents/mute.md": "---\ntitle: Migmatite\nseverity: minor\nnext_update: 2025-07-16 06:30\n---\n" +
		"## Investigating — 2025-07-16 05:00\n\n## Identified — 2025-07-16 05:10\n\n" +
		"## Update — 2025-07-16 05:20\n\n## Monitoring — 2025-07-16 05:30\n\n## Resolved — 2025-07-16 06:00\n\n" +
		"## Postmortem — 2025-07-17 06:00\n",
	"content/maintenance/clock.md": `---
title: Verdite
start: 2025-08-01 02:00
end: 2025-08-01 03:30
impacts:
  - {components: [api, web], eta: 2025-08-01 03:00}
---
## Plan
- [x] **One** done
- [ ] **Two** 3 of 7
- [ ] **Three**
`,
	"content/maintenance/beside.md": "---\ntitle: Zircon\nstart: 2025-08-01 02:30\nend: 2025-08-01 04:00\ncomponents: [pay]\n---\n",
	"content/maintenance/hand.md": `---
title: Wacke
start: 2025-08-03 22:00
end: 2025-08-04 01:30
auto_complete: false
impacts:
  - {components: [mail], note: Onyx, label: Topaz}
---
## Scheduled — 2025-07-20 10:00
Text.

## Verifying — 2025-08-04 01:00

## Completed — 2025-08-04 04:10
Text.
`,
	"content/maintenance/never.md": "---\ntitle: Xenolith\nstart: 2025-08-10 02:00\nend: 2025-08-10 03:00\n" +
		"components: [mail, shop, api, web]\n---\n## Scheduled — 2025-07-24 09:00\nText.\n\n## Canceled — 2025-07-30 09:00\n",
}

const openNotice = "---\ntitle: Howlite\nseverity: none\nstart: 2025-05-20 05:00\n---\n## Update — 2025-05-20 05:00\nText.\n"

// called matches the operator's own names, which are the same in every language.
var called = regexp.MustCompile(`Quokka|Howlite|Migmatite|Lazurite|Jasper|Zulu|Yankee|Amber|Basalt|Garnet|Cobalt|Dolomite|Emerald|Feldspa` +
	`r|Obsidian|Pumice|Quartz|Marble|Rhyolite|Schist|Tuff|Ultramafite|Verdite|Wacke|Xenolith|Onyx|Topaz`)

// moments are the instants at which everyState is built, each with what its pages then
// show.
var moments = []string{
	"2025-05-01T09:00:00Z", // nothing has happened yet
	"2025-06-10T03:10:00Z", // everything is down
	"2025-07-18T10:00:00Z", // everything is operational
	"2025-07-25T04:55:00Z", // two regions differ, a promise and returns are ahead
	"2025-07-25T10:00:00Z", // the next update is overdue, more than three components are affected, an incident without updates
	"2025-07-28T03:30:00Z", // an incident without impact, and one that began automatically
	"2025-08-01T00:40:00Z", // a window with a plan is under way
	"2025-08-03T23:20:00Z", // a window without an automatic end, verifying
	"2025-08-04T00:10:00Z", // it overruns
	"2025-08-04T09:00:00Z", // it is over
	"2025-09-05T09:00:00Z", // long ago
}

// translated returns the site in a language at a moment: its pages and its texts.
func translated(t *testing.T, tag, at string, over fstest.MapFS) output {
	t.Helper()
	return kept(everything(t, tag, at, over))
}

// kept removes the files in which no facts are looked for. choose.txt is data for a script.
func kept(out output) output {
	maps.DeleteFunc(out, func(file string, _ []byte) bool {
		return path.Base(file) == "choose.txt" || !slices.Contains([]string{".html", ".txt", ".md"}, path.Ext(file))
	})
	return out
}

// everything returns every file of everyState that is not an image.
func everything(t *testing.T, tag, at string, over fstest.MapFS) output {
	t.Helper()
	return everythingOf(t, everyState, tag, at, over)
}

// everythingOf returns every file of a site that is not an image.
func everythingOf(t *testing.T, c content, tag, at string, over fstest.MapFS) output {
	t.Helper()
	folder := fstest.MapFS{}
	for file, text := range c {
		folder[file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "LANG", tag))}
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	s, problems := source.Read(folder, source.Options{})
	s = s.WithOccurrences(now)
	if problems = append(problems, s.Check(now)...); problems.HasErrors() {
		t.Fatalf("%+v", problems)
	}
	theme := fs.FS(themes.Open(nil))
	if over != nil {
		theme = themes.Open(over)
	}
	files, err := render.Files(&s, theme, render.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	out := output{}
	for _, f := range files {
		if path.Ext(f.Path) == ".png" {
			continue
		}
		if out[f.Path], err = f.Bytes(); err != nil {
			t.Fatal(f.Path, err)
		}
	}
	return out
}
