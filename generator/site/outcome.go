package site

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// Outcome is what an entry that is over for good answers at every instant from
// then on. Nearly all entries of a long history are over: whoever asks about all
// of them need not go through their updates and impacts each time.
type Outcome struct {
	From  time.Time // the last instant that the entry names; zero: it is not over, or nobody has looked
	Whole Interval
	Told  Sum
}

// Conclude finds the entry's outcome. It is called when the last word about the
// entry is read. Who changes an entry later calls it again, or clears the outcome.
func (e *Entry) Conclude() {
	e.Outcome = Outcome{}
	if last := e.Last(distant); !last.IsZero() && e.Visible(last) && e.Settled(last) {
		e.Outcome = Outcome{last, e.Whole(last), e.Told(last)}
	}
}

// over reports whether the entry's outcome holds at t.
func (e *Entry) over(t time.Time) bool {
	return !e.Outcome.From.IsZero() && !t.Before(e.Outcome.From)
}

// Told sums up every word, in every language, and every number that the entry has
// told by t: it differs where any of them does.
func (e *Entry) Told(t time.Time) Sum {
	if e.over(t) {
		return e.Outcome.Told
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %q %q %q\n", e.Kind, e.Slug, e.Title, e.Headline, e.Author)
	fmt.Fprintln(h, e.SeverityAt(t), e.Pinned, e.NoIndex, e.ManualEnd, e.Start.Unix(), e.End.Unix(), e.NextUpdate.Unix())
	e.Summary.writeTo(h)
	if e.Plan != nil {
		e.Plan.Intro.writeTo(h)
		for _, step := range e.Plan.Steps {
			fmt.Fprintln(h, step.Done, step.Count, step.Of)
			step.Body.writeTo(h)
		}
	}
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		fmt.Fprintln(h, impact.Status, impact.Start.Unix(), impact.End.Unix(), impact.ETA.Unix(), impact.Downtime.Length)
		fmt.Fprintf(h, "%q %q\n", impact.Label, impact.Note)
		for _, ref := range slices.Concat(impact.Components, impact.Regions) {
			fmt.Fprintln(h, ref.ID)
		}
	}
	for _, u := range e.Published(t) {
		fmt.Fprintf(h, "%s %s\n", u.Anchor, u.Status)
		u.Body.writeTo(h)
	}
	var sum Sum
	h.Sum(sum[:0])
	return sum
}

// writeTo writes prose in all its languages.
func (p Prose) writeTo(w io.Writer) {
	fmt.Fprintf(w, "%d\n", len(p.Markdown))
	io.WriteString(w, p.Markdown)
	for _, language := range slices.Sorted(maps.Keys(p.Other)) {
		fmt.Fprintln(w, language)
		p.Other[language].writeTo(w)
	}
}

// Length is how many bytes of plain words the entry has told by t.
func (e *Entry) Length(t time.Time) int {
	length := len(e.Summary.Text)
	known := e.known(t)
	for i := range known {
		length += len(known[i].Body.Text)
	}
	if e.reportOut(t) {
		length += len(e.Report.Body.Text)
	}
	return length
}
