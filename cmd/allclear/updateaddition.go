package main

import (
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/site"
	"allclear/generator/source"
)

// addition is what the flags and answers say.
func (u *updating) addition(v view, e *site.Entry, word site.Word) (source.Addition, error) {
	a := source.Addition{Time: u.timeFor(v, e), Word: word, Silent: u.silent, Title: strings.TrimSpace(u.title)}
	if u.said("title") && a.Title == "" {
		return a, usage("leave it out, or write one", "--title is empty")
	}
	if err := u.times(v, e, &a); err != nil {
		return a, err
	}
	var err error
	if a.Statuses, err = u.statuses(v, e, a); err != nil {
		return a, err
	}
	if u.silent {
		return a, nil
	}
	if maySay() && !u.said("message") && !u.edit && !u.interactive {
		var q asking
		u.askText(&q, e)
		err = q.put()
		a.Text = strings.TrimSpace(u.text)
	} else {
		a.Text, err = message(u.text)
	}
	if err == nil && word == site.Postmortem && strings.TrimSpace(a.Text) == "" && !u.edit {
		err = usage(u.command(e, hyphened(word))+", or -m - < report.md", "the report's text is missing")
	}
	return a, err
}

// times reads --start, --end, --duration and --next-update.
func (u *updating) times(v view, e *site.Entry, a *source.Addition) error {
	rule := when.Past
	if e.Kind == site.Maintenance {
		rule = when.Coming
	}
	var err error
	if a.Start, err = v.readTime("start", u.start, rule); err != nil {
		return err
	}
	begin := e.Begin()
	if e.Kind == site.Maintenance {
		begin = e.Start.Time
	}
	if !a.Start.IsZero() {
		begin = a.Start
	}
	if a.End, err = u.newEnd(v, e, begin); err != nil {
		return err
	}
	if a.Promised, err = v.readTime("next-update", u.promised, when.Coming); err != nil {
		return err
	}
	if e.Kind == site.Maintenance {
		return u.mindWindow(v, e, a)
	}
	return u.mindIncident(v, e, a, begin)
}

// newEnd is the end that --end or --duration says.
func (u *updating) newEnd(v view, e *site.Entry, begin time.Time) (time.Time, error) {
	if u.said("duration") {
		length, err := source.ParseDuration(u.duration)
		switch {
		case err != nil:
			return time.Time{}, usage("", "--duration: %v", err)
		case u.end != "":
			return time.Time{}, usage("keep one of the two", "--end and --duration both say when it ends")
		}
		return begin.Add(length), nil
	}
	if e.Kind == site.Incident {
		return v.readTime("end", u.end, when.Past)
	}
	if begin.Before(v.now) {
		begin = v.now
	}
	return v.readEnd("end", u.end, begin)
}

// mindIncident refuses times that cannot be an incident's.
func (u *updating) mindIncident(v view, e *site.Entry, a *source.Addition, begin time.Time) error {
	over := source.Over(e, v.now) && !a.Reopens(e)
	switch end := a.End; {
	case a.Start.After(v.now):
		return usage("write when it began", "the incident would begin in the future: %s", v.longClock(a.Start))
	case end.IsZero():
	case end.After(v.now):
		return usage("leave --end out while it is open", "the incident would end in the future: %s", v.longClock(end))
	case !end.After(begin):
		return usage("check both times", "--end: %s is not after the start, %s", v.longClock(end), v.longClock(begin))
	case !u.silent && !over && a.Word != site.Resolved:
		return usage(u.command(e, "resolved", "--end", quotedForShell(u.end+u.duration)), "--end ends the incident, and %q says that it goes on", hyphened(a.Word))
	}
	return u.mindPromise(v, e, a, over)
}

// mindPromise refuses a promise that nobody would see.
func (u *updating) mindPromise(v view, e *site.Entry, a *source.Addition, over bool) error {
	switch {
	case a.Promised.IsZero():
	case !a.Promised.After(v.now):
		return usage("write a time to come, such as +30m", "--next-update: %s is past", v.longClock(a.Promised))
	case over, !u.silent && (a.Word.Closes() || a.Word == site.Postmortem):
		return usage("leave --next-update out", "--next-update promises more, and %s is over", e.Slug)
	}
	return nil
}

// mindWindow refuses times that cannot be a window's. One that has not begun moves as
// a whole.
func (u *updating) mindWindow(v view, e *site.Entry, a *source.Addition) error {
	upcoming := !e.Open(v.now) && !source.Over(e, v.now)
	moved := !a.Start.IsZero() || !a.End.IsZero()
	if moved && a.End.IsZero() && (upcoming || a.Word == site.Scheduled) {
		a.End = a.Start.Add(e.End.Sub(e.Start.Time))
	}
	begin, end := e.Start.Time, e.End.Time
	if !a.Start.IsZero() {
		begin = a.Start
	}
	if !a.End.IsZero() {
		end = a.End
	}
	switch {
	case moved && u.silent && e.Upcoming(v.now):
		return usage(u.command(e, "scheduled"+u.timeFlags()), "customers have been told the time of %s: say that it moves", e.Slug)
	case moved && a.Word.Closes() && !u.silent:
		return usage("leave --start, --end and --duration out, or say when with --at", "%q ends the maintenance at %s", hyphened(a.Word), v.longClock(a.Time))
	case moved && closed(e, v.now) && a.Word != site.Scheduled && end.After(v.now) && !a.Reopens(e):
		return usage(u.command(e, "in-progress", "--reopen")+u.timeFlags(), "%s %s %s: a later end does not begin it again", e.Slug, howEnded(e, v), v.longClock(endOf(e, v.now)))
	case !end.After(begin):
		return usage("add --end or --duration", "it would end %s, before it starts %s", v.longClock(end), v.longClock(begin))
	case a.Word == site.Scheduled && !u.silent && !a.Start.IsZero() && !a.Start.After(v.now):
		return usage("write a time to come", "--start: %s is past", v.longClock(a.Start))
	}
	return u.mindPromise(v, e, a, source.Over(e, v.now) && !a.Reopens(e) && !end.After(v.now))
}

// timeFlags are the flags of times as they were typed.
func (u *updating) timeFlags() string {
	out := ""
	for _, f := range [][2]string{{"--start", u.start}, {"--end", u.end}, {"--duration", u.duration}} {
		if f[1] != "" {
			out += " " + f[0] + " " + quotedForShell(f[1])
		}
	}
	return out
}

// statuses reads what --component and --region say.
func (u *updating) statuses(v view, e *site.Entry, a source.Addition) ([]source.StatusChange, error) {
	list, err := targets(v.site, u.components)
	if err != nil {
		return nil, err
	}
	regions, err := regionsNamed(v.site, u.regions)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 && !u.said("region") {
		return nil, nil
	}
	if err := u.mindStatuses(v, e, a, list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return u.spread(v, e, a, regions)
	}
	var changes []source.StatusChange
	for _, t := range list {
		status, err := u.statusOf(e, t)
		if err != nil {
			return nil, err
		}
		if len(t.regions) == 0 && !t.allRegion && u.said("region") {
			t.regions, t.allRegion = regions, len(regions) == 0
			if c := v.site.Component(t.component); c != nil && len(c.Regions) == 0 {
				t.regions = nil
			}
			if err := t.runsThere(v.site); err != nil {
				return nil, err
			}
		}
		changes = append(changes, t.changes(&v.site, status, a.Time)...)
	}
	if a.Word.Closes() && !u.silent {
		return nil, nil // the update ends it all, and these say no more
	}
	return changes, twice(changes)
}

// changes are those that a target stands for.
func (t target) changes(s *site.Site, status site.Status, at time.Time) []source.StatusChange {
	var changes []source.StatusChange
	for i := range s.Components {
		c := &s.Components[i]
		if c.ID != t.component && (t.component != "all" || !c.InService(at)) {
			continue
		}
		var regions []string
		for _, r := range c.Regions {
			if t.allRegion || slices.Contains(t.regions, r.ID) {
				regions = append(regions, r.ID)
			}
		}
		if len(t.regions) > 0 && len(regions) == 0 {
			continue // one of all, which does not run there
		}
		changes = append(changes, source.StatusChange{Component: c.ID, Regions: regions, Status: status})
	}
	return changes
}

// twice refuses two statuses for one place.
func twice(changes []source.StatusChange) error {
	for i, c := range changes {
		for _, other := range changes[:i] {
			if c.Component != other.Component || c.Status == other.Status {
				continue
			}
			if len(c.Regions) == 0 || len(other.Regions) == 0 || slices.ContainsFunc(c.Regions, func(r string) bool { return slices.Contains(other.Regions, r) }) {
				return usage("keep one of the two", "--component: %s gets two statuses, %s and %s", c.Component, spoken(other.Status), spoken(c.Status))
			}
		}
	}
	return nil
}

func (u *updating) statusOf(e *site.Entry, t target) (site.Status, error) {
	if t.status == "" {
		return 0, usage("write --component "+t.component+"=degraded", "--component: %q names no status", t.component)
	}
	status, err := statusNamed("component", t.status)
	if err == nil && e.Kind == site.Incident && status == site.UnderMaintenance {
		err = usage("write "+hurting+", or ok", "--component: %q is no harm, which an incident does", t.status)
	}
	return status, err
}

// mindStatuses refuses statuses that the entry would not have.
func (u *updating) mindStatuses(v view, e *site.Entry, a source.Addition, list []target) error {
	harms := slices.ContainsFunc(list, func(t target) bool {
		status, err := statusNamed("component", t.status)
		return err == nil && status != site.Operational
	})
	over := source.Over(e, v.now) && !a.Reopens(e) && a.Word != site.Scheduled
	switch {
	case e.Notice():
		return usage("take severity: none out of "+e.Pos.File+" first", "%s is a notice, which affects no component", e.Slug)
	case a.Word.Closes() && !u.silent && harms:
		instead := map[site.Kind]site.Word{site.Incident: site.Monitoring, site.Maintenance: site.InProgress}[e.Kind]
		return usage(u.command(e, hyphened(instead)), "%q ends all that %s does; -c says that it goes on", hyphened(a.Word), e.Slug)
	case a.Word == site.Postmortem && !u.silent:
		return usage("leave -c out", "a report changes no status")
	case over:
		return usage("to open it again: "+u.command(e, hyphened(again[e.Kind]), "--reopen"), "%s %s %s: it affects no component", e.Slug, howEnded(e, v), v.longClock(endOf(e, v.now)))
	case !e.Open(v.now) && e.Kind == site.Maintenance && !a.Word.Works():
		return usage("start it: "+u.command(e, "in-progress")+", or change its impacts in "+e.Pos.File, "%s starts only %s, and -c counts from now on", e.Slug, v.longClock(e.Start.Time))
	}
	return nil
}

// spread brings what components are to more regions.
func (u *updating) spread(v view, e *site.Entry, a source.Addition, regions []string) ([]source.StatusChange, error) {
	var changes []source.StatusChange
	for i := range v.site.Components {
		c := &v.site.Components[i]
		worst := site.Operational
		for _, r := range c.Regions {
			worst = max(worst, ownStatus(e, c, r.ID, a.Time))
		}
		if worst == site.Operational {
			continue
		}
		change := source.StatusChange{Component: c.ID, Status: worst}
		for _, r := range c.Regions {
			if (len(regions) == 0 || slices.Contains(regions, r.ID)) && ownStatus(e, c, r.ID, a.Time) == site.Operational {
				change.Regions = append(change.Regions, r.ID)
			}
		}
		if len(change.Regions) > 0 {
			changes = append(changes, change)
		}
	}
	if len(changes) == 0 {
		return nil, usage("name the components: -c "+firstRegional(v.site)+"=partial", "--region: nothing that %s affects can spread there", e.Slug)
	}
	return changes, nil
}

func firstRegional(s site.Site) string {
	for _, c := range s.Components {
		if len(c.Regions) > 0 {
			return c.ID
		}
	}
	return "api"
}

// ownStatus is what an entry makes of a component in a region, or "" for a global one.
func ownStatus(e *site.Entry, c *site.Component, region string, t time.Time) site.Status {
	worst := site.Operational
	for i := range e.Impacts {
		if !slices.Contains(e.Impacts[i].Hits(c), region) {
			continue
		}
		for _, w := range e.Windows(i, t) {
			if w.Holds(t) {
				worst = max(worst, e.Impacts[i].Status)
			}
		}
	}
	return worst
}
