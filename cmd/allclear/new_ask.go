package main

import (
	"errors"
	"slices"
	"strings"

	"allclear/cmd/allclear/when"
	"allclear/generator/site"
	"allclear/generator/source"
)

// noComponent is the answer that no component is affected.
const noComponent = "none"

// ask asks for the values that no flag sets. Every question has a flag, so scripts need
// no terminal. If nothing required is missing, it asks nothing.
func (w *newFlags) ask(v snapshot) error {
	if !w.needsAnswers() {
		return nil
	}
	var a prompt
	if w.title == "" {
		a.line("What is it about, in a few words?", "Mail is slow", &w.title, func(s string) error {
			if s == "" {
				return errors.New("a title is needed")
			}
			return nil
		})
	}
	chosen := w.askComponents(&a, v)
	w.askRegions(&a, v, chosen)
	w.askStatus(&a, chosen)
	w.askWindow(&a, v)
	if !w.isSet("message") && !w.noText && !w.edit {
		a.text("What should your customers know?", &w.text, func(text string) error {
			if strings.TrimSpace(text) == "" {
				return errors.New("a text is needed; use --no-message to write without one")
			}
			return checkTyped(v, w.kind, text, w.isSet("end") && w.kind == site.Incident)
		})
	}
	if err := a.run(); err != nil {
		return err
	}
	w.title, w.start = strings.TrimSpace(w.title), strings.TrimSpace(w.start)
	w.components = chosen()
	if slices.Contains(w.components, "all") {
		w.components = []string{"all"}
	}
	if slices.Equal(w.components, []string{noComponent}) {
		w.components, w.status, w.regions = nil, "", nil
		if w.kind == site.Incident {
			w.severity = "none"
		}
	}
	return nil
}

// needsAnswers reports whether a required value is missing.
func (w *newFlags) needsAnswers() bool {
	text := w.isSet("message") || w.noText || w.edit
	if w.title == "" || !text || !w.isSet("component") && w.severity != "none" {
		return true
	}
	if w.kind == site.Maintenance {
		return !w.isSet("start") || !w.isSet("end") && !w.isSet("duration")
	}
	return w.needsStatus()
}

// needsStatus reports whether --status is required and missing.
func (w *newFlags) needsStatus() bool {
	all := strings.Join(w.components, ",")
	return w.kind == site.Incident && !w.isSet("status") && w.severity != "none" && !strings.Contains(all, "=")
}

// askComponents asks which components are affected. It returns a function that returns
// them, from the answer or from the flags.
func (w *newFlags) askComponents(a *prompt, v snapshot) func() []string {
	if w.isSet("component") || len(v.site.Components) == 0 || w.severity == "none" {
		given := w.components
		return func() []string { return given }
	}
	var offers []option
	for _, c := range listedComponents(v.site, v.now) {
		offers = append(offers, option{c.ID, c.Name.Default})
	}
	if len(offers) > 1 {
		offers = append(offers, option{"all", "all of them"})
	}
	none := option{noComponent, "none: this is a notice"}
	if w.kind == site.Maintenance {
		none.shown = "none of them"
	}
	return a.chooseMany("Which components are affected?", append(offers, none), noComponent, never)
}

// askRegions asks which regions are affected, if a chosen component has regions.
func (w *newFlags) askRegions(a *prompt, v snapshot, chosen func() []string) {
	if w.isSet("region") || len(v.site.Regions) == 0 {
		return
	}
	offers := []option{{"all", "all regions"}}
	for _, r := range v.site.Regions {
		if slices.ContainsFunc(listedComponents(v.site, v.now), func(c site.Component) bool { return c.In(r.ID) }) {
			offers = append(offers, option{r.ID, r.Name.Default})
		}
	}
	skip := func() bool {
		named := slices.DeleteFunc(slices.Clone(chosen()), func(id string) bool { return id == noComponent })
		list, err := parseTargets(v.site, named, v.now)
		return err != nil || !slices.ContainsFunc(list, func(t target) bool {
			return len(t.regions) == 0 && !t.allRegion && t.hasRegions(v.site)
		})
	}
	answer := a.chooseMany("In which regions?", offers, "", skip)
	a.after = append(a.after, func() {
		if !skip() {
			w.regions = answer()
		}
	})
}

// askStatus asks how badly the components are affected.
func (w *newFlags) askStatus(a *prompt, chosen func() []string) {
	if !w.needsStatus() {
		return
	}
	statuses := []option{
		{"degraded", humanize(site.DegradedPerformance)},
		{"partial", humanize(site.PartialOutage)},
		{"major", humanize(site.MajorOutage)},
	}
	a.choose("How badly?", statuses, &w.status, func() bool { return slices.Equal(chosen(), []string{noComponent}) })
}

// askWindow asks when the entry starts and, for a maintenance, how long it takes.
func (w *newFlags) askWindow(a *prompt, v snapshot) {
	zone := " (" + v.site.Zone.String() + ")"
	if w.kind == site.Incident {
		if !w.isSet("start") && !w.isSet("end") {
			a.line("When did it begin?"+zone, "now", &w.start, func(s string) error {
				if s == "" {
					return nil
				}
				_, err := v.timeReader().Read(s, when.Past)
				return err
			})
		}
		return
	}
	if !w.isSet("start") {
		a.line("When does it start?"+zone, "tomorrow 02:00", &w.start, func(s string) error {
			_, err := v.timeReader().Read(s, when.Coming)
			return err
		})
	}
	if !w.isSet("end") && !w.isSet("duration") {
		a.line("How long will it take?", "90m, 2h or 1d", &w.duration, func(s string) error {
			_, err := source.ParseDuration(s)
			return err
		})
	}
}
