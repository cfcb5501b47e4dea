package main

import (
	"errors"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// ask asks for what no flag says. Every question has a flag, so that a script
// needs no terminal.
func (w *writing) ask(v view) error {
	for _, step := range []func(view) error{w.askTitle, w.askComponents, w.askStatus, w.askWindow, w.askText} {
		if err := step(v); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) askTitle(view) (err error) {
	if w.title != "" {
		return nil
	}
	w.title, err = ask(question{text: "What is it, in a few words?", check: func(s string) error {
		if s == "" {
			return errors.New("a title is needed")
		}
		return nil
	}})
	return err
}

func (w *writing) askComponents(v view) error {
	if w.said("component") || len(v.site.Components) == 0 {
		return nil
	}
	ids := append(componentIDs(v.site), "all")
	answer, err := ask(question{text: "Which components? " + names(ids), offer: ids, check: func(s string) error {
		for _, id := range fields(s) {
			if v.site.Component(id) == nil && id != "all" {
				return errors.New("unknown component; " + diag.DidYouMean(id, ids))
			}
		}
		return nil
	}})
	w.components = fields(answer)
	return err
}

func (w *writing) askStatus(v view) (err error) {
	if w.kind == site.Maintenance || w.said("status") || len(w.components) == 0 || w.severity == "none" {
		return nil
	}
	words := []string{"degraded", "partial", "major"}
	w.status, err = ask(question{text: "How do they do? " + names(words), offer: site.StatusWords(), check: func(s string) error {
		if _, ok := site.ParseStatus(s); !ok {
			return errors.New("unknown status; " + diag.DidYouMean(s, site.StatusWords()))
		}
		return nil
	}})
	return err
}

func (w *writing) askWindow(v view) (err error) {
	if w.kind == site.Incident {
		return nil
	}
	if !w.said("start") {
		w.start, err = ask(question{text: "When does it start? (" + v.now.In(v.site.Zone).Format(time.DateOnly) + " 02:00, " + v.site.Zone.String() + ")", check: func(s string) error {
			_, err := source.ParseTime(s, v.site.Zone)
			return err
		}})
	}
	if err == nil && !w.said("end") && !w.said("duration") {
		w.duration, err = ask(question{text: "How long is it? (90m, 2h)", check: func(s string) error {
			_, err := source.ParseDuration(s)
			return err
		}})
	}
	return err
}

func (w *writing) askText(view) (err error) {
	if w.said("message") || w.edit {
		return nil
	}
	w.text, err = ask(question{text: "What do you tell your customers?"})
	return err
}

// fields are the words of an answer, parted by commas or spaces.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
