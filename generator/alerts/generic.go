package alerts

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// These are words for the state of an alert, where a source has no fixed one.
var (
	firingWords = strings.Fields("firing alerting triggered trigger open opened down critical problem failing failed failure alarm " +
		"warn warning error outage")
	resolvedWords = strings.Fields("resolved resolve ok recovered recovery closed close up good healthy operational success normal")
)

// genericAlert makes an alert of an object with the keys state or status, title or name,
// component and whatever else rules need, such as the data of a CloudEvent. words are
// other texts that may say the state. ok is false if nothing says it.
func genericAlert(l labels, words ...string) (a Alert, ok bool) {
	a.Name = first(text(l["title"]), text(l["name"]))
	a.Summary = first(text(l["summary"]), text(l["description"]), text(l["message"]))
	a.URL = first(text(l["url"]), text(l["link"]))
	a.addLabels(l)
	for _, word := range append([]string{l["state"], l["status"]}, words...) {
		switch firing, known := stateWord(word); {
		case !known:
		default:
			a.Firing = firing
			return a, true
		}
	}
	return a, false
}

// stateWord returns what a word says about an alert: that it fires, or that it is over.
func stateWord(word string) (firing, known bool) {
	word = strings.ToLower(strings.TrimSpace(word))
	switch status, isStatus := site.ParseStatus(word); {
	case slices.Contains(firingWords, word):
		return true, true
	case slices.Contains(resolvedWords, word):
		return false, true
	case isStatus:
		return status > site.UnderMaintenance, status != site.UnderMaintenance
	}
	return false, false
}

// genericTimes sets the times of an alert from keys that say them, or else from at.
func (a *Alert) genericTimes(l labels, at text) {
	start := first(text(l["startsAt"]), text(l["started_at"]), text(l["start"]))
	end := first(text(l["endsAt"]), text(l["ended_at"]), text(l["end"]))
	if at == "" {
		at = text(first(text(l["time"]), text(l["date"]), text(l["now"])))
	}
	if a.Firing && start == "" {
		start = string(at)
	}
	if !a.Firing && end == "" {
		end = string(at)
	}
	a.Start = a.time("start", text(start))
	if !a.Firing {
		a.End = a.time("end", text(end))
	}
}
