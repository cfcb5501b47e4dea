package render

import (
	"strconv"
	"strings"
	"time"
)

// Date writes an instant by one of the language's patterns, such as date.day:
// "{weekday} {day} {month} {year}". {month} is the name beside a day, which many
// languages inflect, {month_alone} the one that stands by itself.
func (l *Language) Date(pattern string, t time.Time) string {
	year, month, day := t.Date() // at once: each question to t looks its zone up
	return fill(l.phrase("date."+pattern).text, func(name string) (string, bool) {
		switch name {
		case "weekday":
			return l.name("date.weekdays", int(t.Weekday())), true
		case "weekday_short":
			return l.name("date.weekdays_short", int(t.Weekday())), true
		case "day":
			return l.day(day), true
		case "month":
			return l.name("date.months", int(month)-1), true
		case "month_alone":
			return l.name("date.months_alone", int(month)-1), true
		case "month_short":
			return l.name("date.months_short", int(month)-1), true
		case "year":
			return strconv.Itoa(year), true
		case "time":
			return l.clock(t), true
		}
		return clockPart(t, name)
	})
}

// clock is the time of day by the language's pattern, date.time: 06:41, 6:41, 6.41.
func (l *Language) clock(t time.Time) string {
	return fill(l.phrase("date.time").text, func(name string) (string, bool) {
		if name == "time" { // files written when there was one form for all
			return t.Format("15:04"), true
		}
		return clockPart(t, name)
	})
}

// clockPart is the hour, with or without a zero before it, or the minute.
func clockPart(t time.Time, name string) (string, bool) {
	hour, minute, _ := t.Clock()
	switch name {
	case "hour":
		return strconv.Itoa(hour), true
	case "hour2":
		return twoDigits(hour), true
	case "minute":
		return twoDigits(minute), true
	}
	return "", false
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// day is a day of a month. Some languages call the first by its ordinal: 1er août.
func (l *Language) day(n int) string {
	if first := l.phrases["date.first"].text; n == 1 && first != "" {
		return first
	}
	return strconv.Itoa(n)
}

// zoned is a time with its zone behind it, by the language's pattern.
func (l *Language) zoned(clock, zone string) string {
	return fill(l.phrase("date.zoned").text, func(name string) (string, bool) {
		switch name {
		case "time":
			return l.isolate(clock), true
		case "zone":
			return l.isolate(zone), true
		}
		return "", false
	})
}

// calendarLists are the lists of names in a language file, and how many names
// each holds.
var calendarLists = map[string]int{
	"date.weekdays": 7, "date.weekdays_short": 7, "date.months": 12, "date.months_alone": 12, "date.months_short": 12,
}

// name is one of the language's lists of names. A list that is not as long as
// it must be is not used.
func (l *Language) name(key string, i int) string {
	if list := l.phrases[key].list; len(list) == calendarLists[key] {
		return list[i]
	}
	if key == "date.months_alone" {
		return l.name("date.months", i) // most languages have one name for both
	}
	if l.english == nil {
		return ""
	}
	return l.english.name(key, i)
}

// Duration writes a length in its largest units, exactly: "1 h 48 min", "6 d 1 h
// 36 min", "45 s".
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

// Minutes writes a length below a day in minutes in words: "62 minutes", with
// seconds where it is not whole. From a day on nobody can picture the minutes, and
// it is written as Duration does: "98 d".
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

// Roughly writes a length in the one unit in which a person would say it: "14
// days", "3 hours".
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

// units are the words for lengths beside "ago" and "in", from days down.
func (l *Language) units() string {
	return strings.Join([]string{l.Say("script.days"), l.Say("duration.hours"), l.Say("duration.minutes"), l.Say("duration.seconds")}, "|")
}
