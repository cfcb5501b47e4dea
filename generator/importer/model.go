package importer

import (
	"time"

	"allclear/generator/site"
)

// Source is what another tool's files say, in terms of our own format. Nothing in it is
// sorted, shortened or checked yet; [Prepare] does that.
type Source struct {
	Tool       string
	Site       SiteKeys
	Regions    []Region
	Components []Component
	Groups     []Group
	Entries    []*Entry
	Losses     []Loss
	Problems   []Problem // what could not be read; the rest is in the source all the same
}

// SiteKeys are keys of site.yml.
type SiteKeys struct {
	ID          string // the API's page id
	Title       string
	Description string
	URL         string
	Zone        string // an IANA name; "" if the tool does not say
	Languages   []string
	Homepage    string
	Support     string
	Links       []Link
	Footer      []Link
	Redirects   []Redirect // old addresses of lists and feeds
}

// Link is a link of the header or footer.
type Link struct{ Name, URL string }

// Redirect is an old address of the site, and the one that it leads to.
type Redirect struct{ From, To string }

// Region is a region of the manifest.
type Region struct{ ID, Name string }

// Group is a group of the manifest.
type Group struct {
	ID, Name, Description, APIID string
	Collapsed                    bool
	Position                     int // among components and groups, as the tool sorts them
}

// Component is a component of the manifest.
type Component struct {
	ID, Name, Description string
	URL                   string
	APIID                 string
	Group                 string // the id of its group, or ""
	Regions               []string
	Since, Until          string // a date
	Unlisted              bool
	Aliases               []string
	Position              int // within its group, or among groups
}

// Kind is what a file of content is.
type Kind int

// The kinds of content that an import writes.
const (
	Incident Kind = iota
	Maintenance
	Announcement
)

// String returns the singular, as in messages.
func (k Kind) String() string { return [...]string{"incident", "maintenance", "announcement"}[k] }

// folder returns the folder below content/.
func (k Kind) folder() string { return [...]string{"incidents", "maintenance", "announcements"}[k] }

// siteKind returns the kind as package site has it. An announcement is none.
func (k Kind) siteKind() site.Kind {
	if k == Maintenance {
		return site.Maintenance
	}
	return site.Incident
}

// Entry is an incident, a window or an announcement. A zero time was not written.
type Entry struct {
	Kind     Kind
	ID       string // the API's id; "" if the tool has none that fits
	Name     string // what the tool calls the file or address; "" takes date and title
	Aliases  []string
	Title    string
	Severity site.Severity
	Start    time.Time
	End      time.Time
	Posted   time.Time
	Until    time.Time // of an announcement

	Impacts    []Impact
	Components []string // what an announcement or a notice is about
	Updates    []Update
	Summary    string
	Report     string
	ReportTime time.Time

	Author     string
	Tags       []string
	Draft      bool
	Pinned     bool
	DayOnly    bool // the tool has a day and no time of day for Posted
	ManualEnd  bool
	NextUpdate time.Time
	Repeat     *Repeat

	Translations []Translation

	from *node // where the tool's files have it
	slug string
	path string
}

// Impact says which components an entry affects, from when to when. Zero times are the
// entry's own.
type Impact struct {
	Components []string
	Regions    []string
	Status     site.Status
	Start, End time.Time
	Note       string
}

// Update is a dated text of an entry.
type Update struct {
	Status site.UpdateStatus
	Time   time.Time
	Text   string
	from   *node
}

// Repeat makes a window a series.
type Repeat struct {
	Every    string   // day, week, month
	On       []string // weekdays, or days of a month
	Duration time.Duration
}

// Translation is a file that translates an entry.
type Translation struct {
	Language, Title, Summary string
	Updates                  []Update
	Report                   string
	from                     *node
}
