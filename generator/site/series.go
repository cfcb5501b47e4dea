package site

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/diag"
)

// MaintenanceSeries is maintenance that repeats or takes several nights: a file with the
// repeat key. It has no page; each of its occurrences is an entry.
type MaintenanceSeries struct {
	Entry       Entry // what each occurrence says; its times are those of the occurrence
	Times       Series
	Duration    time.Duration // elapsed time, the same on days with a clock change
	Announce    time.Duration // how long before its start an occurrence becomes public
	Replaced    []string      // the slugs of files named after the series; set by WithOccurrences
	RepeatPos   diag.Pos
	StartPos    diag.Pos
	DurationPos diag.Pos
	ExceptPos   []diag.Pos // of each of Times.Except
}

// DefaultAnnounce is how long before its start an occurrence becomes public if the series
// does not say.
const DefaultAnnounce = defaultNotice

// Public returns when the series became, or becomes, public: no occurrence is announced
// before. It is zero if the operator gives no time.
func (m *MaintenanceSeries) Public() time.Time { return m.Entry.statedAnnouncement() }

// WithOccurrences returns the site with the occurrences of its series among its entries:
// all that start up to twelve months after now, except those that have a file of their
// own, and those that ended before their series was public. Call it once, on a site as it
// was read.
func (s Site) WithOccurrences(now time.Time) Site {
	if len(s.Series) == 0 {
		return s
	}
	s.Series, s.Entries = slices.Clone(s.Series), slices.Clone(s.Entries)
	s.findReplaced()
	total := 0
	for i := range s.Series {
		m := &s.Series[i]
		if total += m.count(horizon(now, s.Zone)); m.Times.TooMany(horizon(now, s.Zone)) || total > maxOccurrences {
			continue // errors, and they might be millions
		}
		taken := map[string]bool{}
		for _, slug := range m.Replaced {
			taken[slug] = true
		}
		for _, o := range m.Times.UpTo(horizon(now, s.Zone)) {
			if !taken[o.Name(m.Entry.Slug)] && o.Start.Add(m.Duration).After(m.Public()) {
				s.Entries = append(s.Entries, m.occurrence(o))
			}
		}
	}
	slices.SortStableFunc(s.Entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Slug, b.Slug))
	})
	return s
}

// maxOccurrences is how many occurrences all series of a site may have together.
const maxOccurrences = 20_000

// count returns how many occurrences start at t or before, or a few more than
// MaxOccurrences if there are more.
func (m *MaintenanceSeries) count(t time.Time) int {
	if m.Times.TooMany(t) {
		return MaxOccurrences + 1
	}
	return len(m.Times.UpTo(t))
}

// horizon returns the instant twelve months after now, up to which occurrences are entries.
func horizon(now time.Time, zone *time.Location) time.Time { return now.In(zone).AddDate(1, 0, 0) }

// occurrence returns one window of the series, as if a file of its own said the same.
func (m *MaintenanceSeries) occurrence(o Occurrence) Entry {
	e := m.Entry
	e.Slug, e.Series, e.Repeated = o.Name(m.Entry.Slug), m.Entry.Slug, true
	e.Start = Moment{o.Start.UTC(), m.StartPos}
	e.End = Moment{e.Start.Add(m.Duration), m.DurationPos}
	e.Posted = Moment{e.Start.Add(-m.Announce), m.Entry.Posted.Pos}
	if public := m.Public(); public.After(e.Posted.Time) {
		e.Posted.Time = public
	}
	if len(e.Updates) > 0 { // the Scheduled update, which is the announcement of each
		announcement := e.Updates[0]
		announcement.Time, announcement.Anchor = e.Posted.Time, Anchor(e.Posted.Time)
		e.Updates = []Update{announcement}
	}
	if e.Hash != (Hash{}) {
		h := sha256.New()
		h.Write(e.Hash[:])
		h.Write([]byte(e.Slug + e.Start.Format(time.RFC3339) + e.Posted.Format(time.RFC3339)))
		h.Sum(e.Hash[:0])
	}
	e.Finalize()
	return e
}

// findReplaced sets Series of the entries that are named after a series, and the names in
// Replaced.
func (s *Site) findReplaced() {
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.Kind != Maintenance {
			continue
		}
		var of *MaintenanceSeries
		for j := range s.Series {
			m := &s.Series[j]
			if _, _, named := m.named(e.Slug); named && (of == nil || len(m.Entry.Slug) > len(of.Entry.Slug)) {
				of = m
			}
		}
		if of != nil {
			e.Series = of.Entry.Slug
			of.Replaced = append(of.Replaced, e.Slug)
		}
	}
}

// named reports whether a slug is that of the series, a day and perhaps a number, as
// Occurrence.Name makes it, and returns the day and the number.
func (m *MaintenanceSeries) named(slug string) (day Date, ordinal int, ok bool) {
	rest, found := strings.CutPrefix(slug, m.Entry.Slug+"-")
	if !found || len(rest) < len(time.DateOnly) {
		return 0, 0, false
	}
	at, err := time.Parse(time.DateOnly, rest[:len(time.DateOnly)])
	if err != nil {
		return 0, 0, false
	}
	ordinal = 1
	if number := rest[len(time.DateOnly):]; number != "" {
		if ordinal, err = strconv.Atoi(strings.TrimPrefix(number, "-")); err != nil || number != "-"+strconv.Itoa(ordinal) {
			return 0, 0, false
		}
	}
	return DateOf(at.Date()), ordinal, true
}

// SeriesOf returns the series that an entry is an occurrence of, or nil.
func (s *Site) SeriesOf(e *Entry) *MaintenanceSeries {
	for i := range s.Series {
		if e.Series != "" && s.Series[i].Entry.Slug == e.Series {
			return &s.Series[i]
		}
	}
	return nil
}

// NextDates returns when the next windows of an entry's series start after t, soonest
// first, at most n and without the entry itself. A window with a file of its own counts
// once it is announced, at the time that its file says and unless it is canceled.
func (s *Site) NextDates(e *Entry, t time.Time, n int) []time.Time {
	m := s.SeriesOf(e)
	if m == nil {
		return nil
	}
	var dates []time.Time
	for o := range m.Times.After(t) {
		if len(dates) == n {
			break
		}
		if slug := o.Name(m.Entry.Slug); slug != e.Slug && !slices.Contains(m.Replaced, slug) {
			dates = append(dates, o.Start)
		}
	}
	for i := range s.Entries {
		own := &s.Entries[i]
		if own.Series == e.Series && !own.Repeated && own.Slug != e.Slug && own.NoIndex == e.NoIndex && own.Upcoming(t) {
			dates = append(dates, own.Interval(t).Start)
		}
	}
	slices.SortFunc(dates, time.Time.Compare)
	return dates[:min(n, len(dates))]
}
