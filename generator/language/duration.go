package language

import (
	"strings"
	"time"
)

// Duration writes a duration exactly, to the second: "1 h 48 min", "6 d 1 h 36 min",
// "45 s". A day has 24 hours.
func (l *Language) Duration(d time.Duration) string {
	d = d.Truncate(time.Second)
	if d < time.Second {
		return l.Say("duration.seconds", "n", 0)
	}
	var parts []string
	for _, unit := range []struct {
		key  string
		size time.Duration
	}{{"days", 24 * time.Hour}, {"hours", time.Hour}, {"minutes", time.Minute}, {"seconds", time.Second}} {
		if n := int(d / unit.size); n > 0 {
			parts = append(parts, l.Say("duration."+unit.key, "n", n))
			d -= time.Duration(n) * unit.size
		}
	}
	return strings.Join(parts, l.Say("duration.space"))
}

// Minutes writes a duration below a day in minutes, and in seconds if it is not whole:
// "62 minutes", "62 minutes 30 seconds". From a day on nobody can picture the minutes,
// and it is written as Duration does: "98 d".
func (l *Language) Minutes(d time.Duration) string {
	if d >= 24*time.Hour {
		return l.Duration(d)
	}
	minutes, rest := int(d/time.Minute), int(d%time.Minute/time.Second)
	var parts []string
	if minutes > 0 || rest == 0 {
		parts = append(parts, l.Say("minutes", "n", minutes))
	}
	if rest > 0 {
		parts = append(parts, l.Say("seconds", "n", rest))
	}
	return strings.Join(parts, l.Say("duration.space"))
}

// Roughly writes a duration rounded to the one unit that a person would use: days from
// 36 hours, hours from 90 minutes, else minutes, at least one.
func (l *Language) Roughly(d time.Duration) string {
	switch {
	case d >= 36*time.Hour:
		return l.Say("roughly.days", "n", int((d+12*time.Hour)/(24*time.Hour)))
	case d >= 90*time.Minute:
		return l.Say("roughly.hours", "n", int((d+30*time.Minute)/time.Hour))
	default:
		return l.Say("roughly.minutes", "n", max(1, int((d+30*time.Second)/time.Minute)))
	}
}

// Units returns the texts for days, hours, minutes and seconds, joined by "|", from
// which the script of a page makes "ago" and "in".
func (l *Language) Units() string {
	return strings.Join([]string{l.Say("script.days"), l.Say("duration.hours"), l.Say("duration.minutes"), l.Say("duration.seconds")}, "|")
}
