package main

import (
	"strings"

	"allclear/generator/site"
	"allclear/generator/source"
)

// addition is what the flags and answers say.
func (u *updating) addition(v view, e *site.Entry, word site.UpdateStatus) (source.Update, error) {
	a := source.Update{Time: u.timeFor(v, e), Status: word, Silent: u.silent, Title: strings.TrimSpace(u.title)}
	if u.said("title") && a.Title == "" {
		return a, usage("leave it out, or write one", "--title is empty")
	}
	if err := u.times(v, e, &a); err != nil {
		return a, err
	}
	var err error
	if a.Statuses, err = u.statuses(v, e, a); err != nil {
		return a, err
	}
	if u.silent {
		return a, nil
	}
	if a.Text, err = u.newText(v, e, word); err != nil {
		return a, err
	}
	isReport := word == site.Postmortem
	if isReport && strings.TrimSpace(a.Text) == "" && !u.edit {
		return a, usage(u.command(e, hyphened(word))+", or -m - < report.md", "the report's text is missing")
	}
	needed := !u.edit && (isReport || u.said("message") || strings.TrimSpace(a.Text) != "")
	return a, mindText(v, e.Kind, a.Text, isReport, needed)
}

// newText is the text of the update: as it was typed, asked for, or read.
func (u *updating) newText(v view, e *site.Entry, word site.UpdateStatus) (string, error) {
	switch {
	case u.said("message"):
		return message(u.text)
	case !maySay() || u.edit || u.interactive:
		return u.text, nil
	}
	var q asking
	u.askText(&q, v, e, word)
	err := q.put()
	return u.text, err
}
