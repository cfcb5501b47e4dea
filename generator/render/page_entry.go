package render

import (
	"cmp"
	"slices"
	"time"

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
	Acts    acts     // what a reader can do while it is not over
	Updates []update // the updates, newest first
	Report  *report  // the report, once it is published
	Dates   []moment // when the next windows of its series start, unless it is over
	Older   *link    // the entry of the same kind that began before this one
	Newer   *link    // the entry of the same kind that began after this one
}

// effects are what an incident did to components.
type effects struct {
	Harms  []impactBreakdown // the table of affected components
	Totals []string          // "Europe: 38 minutes down"
	Strips []strip           // the charts of impacts over time
}

// entryStatus is what the clock alone may change on an entry's page.
type entryStatus struct {
	Class      string    // the class of the severity
	Tag        string    // "Maintenance", "Notice", or the worst status that an incident causes
	Phase      string    // the phase in words: "Identified"; for a notice its severity
	PhaseClass string    // the class for the page: the severity's, or ok once the entry is over
	Span       span      // from when to when
	Open       bool      // whether the entry is open or under way
	Ended      bool      // whether the entry is over
	Promise    promise   // when the next update is due
	Touches    string    // names of the affected components
	Run        *progress // the progress of a maintenance window
	Services   []service // the components of a maintenance window
	Ahead      bool      // whether the window has not begun, so that its services still work
	Calendar   string    // address of the calendar, before a window begins
}

// service is a component in a maintenance window's table.
type service struct {
	Name string // name of the component
	Href string // address of the component's page
	statusLabel
	Icon    string    // name of the icon: the class of the status, or open before the window
	Regions string    // names of the regions
	Note    string    // the operator's note
	NoteIn  *langAttr // the language of the note, if it is not the page's
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
	live := v.entryStatus()
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
	page.effects = v.effects()
	for _, u := range v.published() {
		switch {
		case u.Report:
			page.Report = v.report(u)
		case !u.Time.After(v.now): // an announcement may be dated in the future
			page.Updates = append(page.Updates, v.update(u, ""))
		}
	}
	if page.Report != nil && len(page.Updates) == 0 {
		page.Report.First = site.FirstID // the id that the automatic update had before there was a report
	}
	page.Acts = v.acts()
	page.Older, page.Newer = v.linkTo(v.older), v.linkTo(v.newer)
	return page, nil
}

// effects returns what an incident did to components; the zero value for a maintenance
// window.
func (v entryView) effects() effects {
	e := v.entry
	if e.Kind == site.Maintenance {
		return effects{}
	}
	breakdowns := v.site.Breakdown(e, v.now)
	shown := effects{Harms: v.breakdowns(breakdowns), Strips: v.strips(breakdowns)}
	if !ongoing(shown.Harms) {
		shown.Totals = v.totals()
	}
	return shown
}

// entryFragments returns what the clock may change on the page of an entry: its status,
// its effects, and its automatic updates since the build.
func (v view) entryFragments(e *site.Entry) []fragment {
	now, one := v.entryStatus(e), v.at(e)
	fragments := []fragment{
		v.headFragment(now.PhaseClass, v.text(e.Title)),
		{id: "_live", class: now.PhaseClass, template: "live", value: now},
		{id: "_work", template: "work", value: now},
		{id: "_effects", template: "effects", value: one.effects()},
		{id: "_acts", class: "acts", template: "acts", value: one.acts()},
	}
	if e.Series != "" {
		fragments = append(fragments, fragment{id: "_dates", template: "dates", value: v.nextDates(e)})
	}
	var written []update
	for _, u := range one.published() {
		if v.current != nil && u.Auto && u.Time.After(v.current.now) {
			written = append(written, one.update(u, ""))
		}
	}
	return append(fragments, fragment{id: "_new", class: "updates", template: "messages", value: written})
}

// entryStatus returns an entry's status, with what the state of the whole site adds to
// it.
func (v view) entryStatus(e *site.Entry) entryStatus {
	l := v.at(e).entryStatus()
	l.Touches = v.affectedNames(e)
	v.addHealth(l.Run)
	return l
}

// entryStatus returns an entry's status as far as the entry alone determines it.
func (v entryView) entryStatus() entryStatus {
	e := v.entry
	phase := e.Phase(v.now)
	l := entryStatus{
		Class: severityClass(v.site.SeverityAt(e, v.now)), Tag: v.tag(), Phase: v.phaseWord(phase),
		Span: v.span(v.duration(), time.Time{}), Open: e.Open(v.now), Promise: v.promise(), Touches: v.affectedNames(),
	}
	l.Ended = !l.Open && phase != site.Scheduled
	l.PhaseClass = v.entryClass()
	if e.Notice() { // a notice has no phase of its own
		l.Phase, l.Tag = l.Tag, ""
	}
	if e.Kind == site.Maintenance {
		l.Run, l.Services, l.Ahead = v.progress(), v.services(), e.Upcoming(v.now)
		if v.url != "" && l.Ahead {
			l.Calendar = v.root + v.lang.Path("maintenance.ics")
		}
	}
	return l
}

// entryClass returns the class of an entry's page and card: its severity, or ok once it
// is over.
func (v entryView) entryClass() string {
	e := v.entry
	if phase := e.Phase(v.now); !e.Open(v.now) && phase != site.Scheduled && !e.Notice() {
		return "ok"
	}
	return severityClass(v.site.SeverityAt(e, v.now))
}

// phaseWord returns the word for an entry's phase. An incident with a report counts as
// resolved.
func (v pageView) phaseWord(phase site.UpdateStatus) string {
	if phase == site.Postmortem {
		phase = site.Resolved
	}
	return v.say("word." + phase.String())
}

// services returns the components of a maintenance window. Before an impact begins, its
// future status is shown with an open icon; while it lasts, its status; and after it,
// operational.
func (v entryView) services() []service {
	e := v.entry
	var list []service
	for _, h := range v.site.Breakdown(e, v.now) {
		for _, r := range h.Rows {
			s := service{
				Name: v.text(h.Component.Name), Href: v.href(componentPath(h.Component.ID)),
				statusLabel: v.statusLabel(r.Impact.Status, r.Impact.Label),
				Note:        v.text(r.Impact.Note), NoteIn: v.untranslated(r.Impact.Note), Regions: v.say("region.global"),
			}
			if len(r.Regions) > 0 {
				s.Regions = v.regionNames(r.Regions)
			}
			if !r.Window.End.IsZero() && !v.now.Before(r.Window.End) {
				s.statusLabel = v.statusLabel(site.Operational, site.Text{})
			} else {
				s.ETA = v.clockTime(r.Impact.ETA.Time, v.now)
			}
			s.Icon = s.Class
			if r.Window.Start.After(v.now) {
				s.Class, s.Icon = "note", "open"
				if e.Open(v.now) {
					s.Word = v.say("step.open") + v.say("list.colon") + s.Word
				}
			}
			list = append(list, s)
		}
	}
	return list
}

// report returns an entry's report. A long one with several headings gets a table of
// contents.
func (v pageView) report(u site.Update) *report {
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
