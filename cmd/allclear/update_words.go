package main

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// wordSynonyms maps words that people type to the statuses of updates, by kind of entry.
var wordSynonyms = [2]map[string]site.UpdateStatus{
	site.Incident: {
		"resolve": site.Resolved, "fixed": site.Resolved, "fix": site.Resolved, "done": site.Resolved, "close": site.Resolved,
		"closed": site.Resolved,
		"solved": site.Resolved, "solve": site.Resolved, "over": site.Resolved, "end": site.Resolved, "ended": site.Resolved,
		"recovered": site.Resolved,
		"finished":  site.Resolved, "finish": site.Resolved, "complete": site.Resolved,
		"investigate": site.Investigating, "identify": site.Identified, "found": site.Identified,
		"monitor": site.Monitoring, "watching": site.Monitoring, "observing": site.Monitoring,
	},
	site.Maintenance: {
		"complete": site.Completed, "done": site.Completed, "finish": site.Completed, "finished": site.Completed, "close": site.Completed,
		"closed": site.Completed, "end": site.Completed, "ended": site.Completed, "over": site.Completed,
		"resolve": site.Completed, "fixed": site.Completed,
		"cancel": site.Canceled, "called off": site.Canceled, "abort": site.Canceled, "aborted": site.Canceled,
		"start": site.InProgress, "started": site.InProgress, "begin": site.InProgress, "begun": site.InProgress,
		"underway": site.InProgress,
		"verify":   site.Verifying, "checking": site.Verifying, "testing": site.Verifying,
		"schedule": site.Scheduled, "planned": site.Scheduled, "reschedule": site.Scheduled, "rescheduled": site.Scheduled,
		"postpone": site.Scheduled, "postponed": site.Scheduled, "move": site.Scheduled, "moved": site.Scheduled,
	},
}

// saysMoved reports whether the word of the update says that a window moves.
func (u updateFlags) saysMoved() bool {
	return slices.Contains([]string{"reschedule", "rescheduled", "postpone", "postponed", "move", "moved"}, site.FoldName(u.word))
}

// sharedSynonyms are the synonyms for both kinds.
var sharedSynonyms = map[string]site.UpdateStatus{
	"note": site.Note, "news": site.Note, "comment": site.Note, "message": site.Note, "info": site.Note,
	"postmortem": site.Postmortem, "report": site.Postmortem, "rca": site.Postmortem, "retrospective": site.Postmortem,
	"writeup": site.Postmortem,
}

// parseWord parses the status of an update, which may be a synonym.
func parseWord(kind site.Kind, text string, languages []string) (site.UpdateStatus, bool) {
	if word, ok := source.ParseUpdateStatus(kind, text, languages); ok {
		return word, true
	}
	for _, list := range []map[string]site.UpdateStatus{wordSynonyms[kind], sharedSynonyms} {
		for name, word := range list {
			if site.FoldName(name) == site.FoldName(text) {
				return word, true
			}
		}
	}
	return 0, false
}

// isWord reports whether text is the status of an update of some kind of entry.
func isWord(s *site.Site, text string) bool {
	_, incident := parseWord(site.Incident, text, s.Languages)
	_, maintenance := parseWord(site.Maintenance, text, s.Languages)
	return incident || maintenance
}

// counterpart maps a status of one kind of entry to that of the other kind with the same
// meaning.
var counterpart = map[site.UpdateStatus]site.UpdateStatus{
	site.Resolved: site.Completed, site.Completed: site.Resolved, site.Canceled: site.Resolved,
	site.Investigating: site.InProgress, site.InProgress: site.Investigating,
	site.Verifying: site.Monitoring, site.Monitoring: site.Verifying,
}

// unknownWordError returns the error for a text that is not a status of the entry's kind.
func (u updateFlags) unknownWordError(s *site.Site, e *site.Entry) error {
	kind := e.Kind
	var known []string
	for _, w := range append(site.UpdateStatuses(kind), site.Postmortem) {
		known = append(known, typedWord(w))
	}
	if word, other := parseWord(1-kind, u.word, s.Languages); other {
		hint := "known: " + strings.Join(known, ", ")
		if instead, ok := counterpart[word]; ok {
			hint = u.suggest(e, typedWord(instead))
		}
		return usageErrorf(hint, "%q is for %s only, and %s is %s", typedWord(word), withArticle[1-kind], e.Slug, withArticle[kind])
	}
	if strings.EqualFold(site.FoldName(u.word), "reopen") || strings.EqualFold(site.FoldName(u.word), "reopened") {
		return usageErrorf(u.suggest(e, typedWord(reopenWord[kind]), "--reopen"), "%q is not an update word", u.word)
	}
	return usageErrorf(diag.DidYouMean(u.word, known), "%q is not an update word for %s", u.word, withArticle[kind])
}

var withArticle = map[site.Kind]string{site.Incident: "an incident", site.Maintenance: "a maintenance"}

// reopenWord is, for each kind, the status that reopens an entry.
var reopenWord = map[site.Kind]site.UpdateStatus{site.Incident: site.Investigating, site.Maintenance: site.InProgress}

// suggest returns the command that was probably meant, with the flags that were typed.
func (u updateFlags) suggest(e *site.Entry, word string, more ...string) string {
	words := []string{"allclear update", e.Slug}
	if word != "" {
		words = append(words, word)
	}
	words = append(words, more...)
	switch {
	case word == "":
	case u.isSet("message"):
		words = append(words, "-m", quotedForShell(u.text))
	case !u.edit:
		words = append(words, `-m "…"`)
	}
	for _, c := range u.components {
		words = append(words, "-c", quotedForShell(c))
	}
	return strings.Join(words, " ") + u.sourceFlag()
}
