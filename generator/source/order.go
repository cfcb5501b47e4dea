package source

import (
	"fmt"
	"time"

	"allclear/generator/site"
)

// stage is the usual order of the statuses of an entry.
var stage = map[site.UpdateStatus]int{
	site.Investigating: 1, site.Identified: 2, site.Monitoring: 3, site.Resolved: 4,
	site.Scheduled: 1, site.InProgress: 2, site.Verifying: 3, site.Completed: 4, site.Canceled: 4,
}

// checkOrder warns of updates whose times contradict the order of the file. The usual
// reason is a time in UTC that was read in the site's zone.
func (r bodyReader) checkOrder(sections []section) {
	updates := make([]*section, 0, len(sections))
	for i := range sections {
		if sections[i].opens == update {
			updates = append(updates, &sections[i])
		}
	}
	down := listedDown(updates)
	for i := 1; i < len(updates); i++ {
		above, below := updates[i-1], updates[i]
		late, early := below, above // in the order of the file
		where := "above"
		if !down {
			late, early, where = above, below, "below"
		}
		gap := early.time.Sub(late.time)
		if gap <= 0 {
			continue
		}
		message := fmt.Sprintf("%s is %s before the %s %s it", late.name, minutes(gap), early.name, where)
		hint := "check both times; the file lists its updates from the oldest to the newest"
		if !down {
			hint = "check both times; the file lists its updates from the newest to the oldest"
		}
		if utc, ok := r.inUTC(late, early, updates, i, down); ok {
			message += "; did you mean " + utc[len("2006-01-02 "):] + "?"
			hint = "write ## " + late.name + " — " + utc
		}
		r.problems.Warn(late.at, "update-order", hint, "%s", message)
	}
}

// listedDown reports whether a file lists its updates from the oldest to the newest, by
// their times and by their statuses. If the two disagree, the statuses decide: times are
// wrong more often.
func listedDown(updates []*section) bool {
	times, words := 0, 0
	for i := 1; i < len(updates); i++ {
		times += updates[i].time.Compare(updates[i-1].time)
		if a, b := stage[updates[i-1].word], stage[updates[i].word]; a > 0 && b > 0 {
			words += min(1, max(-1, b-a))
		}
	}
	if times+words != 0 {
		return times+words > 0
	}
	return words >= 0
}

// inUTC returns the time of an update read as UTC, and whether that would put it in
// order with the updates around it.
func (r bodyReader) inUTC(late, early *section, updates []*section, i int, down bool) (text string, ok bool) {
	utc, problem := parseTime(late.written, time.UTC)
	local, _ := parseTime(late.written, r.zone)
	if problem != nil || !local.Equal(late.time) || utc.Equal(local) || utc.Before(early.time) {
		return "", false
	}
	if next := i + 1; down && next < len(updates) && utc.After(updates[next].time) {
		return "", false
	}
	if next := i - 2; !down && next >= 0 && utc.After(updates[next].time) {
		return "", false
	}
	return utc.Format("2006-01-02 15:04") + " UTC", true
}

// minutes formats a duration for a message: 40 min, 2 h 5 min, 3 days.
func minutes(d time.Duration) string {
	switch h, m := int(d.Hours()), int(d.Minutes())%60; {
	case h >= 48:
		return fmt.Sprintf("%d days", h/24)
	case h > 0 && m > 0:
		return fmt.Sprintf("%d h %d min", h, m)
	case h > 0:
		return fmt.Sprintf("%d h", h)
	case m > 0:
		return fmt.Sprintf("%d min", m)
	}
	return fmt.Sprintf("%d s", int(d.Seconds()))
}
