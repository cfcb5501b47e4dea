package source

import (
	"fmt"
	"time"

	"allclear/generator/site"
)

// stage is how far along its story an update is.
var stage = map[site.UpdateStatus]int{
	site.Investigating: 1, site.Identified: 2, site.Monitoring: 3, site.Resolved: 4,
	site.Scheduled: 1, site.InProgress: 2, site.Verifying: 3, site.Completed: 4, site.Canceled: 4,
}

// checkOrder warns of updates whose times run against the order of the file: most
// often a clock in UTC was read for one in the site's zone.
func (r bodyReader) checkOrder(sections []section) {
	var told []section
	for _, s := range sections {
		if s.opens == update {
			told = append(told, s)
		}
	}
	down := listedDown(told)
	for i := 1; i < len(told); i++ {
		above, below := told[i-1], told[i]
		late, early := below, above // as the file goes on
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
		if utc, ok := r.inUTC(late, early, told, i, down); ok {
			message += "; is " + utc[len("2006-01-02 "):] + " meant?"
			hint = "write ## " + late.name + " — " + utc
		}
		r.problems.Warn(late.at, "update-order", hint, "%s", message)
	}
}

// listedDown reports whether a file lists its updates from the oldest to the
// newest, by its times and by its words. In doubt the words decide: a time is
// sooner wrong than a word.
func listedDown(told []section) bool {
	times, words := 0, 0
	for i := 1; i < len(told); i++ {
		times += told[i].time.Compare(told[i-1].time)
		if a, b := stage[told[i-1].word], stage[told[i].word]; a > 0 && b > 0 {
			words += min(1, max(-1, b-a))
		}
	}
	if times+words != 0 {
		return times+words > 0
	}
	return words >= 0
}

// inUTC is the time of an update read as UTC, where that puts it right: behind
// the one before it, and not behind the one after it.
func (r bodyReader) inUTC(late, early section, told []section, i int, down bool) (text string, ok bool) {
	utc, fault := parseTime(late.written, time.UTC)
	local, _ := parseTime(late.written, r.zone)
	if fault != nil || !local.Equal(late.time) || utc.Equal(local) || utc.Before(early.time) {
		return "", false
	}
	if next := i + 1; down && next < len(told) && utc.After(told[next].time) {
		return "", false
	}
	if next := i - 2; !down && next >= 0 && utc.After(told[next].time) {
		return "", false
	}
	return utc.Format("2006-01-02 15:04") + " UTC", true
}

// minutes is a length as people say it: 40 min, 2 h 5 min, 3 days.
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
