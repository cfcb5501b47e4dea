package main

import (
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/site"
	"allclear/generator/source"
)

// parseTimes parses --start, --end, --duration and --next-update into a.
func (u *updateFlags) parseTimes(v snapshot, e *site.Entry, a *source.Update) error {
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
	if a.End, err = u.parseEnd(v, e, begin); err != nil {
		return err
	}
	if a.NextUpdate, err = v.readTime("next-update", u.nextUpdate, when.Coming); err != nil {
		return err
	}
	if e.Kind == site.Maintenance {
		return u.checkWindowTimes(v, e, a)
	}
	return u.checkIncidentTimes(v, e, a, begin)
}

// parseEnd returns the end set by --end or --duration, or zero.
func (u *updateFlags) parseEnd(v snapshot, e *site.Entry, begin time.Time) (time.Time, error) {
	if u.isSet("duration") {
		length, err := source.ParseDuration(u.duration)
		switch {
		case err != nil:
			return time.Time{}, usageErrorf("", "--duration: %v", err)
		case u.end != "":
			return time.Time{}, usageErrorf("keep one of the two", "--end and --duration cannot be used together")
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

// checkIncidentTimes returns an error if an incident cannot have these times.
func (u *updateFlags) checkIncidentTimes(v snapshot, e *site.Entry, a *source.Update, begin time.Time) error {
	over := source.Ended(e, v.now) && !a.Reopens(e)
	switch end := a.End; {
	case a.Start.After(v.now):
		return usageErrorf("write when it began", "the incident would begin in the future: %s", v.longClock(a.Start))
	case end.IsZero():
	case end.After(v.now):
		return usageErrorf("leave --end out while it is open", "the incident would end in the future: %s", v.longClock(end))
	case !end.After(begin):
		return usageErrorf("check both times", "--end: %s is not after the start, %s", v.longClock(end), v.longClock(begin))
	case !u.silent && !over && a.Status != site.Resolved:
		return usageErrorf(u.suggest(e, "resolved",
			"--end", quotedForShell(u.end+u.duration)), "--end ends the incident, but %q keeps it open", typedWord(a.Status))
	}
	return u.checkNextUpdate(v, e, a, over)
}

// checkNextUpdate returns an error if the next update is promised for the past, or for an
// entry that is over.
func (u *updateFlags) checkNextUpdate(v snapshot, e *site.Entry, a *source.Update, over bool) error {
	switch {
	case a.NextUpdate.IsZero():
	case !a.NextUpdate.After(v.now):
		return usageErrorf("write a future time, such as +30m", "--next-update: %s is in the past", v.longClock(a.NextUpdate))
	case over, !u.silent && (a.Status.Ends() || a.Status == site.Postmortem):
		return usageErrorf("leave --next-update out", "--next-update promises an update, but %s is over", e.Slug)
	}
	return nil
}

// checkWindowTimes returns an error if a maintenance cannot have these times. If only its
// start moves before it has begun, its end moves with it.
func (u *updateFlags) checkWindowTimes(v snapshot, e *site.Entry, a *source.Update) error {
	upcoming := !e.Open(v.now) && !source.Ended(e, v.now)
	moved := !a.Start.IsZero() || !a.End.IsZero()
	if moved && a.End.IsZero() && (upcoming || a.Status == site.Scheduled) {
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
		return usageErrorf(u.suggest(e, "scheduled"+u.timeFlags()), "%s is already announced: publish its new time with an update", e.Slug)
	case moved && a.Status.Ends() && !u.silent:
		return usageErrorf("leave --start, --end and --duration out, or set the time with --at",
			"%q ends the maintenance at %s", typedWord(a.Status), v.longClock(a.Time))
	case moved && closedByUpdate(e, v.now) && a.Status != site.Scheduled && end.After(v.now) && !a.Reopens(e):
		return usageErrorf(u.suggest(e, "in-progress",
			"--reopen")+u.timeFlags(),
			"%s %s %s: a later end does not restart it", e.Slug, howEnded(e, v), v.longClock(endOf(e, v.now)))
	case !end.After(begin):
		return usageErrorf("add --end or --duration", "it would end %s, before it starts %s", v.longClock(end), v.longClock(begin))
	case a.Status == site.Scheduled && !u.silent && !a.Start.IsZero() && !a.Start.After(v.now):
		return usageErrorf("write a future time", "--start: %s is in the past", v.longClock(a.Start))
	}
	return u.checkNextUpdate(v, e, a, source.Ended(e, v.now) && !a.Reopens(e) && !end.After(v.now))
}

// timeFlags returns the flags for times as they were typed, with a space before each.
func (u *updateFlags) timeFlags() string {
	out := ""
	for _, f := range [][2]string{{"--start", u.start}, {"--end", u.end}, {"--duration", u.duration}} {
		if f[1] != "" {
			out += " " + f[0] + " " + quotedForShell(f[1])
		}
	}
	return out
}
