package render

import (
	"time"

	"allclear/generator/site"
)

// entryStatus is what the clock alone may change on an entry's page.
type entryStatus struct {
	Heading    string       // the title
	HeadingIn  *langAttr    // the language of the title, if it is not the page's
	PhaseClass string       // the class for the page: the severity's, or ok once the entry is over
	State      state        // the status of what it affects, or the phase once it is over
	Pill       string       // the phase in words, as long as it is not over: "Identified"
	Worst      *statusLabel // the worst status that the incident caused and for how long, once it is over
	Span       span         // from when to when
	Late       bool         // whether the scheduled end of a window has passed
	Promise    promise      // when the next update is due
	Touches    string       // names of the affected components
	Work       *work        // the work of a maintenance window
}

// state is what an entry is now, with its icon.
type state struct {
	Class string // the class of the status
	Icon  string // name of the icon
	Word  string // "Partial outage", "Resolved"
}

// entryStatus returns an entry's status, with what the state of the whole site adds to
// it.
func (v view) entryStatus(e *site.Entry) entryStatus {
	one := v.at(e)
	l := one.entryStatus(one.lanes())
	l.Touches = v.affectedNames(e)
	if l.Work != nil {
		v.addHealth(l.Work.Run)
	}
	return l
}

// entryStatus returns the status of an entry with these lanes, as far as the entry alone
// determines it.
func (v entryView) entryStatus(lanes []site.Lane) entryStatus {
	e := v.entry
	l := entryStatus{
		Heading: v.text(e.Title), HeadingIn: v.untranslated(e.Title), PhaseClass: v.entryClass(), State: v.entryState(),
		Span: v.span(v.duration(), time.Time{}), Promise: v.promise(), Touches: v.affectedNames(),
	}
	switch phase := e.Phase(v.now); {
	case e.Open(v.now) && !e.Notice():
		l.Pill = v.phaseWord(phase)
	case e.Upcoming(v.now):
		l.Pill = v.phaseWord(phase)
	default:
		l.Worst = v.worst(lanes)
	}
	if e.Kind == site.Maintenance {
		l.Work = v.work()
		if l.Late = l.Work.Run.Late; l.Late {
			l.Pill = v.say("run.late")
			l.PhaseClass = "degraded"
		}
	}
	return l
}

// entryState returns what an entry is now: for an open incident the worst status that it
// causes, and once it is over its phase.
func (v entryView) entryState() state {
	e := v.entry
	class := v.entryClass()
	s := state{Class: class, Icon: class, Word: v.tag()}
	if class == "ok" {
		s.Word = v.phaseWord(e.Phase(v.now))
	}
	if e.Kind == site.Maintenance && e.Open(v.now) {
		s.Word = v.say("status." + site.UnderMaintenance.String())
	}
	return s
}

// worst returns the worst status in the lanes of an incident and for how long; nil if it
// caused none.
func (v entryView) worst(lanes []site.Lane) *statusLabel {
	worst, length := site.Worst(lanes)
	if worst == site.Operational {
		return nil
	}
	label := v.statusLabel(worst, site.Text{})
	if length > 0 {
		label.Word = v.say("strip.part", "status", label.Word, "span", v.lang.Duration(length))
	}
	return &label
}

// entryClass returns the class of an entry's page and card: its severity, or ok once it
// is over.
func (v entryView) entryClass() string {
	e := v.entry
	if phase := e.Phase(v.now); !e.Open(v.now) && phase != site.Scheduled && !e.Notice() {
		return "ok"
	}
	return severityClass(v.severity())
}

// phaseWord returns the word for an entry's phase. An incident with a report counts as
// resolved.
func (v pageView) phaseWord(phase site.UpdateStatus) string {
	if phase == site.Postmortem {
		phase = site.Resolved
	}
	return v.say("word." + phase.String())
}
