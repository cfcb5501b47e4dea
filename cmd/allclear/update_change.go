package main

import (
	"strings"

	"allclear/generator/site"
	"allclear/generator/source"
)

// buildUpdate returns the update described by the flags and answers.
func (u *updateFlags) buildUpdate(v snapshot, e *site.Entry, word site.UpdateStatus) (source.Update, error) {
	a := source.Update{Time: u.updateTime(v, e), Status: word, Silent: u.silent, Title: strings.TrimSpace(u.title)}
	if u.isSet("title") && a.Title == "" {
		return a, usageErrorf("leave it out, or write one", "--title is empty")
	}
	if err := u.parseTimes(v, e, &a); err != nil {
		return a, err
	}
	var err error
	if a.Statuses, err = u.parseStatuses(v, e, a); err != nil {
		return a, err
	}
	if u.silent {
		return a, nil
	}
	if a.Text, err = u.updateText(v, e, word); err != nil {
		return a, err
	}
	isReport := word == site.Postmortem
	if isReport && strings.TrimSpace(a.Text) == "" && !u.edit {
		return a, usageErrorf(u.suggest(e, typedWord(word))+", or -m - < report.md", "the report's text is missing")
	}
	needed := !u.edit && (isReport || u.isSet("message") || strings.TrimSpace(a.Text) != "")
	return a, checkText(v, e.Kind, a.Text, isReport, needed)
}

// updateText returns the text of the update, from -m or from a question.
func (u *updateFlags) updateText(v snapshot, e *site.Entry, word site.UpdateStatus) (string, error) {
	switch {
	case u.textReady:
		return u.text, nil
	case u.isSet("message"):
		return message(u.text)
	case !canAsk() || u.edit || u.asked:
		return u.text, nil
	}
	var q prompt
	u.askText(&q, v, e, word)
	err := q.run()
	return u.text, err
}
