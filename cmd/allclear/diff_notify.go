package main

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/news"
)

// notification is a message that notify would send if these files were published now.
type notification struct {
	ID      string    `json:"id"` // of the update, as in the ledger
	Kind    string    `json:"kind"`
	Status  string    `json:"status"`
	Title   string    `json:"title"`
	At      time.Time `json:"at"`
	Targets []string  `json:"targets"` // their names
	TooOld  bool      `json:"too_old"` // it is older than max_age, so it is not sent
}

// notifications returns what notify would send about what a published site does not have
// yet. It does not look into the ledger. The first run of notify sends nothing, so nothing
// is sent about a site that is not published yet.
func notifications(v snapshot, published news.State) []notification {
	list := []notification{}
	if published.At.IsZero() || !published.Complete() {
		return list
	}
	n := v.site.Notify
	for _, e := range news.Unpublished(published, news.Events(&v.site, time.Time{}, v.now)) {
		one := notification{ID: e.ID, Kind: e.Kind, Status: e.Word(), Title: e.Title, At: e.At, Targets: []string{}}
		one.TooOld = !e.At.After(v.now.Add(-n.MaxAge))
		for _, t := range n.Targets {
			if e.Wanted(t) {
				one.Targets = append(one.Targets, t.Name)
			}
		}
		if len(one.Targets) > 0 {
			list = append(list, one)
		}
	}
	return list
}

// notifyLines says what notify would send.
func (c comparison) notifyLines(v snapshot) []string {
	if len(v.site.Notify.Targets) > 0 && c.BuiltAt == nil {
		return []string{"nothing: the first run only records what is published"}
	}
	var lines []string
	for _, n := range c.Notify {
		text := fmt.Sprintf("%s: %s, to %s", capitalize(wordOrNone(n.Status)), n.Title, strings.Join(n.Targets, ", "))
		if n.TooOld {
			text = fmt.Sprintf("%s: %s, to nobody: it is older than max_age (%s)", capitalize(wordOrNone(n.Status)), n.Title, v.clock(n.At))
		}
		lines = append(lines, text)
	}
	return lines
}
