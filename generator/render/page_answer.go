package render

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// answer is the overall status in words.
type answer struct {
	Class    string   // the class of the overall status
	Sentence string   // "Major outage: Website"
	Rest     []string // what else there is to say, worst first: "Degraded performance: Email"
}

// answer returns the overall status in words, with the names of what is affected.
func (v view) answer() answer {
	a := answer{Class: v.overall()}
	affected, late := v.affectedByStatus(), v.lateWindows()
	var said []string
	for status := site.MajorOutage; status > site.UnderMaintenance; status-- {
		if len(affected[status]) > 0 {
			said = append(said, v.say("answer."+status.String(), "what", v.nameAffected(affected[status])))
		}
	}
	said = append(said, v.maintenanceSentences(affected[site.UnderMaintenance], len(said) > 0)...)
	switch {
	case len(said) > 0:
		a.Sentence, a.Rest = said[0], said[1:]
	case v.state.Indicator != site.AllClear:
		a.Sentence = v.say("answer.incident", "title", v.text(v.firstOpen().Title))
	default:
		a.Sentence = v.say("answer.operational")
		if days := v.quietDays(); days > 0 && len(late) == 0 {
			a.Rest = append(a.Rest, v.say("answer.quiet", "n", days))
		}
	}
	if len(late) > 0 && len(affected[site.UnderMaintenance]) == 0 {
		a.Rest = append([]string{v.say("answer.late")}, a.Rest...)
	}
	if healthy, _ := v.state.Healthy(); healthy > 0 && len(affected) > 0 {
		a.Rest = append(a.Rest, v.say("answer.else"))
	}
	return a
}

// maintenanceSentences returns what is under maintenance, and until when. What is late
// comes first; if nothing is worse, a sentence says when that was due to end.
func (v view) maintenanceSentences(list []affectedComponent, worse bool) []string {
	var late, planned []affectedComponent
	overrun := v.lateWindows()
	for _, c := range list {
		if slices.ContainsFunc(overrun, func(e *site.Entry) bool { return slices.Contains(v.affected(e), c.component) }) {
			late = append(late, c)
		} else {
			planned = append(planned, c)
		}
	}
	var said []string
	if len(late) > 0 {
		said = append(said, v.say("answer.late")+v.say("list.colon")+v.nameAffected(late))
		if !worse {
			due := v.clockTime(overrun[0].End.Time, v.now)
			said = append(said, v.say(due.form("answer.due"), "time", due.Text, "hour", due.hour()))
		}
	}
	if len(planned) == 0 {
		return said
	}
	names := v.nameAffected(planned)
	if end := v.commonEnd(); !end.IsZero() {
		until := v.clockTime(end, v.now)
		return append(said, v.say(until.form("answer.until"), "time", until.Text, "hour", until.hour(), "what", names))
	}
	return append(said, v.say("answer.under_maintenance", "what", names))
}

// lateWindows returns the active windows whose planned end has passed, the longest ago
// first.
func (v view) lateWindows() []*site.Entry {
	var late []*site.Entry
	for _, e := range v.state.Active {
		if !v.now.Before(e.End.Time) {
			late = append(late, e)
		}
	}
	slices.SortStableFunc(late, func(a, b *site.Entry) int { return a.End.Compare(b.End.Time) })
	return late
}

// commonEnd returns the planned end of the active windows that are not late, or the zero
// time if they have several.
func (v view) commonEnd() time.Time {
	var end time.Time
	for _, e := range v.state.Active {
		switch {
		case !v.now.Before(e.End.Time):
		case end.IsZero():
			end = e.End.Time
		case !end.Equal(e.End.Time):
			return time.Time{}
		}
	}
	return end
}

// quietDays returns how many days have passed since the last incident ended, at most as
// many as the bars show. Only days on which something was in service count.
func (v view) quietDays() int {
	since := v.site.Midnight(v.now, -max(v.site.HomeDays, v.site.Uptime.Days))
	begun := v.now
	for _, c := range v.listedComponents() {
		if c.Component.Since.Before(begun) {
			begun = c.Component.Since
		}
	}
	if begun.After(since) {
		since = begun
	}
	for _, e := range v.newest {
		if e.Kind == site.Maintenance || e.Notice() || e.Start.After(v.now) {
			continue
		}
		if end := e.Interval(v.now).End; end.After(since) {
			since = end
		}
	}
	return int(v.now.Sub(since) / (24 * time.Hour))
}

// firstOpen returns the first open incident that is not a notice. There must be one.
func (v view) firstOpen() *site.Entry {
	i := slices.IndexFunc(v.state.Open, func(e *site.Entry) bool { return !e.Notice() })
	return v.state.Open[i]
}

// affectedComponent is a component with the regions in which it has a status; nil if that
// is all of them.
type affectedComponent struct {
	component *site.Component
	regions   []string
}

// affectedByStatus returns the components by the statuses that they have in their
// regions, without operational ones.
func (v view) affectedByStatus() map[site.Status][]affectedComponent {
	hit := map[site.Status][]affectedComponent{}
	for _, c := range v.listedComponents() {
		for status := site.UnderMaintenance; status <= site.MajorOutage; status++ {
			var regions []string
			for _, r := range c.Regions {
				if r.Status == status {
					regions = append(regions, r.Region)
				}
			}
			if len(regions) == 0 {
				continue
			}
			if len(regions) == len(c.Regions) {
				regions = nil
			}
			hit[status] = append(hit[status], affectedComponent{c.Component, regions})
		}
	}
	return hit
}

// maxNames is the largest number of components that a sentence names all.
const maxNames = 3

// nameAffected returns the names of components, with the regions in which they are
// affected. Of more than maxNames it names the first two, without regions, and counts the
// others: "Web application, Public API and 2 more".
func (v view) nameAffected(list []affectedComponent) string {
	whole := !slices.ContainsFunc(list, func(h affectedComponent) bool { return h.regions != nil })
	if total := len(v.listedComponents()); len(list) == total && whole && total > 1 {
		return v.say("answer.all")
	}
	var names []string
	same := true
	for _, h := range list {
		same = same && slices.Equal(h.regions, list[0].regions)
		names = append(names, v.text(h.component.Name))
	}
	switch named := maxNames - 1; {
	case len(names) > maxNames:
		return v.lang.List(append(names[:named:named], v.say("list.more", "n", len(names)-named)))
	case same && len(list) > 0:
		return v.withRegions(v.lang.List(names), list[0].regions)
	}
	for i, h := range list {
		names[i] = v.withRegions(names[i], h.regions)
	}
	return v.lang.List(names)
}
