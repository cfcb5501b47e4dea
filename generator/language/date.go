package language

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// Date writes a time, in the zone that it has, by one of the language's patterns: "day" is
// the text date.day, which in English is "{weekday} {day} {month} {year}". {month} is the
// name of the month beside a day, which many languages inflect; {month_alone} is the name
// by itself. The result is "" if the language has no such pattern.
func (l *Language) Date(pattern string, t time.Time) string {
	var room [64]byte
	return string(l.appendDate(room[:0], l.message("date."+pattern).text, t))
}

// appendDate appends a time, written by a pattern, to out.
func (l *Language) appendDate(out []byte, pattern string, t time.Time) []byte {
	year, month, day := t.Date() // one call: each of t's methods looks up the zone
	out, name, rest := upToName(out, pattern)
	for ; name != ""; out, name, rest = upToName(out, rest) {
		switch name {
		case "weekday":
			out = append(out, l.name("date.weekdays", int(t.Weekday()))...)
		case "weekday_short":
			out = append(out, l.name("date.weekdays_short", int(t.Weekday()))...)
		case "day":
			out = append(out, l.Day(day)...)
		case "month":
			out = append(out, l.name("date.months", int(month)-1)...)
		case "month_alone":
			out = append(out, l.name("date.months_alone", int(month)-1)...)
		case "month_short":
			out = append(out, l.name("date.months_short", int(month)-1)...)
		case "year":
			out = strconv.AppendInt(out, int64(year), 10)
		case "time":
			out = l.appendClock(out, t)
		default:
			out = l.appendClockPart(out, name, t)
		}
	}
	return out
}

// YearFirst reports whether the language writes the year before the day: 2026年11月24日.
func (l *Language) YearFirst() bool {
	return strings.HasPrefix(strings.TrimSpace(l.message("date.moment").text), "{year}")
}

// use12Hours makes the language write the time of day in 12 hours: 6:41 am, 下午2:30.
func (l *Language) use12Hours() { l.messages["date.time"] = l.message("date.time_12") }

// DayPeriods returns the words for the halves of the day, joined by "|": "am|pm". It is ""
// where the language writes the time of day in 24 hours.
func (l *Language) DayPeriods() string {
	if !strings.Contains(l.message("date.time").text, "{period}") {
		return ""
	}
	return l.name("date.day_periods", 0) + "|" + l.name("date.day_periods", 1)
}

// appendClock appends the time of day, by the pattern date.time, to out: 06:41, 6:41,
// 6.41, 6:41 am.
func (l *Language) appendClock(out []byte, t time.Time) []byte {
	out, name, rest := upToName(out, l.message("date.time").text)
	for ; name != ""; out, name, rest = upToName(out, rest) {
		if name == "time" { // language files of earlier releases
			out = t.AppendFormat(out, "15:04")
			continue
		}
		out = l.appendClockPart(out, name, t)
	}
	return out
}

// appendClockPart appends a part of the time of day to out: the hour, with or without a
// leading zero, or as 12-hour clocks count it, from 1 to 12 or from 0 to 11; the minute; or
// the period of the day, such as am or pm.
func (l *Language) appendClockPart(out []byte, name string, t time.Time) []byte {
	hour, minute, _ := t.Clock()
	switch name {
	case "hour12":
		return strconv.AppendInt(out, int64((hour+11)%12+1), 10)
	case "hour11":
		return strconv.AppendInt(out, int64(hour%12), 10)
	case "period":
		return append(out, l.name("date.day_periods", hour/12)...)
	case "hour":
		return strconv.AppendInt(out, int64(hour), 10)
	case "hour2":
		return appendTwoDigits(out, hour)
	case "minute":
		return appendTwoDigits(out, minute)
	}
	return keepName(out, name)
}

func appendTwoDigits(out []byte, n int) []byte { return append(out, byte('0'+n/10), byte('0'+n%10)) }

// Day writes the day of a month, from 1 to 31. Some languages use the ordinal for the
// first: 1er août.
func (l *Language) Day(n int) string {
	if n == 1 {
		return cmp.Or(l.FirstDay(), "1")
	}
	return strconv.Itoa(n)
}

// FirstDay returns the ordinal for the first day of a month, such as 1er, or "" where
// the language writes 1.
func (l *Language) FirstDay() string { return l.messages["date.first"].text }

// ZonedDate writes a time as Date does, and the name of its zone, by the pattern
// date.zoned: "25 July 2025, 06:41 UTC".
func (l *Language) ZonedDate(pattern string, t time.Time, zone string) string {
	var room, dateRoom [64]byte
	date := l.appendDate(dateRoom[:0], l.message("date."+pattern).text, t)
	if l.Dir == "rtl" {
		date = []byte(l.Isolate(string(date)))
	}
	out, name, rest := upToName(room[:0], l.message("date.zoned").text)
	for ; name != ""; out, name, rest = upToName(out, rest) {
		switch name {
		case "time":
			out = append(out, date...)
		case "zone":
			out = append(out, l.Isolate(zone)...)
		default:
			out = keepName(out, name)
		}
	}
	return string(out)
}

// Zone returns the language's own abbreviation of a time zone, as CLDR has it: MEZ for CET
// in German. It is the given one where the language has none.
func (l *Language) Zone(name string) string {
	return cmp.Or(l.messages["zones."+name].text, name)
}

// calendarLists says how many names each list of a language file must have.
var calendarLists = map[string]int{
	"date.weekdays": 7, "date.weekdays_short": 7, "date.months": 12, "date.months_alone": 12, "date.months_short": 12,
	"date.day_periods": 2,
}

// name returns the i-th name of one of the language's lists. A list of the wrong
// length is not used.
func (l *Language) name(key string, i int) string {
	if list := l.messages[key].list; len(list) == calendarLists[key] {
		return list[i]
	}
	if key == "date.months_alone" {
		return l.name("date.months", i) // most languages use the same name
	}
	if l.english == nil {
		return ""
	}
	return l.english.name(key, i)
}
