package render

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/site"
)

// entryPage is an incident or a maintenance window, whole.
type entryPage struct {
	frame
	Heading     string
	HeadingIn   *tongue
	Maintenance bool
	Live        live
	Headline    string
	HeadlineIn  *tongue
	Summary     words
	Author      string
	Tags        []string
	Posted      string // "posted 14 days after it ended"
	effects
	Updates []update
	Report  *report
	Older   *link
	Newer   *link
}

// effects are what an incident did to components.
type effects struct {
	Harms  []harm
	Totals []string
	Strips []strip
}

// live is what the clock alone may change on an entry's page.
type live struct {
	Class, Tag string
	Phase      string // of a notice its severity's word: it has no phases
	PhaseClass string
	Span       span
	Open       bool
	Ended      bool
	Promise    promise
	Touches    string
	Run        *run
	Services   []service
	Ahead      bool // the window has not begun: its services are well yet
	Calendar   string
}

// service is a line of a maintenance window's table.
type service struct {
	Name, Href string
	mood
	Icon    string
	Regions string
	Note    string
	NoteIn  *tongue
}

// report is the text written after the fact.
type report struct {
	Anchor   string
	First    string // the id of the first word, where the report is the only one
	Title    string
	At       moment
	Body     words
	Contents []site.Heading // where it is long
}

// longReport is how many characters a report has before it gets a table of
// contents.
const longReport = 2000

func (v view) entry(p place, e *site.Entry) (entryPage, error) {
	f, err := v.frame(p, v.text(e.Title))
	if err != nil {
		return entryPage{}, err
	}
	f.NoIndex = e.NoIndex
	page := entryPage{
		frame: f, Heading: v.text(e.Title), HeadingIn: v.foreign(e.Title), Maintenance: e.Kind == site.Maintenance, Live: v.live(e),
		Headline: v.text(e.Headline), HeadlineIn: v.foreign(e.Headline), Summary: v.prose(e.Summary, "summary-"), Author: e.Author, Tags: e.Tags,
	}
	page.State, page.Class = v.headState(page.Live.PhaseClass, page.Heading), page.Live.PhaseClass
	if late := e.PostedAfter(v.now); late > 0 {
		page.Posted = v.say("entry.posted_after", "length", v.lang.Roughly(late))
	}
	page.effects = v.effects(e)
	for _, u := range v.told(e) {
		switch {
		case u.Report:
			page.Report = v.report(e, u)
		case !u.Time.After(v.now): // an announcement's date may be to come
			page.Updates = append(page.Updates, v.update(e, u, ""))
		}
	}
	if page.Report != nil && len(page.Updates) == 0 {
		page.Report.First = site.FirstID // where the clock's word was, before the report came
	}
	page.Older, page.Newer = v.neighbours(e)
	return page, nil
}

func (v view) effects(e *site.Entry) effects {
	if e.Kind == site.Maintenance {
		return effects{}
	}
	harms := v.site.Harms(e, v.now)
	shown := effects{Harms: v.harms(e, harms), Strips: v.strips(e, harms)}
	if !ongoing(shown.Harms) {
		shown.Totals = v.totals(e)
	}
	return shown
}

// entryPieces are what the clock may change on the page of an entry: what it is,
// what it does, and what the clock has written about it since the build.
func (v view) entryPieces(e *site.Entry) []piece {
	now := v.live(e)
	pieces := []piece{
		v.headPiece(now.PhaseClass, v.text(e.Title)),
		{id: "_live", class: now.PhaseClass, template: "live", value: now},
		{id: "_work", template: "work", value: now},
		{id: "_effects", template: "effects", value: v.effects(e)},
	}
	var written []update
	for _, u := range v.told(e) {
		if v.origin != nil && u.Auto && u.Time.After(v.origin.now) {
			written = append(written, v.update(e, u, ""))
		}
	}
	return append(pieces, piece{id: "_new", class: "updates", template: "messages", value: written})
}

func (v view) live(e *site.Entry) live {
	phase := e.Phase(v.now)
	l := live{
		Class: severityClass(v.site.SeverityAt(e, v.now)), Tag: v.tag(e), Phase: v.phaseWord(phase),
		Span: v.span(v.duration(e), time.Time{}), Open: e.Open(v.now), Promise: v.promise(e), Touches: v.touches(e),
	}
	l.Ended = !l.Open && phase != site.Scheduled
	l.PhaseClass = v.entryClass(e)
	if e.Notice() { // somebody else investigates and resolves it, if anybody
		l.Phase, l.Tag = l.Tag, ""
	}
	if e.Kind == site.Maintenance {
		l.Run, l.Services, l.Ahead = v.run(e), v.services(e), e.Upcoming(v.now)
		if v.url != "" && l.Ahead {
			l.Calendar = v.root + v.lang.Path("maintenance.ics")
		}
	}
	return l
}

// entryClass is the look of an entry's page and card: how bad it is, or that it is over.
func (v view) entryClass(e *site.Entry) string {
	if phase := e.Phase(v.now); !e.Open(v.now) && phase != site.Scheduled && !e.Notice() {
		return "ok"
	}
	return severityClass(v.site.SeverityAt(e, v.now))
}

// phaseWord is an entry's phase. That its report is out does not make an
// incident less resolved.
func (v view) phaseWord(phase site.Word) string {
	if phase == site.Postmortem {
		phase = site.Resolved
	}
	return v.say("word." + phase.String())
}

// services are the components of a window: what each will be during it, in an
// outline, then what it is, and operational again once it is.
func (v view) services(e *site.Entry) []service {
	var list []service
	for _, h := range v.site.Harms(e, v.now) {
		for _, r := range h.Rows {
			s := service{
				Name: v.text(h.Component.Name), Href: v.to(v.componentPath(h.Component.ID)),
				mood: v.mood(r.Impact.Status, r.Impact.Label), Note: v.text(r.Impact.Note), NoteIn: v.foreign(r.Impact.Note), Regions: v.say("region.global"),
			}
			if len(r.Regions) > 0 {
				s.Regions = v.regionNames(r.Regions)
			}
			if !r.Window.End.IsZero() && !v.now.Before(r.Window.End) {
				s.mood = v.mood(site.Operational, site.Text{})
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

func (v view) report(e *site.Entry, u site.Update) *report {
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

// neighbours are the entries of the same kind that began before and after.
func (v view) neighbours(e *site.Entry) (older, newer *link) {
	to := func(other *site.Entry) *link {
		if other == nil {
			return nil
		}
		return &link{v.text(other.Title), v.to(v.entryPath(other)), v.foreign(other.Title)}
	}
	before, after := v.beside(e)
	return to(before), to(after)
}

// beside are the entries of the same kind that began before and after one, or nil.
func (b *build) beside(e *site.Entry) (older, newer *site.Entry) {
	at := b.tellings[e].place - 1
	if at < 0 {
		return nil, nil
	}
	next := func(step int) *site.Entry {
		for i := at + step; i >= 0 && i < len(b.newest); i += step {
			if b.newest[i].Kind == e.Kind {
				return b.newest[i]
			}
		}
		return nil
	}
	return next(1), next(-1)
}
