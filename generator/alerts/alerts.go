// Package alerts turns what monitoring sends into changes of a status page.
//
// [Read] recognizes the source of a payload by its keys and returns what it says in the
// same form for every source: an [Event]. [Decide] compares an event with the rules of
// the site and with its incidents, and returns what to open, update or close as a
// [Decision]. Neither does any input or output: the program reads the payload and writes
// the files, as it does for allclear new and allclear update.
//
// Each source has a file of its own. Everything in a payload is data: it is written as
// plain text, never as Markdown, front matter or a heading, and no address in it is ever
// fetched.
package alerts

import (
	"fmt"
	"time"
)

// Event is one notification of a source: what is firing, and what is over.
type Event struct {
	Kind   string // one of Kinds
	Key    string // by which the source identifies the alert, or the group of alerts
	Alerts []Alert
	Over   bool // everything is over; else at least one alert fires

	Note string // it is no alert: what it is, and what to do; the other fields are then empty

	Issue *Issue // of github-issue; else nil
}

// Source returns the value of the key source in the front matter of the event's
// incident.
func (e Event) Source() string { return e.Kind + ":" + e.Key }

// Alert is one alert of an event. Its texts are as the source sent them.
type Alert struct {
	Name    string
	Summary string
	URL     string
	Labels  map[string]string
	Tags    []string

	Firing bool
	Repeat bool // it says again what an earlier event said, such as a reminder
	Start  time.Time
	End    time.Time // zero: not known, or it goes on

	unreadable []string // times that could not be read, for notes
}

// status returns the word for rules and messages: firing or resolved.
func (a Alert) status() string {
	if a.Firing {
		return "firing"
	}
	return "resolved"
}

// fields returns the fields that the templates of rules can use.
func (a Alert) fields() map[string]any {
	labels := map[string]string{}
	for name, value := range a.Labels {
		labels[name] = value
	}
	return map[string]any{
		"name": a.Name, "status": a.status(), "summary": a.Summary, "url": a.URL, "labels": labels, "tags": a.Tags,
	}
}

// Error explains why a payload or an alert cannot be used.
type Error struct {
	Message string
	Hint    string // what to do, or empty
}

func (e *Error) Error() string { return e.Message }

// errorf returns an Error.
func errorf(hint, format string, args ...any) *Error {
	return &Error{fmt.Sprintf(format, args...), hint}
}
