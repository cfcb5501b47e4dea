package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// target is one component or group in a value of --component, with its regions and
// status.
type target struct {
	component string   // an id, or "all"; "" for a group
	group     string   // a group's id, or ""
	regions   []string // ids; nil: not given
	allRegion bool     // @all was given
	status    string   // as typed after =, or ""
}

// parseTargets parses the values of --component, such as "api", "email, website",
// "api=major" or "api@eu,us=degraded,email=partial". Components and regions are ids or
// names. A component without a status takes the next one in its value:
// "email,website=partial" sets both.
func parseTargets(s site.Site, values []string, now time.Time) ([]target, error) {
	var list []target
	for _, value := range values {
		rest := value
		for strings.TrimSpace(rest) != "" {
			words, after, said := strings.Cut(rest, "=")
			status := ""
			if said {
				status, after, _ = strings.Cut(after, ",")
				if status = strings.TrimSpace(status); status == "" {
					return nil, usageErrorf("write --component "+strings.TrimSpace(words)+"=degraded",
						"--component: %q has no status after =", value)
				}
			}
			found, err := parseTargetGroup(s, words, status, now)
			if err != nil {
				return nil, err
			}
			list, rest = append(list, found...), after
		}
	}
	return list, nil
}

// name returns the id of the component or group, or "all".
func (t target) name() string { return t.component + t.group }

// hasRegions reports whether the component, or one of the group, has regions. It is true
// for "all".
func (t target) hasRegions(s site.Site) bool {
	if t.component == "all" {
		return true
	}
	return slices.ContainsFunc(s.Components, func(c site.Component) bool { return t.includes(&c) && len(c.Regions) > 0 })
}

// includes reports whether the target is the component, or its group.
func (t target) includes(c *site.Component) bool {
	return t.component == "all" || c.ID == t.component || t.group != "" && c.Group == t.group
}

// includesAt reports whether the target means the component at an instant. With "all" or
// its group, only a listed component is meant.
func (t target) includesAt(c *site.Component, at time.Time) bool {
	return t.includes(c) && (c.ID == t.component || c.Listed(at))
}

// parseTargetFlags parses --component and --region. If components.yml has mistakes, an
// error may be due to them, so it prints them as well.
func (v snapshot) parseTargetFlags(components, regions []string) ([]target, []string, error) {
	mistakes := errorsIn(v.problems, "content/components.yml")
	list, err := parseTargets(v.site, components, v.now)
	var places []string
	if err == nil {
		places, err = parseRegions(v.site, regions)
	}
	if err == nil || len(mistakes) == 0 {
		return list, places, err
	}
	mistakes.Print(os.Stderr, styleFor(os.Stderr))
	if len(v.site.Components) == 0 {
		return nil, nil, errorf("fix content/components.yml first", "the components cannot be read")
	}
	var wrong exitError
	errors.As(err, &wrong)
	hint := "fix the mistakes in content/components.yml, listed above"
	if wrong.hint != "" {
		hint = wrong.hint + ", or " + hint
	}
	return nil, nil, exitError{wrong.code, wrong.message, hint}
}

// parseTargetGroup parses the components that share one status. A word after @ is a
// region, and so are the following words that name one.
func parseTargetGroup(s site.Site, words, status string, now time.Time) ([]target, error) {
	var list []target
	for _, word := range splitList(words) {
		name, region, hasRegion := strings.Cut(word, "@")
		if last := len(list) - 1; !hasRegion && last >= 0 && len(list[last].regions) > 0 {
			if id, _ := site.FindByName(s.RegionNames(), word); id != "" {
				list[last].regions = append(list[last].regions, id)
				continue
			}
		}
		if name = strings.TrimSpace(name); name == "" {
			name = region // "@eu": the error then suggests a component of that region
		}
		t, err := parseComponent(s, name, now)
		if err != nil {
			return nil, err
		}
		t.status = status
		switch {
		case hasRegion && site.FoldName(region) == "all":
			t.allRegion = true
		case hasRegion:
			r, err := parseRegion(s, "component", strings.TrimSpace(region))
			if err != nil {
				return nil, err
			}
			t.regions = []string{r}
		}
		list = append(list, t)
	}
	for _, t := range list {
		if err := t.checkRegions(s); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// checkRegions returns an error if the component, or every one of the group, does not run
// in one of the target's regions.
func (t target) checkRegions(s site.Site) error {
	if t.component == "all" {
		return nil
	}
	var own []string
	for i := range s.Components {
		if c := &s.Components[i]; t.includes(c) {
			for _, r := range c.Regions {
				if !slices.Contains(own, r.ID) {
					own = append(own, r.ID)
				}
			}
		}
	}
	for _, r := range t.regions {
		switch {
		case len(own) == 0:
			return usageErrorf("write "+t.name()+" without @"+r, "--component: %s has no regions", t.name())
		case !slices.Contains(own, r):
			return usageErrorf("it runs in "+strings.Join(own, ", "), "--component: %s does not run in %s", t.name(), r)
		}
	}
	return nil
}

// addTo names the target in an impact. "all" takes the place of everything else.
func (t target) addTo(i *source.NewImpact) {
	switch {
	case t.component == "all" || slices.Equal(i.Components, []string{"all"}):
		i.Components, i.Groups = []string{"all"}, nil
	case t.group != "" && !slices.Contains(i.Groups, t.group):
		i.Groups = append(i.Groups, t.group)
	case t.component != "" && !slices.Contains(i.Components, t.component):
		i.Components = append(i.Components, t.component)
	}
}

// impactStatuses lists, for hints, the statuses of an affected component.
const impactStatuses = "degraded, partial or major (down)"

// parseStatus parses a component's status, as given with a flag.
func parseStatus(flag, word string) (site.Status, error) {
	if status, ok := site.ParseStatus(word); ok {
		return status, nil
	}
	if near := nearestStatus(word); near != "" {
		return 0, usageErrorf(fmt.Sprintf("did you mean %q?", near), "--%s: unknown status %q", flag, word)
	}
	return 0, usageErrorf("write "+impactStatuses, "--%s: unknown status %q", flag, word)
}

// statusSynonyms maps words that other tools use to our statuses.
var statusSynonyms = map[string]string{
	"critical": "major", "broken": "major", "dead": "major", "disrupted": "major", "unavailable": "major", "red": "major",
	"slow": "degraded", "minor": "degraded", "slowness": "degraded", "degradation": "degraded", "yellow": "degraded",
	"errors": "partial", "flaky": "partial", "intermittent": "partial", "orange": "partial",
	"fine": "operational", "healthy": "operational", "good": "operational", "resolved": "operational",
	"fixed": "operational", "green": "operational",
}

// nearestStatus returns the status that word probably means, or "".
func nearestStatus(word string) string {
	if meant, ok := statusSynonyms[site.FoldName(word)]; ok {
		return meant
	}
	return diag.Nearest(word, site.StatusWords())
}
