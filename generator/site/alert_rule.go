package site

import (
	"time"

	"allclear/generator/diag"
)

// AlertRules say which alerts of monitoring become incidents: content/alerts.yml. They
// are for allclear ingest only; nothing of them is in the output.
type AlertRules struct {
	List   []AlertRule // the first one that matches an alert applies
	Drafts bool        // default: draft, so that an alert without a rule becomes the draft of a notice
}

// AlertRule says which alerts it applies to, and what they mean for the status page. Texts
// of the fields Components to Message may contain fields of the alert, as an
// [AlertTemplate].
type AlertRule struct {
	Pos        diag.Pos
	Match      []AlertMatch // all of them must match
	Components []Ref        // ids or names, or all; none: the incident is a notice
	Regions    []Ref        // none: all regions of the components
	Status     Ref
	Title      Text // empty: the name of the alert
	TitlePos   diag.Pos
	Message    Ref           // Markdown; empty: a sentence of the language file
	Reopen     time.Duration // an alert that fires again within it reopens its incident
	Draft      bool          // incidents are written as drafts
}

// AlertMatch is a condition of an [AlertRule]: one of the patterns must match the field.
type AlertMatch struct {
	Field    string   // name, summary, url, source, tag, or a label, also as labels.NAME
	Patterns []string // with * for any characters and ? for one
}
