package alerts

import (
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// place is a component in one of its regions; the region is "" for a global component.
type place struct{ component, region string }

// meaning is what a rule makes of an alert.
type meaning struct {
	alert      Alert
	rule       *site.AlertRule // nil: no rule matches
	components []string        // ids, or all; none: a notice
	regions    []string        // ids; none: all
	status     site.Status
	title      string
	titles     map[string]string // in other languages
	message    string            // Markdown; "": none
	lacks      []string          // what the title or the message needs and the alert does not have
}

// ruling applies the rules of a site.
type ruling struct {
	site *site.Site
	kind string
}

// apply returns what the rules make of an alert. The rule of the result is nil if none
// matches. The error says which field of the rule cannot be used for this alert.
func (r ruling) apply(a Alert) (meaning, error) {
	m := meaning{alert: a, rule: ruleFor(r.site.Alerts.List, r.kind, a)}
	if m.rule == nil {
		return m, nil
	}
	var err error
	if m.components, err = r.names(m, m.rule.Components, "component"); err != nil {
		return m, err
	}
	if m.regions, err = r.names(m, m.rule.Regions, "region"); err != nil {
		return m, err
	}
	if err = r.checkRegions(m); err != nil {
		return m, err
	}
	if m.status, err = r.status(m); err != nil {
		return m, err
	}
	return m, r.texts(&m)
}

// at returns a position for a message.
func at(pos diag.Pos) string { return fmt.Sprintf("%s:%d", pos.File, pos.Line) }

// names returns the ids of the components or regions that the rule names.
func (r ruling) names(m meaning, refs []site.Ref, key string) ([]string, error) {
	var ids []string
	for _, ref := range refs {
		words := []string{ref.ID}
		if site.IsAlertTemplate(ref.ID) {
			filled, err := m.fill(key, ref.ID, oneLine)
			if err != nil {
				return nil, err
			}
			if words = splitWords(filled); len(words) == 0 {
				return nil, errorf("the alert is "+describe(m.alert), "%s of the rule at %s is empty for this alert", key, at(ref.Pos))
			}
		}
		for _, word := range words {
			found, err := r.find(key, word, at(ref.Pos))
			if err != nil {
				return nil, err
			}
			ids = addNew(ids, found)
		}
	}
	if key == "component" && slices.Contains(ids, "all") {
		return []string{"all"}, nil
	}
	if key == "region" && slices.Contains(ids, "all") {
		return nil, nil
	}
	return ids, nil
}

// splitWords returns the parts of a text between commas.
func splitWords(text string) []string {
	var words []string
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// addNew appends those words to a list that it does not have.
func addNew(list, words []string) []string {
	for _, word := range words {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// find returns the id of the component or region that a word names, those of the
// components of a group, or all.
func (r ruling) find(key, word, where string) ([]string, error) {
	list := r.site.ComponentNames()
	if key == "region" {
		list = r.site.RegionNames()
	}
	id, several := site.FindByName(list, word)
	switch {
	case id == "" && site.FoldName(word) == "all":
		return []string{"all"}, nil
	case id != "":
		return []string{id}, nil
	case len(several) > 0:
		return nil, errorf("write the id: "+site.JoinNames(several), "%s: %s matches %d %ss", where, quoted(word), len(several), key)
	}
	if members := r.site.MembersOf(word); key == "component" && len(members) > 0 {
		return members, nil
	}
	return nil, errorf(nearName(list, word), "%s: the site has no %s %s", where, key, quoted(word))
}

// findChoice does what find does for a choice of a form, which may be an id and a name:
// "web: Dashboard".
func (r ruling) findChoice(key, word, where string) ([]string, error) {
	ids, err := r.find(key, word, where)
	if short, _, is := strings.Cut(word, ":"); is && err != nil {
		if other, err := r.find(key, short, where); err == nil {
			return other, nil
		}
	}
	return ids, err
}

// nearName returns the hint for a name that is not in a list.
func nearName(list []site.Named, word string) string {
	if len(list) == 0 {
		return "there is none in content/components.yml"
	}
	var words []string
	for _, n := range list {
		words = append(words, n.ID, n.Name.Default)
	}
	near := diag.Nearest(word, words)
	if id, _ := site.FindByName(list, near); near != "" && id != "" {
		return fmt.Sprintf("did you mean %q?", id)
	}
	return "known: " + site.JoinNames(list)
}

// checkRegions returns an error unless one of the components runs in each of the regions.
func (r ruling) checkRegions(m meaning) error {
	for _, region := range m.regions {
		runs := slices.Equal(m.components, []string{"all"})
		for _, id := range m.components {
			if c := r.site.Component(id); c != nil && c.In(region) {
				runs = true
			}
		}
		if !runs {
			return errorf("correct region in the rule at "+at(m.rule.Pos)+", or add the region to the component in content/components.yml",
				"%s does not run in %s", strings.Join(m.components, ", "), region)
		}
	}
	return nil
}

// status returns the status that the rule gives, or operational for a notice.
func (r ruling) status(m meaning) (site.Status, error) {
	if len(m.components) == 0 {
		return site.Operational, nil
	}
	word, err := m.fill("status", m.rule.Status.ID, oneLine)
	if err != nil {
		return 0, err
	}
	if strings.TrimSpace(word) == "" {
		return 0, errorf("the alert is "+describe(m.alert), "status of the rule at %s is empty for this alert", at(m.rule.Status.Pos))
	}
	return incidentStatus(word, at(m.rule.Status.Pos))
}

// incidentStatus returns the status of a component in an incident that a word names.
func incidentStatus(word, where string) (site.Status, error) {
	status, known := site.ParseStatus(word)
	switch {
	case !known:
		return 0, errorf("write degraded_performance, partial_outage or major_outage", "%s: unknown status %s", where, quoted(word))
	case status < site.DegradedPerformance:
		return 0, errorf("write degraded_performance, partial_outage or major_outage", "%s: an incident cannot be %s", where, quoted(word))
	}
	return status, nil
}

// places returns the places that the meaning affects.
func (r ruling) places(m meaning) []place {
	var list []place
	for i := range r.site.Components {
		c := &r.site.Components[i]
		if all := slices.Contains(m.components, "all") && !c.Unlisted; !all && !slices.Contains(m.components, c.ID) {
			continue
		}
		if len(c.Regions) == 0 {
			list = append(list, place{c.ID, ""})
			continue
		}
		for _, region := range c.Regions {
			if len(m.regions) == 0 || slices.Contains(m.regions, region.ID) {
				list = append(list, place{c.ID, region.ID})
			}
		}
	}
	return list
}
