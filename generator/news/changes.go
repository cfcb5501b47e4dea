package news

import "time"

// The kinds of changes.
const (
	Added   = "new"
	Edited  = "edited"
	Removed = "vanished"
)

// Changes are the differences between two states. Lists are in the order of the newer
// state, with what has vanished after it; none of them is nil.
type Changes struct {
	Answer        *AnswerChange     `json:"answer"` // nil: the same
	Components    []ComponentChange `json:"components"`
	Entries       []EntryChange     `json:"entries"`
	Updates       []UpdateChange    `json:"updates"`
	Announcements []PostChange      `json:"announcements"`
	Pages         []PostChange      `json:"pages"`
	Uptime        []UptimeChange    `json:"uptime"`
	Reports       []ReportChange    `json:"reports"`
	Calendar      []CalendarChange  `json:"calendar"`
	Feeds         FeedChanges       `json:"feeds"`
}

// AnswerChange is another overall answer, in the words of the API.
type AnswerChange struct {
	From          string `json:"from"`
	To            string `json:"to"`
	FromIndicator string `json:"from_indicator"`
	ToIndicator   string `json:"to_indicator"`
	ByClock       bool   `json:"by_clock"`
}

// ComponentChange is a component, or one of its regions, with another status. From is ""
// for one that was not listed before, and To for one that is not any more.
type ComponentChange struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Region  string `json:"region"` // "": the component as a whole
	From    string `json:"from"`
	To      string `json:"to"`
	ByClock bool   `json:"by_clock"` // it happens without an edit: its time has come
}

// EntryChange is an incident or a window that is new, edited or gone. Its updates are
// listed apart.
type EntryChange struct {
	Change  string   `json:"change"`
	Kind    string   `json:"kind"`
	Title   string   `json:"title"`
	Path    string   `json:"path"`
	Details []Detail `json:"details"` // of an edit, what is known about it
	ByClock bool     `json:"by_clock"`
}

// Detail is one thing about an entry that differs.
type Detail struct {
	What string `json:"what"` // title, severity, start, end, status or components
	From string `json:"from"`
	To   string `json:"to"`
}

// UpdateChange is an update that is new, edited or gone.
type UpdateChange struct {
	Change  string    `json:"change"`
	Entry   string    `json:"entry"` // the title of its entry
	Path    string    `json:"path"`  // with the update's id: incidents/x/#u-first
	Status  string    `json:"status"`
	At      time.Time `json:"at"`
	ByClock bool      `json:"by_clock"`

	auto bool // the clock wrote it
}

// PostChange is an announcement or a page that is new, edited or gone.
type PostChange struct {
	Change  string `json:"change"`
	Title   string `json:"title"`
	Path    string `json:"path"`
	ByClock bool   `json:"by_clock"`
}

// ReportChange is another figure in a report of a period that is over, because of an edit.
type ReportChange struct {
	Period string `json:"period"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	From   string `json:"from"` // percent; "" if there was no figure
	To     string `json:"to"`   // percent; "" if there is none any more
}

// UptimeChange is another uptime in a month, because of an edit.
type UptimeChange struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Month string `json:"month"`
	From  string `json:"from"` // percent; "" if there was no figure
	To    string `json:"to"`
}
