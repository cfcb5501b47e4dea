package news

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// Reminders come before a window begins, once each; a window that moves has others.
func TestRemindersComeBeforeAWindow(t *testing.T) {
	const path = "maintenance/upgrade/"
	expect(t, "more than a day before", ids(t, acme, "2026-11-21T00:59:59Z", path), "#u-first")
	expect(t, "a day before", ids(t, acme, "2026-11-21T01:00:00Z", path), "#u-first", "#remind-24h-20261122T010000Z")
	expect(t, "an hour before", ids(t, acme, "2026-11-22T00:00:00Z", path), "#u-first", "#remind-1h-20261122T010000Z")
	expect(t, "under way", ids(t, acme, "2026-11-22T01:00:00Z", path), "#u-first", "#u-20261122T010000Z")

	moved := with("maintenance/upgrade.md", strings.ReplaceAll(acme["maintenance/upgrade.md"], "2026-11-22 0", "2026-11-23 0"))
	expect(t, "moved by a day", ids(t, moved, "2026-11-22T01:30:00Z", path), "#u-first", "#remind-24h-20261123T010000Z")

	late := with("maintenance/upgrade.md", strings.Replace(acme["maintenance/upgrade.md"], "posted: 2026-11-19", "posted: 2026-11-21", 1))
	expect(t, "announced 14 hours before", ids(t, late, "2026-11-21T12:00:00Z", path), "#u-first")
	expect(t, "and an hour before", ids(t, late, "2026-11-22T00:00:00Z", path), "#u-first", "#remind-1h-20261122T010000Z")

	canceled := with("maintenance/upgrade.md", acme["maintenance/upgrade.md"]+"\n## Canceled — 2026-11-20 09:00\nNot needed.\n")
	expect(t, "canceled", ids(t, canceled, "2026-11-22T00:00:00Z", path), "#u-first", "#u-20261120T080000Z")
}

// A window that is posted only when it has begun is news from then on, not from its start:
// otherwise max_age could swallow it.
func TestAWindowIsNewsOnceItIsPosted(t *testing.T) {
	files := with("maintenance/late.md", "---\ntitle: Late\nstart: 2026-11-21 02:00\nend: 2026-11-21 09:00\n"+
		"components: [website]\nposted: 2026-11-21 05:00\n---\n")
	expect(t, "before", ids(t, files, "2026-11-21T03:59:59Z", "maintenance/late/"))
	now := at("2026-11-21T04:00:00Z")
	for _, e := range Events(read(t, now, files), time.Time{}, now) {
		if e.Path == "maintenance/late/" && !e.At.Equal(now) {
			t.Errorf("%s is of %s", e.ID, e.At)
		}
	}
	expect(t, "then", ids(t, files, "2026-11-21T04:00:00Z", "maintenance/late/"), "#u-first", "#u-20261121T040000Z")
}

// Each occurrence of a series is announced and reminded of; that it begins and ends every
// week is no news, as in feeds.
func TestASeriesIsRemindedOf(t *testing.T) {
	files := with("maintenance/weekly.md", `---
title: Weekly restart
components: [website]
start: 2026-11-22 02:00
duration: 1h
repeat: {every: week}
announce: 2d
---
`)
	expect(t, "on the day", ids(t, files, "2026-11-22T12:00:00Z", "maintenance/weekly-2026-11-22/"), "#u-first")
	expect(t, "an hour before", ids(t, files, "2026-11-22T00:30:00Z", "maintenance/weekly-2026-11-22/"),
		"#u-first", "#remind-1h-20261122T010000Z")
}

// Commands that show drafts send none.
func TestADraftIsNoEventThoughItWasRead(t *testing.T) {
	s := read(t, at("2026-11-21T13:00:00Z"), acme)
	for i := range s.Entries {
		s.Entries[i].Draft = true
	}
	s.Announcements[0].Draft = true
	if list := Events(s, time.Time{}, at("2026-11-21T13:00:00Z")); len(list) > 0 {
		t.Errorf("%v", list)
	}
}

// Feeds have no reminders, so a hub has nothing to get.
func TestAHubGetsNoReminders(t *testing.T) {
	now := at("2026-11-22T00:30:00Z")
	for _, e := range Events(read(t, now, acme), time.Time{}, now) {
		if got := e.Wanted(site.NotifyTarget{Kind: "websub"}); got != (e.Kind != Reminder) {
			t.Errorf("%s: %v", e.ID, got)
		}
	}
}
