package source

import (
	"allclear/generator/diag"
	"allclear/generator/site"
)

// readImpacts reads the list of impacts, or the single impact of the short form.
func (e *entryReader) readImpacts(short []key) {
	impacts, long := e.front.get("impacts")
	var single value
	single.shape, single.pos = table, e.entry.Pos
	for _, p := range e.front.keys {
		if !known(short, p.name) {
			continue
		}
		if long {
			e.problems.Error(p.pos, "short-and-long", "move it into the impact that it belongs to",
				"%q cannot be used together with \"impacts\"", p.name)
			continue
		}
		if len(single.keys) == 0 {
			single.pos = p.pos
		}
		single.keys = append(single.keys, p)
	}
	switch {
	case !long && len(single.keys) > 0:
		e.readImpact(single)
	case long && impacts.shape != list:
		e.wrong(impacts, "a list", "write - components: […] for each impact")
	case long:
		for _, item := range impacts.items {
			e.readImpact(item)
		}
	}
}

// readImpact reads one impact.
func (e *entryReader) readImpact(v value) {
	i := site.Impact{Pos: v.pos}
	if e.entry.Kind == site.Maintenance {
		i.Status = site.UnderMaintenance
	}
	e.each(v, impactKeys, "an impact", func(p pair) { e.impactKey(p, &i) })
	if v.shape != table {
		return
	}
	if !has(v, "components") && !has(v, "groups") {
		e.problems.Error(i.Pos, "missing-components", "add components: [public-api], components: all or groups: [platform]",
			"the impact has no components")
	}
	if groups, exists := v.get("groups"); exists && i.All {
		e.problems.Error(groups.pos, "all-and-more", "remove groups, or write only groups", `"components: all" includes all groups`)
		i.Groups = nil
	}
	if !has(v, "status") && e.entry.Kind == site.Incident && !e.notice() {
		e.problems.Error(i.Pos, "missing-status", "add status: degraded_performance, partial_outage or major_outage",
			"the impact needs a status")
	}
	e.entry.Impacts = append(e.entry.Impacts, i)
}

// notice reports whether the incident is a notice: severity: none.
func (e *entryReader) notice() bool {
	p, _ := e.front.get("severity")
	severity, _ := site.ParseSeverity(p.value.text)
	return severity == site.None
}

// impactKey reads a key of an impact.
func (e *entryReader) impactKey(p pair, i *site.Impact) {
	switch p.name {
	case "components":
		e.impactComponents(p, i)
	case "groups":
		i.Groups = e.list(p)
		if p.shape == list && len(p.items) == 0 {
			e.problems.Error(p.value.pos, "missing-components", "list at least one group, or remove the line",
				"%q is an empty list", p.name)
		}
	case "regions":
		i.Regions = e.list(p)
		if len(i.Regions) == 1 && i.Regions[0].ID == "all" {
			i.Regions = nil
		}
	case "status":
		e.status(p, i)
	case "start":
		i.Start = e.time(p)
	case "end":
		i.End = e.time(p)
	case "downtime":
		if length, ok := e.duration(p); ok {
			i.Downtime = site.Downtime{Set: true, Length: length, Pos: p.value.pos}
		}
	case "note":
		i.Note = e.texts(p)
	case "label":
		i.Label = e.texts(p)
	case "eta":
		i.ETA = e.time(p)
	}
}

// impactComponents reads the components of an impact.
func (e *entryReader) impactComponents(p pair, i *site.Impact) {
	refs := e.list(p)
	if p.shape == list && len(p.items) == 0 {
		e.problems.Error(p.value.pos, "missing-components", "list at least one component, or write all", "%q is an empty list", p.name)
	}
	for _, ref := range refs {
		if ref.ID == "all" {
			i.All, i.AllPos = true, ref.Pos
		}
	}
	switch {
	case i.All && len(refs) > 1:
		e.problems.Error(i.AllPos, "all-and-more", "write only all, or remove it",
			`"all" cannot be used together with other components`)
	case !i.All:
		i.Components = refs
	}
}

// status reads the status of an impact.
func (e *entryReader) status(p pair, i *site.Impact) {
	word, ok := e.text(p)
	if !ok {
		return
	}
	status, ok := site.ParseStatus(word)
	if !ok {
		e.problems.Error(p.value.pos, "unknown-status", diag.DidYouMean(word, site.StatusWords()), "unknown status %s", quoted(word))
		return
	}
	i.Status, i.StatusPos, i.StatusSet = status, p.value.pos, true
}
