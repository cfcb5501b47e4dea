package news

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// with returns the site acme with files added or replaced.
func with(files ...string) map[string]string {
	all := maps.Clone(acme)
	for i := 0; i < len(files); i += 2 {
		all[files[i]] = files[i+1]
	}
	return all
}

// ids returns the ids of all events up to an instant that are about a path.
func ids(t *testing.T, files map[string]string, when, path string) []string {
	t.Helper()
	var list []string
	for _, e := range Events(read(t, at(when), files), time.Time{}, at(when)) {
		if strings.HasPrefix(e.Path, path) {
			list = append(list, strings.TrimPrefix(e.ID, path))
		}
	}
	return list
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, not %q", what, got, want)
	}
}

const webSlow = `---
title: The website is slow
components: [website]
status: degraded_performance
start: 2026-11-21 12:00
---
`

// The clock says that an incident has begun. What a person writes then is news, though
// feeds show both as one item.
func TestTheFirstWordsOfAPersonAreNewsAfterThoseOfTheClock(t *testing.T) {
	const path = "incidents/slow/"
	silent := with("incidents/slow.md", webSlow)
	expect(t, "nobody wrote", ids(t, silent, "2026-11-21T11:05:00Z", path), "#begun")
	worded := with("incidents/slow.md", webSlow+"\n## Identified — 2026-11-21 12:10\nA disk is full.\n")
	expect(t, "somebody wrote", ids(t, worded, "2026-11-21T11:15:00Z", path), "#u-first")
}

// An edit keeps the id. So does an earlier update that is written later: what was first
// has been sent as the first.
func TestWhatWasSentKeepsItsID(t *testing.T) {
	const path = "incidents/slow/"
	now := at("2026-11-21T12:00:00Z")
	events := func(text string) (list []Event) {
		for _, e := range Events(read(t, now, with("incidents/slow.md", webSlow+text)), time.Time{}, now) {
			if e.Path == path {
				list = append(list, e)
			}
		}
		return list
	}
	one := events("\n## Identified — 2026-11-21 12:10\nA disk is full.\n")
	edited := events("\n## Identified — 2026-11-21 12:10\nA disk was full; we are adding others.\n")
	if len(one) != 1 || len(edited) != 1 || one[0].ID != edited[0].ID {
		t.Errorf("%v, edited %v", one, edited)
	}
	two := events("\n## Investigating — 2026-11-21 12:05\nIt is slow.\n\n## Identified — 2026-11-21 12:10\nA disk is full.\n")
	sent := append([]string{one[0].ID}, one[0].Also...)
	if len(two) != 2 || !slices.Contains(sent, two[1].ID) {
		t.Errorf("sent as %q, then %+v", sent, two)
	}
}

// What was sent under an alias is not news under the new address.
func TestARenamedPageKeepsTheIDsThatWereSent(t *testing.T) {
	now := at("2026-11-21T11:30:00Z")
	const text = webSlow + "\n## Identified — 2026-11-21 12:10\nA disk is full.\n\n## Monitoring — 2026-11-21 12:20\nIt has room.\n"
	const window = "---\ntitle: Work\ncomponents: [website]\nposted: 2026-11-19 12:00\n" +
		"start: 2026-11-21 13:00\nend: 2026-11-21 14:00\n---\n"
	const post = "---\ntitle: News\nposted: 2026-11-21 12:00\n---\nSome.\n"
	sent := map[string]bool{}
	before := with("incidents/slow.md", text, "maintenance/work.md", window, "announcements/news.md", post)
	for _, e := range Events(read(t, now, before), time.Time{}, now) {
		sent[e.ID] = true
		for _, id := range e.Also {
			sent[id] = true
		}
	}
	renamed := func(text, from string) string {
		return strings.Replace(text, "---\n", "---\naliases: [/"+from+"/]\n", 1)
	}
	after := with("incidents/web.md", renamed(text, "incidents/slow"), "maintenance/move.md", renamed(window, "maintenance/work"),
		"announcements/other.md", renamed(post, "announcements/news"))
	seen := 0
	for _, e := range Events(read(t, now, after), time.Time{}, now) {
		if !sent[e.ID] && !slices.ContainsFunc(e.Also, func(id string) bool { return sent[id] }) {
			t.Errorf("%s is news: %q", e.ID, e.Also)
		}
		if slices.Contains([]string{"incidents/web/", "maintenance/move/", "announcements/other/"}, e.Path) {
			seen++
		}
	}
	if seen < 5 { // two updates, a window with a reminder, and an announcement
		t.Errorf("%d events of what was renamed", seen)
	}
}

func TestNothingThatIsHiddenIsAnEvent(t *testing.T) {
	const outage = "components: [website]\nstatus: major_outage\n---\n\n## Investigating — 2026-11-21 12:00\nx\n"
	files := with(
		"incidents/drill.md", "---\ntitle: Drill\nnoindex: true\n"+outage,
		"incidents/draft.md", "---\ntitle: Draft\ndraft: true\n"+outage,
		"maintenance/secret.md",
		"---\ntitle: Secret\nstart: 2026-12-24 02:00\nend: 2026-12-24 03:00\n"+
			"components: [website]\nposted: 2026-12-01 09:00\n---\n",
		"announcements/later.md", "---\ntitle: Later\nposted: 2026-12-01 09:00\n---\nx\n",
		"announcements/quiet.md", "---\ntitle: Quiet\nposted: 2026-11-19 09:00\nnoindex: true\n---\nx\n",
		"incidents/slow.md", webSlow+"\n## Identified — 2026-11-21 12:10\nSee [the plan](../maintenance/secret.md).\n"+
			"\n## Update — 2026-11-21 15:00\nLATER\n",
	)
	now := at("2026-11-21T13:00:00Z")
	s := read(t, now, files)
	p := speaker(t, s)
	for _, e := range Events(s, time.Time{}, now) {
		for _, kind := range site.NotifyKinds {
			m, err := p.Say(e, targetOf(kind.Name))
			if err != nil {
				t.Fatal(err)
			}
			all := e.ID + e.Title + shown(t, m)
			for _, word := range []string{"Drill", "Draft", "Secret", "secret", "LATER", "later/", "Quiet", "quiet/"} {
				if strings.Contains(all, word) {
					t.Errorf("%s: %q is in %s", kind.Name, word, all)
				}
			}
		}
	}
}

// Components that an incident will affect only later are not named.
func TestAnImpactThatHasNotBegunIsNotNamed(t *testing.T) {
	s := read(t, at("2026-11-21T11:30:00Z"), with("incidents/slow.md", `---
title: Slow
impacts:
  - {components: [website], status: degraded_performance, start: 2026-11-21 12:00}
  - {components: [email], status: major_outage, start: 2026-11-21 14:00}
---

## Investigating — 2026-11-21 12:05
We look into it.
`))
	for _, e := range Events(s, time.Time{}, at("2026-11-21T11:30:00Z")) {
		if m, _ := speaker(t, s).Say(e, targetOf("webhook")); e.Path == "incidents/slow/" && strings.Contains(string(m.Body), "email") {
			t.Errorf("%s", m.Body)
		}
	}
}

func TestFiltersLetPassWhatTheyName(t *testing.T) {
	now := at("2026-11-22T00:30:00Z")
	s := read(t, now, with("incidents/slow.md", webSlow+"\n## Identified — 2026-11-21 12:10\nx\n",
		"incidents/general.md", "---\ntitle: Beware\nseverity: none\nstart: 2026-11-21 09:00\n---\n\n## Update — 2026-11-21 09:00\nx\n"))
	refs := func(list ...string) (refs []site.Ref) {
		for _, id := range list {
			refs = append(refs, site.Ref{ID: id})
		}
		return refs
	}
	for name, test := range map[string]struct {
		filter site.NotifyFilter
		want   string // paths, each once, in order
	}{
		"everything": {site.NotifyFilter{},
			"announcements/limits/ maintenance/upgrade/ incidents/api/ incidents/general/ incidents/slow/ maintenance/upgrade/"},
		"a component": {site.NotifyFilter{Components: refs("website")}, "incidents/slow/"},
		"its group": {site.NotifyFilter{Groups: refs("platform")},
			"announcements/limits/ maintenance/upgrade/ incidents/api/ maintenance/upgrade/"},
		"either": {site.NotifyFilter{Components: refs("website"), Groups: refs("platform"), Severity: site.Minor},
			"incidents/api/ incidents/slow/"},
		"a region":       {site.NotifyFilter{Components: refs("api"), Regions: refs("eu")}, "announcements/limits/ incidents/api/"},
		"another region": {site.NotifyFilter{Components: refs("api"), Regions: refs("us")}, "announcements/limits/"},
		"a region only": {site.NotifyFilter{Regions: refs("us")},
			"announcements/limits/ maintenance/upgrade/ incidents/slow/ maintenance/upgrade/"},
		"at least major":      {site.NotifyFilter{Severity: site.Major}, "incidents/api/"},
		"at least minor":      {site.NotifyFilter{Severity: site.Minor}, "incidents/api/ incidents/slow/"},
		"incidents":           {site.NotifyFilter{Kinds: []string{"incident"}}, "incidents/api/ incidents/general/ incidents/slow/"},
		"maintenance":         {site.NotifyFilter{Kinds: []string{"maintenance"}}, "maintenance/upgrade/"},
		"reminders":           {site.NotifyFilter{Kinds: []string{"reminder"}}, "maintenance/upgrade/"},
		"announcements":       {site.NotifyFilter{Kinds: []string{"announcement"}}, "announcements/limits/"},
		"nothing that exists": {site.NotifyFilter{Kinds: []string{"announcement"}, Components: refs("email")}, ""},
	} {
		var got []string
		for _, e := range Events(s, time.Time{}, now) {
			if e.Wanted(site.NotifyTarget{Kind: "slack", Filter: test.filter}) {
				got = append(got, e.Path)
			}
		}
		if got := strings.Join(slices.Compact(got), " "); got != test.want {
			t.Errorf("%s: %s\nwant %s", name, got, test.want)
		}
		if !TestEvent(s, now).Wanted(site.NotifyTarget{Kind: "slack", Filter: test.filter}) {
			t.Errorf("%s: no test passes", name)
		}
	}
}

// Once an incident has been major, all that follows is about a major incident, to its end.
func TestWhoHeardThatItIsMajorHearsThatItIsOver(t *testing.T) {
	files := with("incidents/slow.md", `---
title: Slow
impacts:
  - {components: [website], status: degraded_performance, start: 2026-11-21 12:00, end: 2026-11-21 12:30}
  - {components: [website], status: major_outage, start: 2026-11-21 12:30, end: 2026-11-21 12:40}
---

## Investigating — 2026-11-21 12:05
It is slow.

## Identified — 2026-11-21 12:30
It is down.

## Resolved — 2026-11-21 12:40
It works.
`)
	now := at("2026-11-21T13:00:00Z")
	var got []string
	for _, e := range Events(read(t, now, files), at("2026-11-21T00:00:00Z"), now) {
		if e.Path == "incidents/slow/" && e.Wanted(site.NotifyTarget{Filter: site.NotifyFilter{Severity: site.Major}}) {
			got = append(got, e.Word())
		}
	}
	expect(t, "major", got, "identified", "resolved")
}
