// Package site holds what a status page is about (components, incidents, maintenance,
// announcements) and answers what it shows at any instant.
//
// The state of the site is a pure function of the content and one instant: nothing here
// reads a clock, a file or a network, and nothing knows how content is written or how a
// page looks. Start with [Site]: source.Read makes one, [Site.At] gives the state at an
// instant, [Site.History] the days and the uptime, [Site.NextChanges] the instants at
// which the state changes by itself, and [Site.CheckAt] the mistakes that no single file
// can show.
//
// Times are instants; days and months are those of [Site.Zone]. An instant belongs to an
// interval that starts with it, and not to one that ends with it.
package site

import (
	"crypto/sha256"
	"time"

	"allclear/generator/diag"
)

// Site is everything that the operator wrote.
type Site struct {
	ID          string // overrides the API's page id; usually empty
	Title       Text
	Description Text
	URL         string         // absolute, without a trailing slash, perhaps with a sub-path; "" if not set
	Zone        *time.Location // the zone in which pages print times; its String is the IANA name
	Languages   []string       // BCP 47 tags; the first is the default, with its pages at the root
	Homepage    string         // a URL, or ""
	Support     string         // a URL or mailto:, or ""
	Hub         string         // the WebSub hub that feeds name, or ""
	Mirrors     []Ref          // the addresses of further copies, as URL
	Theme       string
	Brand       Brand
	Clock       int         // 12 or 24: how pages write the time of day; 0: as each language does
	Menu        []NamedLink // the operator's own links in the header
	Footer      []NamedLink // the operator's own links in the footer
	Subscribe   []Channel   // the operator's own ways to subscribe
	HomeDays    int         // days of history on the home page
	Uptime      UptimeOptions
	Reports     bool // whether the site has reports
	SLA         SLA
	Insights    bool                // whether there is a page about how incidents were communicated
	Strings     map[string]Text     // the operator's own words for keys of the language files
	LanguagePos map[string]diag.Pos // where each language is named, by its tag
	StringPos   map[string]diag.Pos // where each key of Strings is

	Regions    []Region
	Groups     []Group
	Components []Component // in the manifest's order
	Redirects  []Redirect
	Undeclared bool    // the manifest could not be read, so unknown components and regions are not reported
	Entries    []Entry // incidents and maintenance, by kind and slug; with drafts if source.Read was asked for them
	Series     []MaintenanceSeries
	Templates  []Entry `json:"-"` // what new entries start from; they may lack everything
	Pages      []Page
	Links      []Link   // links in texts to addresses of the site
	Static     []Static `json:"-"`

	Announcements []Announcement // by slug; drafts only if asked for

	Measurements []Measurement `json:"-"` // in the manifest's order

	Publish []PublishTarget // only for allclear publish
	Notify  Notify          `json:"-"` // only for allclear notify
	Alerts  AlertRules      `json:"-"` // only for allclear ingest
}

// UptimeOptions are the settings for uptime: whether it is shown, for how many days, and
// how it counts.
type UptimeOptions struct {
	Show    bool
	Days    int     // length of the bars, in days
	Groups  bool    // show the uptime of groups
	Overall bool    // show the uptime of the whole site
	Weights Weights // how much a second in each status counts
}

// Ref is the id of a component or a region, or an address, and where it was written.
type Ref struct {
	ID  string
	Pos diag.Pos
}

// Moment is an instant that the operator wrote, in UTC, and where. A zero Time means that
// none was written.
type Moment struct {
	time.Time
	Pos diag.Pos
}

// Kind distinguishes incidents from maintenance windows.
type Kind int

const (
	Incident Kind = iota
	Maintenance
)

// String returns the English word: incident or maintenance.
func (k Kind) String() string {
	if k == Maintenance {
		return "maintenance"
	}
	return "incident"
}

// Folder returns the name of the kind's folder, in content and in addresses: incidents or
// maintenance.
func (k Kind) Folder() string {
	if k == Maintenance {
		return "maintenance"
	}
	return "incidents"
}

// Entry is an incident or a maintenance window: the content of one file and its
// translations.
type Entry struct {
	Kind    Kind
	Slug    string
	Aliases []Ref    // old addresses of its page, as Redirect.From
	ID      string   // the id key, which overrides the API's id; usually ""
	Source  string   // incidents: the alert of monitoring that it is about, as KIND:KEY; or ""
	Pos     diag.Pos // the file, at its title if it has one
	Hash    Hash     // of the parsed content, if it was read through a cache; else zero

	Translations []string // the languages of the files that translate it

	Series   string // the slug of the maintenance series that it is an occurrence of; set by WithOccurrences
	Repeated bool   // it is an occurrence without a file of its own, and Pos is in the series' file

	Title       Text
	Headline    Text     // maintenance: one line for the page of a load balancer
	Severity    Severity // the severity key; SeverityUnset: computed, see SeverityAt
	SeverityPos diag.Pos
	Author      string
	Tags        []string
	Draft       bool
	Pinned      bool
	NoIndex     bool // built, but in no list, feed or API
	Unclear     bool // a time in it could not be read, so checks that compare times are skipped

	Start      Moment
	End        Moment // maintenance: from end or duration
	Posted     Moment // when the report was published
	NextUpdate Moment
	FileDate   time.Time // maintenance: the day in its file's name, if that is before the day of its start; else zero

	ManualEnd bool // maintenance with auto_complete: false
	Impacts   []Impact
	Summary   Prose
	Plan      *Plan
	Updates   []Update // oldest first
	Report    *Report

	Final Final // set by Finalize; zero: not final, or Finalize was not called
}

// Hash is a SHA-256 of parsed content: equal hashes mean equal content. The zero Hash
// means unknown.
type Hash [sha256.Size]byte

// Impact says which components an entry affects, where, how badly, and from when to when.
type Impact struct {
	Pos        diag.Pos
	All        bool // every listed component; Components and Groups are then empty
	AllPos     diag.Pos
	Components []Ref
	Groups     []Ref // every listed component of these groups
	Regions    []Ref // none: all regions of each component
	Status     Status
	StatusPos  diag.Pos
	StatusSet  bool
	Start      Moment // zero: that of the entry
	End        Moment // zero: that of the entry
	Downtime   Downtime
	Note       Text
	Label      Text   // the word shown instead of the status's own
	ETA        Moment // when these components are expected back
}

// Downtime is the part of an impact's time that counts as downtime, if the operator says
// so.
type Downtime struct {
	Set    bool
	Length time.Duration
	Pos    diag.Pos
}

// Update is a text with a time, in an entry.
type Update struct {
	Time   time.Time
	Status UpdateStatus
	Body   Prose
	Anchor string // its id on the entry's page, unique there: u-20250725T064100Z
	ID     string // its permanent id in feeds, FirstID or the Anchor: what Published says
	Pos    diag.Pos
	Auto   bool // automatic, not written by a person, such as the start or end of a window
	Report bool // the entry's report, published as an update
}

// Report is a text written after the event: a postmortem, or the whole body of an entry
// without updates.
type Report struct {
	Time  Moment // from its heading; zero if that has none
	Body  Prose
	Whole bool // it is the whole body, not a section
	Pos   diag.Pos
}

// Page is a page that the operator wrote, such as about.
type Page struct {
	Name    string
	Title   Text
	Body    Prose
	Draft   bool
	Aliases []Ref // old addresses, as Redirect.From
	Pos     diag.Pos
}
