package site

import (
	"cmp"
	"slices"
	"time"
)

// UptimeReport is the uptime of a period, as customers and contracts ask for it.
type UptimeReport struct {
	Period      Period
	Now         time.Time // the instant as of which it is made
	Past        Interval  // the part of the period that is over
	Recorded    time.Time // the site knows of nothing before it; zero if that was before the period
	Components  []ComponentReport
	Incidents   []Communication      // the incidents that affected a component of the report in the period, newest first
	Started     CommunicationFigures // of those of them that began in the period
	Hash        Hash                 // of the content that it is made of, as published at Now
	HasExcluded bool                 // whether the site says which maintenance is excluded
}

// Over reports whether the period is over.
func (r *UptimeReport) Over() bool { return !r.Past.End.Before(r.Period.End) }

// ComponentReport is a component in a report.
type ComponentReport struct {
	Component   *Component
	Place                       // all regions together
	Regions     []Place         // each region; none for a global component
	Incidents   []IncidentShare // oldest first
	Maintenance []WindowShare   // oldest first
	Started     CommunicationFigures
}

// Place is the uptime of a component in a region, or Everywhere.
//
// Seconds and Counted are whole seconds of the past part of Service, each in one of them.
// Everywhere, a second has the worst status of the regions, and the uptime is their mean.
type Place struct {
	Region  string
	Service Interval // the part of the period in which the component is in service, even if it is to come
	Length  int64    // seconds of Service that are past
	Seconds [5]int64 // by Status; UnderMaintenance is the maintenance that is excluded
	Counted [5]int64 // maintenance that is not, by the Status as which it counts
	Uptime  Ratio
	Budget  Budget
	Tier    *Tier // nil: no credit
}

// Met reports whether the uptime is at least the component's target, and whether there is
// one to meet.
func (c *ComponentReport) Met(p *Place) (met, ok bool) {
	if c.Component.Target.Percent == 0 || !p.Uptime.Known() {
		return false, false
	}
	return p.Uptime.Meets(c.Component.Target), true
}

// PartOf reports whether the component is in service in a part of the period only.
func (p *Place) PartOf(period Period) bool {
	return p.Service.Start.After(period.Start) || p.Service.End.Before(period.End)
}

// CountedMaintenance returns the seconds of maintenance that count as downtime.
func (p *Place) CountedMaintenance() int64 {
	var sum int64
	for _, n := range p.Counted {
		sum += n
	}
	return sum
}

// IncidentShare is what an incident did to a component in the period.
type IncidentShare struct {
	Entry    *Entry
	Interval          // on this component, perhaps from before the period; End is zero while it goes on
	Length   int64    // seconds of it in the past part of the period
	Worst    Status   // the worst status in the period
	Regions  []string // ids, in the component's order; empty for a global component
	Lost     int64    // millionths of a second, weighted, as the mean of the regions
}

// WindowShare is a maintenance window of a component in the period.
type WindowShare struct {
	Entry     *Entry
	Interval            // on this component; End is zero while it goes on
	Announced time.Time // zero: nothing says when
	Seconds   [5]int64  // of the period, by WhyCounted
}

// Counted returns the seconds of the window that count as downtime.
func (w *WindowShare) Counted() int64 {
	var sum int64
	for _, n := range w.Seconds[Excluded+1:] {
		sum += n
	}
	return sum
}

// UptimeReport returns the report of a period on some components, as of now. Components that
// are not in service in the past part of the period are not in it.
func (s *Site) UptimeReport(period Period, now time.Time, of []*Component) *UptimeReport {
	r := &UptimeReport{Period: period, Now: now, Past: period.Past(now), HasExcluded: s.SLA.Exclude.Set}
	if first := s.Recorded(now); first.After(period.Start) {
		r.Recorded = first
	}
	work := reporter{site: s, report: r, months: s.monthsOf(r.Past), effects: map[cell][]*effect{}}
	for _, c := range of {
		work.wanted = append(work.wanted, c.ID)
	}
	work.collect()
	for _, c := range of {
		if c.ServesIn(r.Past) {
			r.Components = append(r.Components, work.component(c))
		}
	}
	for _, c := range s.Communications(now) {
		if slices.Contains(work.incidents, c.Entry) {
			r.Incidents = append(r.Incidents, c)
		}
	}
	r.Started = Figures(StartedIn(r.Incidents, r.Past))
	for i := range r.Components {
		one := &r.Components[i]
		var own []Communication
		for _, c := range r.Incidents {
			if slices.ContainsFunc(one.Incidents, func(i IncidentShare) bool { return i.Entry == c.Entry }) {
				own = append(own, c)
			}
		}
		one.Started = Figures(StartedIn(own, r.Past))
	}
	r.Hash = work.hash()
	return r
}

// ReportedIn returns the components that a report of a period shows by default: those that are
// listed at some instant of its past part.
func (s *Site) ReportedIn(period Period, now time.Time) []*Component {
	var list []*Component
	for i := range s.Components {
		if c := &s.Components[i]; !c.Unlisted && c.ServesIn(period.Past(now)) {
			list = append(list, c)
		}
	}
	return list
}

// Recorded returns the first instant of which the site knows anything: the start of an
// entry or the since of a component, whichever is first. It is now if there is neither.
func (s *Site) Recorded(now time.Time) time.Time {
	first := now
	for i := range s.Components {
		if since := s.Components[i].Since; !since.IsZero() && since.Before(first) {
			first = since
		}
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.NoIndex || !e.Visible(now) {
			continue
		}
		if start := e.Interval(now).Start; !start.IsZero() && start.Before(first) {
			first = start
		}
	}
	return first
}

// entryShare returns what an entry did to a component in the period, and whether it did
// anything.
func (w *reporter) entryShare(c *Component, e *Entry) (IncidentShare, bool) {
	share := IncidentShare{Entry: e, Worst: Operational}
	var all []*effect
	for _, r := range blank(c).Regions {
		in := false
		for _, o := range w.effects[cell{c.ID, r.Region}] {
			if o.entry != e {
				continue
			}
			if all = append(all, o); !o.intersect(w.report.Past).empty() {
				share.Worst, in = max(share.Worst, o.status), true
			}
		}
		if in && r.Region != "" {
			share.Regions = append(share.Regions, r.Region)
		}
	}
	share.Interval, share.Length = w.extent(all)
	return share, share.Length > 0
}

// extent returns the interval from the first start of some effects to their last end, and
// how many seconds of them lie in the past part of the period.
func (w *reporter) extent(all []*effect) (whole Interval, length int64) {
	for _, s := range timeline(slices.Clone(all)) {
		if part := s.intersect(w.report.Past); !part.empty() {
			length += seconds(part.End.Sub(part.Start))
		}
	}
	goesOn := false
	for _, o := range all {
		if whole.Start.IsZero() || o.Start.Before(whole.Start) {
			whole.Start = o.Start
		}
		whole.End, goesOn = latest(whole.End, o.End), goesOn || o.goesOn
	}
	if goesOn {
		whole.End = time.Time{}
	}
	return whole, length
}

// byStart sorts entries for lists: by their start, then by their slug.
func byStart(a, b *Entry, start, other time.Time) int {
	return cmp.Or(start.Compare(other), cmp.Compare(a.Slug, b.Slug))
}
