package site

import (
	"cmp"
	"crypto/sha256"
	"math"
	"slices"
	"strings"
	"time"
)

// reporter makes a report.
type reporter struct {
	site      *Site
	report    *UptimeReport
	wanted    []string           // the ids of the components
	months    []Interval         // that touch the period
	effects   map[cell][]*effect // what affected each place in these months, as pages show it
	incidents []*Entry           // that affected a component of the report in the period
	made      []*Entry           // the entries that the report is made of
}

// collect finds the effects of all entries in the months.
func (w *reporter) collect() {
	if len(w.months) == 0 {
		return
	}
	whole := Interval{w.months[0].Start, w.months[len(w.months)-1].End}
	for i := range w.site.Entries {
		e := &w.site.Entries[i]
		if e.NoIndex || e.isFinal(whole.Start) || !e.Visible(w.report.Now) {
			continue
		}
		touches, inPeriod := false, false
		w.site.effects(e, w.report.Now, func(c *Component, region string, o *effect) {
			if o.intersect(whole).empty() || !slices.Contains(w.wanted, c.ID) {
				return
			}
			at := cell{c.ID, region}
			w.effects[at] = append(w.effects[at], o)
			touches, inPeriod = true, inPeriod || !o.intersect(w.report.Past).empty()
		})
		if touches {
			w.made = append(w.made, e)
		}
		if inPeriod && e.Kind == Incident {
			w.incidents = append(w.incidents, e)
		}
	}
}

// component returns the report of a component that is in service in the past part of the
// period.
func (w *reporter) component(c *Component) ComponentReport {
	one := ComponentReport{Component: c}
	regions := blank(c).Regions
	lost := map[*Entry]int64{}
	var everywhere []*effect
	for _, r := range regions {
		effects := w.effects[cell{c.ID, r.Region}]
		if x := w.site.SLA.Exclude; x.Set {
			effects = x.apply(effects, w.months, w.report.Now)
		}
		everywhere = append(everywhere, effects...)
		place, shares := w.place(c, r.Region, effects)
		place.finish(w, c, 1)
		for _, sh := range shares {
			lost[sh.effect.entry] += w.cost(sh)
		}
		one.Regions = append(one.Regions, place)
		one.Uptime.Span, one.Uptime.Lost = one.Uptime.Span+place.Uptime.Span, one.Uptime.Lost+place.Uptime.Lost
	}
	mean := one.Uptime
	var shares []share
	one.Place, shares = w.place(c, Everywhere, everywhere)
	one.Uptime = mean
	one.finish(w, c, len(regions))
	if len(c.Regions) == 0 {
		one.Regions = nil
	}
	w.addEntries(&one, shares, func(e *Entry) int64 { return lost[e] / int64(len(regions)) })
	return one
}

// place returns a component in a region, and how many seconds of each effect count.
func (w *reporter) place(c *Component, region string, effects []*effect) (Place, []share) {
	p := Place{Region: region, Service: w.report.Period.intersect(c.Service())}
	past := w.report.Past.intersect(c.Service())
	p.Length = seconds(past.End.Sub(past.Start))
	p.Uptime.Span, p.Seconds[Operational] = p.Length, p.Length
	shares := countedSeconds(timeline(slices.Clone(effects)), past.Start, past.End)
	for _, sh := range shares {
		by := &p.Seconds
		if sh.effect.why != Excluded {
			by = &p.Counted
		}
		by[sh.effect.status] += sh.seconds
		p.Seconds[Operational] -= sh.seconds
		p.Uptime.Lost += w.cost(sh)
	}
	return p, shares
}

// cost returns the weighted downtime of a share in millionths of a second.
func (w *reporter) cost(sh share) int64 {
	return sh.seconds * int64(math.Round(w.site.Uptime.Weights[sh.effect.status]*1e6))
}

// finish adds what follows from the uptime of a place, which is that of a number of
// regions.
func (p *Place) finish(w *reporter, c *Component, regions int) {
	p.Budget = c.budget(p.Uptime, regions, w.report.Period.Interval, w.report.Now)
	p.Tier = w.site.SLA.Tier(p.Uptime)
}

// addEntries adds the incidents and windows of a component. shares are those Everywhere.
func (w *reporter) addEntries(one *ComponentReport, shares []share, lost func(*Entry) int64) {
	for _, e := range w.incidentsOf(one.Component) {
		if sh, ok := w.entryShare(one.Component, e); ok {
			sh.Lost = lost(e)
			one.Incidents = append(one.Incidents, sh)
		}
	}
	for _, sh := range shares {
		e := sh.effect.entry
		if e.Kind != Maintenance {
			continue
		}
		at := slices.IndexFunc(one.Maintenance, func(m WindowShare) bool { return m.Entry == e })
		if at < 0 {
			at = len(one.Maintenance)
			of, _ := w.entryShare(one.Component, e)
			one.Maintenance = append(one.Maintenance, WindowShare{Entry: e, Interval: of.Interval, Announced: e.AnnouncedFor(w.report.Now)})
		}
		one.Maintenance[at].Seconds[sh.effect.why] += sh.seconds
	}
	slices.SortStableFunc(one.Incidents, func(a, b IncidentShare) int { return byStart(a.Entry, b.Entry, a.Start, b.Start) })
	slices.SortStableFunc(one.Maintenance, func(a, b WindowShare) int { return byStart(a.Entry, b.Entry, a.Start, b.Start) })
}

// incidentsOf returns the incidents that affected a component in the months.
func (w *reporter) incidentsOf(c *Component) (list []*Entry) {
	for _, r := range blank(c).Regions {
		for _, o := range w.effects[cell{c.ID, r.Region}] {
			if o.entry.Kind == Incident && !slices.Contains(list, o.entry) {
				list = append(list, o.entry)
			}
		}
	}
	return list
}

// hash returns a hash of the content that the report is made of.
func (w *reporter) hash() Hash {
	in := make(hashInput, 0, 4<<10)
	s := w.site
	in.text(ZoneRules(s.Zone))
	for _, weight := range s.Uptime.Weights {
		in.number(int64(math.Round(weight * 1e6)))
	}
	x := s.SLA.Exclude
	in.flag(x.Set, x.Limited)
	in.number(int64(x.Announced), int64(x.Limit), int64(len(s.SLA.Tiers)))
	for _, t := range s.SLA.Tiers {
		in.number(int64(math.Round(t.Below.Percent*1e6)), int64(math.Round(t.Credit*1e6)))
	}
	for i := range w.report.Components {
		c := w.report.Components[i].Component
		in.text(c.ID, c.Group)
		in.texts(c.Name)
		in.flag(c.Unlisted)
		in.number(c.Since.Unix(), c.Until.Unix(), int64(math.Round(c.Target.Percent*1e6)), int64(len(c.Regions)))
		for _, r := range c.Regions {
			in.text(r.ID)
		}
	}
	slices.SortFunc(w.made, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Slug, b.Slug))
	})
	for _, e := range w.made {
		e.hashTimes(&in, w.report.Now)
	}
	return sha256.Sum256(in)
}

// hashTimes adds what a report says of an entry or counts of it: its title, its times, its
// impacts, and when which updates were published by now. Their texts do not count.
func (e *Entry) hashTimes(in *hashInput, now time.Time) {
	in.text(e.Kind.String(), e.Slug)
	in.texts(e.Title)
	in.number(int64(e.Severity), e.Start.Unix(), e.End.Unix(), e.Posted.Unix(), e.FileDate.Unix(), int64(len(e.Impacts)))
	in.flag(e.ManualEnd, e.Report != nil && e.reportPublished(now))
	for i := range e.Impacts {
		e.Impacts[i].hashTimes(in)
	}
	for _, u := range e.updatesBy(now) {
		in.number(u.Time.Unix(), int64(u.Status))
	}
}

// hashTimes adds which components an impact affects, how badly, and from when to when.
func (i *Impact) hashTimes(in *hashInput) {
	in.number(int64(i.Status), i.Start.Unix(), i.End.Unix(), int64(i.Downtime.Length))
	in.flag(i.All, i.Downtime.Set)
	for _, list := range [][]Ref{i.Components, i.Groups, i.Regions} {
		in.number(int64(len(list)))
		for _, ref := range list {
			in.text(ref.ID)
		}
	}
}
