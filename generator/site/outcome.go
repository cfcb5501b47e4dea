package site

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Outcome is what an entry that is over for good answers at every instant from
// then on. Nearly all entries of a long history are over: whoever asks about all
// of them need not go through their updates and impacts each time.
type Outcome struct {
	From    time.Time // the last instant that the entry names; zero: it is not over, or nobody has looked
	Whole   Interval
	ToldSum Sum
	Gist    Gist
}

// Conclude finds the entry's outcome. It is called when the last word about the
// entry is read. Who changes an entry later calls it again, or clears the outcome.
func (e *Entry) Conclude() {
	e.Outcome = Outcome{Gist: e.gist()}
	if last := e.Last(distant); !last.IsZero() && e.Visible(last) && e.Settled(last) {
		e.Outcome.Whole, e.Outcome.ToldSum = e.Whole(last), e.ToldSum(last)
		e.Outcome.From = last // from here on the entry is over, and answers with these
	}
}

// over reports whether the entry's outcome holds at t.
func (e *Entry) over(t time.Time) bool {
	return !e.Outcome.From.IsZero() && !t.Before(e.Outcome.From)
}

// ToldSum returns a checksum of every text, in every language, and every number that
// the entry has published by t.
func (e *Entry) ToldSum(t time.Time) Sum {
	if e.over(t) {
		return e.Outcome.ToldSum
	}
	w := make(words, 0, 4<<10)
	w.text(e.Kind.String(), e.Slug, e.Author)
	w.texts(e.Title)
	w.texts(e.Headline)
	w.number(int64(e.Severity), e.Start.Unix(), e.End.Unix(), e.NextUpdate.Unix())
	w.flag(e.Pinned, e.NoIndex, e.ManualEnd)
	w.prose(e.Summary)
	if e.Plan != nil {
		w.prose(e.Plan.Intro)
		for _, step := range e.Plan.Steps {
			w.flag(step.Done)
			w.number(int64(step.Count), int64(step.Of))
			w.prose(step.Body)
		}
	}
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		w.number(int64(impact.Status), impact.Start.Unix(), impact.End.Unix(), impact.ETA.Unix(), int64(impact.Downtime.Length))
		w.flag(impact.All, impact.Downtime.Said)
		w.texts(impact.Label)
		w.texts(impact.Note)
		for _, list := range [][]Ref{impact.Components, impact.Regions} {
			w.number(int64(len(list)))
			for _, ref := range list {
				w.text(ref.ID)
			}
		}
	}
	for _, u := range e.Published(t) {
		w.text(u.Anchor, u.Status.String())
		w.prose(u.Body)
	}
	return sha256.Sum256(w)
}

// words are texts and numbers in a row, each separated from the next.
type words []byte

func (w *words) number(list ...int64) {
	for _, n := range list {
		*w = binary.AppendVarint(*w, n)
	}
}

func (w *words) flag(list ...bool) {
	for _, yes := range list {
		*w = strconv.AppendBool(*w, yes)
	}
}

func (w *words) text(list ...string) {
	for _, text := range list {
		w.number(int64(len(text)))
		*w = append(*w, text...)
	}
}

func (w *words) texts(t Text) {
	w.text(t.Default)
	w.number(int64(len(t.Other)))
	for _, language := range slices.Sorted(maps.Keys(t.Other)) {
		w.text(language, t.Other[language])
	}
}

func (w *words) prose(p Prose) {
	w.text(p.Markdown)
	w.text(p.Definitions...)
	w.number(int64(len(p.Other)))
	for _, language := range slices.Sorted(maps.Keys(p.Other)) {
		w.text(language)
		w.prose(p.Other[language])
	}
}

// Length returns how many bytes of plain text the entry has published by t.
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
