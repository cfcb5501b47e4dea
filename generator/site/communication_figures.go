package site

import (
	"slices"
	"strings"
	"time"
)

// LengthStats sums up lengths of time, one for each incident of which it is known.
type LengthStats struct {
	Count  int // of how many incidents it is known; the rest is zero if of none
	Median time.Duration
	Worst  time.Duration
	Of     *Entry // the newest of the incidents with the worst
}

// CommunicationFigures sum up how some incidents were communicated.
type CommunicationFigures struct {
	Incidents   int
	Severities  [Critical + 1]int // how many incidents, by Severity
	FirstUpdate LengthStats
	Between     LengthStats // the median of the incidents' MedianGap, and the longest of all gaps
	Resolution  LengthStats
	Kept        int
	Late        LengthStats // of the updates that came after the promised time
	Missed      int
}

// Promises returns how many promised updates are due by now.
func (f CommunicationFigures) Promises() int { return f.Kept + f.Late.Count + f.Missed }

// Figures sums up how incidents were communicated. The list is in the order of
// Communications.
func Figures(list []Communication) CommunicationFigures {
	f := CommunicationFigures{Incidents: len(list)}
	for _, c := range list {
		f.Severities[c.Severity]++
		switch c.Promise {
		case PromiseKept:
			f.Kept++
		case PromiseMissed:
			f.Missed++
		}
	}
	f.FirstUpdate = lengthStats(list, func(c Communication) KnownLength { return c.FirstUpdate })
	f.Resolution = lengthStats(list, func(c Communication) KnownLength { return c.Resolution })
	f.Late = lengthStats(list, func(c Communication) KnownLength { return KnownLength{c.LateBy, c.Promise == PromiseLate} })
	f.Between = lengthStats(list, func(c Communication) KnownLength { return c.LongestGap })
	f.Between.Median = lengthStats(list, func(c Communication) KnownLength { return c.MedianGap }).Median
	return f
}

// lengthStats sums up one length of each incident.
func lengthStats(list []Communication, of func(Communication) KnownLength) LengthStats {
	var stats LengthStats
	var lengths []time.Duration
	for _, c := range list {
		one := of(c)
		if !one.Known {
			continue
		}
		if lengths = append(lengths, one.Length); stats.Of == nil || one.Length > stats.Worst {
			stats.Worst, stats.Of = one.Length, c.Entry
		}
	}
	if stats.Count = len(lengths); stats.Count > 0 {
		slices.Sort(lengths)
		stats.Median = median(lengths)
	}
	return stats
}

// StartedIn returns the incidents of a list that began in an interval. The list is in the
// order of Communications, and the result is a part of it.
func StartedIn(list []Communication, in Interval) []Communication {
	first := 0
	for first < len(list) && !in.End.IsZero() && !list[first].Start.Before(in.End) {
		first++
	}
	last := first
	for last < len(list) && !list[last].Start.Before(in.Start) {
		last++
	}
	return list[first:last]
}

// TagFigures sums up the incidents that have a tag.
type TagFigures struct {
	Tag string // as the newest of them writes it; "" for those that have none
	CommunicationFigures
}

// FiguresByTag sums up incidents by their tags: those with the most incidents first, then
// by name; those without a tag last. An incident with two tags counts for both. Tags that
// differ only in case or in the space around them are one.
func FiguresByTag(list []Communication) []TagFigures {
	names := map[string]string{}
	lists := map[string][]Communication{}
	for _, c := range list {
		seen := map[string]bool{}
		for _, tag := range c.Entry.Tags {
			tag = strings.Join(strings.Fields(tag), " ")
			key := strings.ToLower(tag)
			if tag == "" || seen[key] {
				continue
			}
			if seen[key] = true; names[key] == "" {
				names[key] = tag
			}
			lists[key] = append(lists[key], c)
		}
		if len(seen) == 0 {
			lists[""] = append(lists[""], c)
		}
	}
	var figures []TagFigures
	for key, list := range lists {
		figures = append(figures, TagFigures{names[key], Figures(list)})
	}
	slices.SortFunc(figures, func(a, b TagFigures) int {
		switch {
		case a.Tag == "" || b.Tag == "":
			return strings.Compare(b.Tag, a.Tag)
		case a.Incidents != b.Incidents:
			return b.Incidents - a.Incidents
		}
		return strings.Compare(strings.ToLower(a.Tag), strings.ToLower(b.Tag))
	})
	return figures
}

// ComponentFigures sums up the incidents that affected a component.
type ComponentFigures struct {
	Component *Component
	CommunicationFigures
}

// FiguresByComponent sums up incidents by the components that they had affected by now, in
// the manifest's order, and by the groups of these, by id. An incident counts once for each
// of its components, and once for each group. Unlisted components do not count.
func (s *Site) FiguresByComponent(list []Communication, now time.Time) ([]ComponentFigures, map[string]CommunicationFigures) {
	of, groups := map[*Component][]Communication{}, map[string][]Communication{}
	for _, c := range list {
		for _, component := range s.AffectedBy(c.Entry, now) {
			if component.Unlisted {
				continue
			}
			of[component] = append(of[component], c)
			members := groups[component.Group]
			if n := len(members); component.Group != "" && (n == 0 || members[n-1].Entry != c.Entry) {
				groups[component.Group] = append(members, c)
			}
		}
	}
	var figures []ComponentFigures
	for i := range s.Components {
		if list := of[&s.Components[i]]; len(list) > 0 {
			figures = append(figures, ComponentFigures{&s.Components[i], Figures(list)})
		}
	}
	byGroup := map[string]CommunicationFigures{}
	for id, list := range groups {
		byGroup[id] = Figures(list)
	}
	return figures, byGroup
}
