package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"allclear/generator/memo"
)

// looseTime is a time in whatever form people write it. It is good enough to see that a
// time was meant, and to show how to write it.
type looseTime struct {
	civil
	date, clock bool   // whether the text has a date, and a time of day
	vague       bool   // 11/12/2026 has two meanings
	zone        string // in the content format, after the time: " UTC", "-04:00"
	abbr        string // an abbreviation, which the format does not accept: CET
	clocks      int    // how many times of day there are; two are a span
	rest        string // the text without the time
}

// dateForms are the ways to write a date. The groups are y, m and d, and name for a
// month in letters.
var dateForms = []func() *regexp.Regexp{
	memo.Regexp(`(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})`),
	memo.Regexp(`(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})?`),
	memo.Regexp(`(?P<slash>(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}))`),
	memo.Regexp(`(?:(?P<y>\d{4})\s?[年년]\s?)?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일号號]?`),
	memo.Regexp(`(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of |de |d'|d’)?` +
		`(?P<name>[\p{L}\p{M}]{3,})\.?,?(?:[\s-]+(?:de )?(?P<y>\d{4}))?`),
	memo.Regexp(`(?P<name>[\p{L}\p{M}]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<y>\d{4}))?`),
}

// clockForms are the ways to write a time of day. The groups are h, min and s, and p for
// am and pm.
var clockForms = []func() *regexp.Regexp{
	memo.Regexp(`(?P<h>\d{1,2})\s?[:：]\s?(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?(?:\s?(?P<p>[aApP])\.?[mM]\b\.?)?`),
	memo.Regexp(`(?P<h>\d{1,2})[hH](?P<min>\d{2})`),
	memo.Regexp(`(?P<h>\d{1,2})(?:\.(?P<min>\d{2}))?\s?(?P<p>[aApP])\.?[mM]\b\.?`),
	memo.Regexp(`(?P<h>\d{1,2})(?:[.:](?P<min>\d{2}))?\s?Uhr`),
	memo.Regexp(`(?P<h>\d{1,2})\.(?P<min>\d{2})(?P<keep>\s?(?:UTC|GMT|CET|CEST))`),
	memo.Regexp(`(?P<h>\d{2})(?P<min>\d{2})(?P<keep>\s?(?:UTC|GMT|Z\b))`),
	memo.Regexp(`(?P<h>\d{1,2})\s?[時时点點시]\s?(?:(?P<min>\d{1,2})\s?[分분])?`),
}

// zoneForms are the zones that may follow a time of day.
var zoneForms = []func() *regexp.Regexp{
	memo.Regexp(`^\s?\(?(?:(?P<utc>UTC|GMT|utc|gmt)\s?)?(?P<off>[+-]\d{1,2}(?::?\d{2})?)\)?`),
	memo.Regexp(`^\s?\(?(?P<utc>UTC|GMT|utc|gmt|[zZ])\b\)?`),
	memo.Regexp(`^\s?\(?(?P<abbr>[A-Z]{2,5})\b\)?`),
}

// parseLooseTime reads the first date and the first time of day in a text.
func parseLooseTime(text string) looseTime {
	s := looseTime{rest: text}
	if len(text) > longestHeading || !strings.ContainsAny(text, "0123456789") { // every form has a digit
		return s
	}
	for _, form := range dateForms {
		if s.take(form(), s.readDate) {
			break
		}
	}
	for n := 0; n < 4; n++ {
		found := false
		for _, form := range clockForms {
			if found = s.take(form(), s.readClock); found {
				break
			}
		}
		if !found {
			break
		}
	}
	return s
}

// take reads the first valid match of a form and cuts it out of the rest.
func (s *looseTime) take(form *regexp.Regexp, read func(part func(string) string) bool) bool {
	for at := 0; at < len(s.rest); {
		m := form.FindStringSubmatchIndex(s.rest[at:])
		if m == nil {
			return false
		}
		from, to := at+m[0], at+m[1]
		part := func(name string) string {
			i := form.SubexpIndex(name)
			if i < 0 || m[2*i] < 0 {
				return ""
			}
			return s.rest[at+m[2*i] : at+m[2*i+1]]
		}
		if !besideDigit(s.rest, from, to) && read(part) {
			before, after := s.rest[:from], s.rest[to-len(part("keep")):]
			if s.clocks > 0 {
				after = s.takeZone(after)
			} else if len(after) > 1 && (after[0] == 'T' || after[0] == 't') && '0' <= after[1] && after[1] <= '9' {
				after = after[1:]
			}
			s.rest = before + " " + after
			return true
		}
		_, size := firstRune(s.rest[from:])
		at = from + size
	}
	return false
}

// firstRune returns the second rune of s and the size of the first.
func firstRune(s string) (r rune, size int) {
	for i, r := range s {
		if i > 0 {
			return r, i
		}
	}
	return 0, max(len(s), 1)
}

// besideDigit reports whether a match is part of a longer number.
func besideDigit(text string, from, to int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && '0' <= text[i] && text[i] <= '9' }
	return digit(from-1) && digit(from) || digit(to) && digit(to-1)
}

// readDate sets the date from a match. It returns false if there is no such date.
func (s *looseTime) readDate(part func(string) string) bool {
	month := monthNamed(part("name"))
	if part("name") == "" {
		month = number2(part("m"))
	}
	day, year := number2(part("d")), number2(part("y"))
	if part("slash") != "" && month <= 12 && day <= 12 && month != day {
		s.vague = true
	} else if part("slash") != "" && month > 12 {
		month, day = day, month
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	s.year, s.month, s.day, s.date = year, month, day, true
	return true
}

// readClock sets the time of day from a match. It returns false if there is no such
// time.
func (s *looseTime) readClock(part func(string) string) bool {
	hour, minute, second := number2(part("h")), number2(part("min")), number2(part("s"))
	switch p := strings.ToLower(part("p")); {
	case p != "" && (hour < 1 || hour > 12) || hour > 24 || minute > 59:
		return false
	case p == "p" && hour < 12:
		hour += 12
	case p == "a" && hour == 12:
		hour = 0
	}
	if s.clocks++; s.clocks == 1 {
		s.hour, s.minute, s.second, s.clock = hour, minute, second, true
	}
	return true
}

// takeZone reads the zone after a time of day and returns the rest.
func (s *looseTime) takeZone(after string) string {
	for _, form := range zoneForms {
		m := form().FindStringSubmatch(after)
		if m == nil {
			continue
		}
		part := func(name string) string {
			if i := form().SubexpIndex(name); i >= 0 {
				return m[i]
			}
			return ""
		}
		off := part("off")
		if !s.date && strings.HasPrefix(off, "-") && strings.Contains(off, ":") { // 02:00-04:00
			s.clocks++
		}
		if s.zone == "" && s.abbr == "" {
			switch {
			case off != "":
				s.zone = spelledOffset(off)
			case part("utc") != "":
				s.zone = " UTC"
			default:
				s.abbr = part("abbr")
			}
		}
		return after[len(m[0]):]
	}
	return after
}

// spelledOffset returns an offset such as +2, -0400 or +05:30 in the form +05:30.
func spelledOffset(offset string) string {
	digits := strings.ReplaceAll(offset[1:], ":", "")
	if len(digits) <= 2 {
		digits += "00"
	}
	if len(digits) == 3 {
		digits = "0" + digits
	}
	return offset[:1] + digits[:2] + ":" + digits[2:]
}

// number2 parses a number, and returns 0 for anything else.
func number2(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// written returns the time in the content format. If the text has no date, it is on the
// given day, such as 2026-11-27. ok is false if it is not clear which time was meant.
func (s looseTime) written(day string) (text string, ok bool) {
	if !s.clock || s.vague {
		return "", false
	}
	if s.date && s.year > 0 {
		day = fmt.Sprintf("%04d-%02d-%02d", s.year, s.month, s.day)
	} else if s.date && len(day) >= 4 {
		day = fmt.Sprintf("%s-%02d-%02d", day[:4], s.month, s.day)
	}
	if day == "" {
		return "", false
	}
	text = fmt.Sprintf("%s %02d:%02d", day, s.hour, s.minute)
	if s.second > 0 {
		text += fmt.Sprintf(":%02d", s.second)
	}
	text += s.zone
	_, problem := parseTime(text, time.UTC)
	return text, problem == nil
}

var isoDay = memo.Regexp(`\d{4}-\d{2}-\d{2}`)

// likelyDay returns the day that a file is about: the date in its name, else the first
// date in its text, else "".
func (f file) likelyDay() string {
	for _, text := range []string{f.path[strings.LastIndexByte(f.path, '/')+1:], f.text} {
		if day := isoDay().FindString(text); day != "" {
			if _, problem := parseTime(day+" 00:00", time.UTC); problem == nil {
				return day
			}
		}
	}
	return ""
}
