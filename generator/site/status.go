package site

import "strings"

// Status is how a component does. A greater status is a worse one. The words
// are those of Atlassian's Statuspage API, so that its clients understand them.
type Status int

const (
	Operational Status = iota
	UnderMaintenance
	DegradedPerformance
	PartialOutage
	MajorOutage
)

// Statuses are all of them, from good to bad.
var Statuses = []Status{Operational, UnderMaintenance, DegradedPerformance, PartialOutage, MajorOutage}

var statusNames = []string{"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}

var statusAliases = map[string]Status{
	"ok": Operational, "up": Operational,
	"maintenance": UnderMaintenance,
	"degraded":    DegradedPerformance,
	"partial":     PartialOutage,
	"major":       MajorOutage, "outage": MajorOutage, "down": MajorOutage, "offline": MajorOutage,
}

// String is the canonical name: degraded_performance.
func (s Status) String() string { return statusNames[s] }

// ParseStatus reads a status by its canonical name or an accepted alias. Case,
// spaces, '-' and '_' do not matter.
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

// StatusWords are all the words that ParseStatus accepts, canonical ones first.
func StatusWords() []string {
	return append(append([]string{}, statusNames...),
		"ok", "up", "maintenance", "degraded", "partial", "major", "outage", "down", "offline")
}

func fold(word string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(word)))
}

// Severity is how bad an entry is: the word in Statuspage's impact field.
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

// String is the API's word: minor. It is "" for SeverityUnset.
func (s Severity) String() string { return severityNames[s] }

// SeverityWords are the severities that an operator may say.
var SeverityWords = []string{"none", "minor", "major", "critical"}

// ParseSeverity reads none, minor, major or critical, in any case.
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

// Severity is what a status makes an incident.
func (s Status) Severity() Severity {
	return []Severity{None, InMaintenance, Minor, Major, Critical}[s]
}

// UpdateStatus is the status word of an update heading.
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

// String is the canonical name, which is also the language files' key: in_progress.
func (w UpdateStatus) String() string { return updateStatusNames[w] }

// UpdateStatuses are the words that an update of a kind may have.
func UpdateStatuses(kind Kind) []UpdateStatus {
	if kind == Maintenance {
		return []UpdateStatus{Scheduled, InProgress, Verifying, Note, Completed, Canceled}
	}
	return []UpdateStatus{Investigating, Identified, Monitoring, Note, Resolved}
}

// Ends reports whether the word ends an entry.
func (w UpdateStatus) Ends() bool { return w == Resolved || w == Completed || w == Canceled }

// Reopens reports whether the word says that an incident or a window goes on: said of
// one that is over, it opens it again.
func (w UpdateStatus) Reopens() bool {
	return w == Investigating || w == Identified || w == Monitoring || w == InProgress || w == Verifying
}

// Indicator is the overall answer in Statuspage's words.
type Indicator int

const (
	AllClear Indicator = iota
	MaintenanceIndicator
	MinorIndicator
	MajorIndicator
	CriticalIndicator
)

// String is the API's word: none, maintenance, minor, major or critical.
func (i Indicator) String() string {
	return []string{"none", "maintenance", "minor", "major", "critical"}[i]
}
