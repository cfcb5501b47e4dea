package source

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// readRepeat reads when a series takes place.
func (e *entryReader) readRepeat(repeat pair) {
	times := &e.series.Times
	e.each(repeat.value, repeatKeys, `"repeat"`, func(pair) {})
	if repeat.shape != table {
		e.entry.Unclear = true
		return
	}
	dates, nights := repeat.get("dates")
	every, rule := repeat.get("every")
	switch {
	case nights:
		for _, name := range []string{"every", "on", "until", "except"} {
			if p, exists := repeat.get(name); exists {
				e.seriesKey(p.pos, "keep one of the two", "%q cannot be used together with \"dates\"", name)
			}
		}
		e.readDates(dates)
		return
	case !rule:
		e.seriesKey(repeat.pos, "add every: week, or dates: [2026-12-01 01:00, 2026-12-02 01:00]",
			"nothing says when the maintenance repeats")
		return
	}
	e.readEvery(every)
	if p, exists := repeat.get("on"); exists && times.Every > 0 {
		e.readOn(p)
	}
	if p, exists := repeat.get("until"); exists {
		times.Until, _ = e.date(p)
	}
	if p, exists := repeat.get("except"); exists {
		for _, one := range e.values(p) {
			if day, ok := e.date(one); ok {
				times.Except = append(times.Except, day)
				e.series.ExceptPos = append(e.series.ExceptPos, one.value.pos)
			}
		}
	}
}

// readDates reads the times of several nights.
func (e *entryReader) readDates(p pair) {
	list := e.values(p)
	if len(list) == 0 {
		e.seriesKey(p.value.pos, "write dates: [2026-12-01 01:00, 2026-12-02 01:00]", `"dates" is empty`)
	}
	for _, one := range list {
		if at, ok := e.wallClock(one); ok {
			e.series.Times.Dates = append(e.series.Times.Dates, at)
			if e.series.StartPos.File == "" {
				e.series.StartPos = one.value.pos
			}
		}
	}
}

// values returns the items of a list, or a single value, as pairs of the same name.
func (e *entryReader) values(p pair) []pair {
	if p.shape != list {
		return []pair{p}
	}
	var all []pair
	for _, item := range p.items {
		all = append(all, pair{name: "an item of " + p.name, pos: item.pos, value: item})
	}
	return all
}

const everyHint = "write day, week, month, or a number of them, such as 2 weeks"

// otherIntervals are words for intervals that the format writes in another way.
var otherIntervals = map[string]string{
	"daily": "day", "weekly": "week", "monthly": "month", "fortnight": "2 weeks", "fortnightly": "2 weeks", "biweekly": "2 weeks",
	"year": "12 months", "years": "12 months", "yearly": "12 months", "annually": "12 months", "quarter": "3 months",
	"quarterly": "3 months",
}

// repeatUnits are the words of every.
var repeatUnits = map[string]site.RepeatUnit{
	"day": site.Daily, "days": site.Daily, "week": site.Weekly, "weeks": site.Weekly, "month": site.Monthly, "months": site.Monthly,
}

// readEvery reads every: day, week, month, or a number of them.
func (e *entryReader) readEvery(p pair) {
	if p.shape == number {
		e.seriesKey(p.value.pos, "write every: "+p.value.text+" weeks, or days or months", `"every" has no unit`)
		return
	}
	word, ok := e.text(p)
	if !ok {
		e.entry.Unclear = true
		return
	}
	count, fields := 1, strings.Fields(strings.ToLower(word))
	if len(fields) == 2 {
		if count, ok = digits(fields[0]); !ok || count < 1 || count > 1000 {
			e.seriesKey(p.value.pos, "write a number from 1 to 1000, such as 2 weeks", "%s is not an interval", quoted(word))
			return
		}
		fields = fields[1:]
	}
	unit, known := repeatUnits[strings.Join(fields, " ")]
	if !known {
		hint := everyHint
		if other, found := otherIntervals[strings.Join(fields, " ")]; found && count == 1 {
			hint = "write every: " + other
		}
		e.seriesKey(p.value.pos, hint, "%s is not an interval", quoted(word))
		return
	}
	e.series.Times.Every, e.series.Times.Unit = count, unit
}

// readOn reads the days on which a series takes place.
func (e *entryReader) readOn(p pair) {
	times := &e.series.Times
	if times.Unit == site.Daily {
		e.seriesKey(p.pos, `write every: week with "on", or remove "on"`, `"on" has no meaning with every: day`)
		return
	}
	list := e.values(p)
	if len(list) == 0 {
		e.seriesKey(p.value.pos, "name a day, or remove the line", `"on" is empty`)
	}
	for _, one := range list {
		word := strings.Join(strings.Fields(strings.ToLower(one.value.text)), " ")
		if one.shape != text && one.shape != number {
			e.wrong(one, "a day", "write on: [sunday], or for every: month on: 15 or on: last sunday")
			e.entry.Unclear = true
			continue
		}
		if times.Unit == site.Weekly {
			e.readWeekday(one, word)
		} else {
			e.readMonthDay(one, word)
		}
	}
}

var weekdayNames = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// readWeekday reads a day of the week.
func (e *entryReader) readWeekday(p pair, word string) {
	day, known := weekday(word)
	if !known {
		e.seriesKey(p.value.pos, weekdayHint(word), "%s is not a day of the week", quoted(p.value.text))
		return
	}
	e.series.Times.Weekdays = append(e.series.Times.Weekdays, day)
}

func weekday(word string) (time.Weekday, bool) {
	i := slices.Index(weekdayNames, word)
	return time.Weekday(max(i, 0)), i >= 0
}

// weekdayHint returns the hint for a word that is not a day of the week.
func weekdayHint(word string) string {
	short := strings.TrimSuffix(strings.TrimSuffix(word, "s"), ".")
	for _, name := range weekdayNames {
		if len(short) > 1 && strings.HasPrefix(name, short) {
			return "write " + name
		}
	}
	if near := diag.Nearest(word, weekdayNames); near != "" {
		return `did you mean "` + near + `"?`
	}
	return "write monday, tuesday, wednesday, thursday, friday, saturday or sunday"
}

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": site.LastOfMonth,
	"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}

// readMonthDay reads a day of a month: 15, last day, first monday, last sunday.
func (e *entryReader) readMonthDay(p pair, word string) {
	add := func(day site.MonthDay) { e.series.Times.MonthDays = append(e.series.Times.MonthDays, day) }
	first, second, two := strings.Cut(word, " ")
	nth, ordinal := ordinals[first]
	day, named := weekday(second)
	n, isNumber := digits(word)
	_, alone := weekday(word)
	switch {
	case isNumber && n >= 1 && n <= 31:
		add(site.MonthDay{Day: n})
	case word == "last day":
		add(site.MonthDay{Day: site.LastOfMonth})
	case two && ordinal && named:
		add(site.MonthDay{Nth: nth, Weekday: day})
	case isNumber:
		e.seriesKey(p.value.pos, "write a day from 1 to 31, or last day", "no month has a day %s", word)
	case alone:
		e.seriesKey(p.value.pos, "write first "+word+" or last "+word, "a month has several days called %s", word)
	case two && ordinal && second != "day":
		e.seriesKey(p.value.pos, weekdayHint(second), "%s is not a day of a month", quoted(p.value.text))
	default:
		e.seriesKey(p.value.pos, "write a day such as 15, last day, first monday or last sunday",
			"%s is not a day of a month", quoted(p.value.text))
	}
}
