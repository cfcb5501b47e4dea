package main

import (
	"errors"
	"slices"
	"strings"

	"allclear/cmd/allclear/when"
	"allclear/generator/site"
	"allclear/generator/source"
)

// nothing is the answer that no component is touched.
const nothing = "none"

// ask asks for what no flag says. Every question has a flag, so that a script
// needs no terminal. A command that says all that is needed is asked nothing.
func (w *writing) ask(v view) error {
	if !w.incomplete() {
		return nil
	}
	var a asking
	if w.title == "" {
		a.line("What is it, in a few words?", "Mail is slow", &w.title, func(s string) error {
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
	if !w.said("message") && !w.noText && !w.edit {
		a.text("What do you tell your customers?", &w.text, func(text string) error {
			if strings.TrimSpace(text) == "" {
				return errors.New("a text is needed; --no-message writes without one")
			}
			return fitting(v, w.kind, text, w.said("end") && w.kind == site.Incident)
		})
	}
	if err := a.put(); err != nil {
		return err
	}
	w.title, w.start = strings.TrimSpace(w.title), strings.TrimSpace(w.start)
	w.components = chosen()
	if slices.Contains(w.components, "all") {
		w.components = []string{"all"}
	}
	if slices.Equal(w.components, []string{nothing}) {
		w.components, w.status, w.regions = nil, "", nil
		if w.kind == site.Incident {
			w.severity = "none"
		}
	}
	return nil
}

// incomplete reports whether the flags leave out what nothing stands in for.
func (w *writing) incomplete() bool {
	text := w.said("message") || w.noText || w.edit
	if w.title == "" || !text || !w.said("component") && w.severity != "none" {
		return true
	}
	if w.kind == site.Maintenance {
		return !w.said("start") || !w.said("end") && !w.said("duration")
	}
	return w.lacksStatus()
}

// lacksStatus reports whether --status is needed, and not given.
func (w *writing) lacksStatus() bool {
	all := strings.Join(w.components, ",")
	return w.kind == site.Incident && !w.said("status") && w.severity != "none" && !strings.Contains(all, "=")
}

// askComponents asks what is touched, and returns what was answered or said.
func (w *writing) askComponents(a *asking, v view) func() []string {
	if w.said("component") || len(v.site.Components) == 0 || w.severity == "none" {
		said := w.components
		return func() []string { return said }
	}
	var offers []offer
	for _, c := range v.site.Components {
		offers = append(offers, offer{c.ID, c.Name.Default})
	}
	if len(offers) > 1 {
		offers = append(offers, offer{"all", "all of them"})
	}
	none := offer{nothing, "none: this is a notice"}
	if w.kind == site.Maintenance {
		none.shown = "none of them"
	}
	return a.some("Which components are affected?", append(offers, none), nothing, never)
}

// askRegions asks in which regions, where a component has some.
func (w *writing) askRegions(a *asking, v view, chosen func() []string) {
	if w.said("region") || len(v.site.Regions) == 0 {
		return
	}
	offers := []offer{{"all", "all regions"}}
	for _, r := range v.site.Regions {
		if slices.ContainsFunc(v.site.Components, func(c site.Component) bool { return c.In(r.ID) }) {
			offers = append(offers, offer{r.ID, r.Name.Default})
		}
	}
	skip := func() bool {
		list, err := targets(v.site, slices.DeleteFunc(slices.Clone(chosen()), func(id string) bool { return id == nothing }))
		return err != nil || !slices.ContainsFunc(list, func(t target) bool {
			c := v.site.Component(t.component)
			return len(t.regions) == 0 && !t.allRegion && (c == nil || len(c.Regions) > 0)
		})
	}
	answer := a.some("In which regions?", offers, "", skip)
	a.after = append(a.after, func() {
		if !skip() {
			w.regions = answer()
		}
	})
}

func (w *writing) askStatus(a *asking, chosen func() []string) {
	if !w.lacksStatus() {
		return
	}
	statuses := []offer{
		{"degraded", spoken(site.DegradedPerformance)},
		{"partial", spoken(site.PartialOutage)},
		{"major", spoken(site.MajorOutage)},
	}
	a.one("How badly?", statuses, &w.status, func() bool { return slices.Equal(chosen(), []string{nothing}) })
}

func (w *writing) askWindow(a *asking, v view) {
	zone := " (" + v.site.Zone.String() + ")"
	if w.kind == site.Incident {
		if !w.said("start") && !w.said("end") {
			a.line("When did it begin?"+zone, "now", &w.start, func(s string) error {
				if s == "" {
					return nil
				}
				_, err := v.clockReader().Read(s, when.Past)
				return err
			})
		}
		return
	}
	if !w.said("start") {
		a.line("When does it start?"+zone, "tomorrow 02:00", &w.start, func(s string) error {
			_, err := v.clockReader().Read(s, when.Coming)
			return err
		})
	}
	if !w.said("end") && !w.said("duration") {
		a.line("How long will it take?", "90m, 2h or 1d", &w.duration, func(s string) error {
			_, err := source.ParseDuration(s)
			return err
		})
	}
}
