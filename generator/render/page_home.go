package render

import (
	"time"

	"allclear/generator/site"
)

// homePage is the home page.
type homePage struct {
	layout
	uptimeLegend
	services
	Answer        answer            // the overall status
	Open          []entryCard       // open incidents, then active maintenance
	Notices       notices           // older notices that are still open
	Announcements announcementLines // the announcements
	Coming        []entryCard       // announced maintenance
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
	page := homePage{
		layout: f, uptimeLegend: v.uptimeLegend(), Answer: a,
		Open: v.ongoing(), Notices: v.olderNotices(), Announcements: v.announcementLines(), Coming: v.cards(v.state.Upcoming),
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

// ongoing returns the cards of open incidents and active windows, without old notices.
func (v view) ongoing() []entryCard {
	var current []*site.Entry
	for _, e := range v.state.Open {
		if !v.isOldNotice(e) {
			current = append(current, e)
		}
	}
	cards := v.cards(current)
	for i := range cards {
		if i >= maxStrips {
			cards[i].Strip = nil
		}
	}
	return append(cards, v.cards(v.state.Active)...)
}

// maxStrips is the largest number of cards with a picture.
const maxStrips = 3

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
