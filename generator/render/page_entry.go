package render

import (
	"cmp"
	"slices"

	"allclear/generator/site"
)

// entryPage is the page of an incident or a maintenance window.
type entryPage struct {
	layout
	Heading     string      // the title
	HeadingIn   *langAttr   // the language of the title, if it is not the page's
	Maintenance bool        // whether this is a maintenance window, not an incident
	Live        entryStatus // status, progress and when the next update is due
	Headline    string      // one line about the entry
	HeadlineIn  *langAttr   // the language of the headline, if it is not the page's
	Summary     words       // the text above the updates
	Author      string      // who wrote the entry, "" if it does not say
	Tags        []string    // the entry's tags, as they are written
	Posted      string      // "posted 14 days after it ended"
	effects
	Acts    acts       // what a reader can do while it is not over
	Newest  *update    // the newest update, while the entry is open
	Updates updateList // all updates, or those before the newest
	Report  *report    // the report, once it is published
	Dates   []moment   // when the next windows of its series start, unless it is over
	Older   *link      // the entry of the same kind that began before this one
	Newer   *link      // the entry of the same kind that began after this one
}

// updateList is a list of updates with its heading.
type updateList struct {
	Title string   // "Updates", or "Earlier updates"
	List  []update // the updates, newest first
}

// effects are what an incident did to components.
type effects struct {
	Strip     *strip            // the picture of the incident
	Harms     []impactBreakdown // the table of affected components
	Totals    []string          // "Europe: 38 minutes down"
	TableZone string            // the time zone of the times in the table; "" if each has its own
}

// report is the report written after an incident.
type report struct {
	Anchor   string         // its id
	First    string         // the id of the first update, if there is only a report
	Title    string         // "Report"
	At       moment         // when it was published
	Body     words          // its text
	Contents []site.Heading // its headings, if it is long
}

// longReport is the number of characters from which a report gets a table of contents.
const longReport = 2000

// fill returns the page of an entry, without what the state of the whole site adds.
func (v entryPageView) fill(p route) (entryPage, error) {
	e := v.entry
	lanes := v.lanes()
	live := v.entryStatus(lanes)
	f := v.layout(p, live.PhaseClass, v.text(e.Title), v.now)
	f.NoIndex = e.NoIndex
	v.underHistory(&f)
	var err error
	if f.Head, err = v.head(f); err != nil {
		return entryPage{}, err
	}
	page := entryPage{
		layout: f, Heading: v.text(e.Title), HeadingIn: v.untranslated(e.Title), Maintenance: e.Kind == site.Maintenance, Live: live,
		Headline: v.text(e.Headline), HeadlineIn: v.untranslated(e.Headline),
		Summary: v.prose(e.Summary, "summary-"), Author: e.Author, Tags: e.Tags,
	}
	if late := e.PostedAfter(v.now); late > 0 {
		page.Posted = v.say("entry.posted_after", "length", v.lang.Roughly(late))
	}
	page.effects = v.effects(lanes)
	for _, u := range v.published() {
		if u.Report {
			page.Report = v.report(u)
		}
	}
	page.Newest, page.Updates = v.updates()
	if page.Report != nil && len(page.Updates.List) == 0 {
		page.Report.First = site.FirstID // the id that the automatic update had before there was a report
	}
	page.Acts = v.acts()
	page.Older, page.Newer = v.linkTo(v.older), v.linkTo(v.newer)
	return page, nil
}

// updates returns the newest update while the entry is open, and the others; all updates
// once it is over, and before a window begins.
func (v entryView) updates() (*update, updateList) {
	shown := v.shownUpdates()
	list := updateList{v.say("entry.updates"), v.updatesShown(shown, "")}
	for i := range list.List {
		list.List[i].Number = len(shown) - i
	}
	if len(shown) == 0 || !v.entry.Open(v.now) {
		return nil, list
	}
	newest := list.List[0]
	return &newest, updateList{v.say("entry.earlier"), list.List[1:]}
}

// effects returns what an incident with these lanes did to components; the zero value for
// a maintenance window.
func (v entryView) effects(lanes []site.Lane) effects {
	e := v.entry
	if e.Kind == site.Maintenance {
		return effects{}
	}
	breakdowns := e.Breakdown(v.named(), v.now)
	form := v.breakdownForm(breakdowns)
	shown := effects{Harms: v.breakdowns(breakdowns, form), Strip: v.strip(lanes), TableZone: form.zone}
	if !ongoing(shown.Harms) {
		shown.Totals = v.totals()
	}
	return shown
}

// entryFragments returns what the clock may change on the page of an entry: its status,
// its effects and its updates.
func (v view) entryFragments(e *site.Entry) []fragment {
	now, one := v.entryStatus(e), v.at(e)
	fragments := []fragment{
		v.headFragment(now.PhaseClass, v.text(e.Title)),
		{id: "_live", class: now.PhaseClass, template: "top", value: now},
		{id: "_effects", template: "effects", value: one.effects(one.lanes())},
		{id: "_acts", class: "acts", template: "acts", value: one.acts()},
	}
	if now.Work != nil {
		fragments = append(fragments, fragment{id: "_work", template: "work", value: now.Work})
	}
	if e.Series != "" {
		fragments = append(fragments, fragment{id: "_dates", template: "dates", value: v.nextDates(e)})
	}
	newest, others := one.updates()
	return append(
		fragments,
		fragment{id: "_newest", template: "newest-update", value: newest},
		fragment{id: "_updates", template: "updates", value: others},
	)
}

// report returns an entry's report. A long one with several headings gets a table of
// contents.
func (v pageView) report(u *site.Update) *report {
	body, _ := u.Body.In(v.lang.Tag)
	r := &report{Anchor: u.Anchor, Title: v.say("entry.report"), At: v.moment(u.Time), Body: v.prose(u.Body, "")}
	if len(body.Headings) > 3 && len(body.Text) > longReport {
		top := slices.MinFunc(body.Headings, func(a, b site.Heading) int { return cmp.Compare(a.Level, b.Level) }).Level
		for _, h := range body.Headings {
			if h.Level == top {
				r.Contents = append(r.Contents, h)
			}
		}
	}
	return r
}

// linkTo returns a link to the page of an entry, or nil if that is nil.
func (v pageView) linkTo(e *site.Entry) *link {
	if e == nil {
		return nil
	}
	return &link{v.text(e.Title), v.href(entryPath(e)), v.untranslated(e.Title)}
}
