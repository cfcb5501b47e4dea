package site_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// told is what the last entry has published, oldest first: "u-first investigating
// 10:00 by the clock".
func (s *story) told(when string) []string {
	s.T.Helper()
	var lines []string
	for _, u := range s.last().Published(at(s.T, when)) {
		line := u.Status.String() + u.Time.Format(" 15:04")
		if u.ID == site.FirstID {
			line = "first: " + line
		}
		if u.Auto {
			line += " by the clock"
		}
		lines = append([]string{line}, lines...)
	}
	return lines
}

func (s *story) tells(when string, want ...string) {
	s.T.Helper()
	if got := strings.Join(s.told(when), "\n"); got != strings.Join(want, "\n") {
		s.Errorf("at %s it has told\n%s\nwant\n%s", when, got, strings.Join(want, "\n"))
	}
}

func TestAnIncidentThatIsOverHasSaidSo(t *testing.T) {
	s := tell(t).incident("2025-03-01 10:00", "2025-03-01 11:00").update(site.Identified, "2025-03-01 10:10")
	s.tells("2025-03-01 10:05", "first: investigating 10:00 by the clock")
	s.tells("2025-03-01 10:59", "first: identified 10:10")
	s.tells("2025-03-01 11:00", "first: identified 10:10", "resolved 11:00 by the clock")

	s = tell(t).incident("2025-03-01 10:00", "2025-03-01 11:00").update(site.Resolved, "2025-03-01 11:05")
	s.tells("2025-03-01 12:00", "first: resolved 11:05") // somebody has said it

	s = tell(t).incident("2025-03-01 10:00", "2025-03-01 11:00").update(site.Resolved, "2025-03-01 10:40")
	s.tells("2025-03-01 12:00", "first: resolved 10:40", "resolved 11:00 by the clock") // too soon

	s = tell(t).incident("", "").impact("website", site.MajorOutage, "2025-03-01 10:00", "2025-03-01 10:20")
	s.tells("2025-03-01 12:00", "first: investigating 10:00 by the clock", "resolved 10:20 by the clock")
}

func TestAReportThatIsTheOnlyWordSaysItAll(t *testing.T) {
	s := tell(t).incident("2025-03-01 10:00", "2025-03-01 11:00")
	s.last().Report = &site.Report{Whole: true}
	s.tells("2025-03-01 10:30", "first: investigating 10:00 by the clock")
	s.tells("2025-03-01 11:00", "postmortem 11:00")
	s.update(site.Investigating, "2025-03-01 10:10")
	s.tells("2025-03-01 12:00", "first: investigating 10:10", "resolved 11:00 by the clock", "postmortem 11:00")
}

func TestAWindowTellsEachTimeThatItBeginsAndEnds(t *testing.T) {
	s := tell(t).maintenance("2025-03-10 02:00", "2025-03-10 03:00")
	s.tells("2025-03-10 03:00", "first: scheduled 02:00 by the clock", "in_progress 02:00 by the clock", "completed 03:00 by the clock")
	s.update(site.InProgress, "2025-03-10 03:20").update(site.Completed, "2025-03-10 03:40")
	s.tells("2025-03-10 04:00", "first: scheduled 02:00 by the clock", "in_progress 02:00 by the clock", "completed 03:00 by the clock",
		"in_progress 03:20", "completed 03:40")
}

// A window that posted announced is moved with a second Scheduled: that is news, which
// feed readers show, and the announcement keeps its date.
func TestANewTimeDoesNotReplaceTheAnnouncement(t *testing.T) {
	s := tell(t).maintenance("2025-03-20 02:00", "2025-03-20 03:00")
	s.last().Posted.Time = at(t, "2025-03-10 09:00")
	s.update(site.Note, "2025-03-11 10:00").update(site.Scheduled, "2025-03-11 11:00")
	s.tells("2025-03-10 09:00", "first: scheduled 09:00 by the clock")
	s.tells("2025-03-11 11:00", "first: scheduled 09:00 by the clock", "update 10:00", "scheduled 11:00")

	s = tell(t).maintenance("2025-03-20 02:00", "2025-03-20 03:00").update(site.Scheduled, "2025-03-10 09:00")
	for _, posted := range []string{"2025-03-10 09:00", "2025-03-12 09:00"} { // Scheduled is the announcement
		s.last().Posted.Time = at(t, posted)
		s.tells("2025-03-13 09:00", "first: scheduled 09:00")
	}
}

// A window may be called off before the day on which it would have been announced.
func TestACanceledWindowWasAnnouncedBefore(t *testing.T) {
	s := tell(t).maintenance("2025-03-30 02:00", "2025-03-30 03:00").update(site.Canceled, "2025-03-10 12:00")
	s.tells("2025-03-10 12:00", "first: scheduled 12:00 by the clock", "canceled 12:00")
}

// The status of an entry is that of the newest thing it told, at any instant: so
// it is in every recorded answer of Statuspage. And what was told first is first.
// What is written twice within a minute keeps its order and its words.
func TestUpdatesOfOneSecondSayWhatTheySay(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 04:00").update(site.Resolved, "2025-07-25 04:00")
	e := s.last()
	e.Updates[0].Pos.Line, e.Updates[1].Pos.Line = 4, 6
	var got []site.UpdateStatus
	for _, u := range e.Published(s.moment("2025-07-25 05:00").Time) {
		got = append(got, e.StatusAfter(u))
	}
	if want := []site.UpdateStatus{site.Resolved, site.Investigating}; !slices.Equal(got, want) {
		t.Errorf("the updates say %v, newest first; want %v", got, want)
	}
}

func TestStatusAndNewestWordAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 13))
	for range 3000 {
		s := randomSite(&dice{thrown(r)})
		for i := range s.Entries {
			e := &s.Entries[i]
			if e.Kind == site.Incident && len(e.Updates) > 0 && e.Updates[0].Time.Before(e.Begin()) {
				continue // check refuses a word before the start
			}
			if r.IntN(4) == 0 {
				e.Report = &site.Report{}
				if r.IntN(2) == 0 {
					e.Report.Time.Time = second(r.IntN(lifetime))
				}
			}
			for range 12 {
				now := second(r.IntN(lifetime)).Add(time.Duration(r.IntN(2)) * 500 * time.Millisecond)
				told := e.Published(now)
				if len(told) == 0 {
					continue
				}
				if got, want := e.StatusAfter(told[0]), e.Phase(now); got != want && !(want == site.Canceled && got == site.Postmortem ||
					want == site.Completed && got == site.Postmortem) {
					t.Fatalf("%s at %v: the newest word says %s, the entry %s\n%s", e.Slug, now.Sub(epoch), got, want, describe(s))
				}
				if first := told[len(told)-1]; !first.Report && first.ID != site.FirstID {
					t.Fatalf("%s at %v: the first word is %s\n%s", e.Slug, now.Sub(epoch), first.ID, describe(s))
				}
			}
		}
	}
}
