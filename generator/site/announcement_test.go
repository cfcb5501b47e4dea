package site

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
)

// announcementSite is a site in two languages with one announcement.
func announcementSite(a Announcement) *Site {
	a.Pos = diag.Pos{File: "content/announcements/x.md", Line: 2}
	return &Site{
		Zone: time.UTC, Languages: []string{"en", "de"}, Announcements: []Announcement{a},
		Groups:     []Group{{ID: "platform"}},
		Components: []Component{{ID: "web"}, {ID: "api", Group: "platform"}, {ID: "late", Since: day(20)}},
	}
}

// day is noon of a day in November 2026.
func day(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }

func TestWhenAnAnnouncementIsShown(t *testing.T) {
	second := time.Second
	a := Announcement{Slug: "x", Posted: Moment{Time: day(1)}}
	for _, c := range []struct {
		at              time.Time
		visible, onHome bool
	}{
		{day(1).Add(-second), false, false}, {day(1), true, true}, {day(8).Add(-second), true, true}, {day(8), true, false},
	} {
		if a.Visible(c.at) != c.visible || a.Current(c.at) != c.onHome {
			t.Errorf("at %s it is visible: %t, on the home page: %t", c.at, a.Visible(c.at), a.Current(c.at))
		}
	}
	a.Until = Moment{Time: day(3)}
	if a.Current(day(3)) || !a.Current(day(3).Add(-second)) {
		t.Error("until does not say when it leaves the home page")
	}
	a.NoIndex = true
	if a.Current(day(2)) || a.Listed(day(2)) || !a.Visible(day(2)) {
		t.Error("a rehearsal is in a list")
	}
}

func TestWhatTheClockDoesToAnAnnouncement(t *testing.T) {
	s := announcementSite(Announcement{Slug: "x", Posted: Moment{Time: day(1)}, Until: Moment{Time: day(5)}, Updated: Moment{Time: day(3)}})
	s.Announcements = append(s.Announcements, s.Announcements[0])
	s.Announcements[1].Slug, s.Announcements[1].NoIndex = "rehearsal", true
	var got []string
	for at := day(1).Add(-time.Hour); ; {
		if at = s.NextChange(at); at.IsZero() {
			break
		}
		for _, c := range s.Changes(at.Add(-1), 1) {
			if name := "late"; c.Announcement != nil {
				name = c.Announcement.Slug
				got = append(got, fmt.Sprint(at.Day(), " ", c.Kind, " ", name))
			}
		}
	}
	const want = "1 announcement_start x, 3 update x, 5 announcement_end x"
	if strings.Join(got, ", ") != want {
		t.Errorf("%s", strings.Join(got, ", "))
	}
}

// `all` are the components in service on that day, and components come in the order of the
// manifest.
func TestTheComponentsOfAnAnnouncement(t *testing.T) {
	for _, c := range []struct {
		a    Announcement
		want string
	}{
		{Announcement{}, ""},
		{Announcement{Components: []Ref{{ID: "api"}, {ID: "web"}, {ID: "gone"}}}, "web api"},
		{Announcement{All: true, Posted: Moment{Time: day(19)}}, "web api"},
		{Announcement{All: true, Posted: Moment{Time: day(20)}}, "web api late"},
	} {
		s := announcementSite(c.a)
		var ids []string
		for _, component := range s.NamedIn(&s.Announcements[0]) {
			ids = append(ids, component.ID)
		}
		if strings.Join(ids, " ") != c.want {
			t.Errorf("%+v is about %s", c.a, ids)
		}
	}
}

func TestMistakesOfAnnouncementsThatNoFileShows(t *testing.T) {
	posted := Moment{Time: day(1)}
	german := Announcement{Posted: posted, Translations: []string{"de"}}
	for _, c := range []struct {
		about string
		a     Announcement
		now   time.Time
		want  string
	}{
		{"nothing", german, day(1), ""},
		{"an unknown component", Announcement{Posted: posted, Translations: german.Translations, Components: []Ref{{ID: "wbe"}}}, day(1),
			`unknown component "wbe" (did you mean "web"?)`},
		{"a group", Announcement{Posted: posted, Translations: german.Translations, Components: []Ref{{ID: "platform"}}}, day(1),
			`unknown component "platform" ("platform" is a group: name its components, api)`},
		{"updated ahead", Announcement{Posted: posted, Translations: german.Translations, Updated: Moment{Time: day(3)}}, day(1),
			"this announcement is marked as updated 2 days ahead (correct the time, unless the page is to say it only then)"},
		{"an old one without a translation", Announcement{Posted: posted}, day(15).Add(time.Second), ""},
		{"one of these days", Announcement{Posted: posted}, day(15), `the announcement has no translation into "de"`},
		{"one that is shown for long", Announcement{Posted: posted, Until: Moment{Time: day(30)}}, day(29),
			`the announcement has no translation into "de"`},
		{"a rehearsal", Announcement{Posted: posted, NoIndex: true}, day(1), ""},
	} {
		var said []string
		for _, p := range announcementSite(c.a).Check(c.now) {
			said = append(said, fmt.Sprintf("%s (%s)", p.Message, p.Hint))
		}
		got := strings.Join(said, "; ")
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" || len(said) > 1 {
			t.Errorf("%s: %s", c.about, got)
		}
	}
}
