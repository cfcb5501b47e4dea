package site_test

import (
	"fmt"
	"testing"
	"time"

	"allclear/generator/site"
)

// minute is a time on the day of these stories, in minutes after noon.
func minute(n int) time.Time { return epoch.Add(time.Duration(n) * time.Minute) }

func on(n int) site.Moment { return site.Moment{Time: minute(n)} }

func said(n int, word site.UpdateStatus) site.Update {
	return site.Update{Time: minute(n), Status: word}
}

func TestHowAnIncidentWasCommunicated(t *testing.T) {
	live := []site.Update{
		said(9, site.Investigating), said(20, site.Identified), said(24, site.Note), said(60, site.Monitoring), said(90, site.Resolved),
	}
	afterwards := &site.Report{Whole: true}
	for _, c := range []struct {
		what string
		e    site.Entry
		now  int
		want string
	}{
		{"from its start to its updates", site.Entry{Start: on(0), Updates: live}, 200, "first 9, between 20.5 and 36, resolved 90"},
		{"as of an instant within it", site.Entry{Start: on(0), Updates: live}, 50, "first 9, between 11 and 26"},
		{"before anybody wrote", site.Entry{Start: on(0), Updates: live}, 5, ""},
		{"by the start of its impact", site.Entry{Impacts: []site.Impact{{Status: site.MajorOutage, Start: on(0)}}, Updates: live}, 200,
			"first 9, between 20.5 and 36, resolved 90"},
		{"nothing but its first update says when it began", site.Entry{Updates: live}, 200, "between 20.5 and 36, resolved 81"},
		{"ended by the clock: the silence before that counts", site.Entry{Start: on(0), End: on(100), Updates: live[:2]}, 200,
			"first 9, between 45.5 and 80, resolved 100"},
		{"end in the future", site.Entry{Start: on(0), End: on(100), Updates: live[:2]}, 30, "first 9, between 10.5 and 11"},
		{"the first update came after its end", site.Entry{Start: on(0), End: on(10), Updates: live[4:]}, 200, "first 90, resolved 10"},
		{"recorded afterwards, with the time", site.Entry{Start: on(0), End: on(60), Posted: on(2880), Report: afterwards}, 3000,
			"first 2880, resolved 60"},
		{"recorded afterwards, not yet posted", site.Entry{Start: on(0), End: on(60), Posted: on(2880), Report: afterwards}, 100,
			"resolved 60"},
		{"recorded afterwards, without the time", site.Entry{Start: on(0), End: on(60), Report: afterwards}, 3000, "resolved 60"},
		{"live, with a report that is posted later",
			site.Entry{Start: on(0), Posted: on(2880), Report: &site.Report{}, Updates: live}, 3000,
			"first 9, between 20.5 and 36, resolved 90"},
		{"reopened: the calm in between is no silence, but it was not resolved", site.Entry{Start: on(0), Updates: append(live,
			said(300, site.Investigating), said(310, site.Resolved))}, 400, "first 9, between 11 and 36, resolved 310"},
		{"two updates at once are one", site.Entry{Start: on(0), Updates: []site.Update{
			said(1, site.Investigating), said(1, site.Identified), said(9, site.Resolved)}}, 400, "first 1, between 8 and 8, resolved 9"},
	} {
		s := &site.Site{Zone: time.UTC, Entries: []site.Entry{c.e}}
		list := s.Communications(minute(c.now))
		if len(list) != 1 {
			t.Errorf("%s: %d incidents count", c.what, len(list))
		} else if got := inMinutes(list[0]); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// inMinutes is a Communication in minutes.
func inMinutes(c site.Communication) string {
	minutes := func(l site.KnownLength) string { return fmt.Sprint(l.Length.Minutes()) }
	text := ""
	if c.FirstUpdate.Known {
		text = ", first " + minutes(c.FirstUpdate)
	}
	if c.MedianGap.Known {
		text += ", between " + minutes(c.MedianGap) + " and " + minutes(c.LongestGap)
	}
	if c.Resolution.Known {
		text += ", resolved " + minutes(c.Resolution)
	}
	if text == "" {
		return ""
	}
	return text[2:]
}

func TestWhatBecameOfAPromise(t *testing.T) {
	updates := []site.Update{said(9, site.Investigating), said(20, site.Identified), said(90, site.Resolved)}
	late := func(n int) string { return fmt.Sprintf("late by %d", n) }
	for _, c := range []struct {
		what     string
		due, end int // end 0: none is written
		now      int
		want     string
	}{
		{"an update at the very time", 20, 0, 200, "kept"},
		{"it was over by then", 100, 0, 200, "kept"},
		{"it was over at that time", 90, 0, 200, "kept"},
		{"the next update came later", 60, 0, 200, late(30)},
		{"still owed", 60, 0, 75, late(15)},
		{"due this second", 60, 0, 60, late(0)},
		{"not due yet", 60, 0, 59, "pending"},
		{"an update before the time leaves the promise", 15, 0, 30, late(5)},
		{"it ended without it", 30, 50, 200, "missed"},
		{"it will end without it", 30, 50, 40, late(10)},
		{"due before it began", -5, 0, 200, "none"},
	} {
		e := site.Entry{Start: on(0), NextUpdate: on(c.due), Updates: updates}
		if c.end > 0 {
			e.End = on(c.end)
		}
		s := &site.Site{Zone: time.UTC, Entries: []site.Entry{e}}
		one := s.Communications(minute(c.now))[0]
		got := map[site.PromiseOutcome]string{site.NoPromise: "none", site.PromisePending: "pending", site.PromiseKept: "kept",
			site.PromiseMissed: "missed", site.PromiseLate: late(int(one.LateBy.Minutes()))}[one.Promise]
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		now := minute(c.now)
		if owed := e.Overdue(now); owed != (one.Promise == site.PromiseLate && e.Promised(now)) {
			t.Errorf("%s: the page says overdue: %t, but the promise is %s", c.what, owed, got)
		}
	}
}

func TestOnlyIncidentsThatSomebodyWaitsForCount(t *testing.T) {
	s := &site.Site{Zone: time.UTC, Entries: []site.Entry{
		{Slug: "counts", Start: on(0)},
		{Slug: "notice", Start: on(0), Severity: site.None},
		{Slug: "rehearsal", Start: on(0), NoIndex: true},
		{Slug: "window", Start: on(0), End: on(9), Kind: site.Maintenance},
		{Slug: "to-come", Start: on(60)},
	}}
	if list := s.Communications(minute(30)); len(list) != 1 || list[0].Entry.Slug != "counts" {
		t.Errorf("%d incidents count: %v", len(list), list)
	}
}

func TestFiguresOfIncidents(t *testing.T) {
	tagged := func(slug string, start, first, end int, tags ...string) site.Entry {
		return site.Entry{Slug: slug, Start: on(start), Tags: tags,
			Updates:  []site.Update{said(start+first, site.Investigating), said(start+end, site.Resolved)},
			Impacts:  []site.Impact{{Components: []site.Ref{{ID: "api"}}, Status: site.PartialOutage}},
			Severity: site.SeverityUnset}
	}
	s := &site.Site{Zone: time.UTC, Groups: []site.Group{{ID: "core"}}, Components: []site.Component{
		{ID: "web", Group: "core"}, {ID: "api", Group: "core"}, {ID: "hidden", Unlisted: true}, {ID: "calm"}},
		Entries: []site.Entry{
			tagged("a", 0, 5, 20, "Deploy", "network"),
			tagged("b", 100, 1, 40, "deploy", " network  link "),
			tagged("c", 200, 9, 60),
			tagged("d", 300, 3, 30, "deploy", "DEPLOY"),
		}}
	s.Entries[1].Impacts[0].Components = []site.Ref{{ID: "web"}, {ID: "api"}, {ID: "hidden"}}
	s.Entries[1].Impacts[0].Status = site.MajorOutage
	list := s.Communications(minute(1000))
	f := site.Figures(list)
	if f.Incidents != 4 || f.Severities[site.Major] != 3 || f.Severities[site.Critical] != 1 {
		t.Errorf("incidents by severity: %d, %v", f.Incidents, f.Severities)
	}
	if f.FirstUpdate != (site.LengthStats{Count: 4, Median: 4 * time.Minute, Worst: 9 * time.Minute, Of: &s.Entries[2]}) {
		t.Errorf("time to the first update: %+v", f.FirstUpdate)
	}
	if f.Resolution.Median != 35*time.Minute || f.Resolution.Worst != time.Hour || f.Resolution.Of.Slug != "c" {
		t.Errorf("time to resolution: %+v", f.Resolution)
	}
	want := ""
	for _, one := range site.FiguresByTag(list) {
		want += fmt.Sprintf("%q %d; ", one.Tag, one.Incidents)
	}
	if want != `"deploy" 3; "network" 1; "network link" 1; "" 1; ` {
		t.Errorf("by tag: %s", want)
	}
	components, groups := s.FiguresByComponent(list, minute(1000))
	if len(components) != 2 || components[0].Component.ID != "web" || components[0].Incidents != 1 || components[1].Incidents != 4 {
		t.Errorf("by component: %+v", components)
	}
	if len(groups) != 1 || groups["core"].Incidents != 4 {
		t.Errorf("an incident with two components of a group counts once for the group: %+v", groups)
	}
	if part := site.StartedIn(list, site.Interval{Start: minute(100), End: minute(300)}); len(part) != 2 || part[0].Entry.Slug != "c" {
		t.Errorf("incidents that began in an interval: %+v", part)
	}
	if none := site.Figures(nil); none != (site.CommunicationFigures{}) {
		t.Errorf("figures of nothing: %+v", none)
	}
}
