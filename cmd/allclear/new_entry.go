package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// entryDraft returns the entry described by the flags and answers, with names resolved to
// ids and times parsed.
func (w newFlags) entryDraft(v snapshot) (source.NewEntry, error) {
	d := source.NewEntry{Kind: w.kind, Title: w.title, Severity: strings.ToLower(w.severity), Hidden: w.draft}
	if w.title == "" {
		return d, usageErrorf("allclear new "+w.kind.String()+` "Mail is slow"`, "the title is missing")
	}
	var err error
	if d.Impacts, err = w.impacts(v); err != nil {
		return d, err
	}
	if d.Start, d.End, err = w.parseTimes(v); err != nil {
		return d, err
	}
	if d.NextUpdate, err = v.readTime("next-update", w.nextUpdate, when.Coming); err != nil {
		return d, err
	}
	if !d.NextUpdate.IsZero() && !d.NextUpdate.After(v.now) {
		return d, usageErrorf("write a future time, such as +30m", "--next-update: %s is in the past", v.longClock(d.NextUpdate))
	}
	d.Text = w.text // the answer to a question
	if w.isSet("message") && !w.textReady {
		if d.Text, err = message(w.text); err != nil {
			return d, err
		}
	}
	needed := !w.noText && !w.edit
	if strings.TrimSpace(d.Text) == "" && needed {
		return d, usageErrorf(`add -m "We are looking into it.", or --no-message`, "the text is missing")
	}
	if err = checkText(v, w.kind, d.Text, w.kind == site.Incident && !d.End.IsZero(), needed); err != nil {
		return d, err
	}
	now := w.entryTime(v)
	switch {
	case w.kind == site.Maintenance:
		if d.End.After(now) {
			d.Status, d.Time = site.Scheduled, now // the date of the announcement
		}
	case d.Severity == "none":
		d.Status, d.Time = site.Note, now
	case d.End.IsZero():
		d.Status, d.Time = site.Investigating, now
	}
	if w.kind == site.Incident && d.Start.Equal(d.Time) {
		d.Start = time.Time{} // the same as the time of the first update
	}
	return d, nil
}

// parseTimes returns the start and end of the entry, in UTC. They are zero if no flag
// sets them.
func (w newFlags) parseTimes(v snapshot) (start, end time.Time, err error) {
	rule := when.Past
	if w.kind == site.Maintenance {
		rule = when.Coming
	}
	if start, err = v.readTime("start", w.start, rule); err != nil {
		return start, end, err
	}
	if start.IsZero() {
		end, err = v.readTime("end", w.end, rule)
	} else {
		end, err = v.readEnd("end", w.end, start)
	}
	switch {
	case err != nil:
		return start, end, err
	case w.kind == site.Maintenance:
		return w.windowTimes(start, end)
	case start.IsZero() && !end.IsZero():
		return start, end, usageErrorf("add --start", "an incident with an end needs a start")
	}
	return start, end, nil
}

// windowTimes returns the start and end of a maintenance, both of which are required. The
// end may come from --duration.
func (w newFlags) windowTimes(start, end time.Time) (time.Time, time.Time, error) {
	if start.IsZero() {
		return start, end, usageErrorf(`add --start "tomorrow 02:00"`, "a maintenance needs a start")
	}
	if w.duration != "" {
		length, err := source.ParseDuration(w.duration)
		if err != nil {
			return start, end, usageErrorf("", "--duration: %v", err)
		}
		if !end.IsZero() {
			return start, end, usageErrorf("keep one of the two", "--end and --duration cannot be used together")
		}
		end = start.Add(length)
	}
	if end.IsZero() {
		return start, end, usageErrorf("add --end or --duration 90m", "a maintenance needs an end")
	}
	return start, end, nil
}

// impacts returns the impacts of the entry: the components of --component, grouped by
// status and regions.
func (w newFlags) impacts(v snapshot) ([]source.NewImpact, error) {
	s := v.site
	if _, ok := site.ParseSeverity(w.severity); !ok && w.severity != "" {
		return nil, usageErrorf(diag.DidYouMean(w.severity, site.SeverityWords), "--severity: unknown severity %q", w.severity)
	}
	list, regions, err := v.parseTargetFlags(w.components, w.regions)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		s.Components = listedComponents(s, v.now)
		return nil, w.noComponentsError(s)
	}
	saysStatus := w.status != "" || slices.ContainsFunc(list, func(t target) bool { return t.status != "" })
	if strings.EqualFold(w.severity, "none") && saysStatus {
		return nil, usageErrorf("leave out --severity or the status",
			"a notice (--severity none) affects no component: the status would have no effect")
	}
	if len(regions) > 0 && !slices.ContainsFunc(list, func(t target) bool { return t.hasRegions(s) }) {
		return nil, usageErrorf("leave --region out", "--region: none of these components has regions")
	}
	var impacts []source.NewImpact
	for _, t := range list {
		if t, err = w.withDefaults(s, t, regions); err != nil {
			return nil, err
		}
		same := slices.IndexFunc(impacts, func(i source.NewImpact) bool {
			return i.Status == t.status && slices.Equal(i.Regions, t.regions)
		})
		if same < 0 {
			same = len(impacts)
			impacts = append(impacts, source.NewImpact{Regions: t.regions, Status: t.status})
		}
		t.addTo(&impacts[same])
	}
	return impacts, nil
}

// noComponentsError returns an error if a component is required although none is named.
func (w newFlags) noComponentsError(s site.Site) error {
	switch {
	case w.status != "" || len(w.regions) > 0:
		return usageErrorf("add --component: "+site.JoinNames(s.ComponentNames()), "--component is missing")
	case w.kind == site.Incident && !strings.EqualFold(w.severity, "none"):
		return usageErrorf("add --component ("+site.JoinNames(s.ComponentNames())+") and --status, or --severity none for a notice",
			"the affected components are missing")
	}
	return nil
}

// withDefaults applies --region and --status to a component that has no regions or status
// of its own.
func (w newFlags) withDefaults(s site.Site, t target, regions []string) (target, error) {
	if len(t.regions) == 0 && !t.allRegion && t.hasRegions(s) {
		t.regions = regions
		if err := t.checkRegions(s); err != nil {
			return t, err
		}
	}
	if t.status == "" {
		t.status = w.status
	}
	if strings.EqualFold(w.severity, "none") {
		return t, nil
	}
	if t.status == "" {
		if w.kind == site.Maintenance {
			return t, nil
		}
		return t, usageErrorf("add --status "+impactStatuses, "--status is missing")
	}
	status, err := parseStatus("status", t.status)
	if err != nil {
		return t, err
	}
	if w.kind == site.Incident && status < site.DegradedPerformance {
		hint := "write " + impactStatuses + "; for a notice leave it out and add --severity none"
		if status == site.UnderMaintenance {
			hint = "allclear new maintenance " + quotedForShell(w.title)
		}
		return t, usageErrorf(hint, "--status: an incident cannot be %q", t.status)
	}
	return t, nil
}

// checkPlausible returns an error for entries that are nearly always a mistake, such as
// an incident in the future. --force skips the check.
func (w newFlags) checkPlausible(v snapshot, d source.NewEntry) error {
	if w.force {
		return nil
	}
	switch now := v.now; {
	case w.kind == site.Maintenance && !d.End.After(now):
		return usageErrorf("check --start and --end, or add --force to record it afterwards",
			"this maintenance is already over: it ended %s", v.longClock(d.End))
	case w.kind == site.Maintenance:
		return nil
	case d.Start.After(now):
		return usageErrorf("write when it began: --start now, or leave it out; or add --force",
			"the incident would begin in the future: %s", v.longClock(d.Start))
	case d.End.After(now):
		return usageErrorf("leave --end out while it is open; or add --force",
			"the incident would end in the future: %s", v.longClock(d.End))
	case !d.End.IsZero() || d.Severity == "none":
		return nil
	}
	return w.confirmNoneOpen(v, d)
}

// confirmNoneOpen checks for an open incident on one of the entry's components. If there
// is one, it asks whether to go on, or returns an error if it cannot ask.
func (w newFlags) confirmNoneOpen(v snapshot, d source.NewEntry) error {
	open, on := openIncidentOn(v, d)
	if open == nil {
		return nil
	}
	found := fmt.Sprintf("open already: %s (%s), on %s", open.Title.Default, open.Slug, strings.Join(on, ", "))
	add := fmt.Sprintf(`allclear update %s update -m "…"`, open.Slug)
	if !w.interactive {
		return usageErrorf("to add to it: "+add+"; to write another one: --force", "%s", found)
	}
	var a prompt
	answer := "add"
	a.choose(found, []option{{"add", "add to that one: " + add}, {"new", "write another one"}}, &answer, never)
	if err := a.run(); err != nil {
		return err
	}
	if answer == "add" {
		return usageErrorf(add, "nothing was written")
	}
	return nil
}

// openIncidentOn returns an open incident that affects a component of d, and the names of
// those components. It returns nil if there is none.
func openIncidentOn(v snapshot, d source.NewEntry) (*site.Entry, []string) {
	for _, e := range v.site.At(v.now).Open {
		if e.Notice() {
			continue
		}
		var on []string
		for _, c := range v.site.AffectedBy(e, v.now) {
			if slices.ContainsFunc(d.Impacts, func(i source.NewImpact) bool {
				return slices.Contains(i.Components, c.ID) || slices.Contains(i.Components, "all") && !c.Unlisted ||
					c.Group != "" && slices.Contains(i.Groups, c.Group) && !c.Unlisted
			}) {
				on = append(on, c.Name.Default)
			}
		}
		if len(on) > 0 {
			return e, on
		}
	}
	return nil, nil
}

// reportNew prints what was written.
func (w newFlags) reportNew(v, after snapshot, d source.NewEntry, name string) {
	e := entryIn(after.site, name)
	if e == nil {
		return // the user has deleted it in the editor
	}
	n := writeReport{word: "report", at: w.entryTime(v), isNew: true, isDraft: w.draft, entry: e,
		before: &v.site, after: &after.site, problems: after.problems}
	if !d.Time.IsZero() {
		n.word = humanize(d.Status)
	}
	if later := w.kind == site.Maintenance && e.Begin().After(n.at); later || w.kind == site.Incident && !d.End.IsZero() {
		n.compareAt = e.Begin()
	}
	w.printReport(v, n)
}

// entryIn returns the entry in a file, or nil.
func entryIn(s site.Site, file string) *site.Entry {
	i := slices.IndexFunc(s.Entries, func(e site.Entry) bool { return e.Pos.File == file })
	if i < 0 {
		return nil
	}
	return &s.Entries[i]
}
