package site

import "strings"

// Status is the status of a component. A greater value is worse. The names are those of
// the Statuspage API.
type Status int

const (
	Operational Status = iota
	UnderMaintenance
	DegradedPerformance
	PartialOutage
	MajorOutage
)

// Statuses lists every status, from good to bad.
var Statuses = []Status{Operational, UnderMaintenance, DegradedPerformance, PartialOutage, MajorOutage}

var statusNames = []string{"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}

var statusAliases = map[string]Status{
	"ok": Operational, "up": Operational,
	"maintenance": UnderMaintenance,
	"degraded":    DegradedPerformance,
	"partial":     PartialOutage,
	"major":       MajorOutage, "outage": MajorOutage, "down": MajorOutage, "offline": MajorOutage,
}

// String returns the canonical name, such as degraded_performance.
func (s Status) String() string { return statusNames[s] }

// ParseStatus parses a status by its canonical name or an accepted alias. Case, spaces,
// '-' and '_' do not matter.
func ParseStatus(word string) (Status, bool) {
	folded := fold(word)
	for s, name := range statusNames {
		if folded == fold(name) {
			return Status(s), true
		}
	}
	s, ok := statusAliases[folded]
	return s, ok
}

// StatusWords returns every word that ParseStatus accepts, the canonical ones first.
func StatusWords() []string {
	return append(append([]string{}, statusNames...),
		"ok", "up", "maintenance", "degraded", "partial", "major", "outage", "down", "offline")
}

// fold returns a word in lower case, without spaces, '-' and '_'.
func fold(word string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(word)))
}

// Severity is how bad an entry is. The Statuspage API calls it impact.
type Severity int

const (
	SeverityUnset Severity = iota
	None
	InMaintenance
	Minor
	Major
	Critical
)

var severityNames = []string{"", "none", "maintenance", "minor", "major", "critical"}

// String returns the API's word, such as minor; "" for SeverityUnset.
func (s Severity) String() string { return severityNames[s] }

// SeverityWords lists the values that the severity key accepts.
var SeverityWords = []string{"none", "minor", "major", "critical"}

// ParseSeverity parses none, minor, major or critical, in any case.
func ParseSeverity(word string) (Severity, bool) {
	switch fold(word) {
	case "none":
		return None, true
	case "minor":
		return Minor, true
	case "major":
		return Major, true
	case "critical":
		return Critical, true
	}
	return SeverityUnset, false
}

// Severity returns the severity of an incident whose worst status this is.
func (s Status) Severity() Severity {
	return []Severity{None, InMaintenance, Minor, Major, Critical}[s]
}

// UpdateStatus is the status word in the heading of an update.
type UpdateStatus int

const (
	Investigating UpdateStatus = iota
	Identified
	Monitoring
	Resolved
	Scheduled
	InProgress
	Verifying
	Completed
	Canceled
	Note       // the word "Update": it never changes the status
	Postmortem // never an update's own word: the phase of an incident whose report is out
)

var updateStatusNames = []string{
	"investigating", "identified", "monitoring", "resolved",
	"scheduled", "in_progress", "verifying", "completed", "canceled",
	"update", "postmortem",
}

// String returns the canonical name, such as in_progress. Language files use it as a key.
func (w UpdateStatus) String() string { return updateStatusNames[w] }

// UpdateStatuses returns the words that updates of a kind of entry may have.
func UpdateStatuses(kind Kind) []UpdateStatus {
	if kind == Maintenance {
		return []UpdateStatus{Scheduled, InProgress, Verifying, Note, Completed, Canceled}
	}
	return []UpdateStatus{Investigating, Identified, Monitoring, Note, Resolved}
}

// Ends reports whether an update with this word ends its entry.
func (w UpdateStatus) Ends() bool { return w == Resolved || w == Completed || w == Canceled }

// Reopens reports whether an update with this word reopens an entry that is over.
func (w UpdateStatus) Reopens() bool {
	return w == Investigating || w == Identified || w == Monitoring || w == InProgress || w == Verifying
}

// Indicator is the overall status of the site, with Statuspage's values.
type Indicator int

const (
	AllClear Indicator = iota
	MaintenanceIndicator
	MinorIndicator
	MajorIndicator
	CriticalIndicator
)

// String returns the API's word: none, maintenance, minor, major or critical.
func (i Indicator) String() string {
	return []string{"none", "maintenance", "minor", "major", "critical"}[i]
}
