package site

import "time"

// MaxOccurrences is how many occurrences a series may have from its start to twelve
// months ahead. Each has a page.
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

// Overlap returns the first two occurrences of which the second starts before the first
// is over. The duration is elapsed time, on days with a clock change too. Overlap looks
// at the first MaxOccurrences and the one after them.
func (s *Series) Overlap(duration time.Duration) (first, second Occurrence, found bool) {
	count := 0
	for o := range s.from(0) {
		if count > 0 && o.Start.Before(first.Start.Add(duration)) {
			return first, o, true
		}
		if count++; count > MaxOccurrences {
			break
		}
		first = o
	}
	return Occurrence{}, Occurrence{}, false
}

// MissingMonths returns the months of the year in which a Monthly rule has no occurrence
// because they lack its day, in every year or in some. Months that the rule passes over
// are not among them, nor are months that are not over by the end of the day Until.
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
