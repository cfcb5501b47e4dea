package source

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// grouped is a manifest with a group: one of its components has regions, one is retired at
// seven o'clock, and one came into service at five.
const grouped = `-- components.yml --
regions: [{id: us}, {id: eu}]
components:
  - group: Core
    components:
      - {id: api, name: API, regions: [us, eu]}
      - {id: web, name: Website}
      - {id: fax, name: Fax, until: 2025-07-25 07:00}
      - {id: cdn, name: CDN, since: 2025-07-25 05:00}
`

func TestGroupsOfAnImpactAreReadInEachFrontMatter(t *testing.T) {
	for _, front := range []string{
		"---\ntitle: X\ngroups: [core]\nregions: eu\nstatus: down\nstart: 2025-07-25 06:00\n---\n",
		"---\ntitle: X\nstart: 2025-07-25 06:00\nimpacts:\n  - groups: core\n    regions: [eu]\n    status: down\n---\n",
		"+++\ntitle = 'X'\ngroups = ['core']\nregions = ['eu']\nstatus = 'down'\nstart = 2025-07-25 06:00\n+++\n",
		"+++\ntitle = 'X'\nstart = 2025-07-25 06:00\n[[impacts]]\ngroups = 'core'\nregions = ['eu']\nstatus = 'down'\n+++\n",
		";;;\n" + `{"title": "X", "start": "2025-07-25 06:00", "groups": ["core"], "regions": ["eu"], "status": "down"}` + "\n;;;\n",
		";;;\n" + `{"title": "X", "start": "2025-07-25 06:00", "impacts": [{"groups": "core", "regions": "eu", ` +
			`"status": "down"}]}` + "\n;;;\n",
	} {
		s := read(t, grouped+"-- incidents/x.md --\n"+front+"Text.\n")
		i := s.Entries[0].Impacts[0]
		if len(i.Groups) != 1 || i.Groups[0].ID != "core" || len(i.Components) != 0 || len(i.Regions) != 1 || i.Groups[0].Pos.Line == 0 {
			t.Errorf("%s\nis read as %+v", front, i)
		}
	}
}

func TestMistakesOfGroups(t *testing.T) {
	expect(t, grouped+`-- incidents/x.md --
---
title: X
start: 2025-07-25 06:00
impacts:
  - {groups: [], status: down}
  - {groups: [core], components: all, status: down}
  - {regions: [eu], status: down}
  - {groups: 7, status: down}
---
Text.
`, `
incidents/x.md:5:14: error: "groups" is an empty list
incidents/x.md:6:6: error: "components: all" includes all groups
incidents/x.md:7:5: error: the impact has no components
incidents/x.md:8:14: error: "groups" must be a list, not 7
`)
}

func TestKeysOfComponentsThatComeAndGo(t *testing.T) {
	s := read(t, `-- site.yml --
title: X
url: https://x.example.org
timezone: Europe/Berlin
uptime: {groups: true, overall: true}
-- components.yml --
components:
  - {id: fax, name: Fax, since: 2024-03-01, until: 2026-06-30, api_id: kctbh9vrtdwd}
  - {id: telex, name: Telex, until: 2026-06-30 12:00, unlisted: true}
  - group: Core
    id: core
    description: What all others need
    collapsed: true
    api_id: b13yz5g2cw10
    components: [{id: api}, {id: web, unlisted: false}]
`)
	fax, telex, group := s.Components[0], s.Components[1], s.Groups[0]
	if got := fax.Until.Format(time.RFC3339); got != "2026-06-29T22:00:00Z" { // midnight in Berlin
		t.Errorf("a day begins at %s", got)
	}
	if got := telex.Until.Format(time.RFC3339); got != "2026-06-30T10:00:00Z" {
		t.Errorf("noon is %s", got)
	}
	if fax.Unlisted || !telex.Unlisted || s.Components[3].Unlisted {
		t.Error("only telex is unlisted")
	}
	if fax.APIID() != "kctbh9vrtdwd" || group.APIID() != "b13yz5g2cw10" {
		t.Errorf("the ids in the API are %s and %s", fax.APIID(), group.APIID())
	}
	if group.Description.Default != "What all others need" || !group.Collapsed || !s.Uptime.Groups || !s.Uptime.Overall {
		t.Errorf("the group is %+v, uptime %+v", group, s.Uptime)
	}
}

func TestMistakesOfComponentsThatComeAndGo(t *testing.T) {
	expect(t, `-- components.yml --
components:
  - {id: a, since: 2026-06-30, until: 2026-06-30}
  - {id: b, since: 2026-06-30 10:00, until: 2026-06-30}
  - {id: c, until: soon, unlisted: "yes", api_id: "a b"}
  - group: G
    collapsed: 1
    api_id: /x
    components: [{id: d}]
`, `
components.yml:2:39: error: until must be after since
components.yml:3:45: error: until must be after since
components.yml:4:20: error: "soon" is not a time
components.yml:4:37: error: "unlisted" must be true or false, not "yes"
components.yml:4:52: error: the id "a b" must be at most 64 letters, digits, - and _
components.yml:6:16: error: "collapsed" must be true or false, not 1
components.yml:7:13: error: the id "/x" must be at most 64 letters, digits, - and _
`)
}

func TestAComponentMayTakeTheNameOfOneThatIsGone(t *testing.T) {
	expect(t, `-- components.yml --
components:
  - {id: api-1, name: API, until: 2026-06-30}
  - {id: api-2, name: API, since: 2026-06-30, until: 2026-12-01}
  - {id: api-0, name: API, unlisted: true}
  - {id: api-3, name: API, since: 2026-11-30}
`, `
components.yml:5:10: warning: components "api-2" and "api-3" have the same name: API
`)
}

// afterUpdate returns an incident's file after an update, and the entry that it is then.
func afterUpdate(t *testing.T, front string, a Update) string {
	t.Helper()
	file := front + "\n## Investigating — 2025-07-25 06:30\nWe look.\n"
	fsys := folder(grouped)
	fsys["content/incidents/x.md"] = textFile(file)
	s, problems := Read(fsys, Options{})
	if problems.HasErrors() {
		t.Fatalf("unexpected problems:\n%s", listed(problems))
	}
	a.Text = "Text."
	out, err := Append([]byte(file), &s, &s.Entries[0], a)
	if err != nil {
		t.Fatal(err)
	}
	fsys["content/incidents/x.md"] = textFile(string(out))
	if _, problems := Read(fsys, Options{}); problems.HasErrors() {
		t.Errorf("what was written has mistakes:\n%s\n%s", listed(problems), out)
	}
	front, _, _ = strings.Cut(string(out), "\n##")
	return front
}

// An update that changes one component of a group ends the impact of the group, and goes
// on with the others by their ids: with those that the group meant when the impact began.
func TestAnUpdateOfOneComponentOfAGroup(t *testing.T) {
	at := time.Date(2025, 7, 25, 6, 45, 0, 0, time.UTC)
	web := []StatusChange{{Component: "web", Status: site.DegradedPerformance}}
	got := afterUpdate(t, "---\ntitle: X\ngroups: [core]\nstatus: down\n---", Update{Time: at, Status: site.Identified, Statuses: web})
	want := `---
title: X
impacts:
  - groups: [core]
    status: down
    end: 2025-07-25 06:45
  - components: [api, fax, cdn]
    status: major_outage
    start: 2025-07-25 06:45
  - components: [web]
    status: degraded_performance
    start: 2025-07-25 06:45
---
`
	if got != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// In Europe the group means the API alone, so the website is none of it.
	got = afterUpdate(t, "---\ntitle: X\ngroups: [core]\nregions: [eu]\nstatus: down\n---",
		Update{Time: at, Status: site.Identified, Statuses: []StatusChange{{Component: "web", Status: site.DegradedPerformance}}})
	want = `---
title: X
impacts:
  - groups: [core]
    regions: [eu]
    status: down
  - components: [web]
    status: degraded_performance
    start: 2025-07-25 06:45
---
`
	if got != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An incident that is opened again affects the group again, without what is retired by
// then. If the group means other components by then, they are named by their ids.
func TestAGroupIsAffectedAgain(t *testing.T) {
	at := time.Date(2025, 7, 25, 6, 45, 0, 0, time.UTC)
	const resolved = "---\ntitle: X\nimpacts:\n  - {groups: [core], status: down, end: 2025-07-25 06:40}\n---\n" +
		"## Resolved — 2025-07-25 06:40\nOver.\n"
	got := afterUpdate(t, resolved, Update{Time: at, Status: site.Investigating})
	if !strings.Contains(got, "  - groups: [core]\n    status: major_outage\n    start: 2025-07-25 06:45\n") {
		t.Errorf("got\n%s", got)
	}
	got = afterUpdate(t, strings.Replace(resolved, "[core]", "[core], regions: [us]", 1), Update{Time: at, Status: site.Investigating})
	if !strings.Contains(got, "  - groups: [core]\n    regions: [us]\n    status: major_outage\n") {
		t.Errorf("got\n%s", got)
	}
	got = afterUpdate(t, resolved, Update{Time: at.Add(time.Hour), Status: site.Investigating})
	again := "  - groups: [core]\n    status: major_outage\n    start: 2025-07-25 07:45\n"
	if !strings.Contains(got, again) || strings.Contains(got, "fax") {
		t.Errorf("got\n%s", got)
	}
	got = afterUpdate(t, strings.Replace(resolved, "[core]", "[core], components: [fax]", 1),
		Update{Time: at.Add(time.Hour), Status: site.Investigating})
	if !strings.Contains(got, again) {
		t.Errorf("got\n%s", got)
	}
	late := strings.Replace(resolved, "title", "start: 2025-07-25 04:00\ntitle", 1)
	got = afterUpdate(t, late, Update{Time: at.Add(time.Hour), Status: site.Investigating})
	if !strings.Contains(got, "  - components: [api, web]\n    status: major_outage\n    start: 2025-07-25 07:45\n") {
		t.Errorf("got\n%s", got)
	}
}
