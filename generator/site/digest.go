package site

import (
	"encoding/hex"
	"time"
)

// Digest tells two versions of a text apart: equal digests mean equal content. It is the
// beginning of a SHA-256 in hexadecimal.
func (h Hash) Digest() string { return hex.EncodeToString(h[:6]) }

// FrameHash returns a hash of what an entry says besides its updates and its report: the
// title, the times, the impacts, the summary and the plan, in every language.
func (e *Entry) FrameHash() Hash {
	return hashOf(func(w *hashInput) {
		e.hashFrame(w)
		w.text(e.Tags...)
	})
}

// ContentHash returns a hash of an update's word and text, in every language. Its time is
// not in it.
func (u *Update) ContentHash() Hash {
	return hashOf(func(w *hashInput) {
		w.text(u.Status.String())
		w.flag(u.Auto, u.Report)
		w.prose(u.Body)
	})
}

// ContentHash returns a hash of what a page says, in every language.
func (p *Page) ContentHash() Hash {
	return hashOf(func(w *hashInput) {
		w.texts(p.Title)
		w.prose(p.Body)
	})
}

// InFeeds reports whether an update of the entry is an item of feeds at t. What the clock
// writes about an occurrence of a series is not, since it happens every time; nor is an
// announcement whose date is to come.
func (e *Entry) InFeeds(u *Update, t time.Time) bool {
	return !(e.Repeated && u.Auto && u.Status != Scheduled) && !u.Time.After(t)
}
