package render

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/site"
)

// homePage is the home page.
type homePage struct {
	layout
	uptimeLegend
	services
	Answer        answer            // the overall status
	Open          []entryCard       // open incidents, the worst first, then active maintenance: in full
	Slim          []entryCard       // more of them, in short
	Notices       notices           // older notices that are still open
	Announcements announcementLines // the announcements
	Coming        []entryCard       // announced maintenance within a week
	Later         []entryRow        // announced maintenance after that
	DaysTitle     string            // "Last 14 days"
	Days          []day             // the last days, newest first
	Ways          ways              // the ways to subscribe
	Only          string            // always empty; older themes may read it
}

// uptimeLegend is what the home page says about uptime as a whole.
type uptimeLegend struct {
	Uptime  string // "Last 90 days: 99.98% uptime"; "" unless the site shows it
	BarDays int    // how many days a bar covers; 0 without uptime
}

// home returns the home page.
func (v siteView) home(p route) (homePage, error) {
	a := v.answer()
	f, err := v.layout(p, a.Sentence)
	if err != nil {
		return homePage{}, err
	}
	full, short := v.openCards()
	page := homePage{
		layout: f, uptimeLegend: v.uptimeLegend(), Answer: a, Open: full, Slim: short,
		Notices: v.olderNotices(), Announcements: v.announcementLines(), Coming: v.cards(v.coming(true)), Later: v.later(),
		services:  v.services(),
		DaysTitle: v.say("home.days", "n", v.site.HomeDays), Days: v.lastDays(),
		Ways: v.ways(),
	}
	return page, nil
}

// uptimeLegend returns what the home page says about uptime as a whole.
func (v siteView) uptimeLegend() uptimeLegend {
	legend := uptimeLegend{BarDays: v.site.Uptime.Days}
	if v.site.Uptime.Overall {
		if percent := v.meanUptime(""); percent != "" {
			legend.Uptime = v.say("home.uptime", "n", v.site.Uptime.Days, "percent", percent)
		}
	}
	return legend
}

// notices are the notices without an update for oldNoticeAge, in short, so that they do
// not push newer entries down the page.
type notices struct {
	Count string     // "3 older notices"
	Lines []entryRow // the newest of them
}

// oldNoticeAge is the time without an update after which a notice is listed among the
// older ones.
const oldNoticeAge = 7 * 24 * time.Hour

// maxOlderNotices is the largest number of older notices on the home page. The history
// has all.
const maxOlderNotices = 10

// isOldNotice reports whether an entry is a notice without an update for oldNoticeAge. A
// pinned notice never is.
func (v view) isOldNotice(e *site.Entry) bool {
	if !e.Notice() || e.Pinned {
		return false
	}
	heard := e.Begin()
	if published := e.Published(v.now); len(published) > 0 {
		heard = published[0].Time
	}
	return v.now.Sub(heard) > oldNoticeAge
}

// ongoing returns the cards of open incidents, those with the worst status first, and of
// active windows, without old notices.
func (v view) ongoing() []entryCard {
	var current []*site.Entry
	for _, e := range v.state.Open {
		if !v.isOldNotice(e) {
			current = append(current, e)
		}
	}
	slices.SortStableFunc(current, func(a, b *site.Entry) int {
		return cmp.Compare(v.site.WorstAt(b, v.now), v.site.WorstAt(a, v.now))
	})
	return append(v.cards(current), v.cards(v.state.Active)...)
}

// later returns the announced windows that do not begin soon.
func (v view) later() []entryRow {
	var lines []entryRow
	for _, e := range v.coming(false) {
		lines = append(lines, v.entryRow(e))
	}
	return lines
}

// olderNotices returns the open notices that are old.
func (v view) olderNotices() notices {
	var n notices
	count := 0
	for _, e := range v.state.Open {
		if !v.isOldNotice(e) {
			continue
		}
		if count++; count <= maxOlderNotices {
			n.Lines = append(n.Lines, v.entryRow(e))
		}
	}
	if count > 0 {
		n.Count = v.say("home.notices", "n", count)
	}
	return n
}
