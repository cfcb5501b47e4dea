package main

import (
	"errors"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// ask asks for what no flag says. Every question has a flag, so that a script
// needs no terminal.
func (w *writing) ask(v view) error {
	var a asking
	if w.title == "" {
		a.line("What is it, in a few words?", "Mail is slow", &w.title, func(s string) error {
			if s == "" {
				return errors.New("a title is needed")
			}
			return nil
		})
	}
	w.askComponents(&a, v)
	w.askWindow(&a, v)
	if !w.said("message") && !w.edit {
		a.text("What do you tell your customers?", &w.text)
	}
	err := a.put()
	w.title, w.text = strings.TrimSpace(w.title), strings.TrimSpace(w.text)
	if len(w.components) == 0 && !w.said("status") {
		w.status = "" // the list's first word, which nobody was asked for
	}
	if slices.Contains(w.components, "all") {
		w.components = []string{"all"}
	}
	return err
}

func (w *writing) askComponents(a *asking, v view) {
	if !w.said("component") && len(v.site.Components) > 0 {
		var offers []offer
		for _, c := range v.site.Components {
			offers = append(offers, offer{c.ID, c.Name.Default})
		}
		if len(offers) > 1 {
			offers = append(offers, offer{"all", "all of them"})
		}
		a.some("Which components does it touch?", offers, &w.components)
	}
	if w.kind == site.Maintenance || w.said("status") || w.severity == "none" {
		return
	}
	statuses := []offer{{"degraded", spoken(site.DegradedPerformance)}, {"partial", spoken(site.PartialOutage)}, {"major", spoken(site.MajorOutage)}}
	a.one("How do they do?", statuses, &w.status, func() bool { return len(w.components) == 0 })
}

func (w *writing) askWindow(a *asking, v view) {
	if w.kind == site.Incident {
		return
	}
	if !w.said("start") {
		a.line("When does it start? ("+v.site.Zone.String()+")", v.now.In(v.site.Zone).Format(time.DateOnly)+" 02:00", &w.start, func(s string) error {
			_, err := source.ParseTime(s, v.site.Zone)
			return err
		})
	}
	if !w.said("end") && !w.said("duration") {
		a.line("How long is it?", "90m, 2h or 1d", &w.duration, func(s string) error {
			_, err := source.ParseDuration(s)
			return err
		})
	}
}
