package site

import "time"

// MaxOccurrences is how many occurrences a series may have from its start to twelve
// months ahead. Each is a page.
const MaxOccurrences = 1000

// TooMany reports whether more than MaxOccurrences start at t or before.
func (s *Series) TooMany(t time.Time) bool {
	count := 0
	for o := range s.from(0) {
		if o.Start.After(t) {
			return false
		}
		if count++; count > MaxOccurrences {
			return true
		}
	}
	return false
}

// Overlap returns the first occurrence that starts before the one ahead of it is over,
// and that one. An occurrence lasts as long on a day with a clock change as on any other.
// It looks at as many occurrences as a series may have.
func (s *Series) Overlap(duration time.Duration) (ahead, overlapping Occurrence, found bool) {
	count := 0
	for o := range s.from(0) {
		if count > 0 && o.Start.Before(ahead.Start.Add(duration)) {
			return ahead, o, true
		}
		if count++; count > MaxOccurrences {
			break
		}
		ahead = o
	}
	return Occurrence{}, Occurrence{}, false
}

// MissingMonths returns the months of the year in which a Monthly rule has no occurrence
// because they lack its day, always or in some years. Months that the rule passes over
// are not among them, nor are those that the series does not live to see whole.
func (s *Series) MissingMonths() []time.Month {
	first := s.First()
	if s.Unit != Monthly || len(s.Dates) > 0 || first == 0 {
		return nil
	}
	const years = 10 // enough for every month of the year, and for Februaries with and without a 29th
	end := s.number(first) + 12*years
	if s.Until != 0 {
		end = min(end, s.number(s.Until+1))
	}
	var lacks [13]bool
	for n := s.number(first); n < end; n += s.step() {
		year, month, _ := s.begin(n).utc().Date()
		for _, m := range s.monthDays() {
			lacks[month] = lacks[month] || m.in(year, month) == 0
		}
	}
	var months []time.Month
	for m := time.January; m <= time.December; m++ {
		if lacks[m] {
			months = append(months, m)
		}
	}
	return months
}
