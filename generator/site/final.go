package site

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Final caches the answers of an entry that has ended and can change only by an edit.
// Nearly all entries of a long history have ended, so most questions about them need not
// look at their updates and impacts again.
type Final struct {
	From        time.Time // the last instant that the entry names; zero: not final, or Finalize was not called
	Interval    Interval
	ContentHash Hash
	Summary     UpdateSummary
}

// Finalize caches the answers of an entry that has ended and can change only by an edit,
// and sets the ids that its updates have as a rule, so that Published need not copy them.
// Call it after the last change to the entry. After another change, call it again or
// clear Final: until then At, Open and Interval may be wrong.
func (e *Entry) Finalize() {
	for i := range e.Updates {
		e.Updates[i].ID = e.Updates[i].idAs(i == 0)
	}
	e.Final = Final{Summary: e.summarize()}
	if last := e.LastEvent(distant); !last.IsZero() && e.Visible(last) && e.Settled(last) {
		e.Final.Interval, e.Final.ContentHash = e.Interval(last), e.ContentHash(last)
		e.Final.From = last // set last: from here on isFinal is true
	}
}

// isFinal reports whether the cached answers in Final hold at t.
func (e *Entry) isFinal(t time.Time) bool {
	return !e.Final.From.IsZero() && !t.Before(e.Final.From)
}

// ContentHash returns a hash of every text, in every language, and every number that the
// entry has published by t.
func (e *Entry) ContentHash(t time.Time) Hash {
	if e.isFinal(t) {
		return e.Final.ContentHash
	}
	return hashOf(func(w *hashInput) {
		e.hashFrame(w)
		for _, u := range e.Published(t) {
			w.text(u.Anchor, u.Status.String())
			w.prose(u.Body)
		}
	})
}

// hashFrame adds everything that an entry says besides its updates and its report.
func (e *Entry) hashFrame(w *hashInput) {
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
		w.flag(impact.All, impact.Downtime.Set)
		w.texts(impact.Label)
		w.texts(impact.Note)
		for _, list := range [][]Ref{impact.Components, impact.Groups, impact.Regions} {
			w.number(int64(len(list)))
			for _, ref := range list {
				w.text(ref.ID)
			}
		}
	}
}

// hashInput collects the bytes to hash. Lengths separate the texts.
type hashInput []byte

// hashInputs are for input that has been hashed, and whose memory can be used again.
var hashInputs = sync.Pool{New: func() any { return new(hashInput) }}

// hashOf returns the hash of what add adds.
func hashOf(add func(*hashInput)) Hash {
	w := hashInputs.Get().(*hashInput)
	defer hashInputs.Put(w)
	*w = (*w)[:0]
	add(w)
	return sha256.Sum256(*w)
}

func (w *hashInput) number(list ...int64) {
	for _, n := range list {
		*w = binary.AppendVarint(*w, n)
	}
}

func (w *hashInput) flag(list ...bool) {
	for _, yes := range list {
		*w = strconv.AppendBool(*w, yes)
	}
}

func (w *hashInput) text(list ...string) {
	for _, text := range list {
		w.number(int64(len(text)))
		*w = append(*w, text...)
	}
}

func (w *hashInput) texts(t Text) {
	w.text(t.Default)
	if w.number(int64(len(t.Other))); len(t.Other) == 0 {
		return
	}
	for _, language := range slices.Sorted(maps.Keys(t.Other)) {
		w.text(language, t.Other[language])
	}
}

func (w *hashInput) prose(p Prose) {
	w.text(p.Markdown)
	w.text(p.Definitions...)
	if w.number(int64(len(p.Other))); len(p.Other) == 0 {
		return
	}
	for _, language := range slices.Sorted(maps.Keys(p.Other)) {
		w.text(language)
		w.prose(p.Other[language])
	}
}

// TextLength returns how many bytes of plain text the entry has published by t.
func (e *Entry) TextLength(t time.Time) int {
	length := len(e.Summary.Text)
	known := e.updatesBy(t)
	for i := range known {
		length += len(known[i].Body.Text)
	}
	if e.reportPublished(t) {
		length += len(e.Report.Body.Text)
	}
	return length
}
