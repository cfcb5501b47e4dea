package language

import (
	"strings"
	"time"
)

// Duration writes a duration in days, hours, minutes and seconds, without the units that
// are zero: "1 h 48 min", "6 d 1 h 36 min", "45 s". Fractions of a second are cut off, and
// a day has 24 hours. Less than a second, or less than nothing, is "0 s".
func (l *Language) Duration(d time.Duration) string {
	d = d.Truncate(time.Second)
	if d < time.Second {
		return l.Say("duration.seconds", "n", 0)
	}
	var room [64]byte
	out := room[:0]
	for _, unit := range durationUnits {
		if n := int(d / unit.size); n > 0 {
			if len(out) > 0 {
				out = append(out, l.Say("duration.space")...)
			}
			out = l.appendSay(out, unit.key, "n", n)
			d -= time.Duration(n) * unit.size
		}
	}
	return string(out)
}

// durationUnits are the units that Duration counts in, with the keys of their texts.
var durationUnits = []struct {
	key  string
	size time.Duration
}{
	{"duration.days", 24 * time.Hour}, {"duration.hours", time.Hour}, {"duration.minutes", time.Minute}, {"duration.seconds", time.Second},
}

// Minutes writes a duration of less than a day in minutes, with the remaining seconds:
// "62 minutes", "62 minutes 30 seconds". Contracts count in minutes. A longer duration is
// written as Duration does, "98 d", since nobody can picture so many minutes.
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

// Roughly writes a duration rounded to the one unit that a person would use: days from 36
// hours on, hours from 90 minutes on, otherwise minutes, at least 1.
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

// Units returns the texts for days, hours, minutes and seconds, joined by "|", for the
// script of the pages, which keeps "20 minutes ago" up to date.
func (l *Language) Units() string {
	return strings.Join([]string{l.Say("script.days"), l.Say("duration.hours"), l.Say("duration.minutes"), l.Say("duration.seconds")}, "|")
}
