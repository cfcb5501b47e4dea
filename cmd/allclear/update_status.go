package main

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// parseStatuses parses --component and --region. It returns nil if the update ends the
// entry, since that ends all its impacts.
func (u *updateFlags) parseStatuses(v snapshot, e *site.Entry, a source.Update) ([]source.StatusChange, error) {
	list, regions, err := v.parseTargetFlags(u.components, u.regions)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 && !u.isSet("region") {
		return nil, nil
	}
	if err := u.checkStatuses(v, e, a, list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return u.spreadToRegions(v, e, a, regions)
	}
	var changes []source.StatusChange
	for _, t := range list {
		status, err := u.parseTargetStatus(e, t)
		if err != nil {
			return nil, err
		}
		if len(t.regions) == 0 && !t.allRegion && u.isSet("region") {
			t.regions, t.allRegion = regions, len(regions) == 0
			if !t.hasRegions(v.site) {
				t.regions = nil
			}
			if err := t.checkRegions(v.site); err != nil {
				return nil, err
			}
		}
		found := t.statusChanges(&v.site, status, a.Time)
		if len(found) == 0 {
			return nil, usageErrorf("name a component by its id, or correct since and until in content/components.yml",
				"--component: no component of %q is in service at that time", t.name())
		}
		changes = append(changes, found...)
	}
	if a.Status.Ends() && !u.silent {
		return nil, nil // the update ends all impacts, so these change nothing
	}
	return changes, checkConflicts(changes)
}

// statusChanges returns the changes that give the target's components a status.
func (t target) statusChanges(s *site.Site, status site.Status, at time.Time) []source.StatusChange {
	var changes []source.StatusChange
	for i := range s.Components {
		c := &s.Components[i]
		if !t.includesAt(c, at) {
			continue
		}
		var regions []string
		for _, r := range c.Regions {
			if t.allRegion || slices.Contains(t.regions, r.ID) {
				regions = append(regions, r.ID)
			}
		}
		if len(t.regions) > 0 && len(regions) == 0 {
			continue // "all" and groups include components that do not run there
		}
		changes = append(changes, source.StatusChange{Component: c.ID, Regions: regions, Status: status})
	}
	return changes
}

// checkConflicts returns an error if a component gets two statuses in one region.
func checkConflicts(changes []source.StatusChange) error {
	for i, c := range changes {
		for _, other := range changes[:i] {
			if c.Component != other.Component || c.Status == other.Status {
				continue
			}
			everywhere := len(c.Regions) == 0 || len(other.Regions) == 0
			if everywhere || slices.ContainsFunc(c.Regions, func(r string) bool { return slices.Contains(other.Regions, r) }) {
				return usageErrorf("keep one of the two",
					"--component: %s gets two statuses, %s and %s", c.Component, humanize(other.Status), humanize(c.Status))
			}
		}
	}
	return nil
}

// parseTargetStatus parses the status of a target, which must fit the entry's kind.
func (u *updateFlags) parseTargetStatus(e *site.Entry, t target) (site.Status, error) {
	if t.status == "" {
		return 0, usageErrorf("write --component "+t.name()+"=degraded", "--component: %q has no status", t.name())
	}
	status, err := parseStatus("component", t.status)
	if err == nil && e.Kind == site.Incident && status == site.UnderMaintenance {
		err = usageErrorf("write "+impactStatuses+", or ok", "--component: an incident cannot be %q", t.status)
	}
	return status, err
}

// ongoingWord is, for each kind, the status of an update that does not end the entry.
var ongoingWord = map[site.Kind]site.UpdateStatus{site.Incident: site.Monitoring, site.Maintenance: site.InProgress}

// checkStatuses returns an error if the update cannot change the status of components.
func (u *updateFlags) checkStatuses(v snapshot, e *site.Entry, a source.Update, list []target) error {
	affects := slices.ContainsFunc(list, func(t target) bool {
		status, err := parseStatus("component", t.status)
		return err == nil && status != site.Operational
	})
	hasRegion := slices.ContainsFunc(list, func(t target) bool { return len(t.regions) > 0 })
	over := source.Ended(e, v.now) && !a.Reopens(e) && a.Status != site.Scheduled
	switch {
	case e.Notice():
		return usageErrorf("remove severity: none from "+e.Pos.File+" first", "%s is a notice, which affects no component", e.Slug)
	case a.Status.Ends() && !u.silent && affects:
		return usageErrorf(u.suggest(e, typedWord(ongoingWord[e.Kind])),
			"%q ends every impact of %s, but -c sets a new one", typedWord(a.Status), e.Slug)
	case a.Status.Ends() && !u.silent && (u.isSet("region") || hasRegion):
		goesOn := u.suggest(e, typedWord(ongoingWord[e.Kind]))
		if len(list) == 0 {
			goesOn += " -c " + firstRegional(v) + "@" + strings.Join(u.regions, ",") + "=ok"
		}
		return usageErrorf("for some regions only: "+goesOn, "%q ends every impact of %s, in all regions", typedWord(a.Status), e.Slug)
	case a.Status == site.Postmortem && !u.silent:
		return usageErrorf("leave -c out", "a report changes no status")
	case over:
		return usageErrorf("to reopen it: "+u.suggest(e, typedWord(reopenWord[e.Kind]),
			"--reopen"), "%s %s %s: it affects no component", e.Slug, howEnded(e, v), v.longClock(endOf(e, v.now)))
	case !e.Open(v.now) && e.Kind == site.Maintenance && !a.Status.Reopens():
		return usageErrorf("start it: "+u.suggest(e, "in-progress")+", or change its impacts in "+e.Pos.File,
			"%s does not start until %s, and -c takes effect now", e.Slug, v.longClock(e.Start.Time))
	}
	return nil
}

// spreadToRegions returns the changes that give the affected components their worst
// status in more regions. No regions means all.
func (u *updateFlags) spreadToRegions(v snapshot, e *site.Entry, a source.Update, regions []string) ([]source.StatusChange, error) {
	var changes []source.StatusChange
	for i := range v.site.Components {
		c := &v.site.Components[i]
		worst := site.Operational
		for _, r := range c.Regions {
			worst = max(worst, entryStatus(e, c, r.ID, a.Time))
		}
		if worst == site.Operational {
			continue
		}
		change := source.StatusChange{Component: c.ID, Status: worst}
		for _, r := range c.Regions {
			if (len(regions) == 0 || slices.Contains(regions, r.ID)) && entryStatus(e, c, r.ID, a.Time) == site.Operational {
				change.Regions = append(change.Regions, r.ID)
			}
		}
		if len(change.Regions) > 0 {
			changes = append(changes, change)
		}
	}
	if len(changes) == 0 {
		return nil, usageErrorf("name the components: -c "+firstRegional(v)+"=partial",
			"--region: nothing that %s affects can spread there", e.Slug)
	}
	return changes, nil
}

func firstRegional(v snapshot) string {
	for _, c := range listedComponents(v.site, v.now) {
		if len(c.Regions) > 0 {
			return c.ID
		}
	}
	return "api"
}

// entryStatus returns the status that an entry gives a component in a region at an
// instant. The region of a global component is "".
func entryStatus(e *site.Entry, c *site.Component, region string, t time.Time) site.Status {
	worst := site.Operational
	for i := range e.Impacts {
		if !slices.Contains(e.Impacts[i].RegionsOf(c), region) {
			continue
		}
		for _, w := range e.Windows(i, t) {
			if w.Contains(t) {
				worst = max(worst, e.Impacts[i].Status)
			}
		}
	}
	return worst
}
