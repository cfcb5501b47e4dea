package site

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"time"

	"allclear/generator/diag"
)

// Announcement is a post that is no incident and no maintenance, such as a deprecation
// or holiday hours: the content of one file. It has no status and affects nothing.
type Announcement struct {
	Slug string
	Pos  diag.Pos // the file, at its title where it has one
	Hash Hash     // of all that is said here, where that is remembered from build to build

	Translations []string // the languages of the files that translate it

	Title      Text
	Posted     Moment // when it becomes public
	Updated    Moment // when it was last changed in a way that readers should see; zero: never
	Until      Moment // when it leaves the home page; zero: a week after it was posted
	Pinned     bool   // first on the home page
	All        bool   // it is about every component; Components is then empty
	Components []Ref  // those that it is about
	Author     string
	Tags       []string
	Draft      bool
	NoIndex    bool  // built, but in no list and no feed
	Aliases    []Ref // old addresses of its page, as Redirect.From
	Body       Prose
}

// defaultShown is how long an announcement is on the home page if nobody says otherwise.
const defaultShown = 7 * 24 * time.Hour

// Path returns the address of the announcement's page: announcements/x/.
func (a *Announcement) Path() string { return "announcements/" + a.Slug + "/" }

// Visible reports whether the announcement is public at t: from the time at which it
// is posted.
func (a *Announcement) Visible(t time.Time) bool { return !t.Before(a.Posted.Time) }

// Listed reports whether the announcement is public at t and in lists and feeds.
func (a *Announcement) Listed(t time.Time) bool { return !a.NoIndex && a.Visible(t) }

// Leaves returns the time at which the announcement leaves the home page.
func (a *Announcement) Leaves() time.Time {
	if a.Until.IsZero() {
		return a.Posted.Add(defaultShown)
	}
	return a.Until.Time
}

// Current reports whether the home page shows the announcement at t.
func (a *Announcement) Current(t time.Time) bool { return a.Listed(t) && t.Before(a.Leaves()) }

// UpdatedBy returns when the announcement was last changed, as far as is known at t, or
// zero.
func (a *Announcement) UpdatedBy(t time.Time) time.Time {
	if a.Updated.After(t) {
		return time.Time{}
	}
	return a.Updated.Time
}

// LastEvent returns the last instant up to t at which anything about the announcement
// changed, apart from its place on the home page: when it was posted, or updated.
func (a *Announcement) LastEvent(t time.Time) time.Time { return latest(a.Posted.Time, a.UpdatedBy(t)) }

// Settled reports whether only an edit can change the announcement's own page.
func (a *Announcement) Settled(t time.Time) bool { return a.Visible(t) && !a.Updated.After(t) }

// ContentHash returns a checksum of every text, in every language, and every time that the
// announcement has published by t.
func (a *Announcement) ContentHash(t time.Time) Hash {
	w := make(hashInput, 0, 4<<10)
	w.text(a.Slug, a.Author)
	w.texts(a.Title)
	w.number(a.Posted.Unix(), a.UpdatedBy(t).Unix(), a.Leaves().Unix(), int64(len(a.Tags)), int64(len(a.Components)))
	w.flag(a.Pinned, a.NoIndex, a.All)
	w.text(a.Tags...)
	for _, ref := range a.Components {
		w.text(ref.ID)
	}
	w.prose(a.Body)
	return sha256.Sum256(w)
}

// NamedIn returns the components that an announcement is about, in the manifest's order.
// `all` means those that are listed and in service when it is posted.
func (s *Site) NamedIn(a *Announcement) []*Component {
	if !a.All && len(a.Components) == 0 {
		return nil
	}
	var list []*Component
	for i := range s.Components {
		c := &s.Components[i]
		if a.All && c.Listed(a.Posted.Time) || slices.ContainsFunc(a.Components, func(r Ref) bool { return r.ID == c.ID }) {
			list = append(list, c)
		}
	}
	return list
}

// ListedAnnouncements returns the announcements that are in lists at t, newest first.
func (s *Site) ListedAnnouncements(t time.Time) []*Announcement {
	var list []*Announcement
	for i := range s.Announcements {
		if a := &s.Announcements[i]; a.Listed(t) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, NewestFirst)
	return list
}

// NewestFirst compares two announcements by when they are posted, newest first, then by
// their slugs.
func NewestFirst(a, b *Announcement) int {
	return cmp.Or(b.Posted.Compare(a.Posted.Time), cmp.Compare(a.Slug, b.Slug))
}

// CurrentAnnouncements returns the announcements that the home page shows at t: pinned ones
// first, then the newest. listed are those that ListedAnnouncements returned.
func CurrentAnnouncements(listed []*Announcement, t time.Time) []*Announcement {
	var list []*Announcement
	for _, a := range listed {
		if a.Current(t) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b *Announcement) int {
		switch {
		case a.Pinned == b.Pinned:
			return 0
		case a.Pinned:
			return -1
		}
		return 1
	})
	return list
}

// next returns the first instant after t at which the announcement appears, is updated or
// leaves the home page, or zero. Before it is posted, nothing of it is known.
func (a *Announcement) next(t time.Time) time.Time {
	if !a.Visible(t) {
		return a.Posted.Time
	}
	next := a.Leaves()
	if !next.After(t) || a.Updated.After(t) && a.Updated.Before(next) {
		next = a.Updated.Time
	}
	if !next.After(t) {
		return time.Time{}
	}
	return next
}

// eventsAt returns what happens to the announcement at t.
func (a *Announcement) eventsAt(t time.Time) []ChangeKind {
	var kinds []ChangeKind
	if a.Posted.Equal(t) {
		kinds = append(kinds, AnnouncementStart)
	}
	if a.Updated.Equal(t) && a.Updated.After(a.Posted.Time) {
		kinds = append(kinds, UpdateDue)
	}
	if a.Leaves().Equal(t) && a.Leaves().After(a.Posted.Time) {
		kinds = append(kinds, AnnouncementEnd)
	}
	return kinds
}

// announcementsAt returns the changes of announcements at t.
func (s *Site) announcementsAt(t time.Time, answer Indicator) []Change {
	var changes []Change
	for i := range s.Announcements {
		a := &s.Announcements[i]
		if a.NoIndex {
			continue
		}
		for _, kind := range a.eventsAt(t) {
			changes = append(changes, Change{At: t, Kind: kind, Announcement: a, Indicator: answer})
		}
	}
	return changes
}
