package news

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// A region that recovers is named, though the component as a whole is no better.
func TestRegionsThatChangeAreNamed(t *testing.T) {
	files := with("incidents/api.md", `---
title: API errors
impacts:
  - {components: [api], regions: [eu], status: major_outage, start: 2026-11-20 06:32, end: 2026-11-20 07:04}
  - {components: [api], regions: [us], status: major_outage, start: 2026-11-20 06:32}
---

## Investigating — 2026-11-20 06:41
It fails.

## Update — 2026-11-20 07:04
Europe works.
`)
	now := at("2026-11-21T00:00:00Z")
	s := read(t, now, files)
	got := ""
	for _, e := range Events(s, time.Time{}, now) {
		if c := speaker(t, s).content(e, targetOf("slack")); e.Path == "incidents/api/" {
			got += c.serviceText(1000, runesOf) + "\n"
		}
	}
	want := "Public API: Operational → Major outage\n" +
		"Public API (Europe): Major outage → Operational\nPublic API (United States): Major outage\n"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A notice that the clock begins is an update: nobody investigates anything.
func TestANoticeIsNotInvestigated(t *testing.T) {
	now := at("2026-11-21T12:00:00Z")
	const notice = "---\ntitle: Beware of forged mail\nseverity: none\nstart: 2026-11-21 09:00\n---\n"
	s := read(t, now, with("incidents/notice.md", notice))
	for _, e := range Events(s, time.Time{}, now) {
		if m, _ := speaker(t, s).Say(e, targetOf("webhook")); e.Path == "incidents/notice/" {
			if e.Word() != "update" || !strings.HasPrefix(m.Preview, "incident.update\n\nUpdate: Beware") ||
				!strings.Contains(string(m.Body), `"status":"update"`) {
				t.Errorf("%s: %s", e.Word(), m.Preview)
			}
		}
	}
}

func TestTenServicesAreNamed(t *testing.T) {
	files := with("incidents/slow.md", strings.Replace(webSlow, "[website]", "all", 1)+"\n## Identified — 2026-11-21 12:10\nx\n")
	files["components.yml"] = "components:\n"
	for i := range 13 {
		files["components.yml"] += fmt.Sprintf("  - {id: c%d, name: Service %d}\n", i, i)
	}
	for _, name := range []string{"incidents/api.md", "maintenance/upgrade.md", "announcements/limits.md"} {
		delete(files, name)
	}
	now := at("2026-11-21T12:00:00Z")
	s := read(t, now, files)
	m, _ := speaker(t, s).Say(Events(s, time.Time{}, now)[0], targetOf("slack"))
	if strings.Count(m.Preview, "Degraded") != 10 || !strings.Contains(m.Preview, "\n3 more\n") {
		t.Errorf("%s", m.Preview)
	}
}

func TestAKeyIsThatOfTheTargetAndTheEvent(t *testing.T) {
	now := at("2026-11-22T00:30:00Z")
	s := read(t, now, acme)
	p := speaker(t, s)
	keys := map[string]string{}
	for _, e := range append(Events(s, time.Time{}, now), TestEvent(s, now), TestEvent(s, now.Add(1))) {
		for _, kind := range site.NotifyKinds {
			for _, name := range []string{"a", "b"} {
				target := targetOf(kind.Name)
				target.Name = name + kind.Name
				m, err := p.Say(e, target)
				again, _ := p.Say(e, target)
				if err != nil || m.Key != again.Key || string(m.Body) != string(again.Body) {
					t.Errorf("%s: %q, then %q, %v", kind.Name, m.Key, again.Key, err)
				}
				id := e.ID + " " + target.Name
				if other, taken := keys[m.Key]; taken && kind.Name != "bluesky" { // each of its targets is an account
					t.Errorf("%s and %s have the key %s", id, other, m.Key)
				}
				keys[m.Key] = id
			}
		}
	}
}

// Zones whose short names mean several places are written as offsets, as on pages.
func TestAReminderNamesTheZone(t *testing.T) {
	files := with("site.yml", strings.Replace(acme["site.yml"], "Europe/Berlin", "America/Chicago", 1))
	now := at("2026-11-22T07:30:00Z")
	s := read(t, now, files)
	for _, e := range Events(s, at("2026-11-22T06:00:00Z"), now) {
		if m, _ := speaker(t, s).Say(e, targetOf("slack")); !strings.Contains(m.Preview, "02:00–04:00\u00a0UTC−6") {
			t.Errorf("%s", m.Preview)
		}
	}
}

func TestATextIsCutBetweenWords(t *testing.T) {
	for _, test := range []struct {
		text  string
		limit int
		m     measure
		want  string
	}{
		{"short", 5, runesOf, "short"}, {"two words", 8, runesOf, "two…"}, {"two words", 9, runesOf, "two words"},
		{"one, two", 7, runesOf, "one…"}, {"unbreakable", 5, runesOf, "unbr…"}, {"éééé", 3, graphemesOf, "éé…"},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, graphemesOf, "👩‍👩‍👧‍👦…"},
		{"abc", 0, runesOf, ""}, {"äöü", 5, bytesOf, "ä…"}, {"😀😀😀", 5, unitsOf, "😀😀…"},
	} {
		if got := cut(test.text, test.limit, test.m); got != test.want {
			t.Errorf("%q cut to %d is %q, not %q", test.text, test.limit, got, test.want)
		}
	}
}
