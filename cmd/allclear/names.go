package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// listedComponents returns the components that are listed at t: those that questions and
// hints offer.
func listedComponents(s site.Site, t time.Time) []site.Component {
	return slices.DeleteFunc(slices.Clone(s.Components), func(c site.Component) bool { return !c.Listed(t) })
}

// groupNames returns the names of the site's groups.
func groupNames(s site.Site) []site.Named {
	var list []site.Named
	for _, g := range s.Groups {
		list = append(list, site.Named{ID: g.ID, Name: g.Name})
	}
	return list
}

// unknownName returns the error for a word that names no item of list, or several.
func unknownName(flag, noun, word string, list, several []site.Named) exitError {
	if len(several) > 0 {
		return usageErrorf("write the id: "+site.JoinNames(several), "--%s: %q matches %d %ss", flag, word, len(several), noun)
	}
	if len(list) == 0 {
		return usageErrorf("", "--%s: the site has no %ss", flag, noun)
	}
	var words []string
	for _, n := range list {
		words = append(words, n.ID, n.Name.Default)
	}
	if near := diag.Nearest(word, words); near != "" {
		id, _ := site.FindByName(list, near)
		for _, n := range list {
			if n.ID == id {
				return usageErrorf(fmt.Sprintf("did you mean %q? it is %s", id, n), "--%s: unknown %s %q", flag, noun, word)
			}
		}
	}
	return usageErrorf("known: "+site.JoinNames(list), "--%s: unknown %s %q", flag, noun, word)
}

// parseComponent returns the component that word names, "all", or a group. A component
// takes precedence over a group of the same name. Hints name what is listed now.
func parseComponent(s site.Site, word string, now time.Time) (target, error) {
	id, several := site.FindByName(s.ComponentNames(), word)
	if id != "" {
		return target{component: id}, nil
	}
	if site.FoldName(word) == "all" {
		return target{component: "all"}, nil
	}
	if group, _ := site.FindByName(groupNames(s), word); group != "" && len(several) == 0 {
		if !slices.ContainsFunc(s.Components, func(c site.Component) bool { return c.Group == group }) {
			return target{}, usageErrorf("", "--component: %q is a group, and none of its components can be read", word)
		}
		return target{group: group}, nil
	}
	if id, region := guessRegional(s, word); id != "" {
		return target{}, usageErrorf("write the region after @: --component "+id+"@"+region, "--component: unknown component %q", word)
	}
	s.Components = listedComponents(s, now)
	return target{}, unknownName("component", "component", word, s.ComponentNames(), several)
}

// guessRegional recognizes other ways to write a component in a region, "api:eu" and
// "api/eu", and a region alone, for which it returns the first component that runs there.
// It returns "" for anything else.
func guessRegional(s site.Site, word string) (component, region string) {
	if region, _ = site.FindByName(s.RegionNames(), word); region != "" {
		for _, c := range s.Components {
			if c.In(region) {
				return c.ID, region
			}
		}
	}
	if at := strings.IndexAny(word, ":/"); at >= 0 {
		component, _ = site.FindByName(s.ComponentNames(), word[:at])
		region, _ = site.FindByName(s.RegionNames(), word[at+1:])
	}
	if c := s.Component(component); c == nil || !c.In(region) {
		return "", ""
	}
	return component, region
}

// parseRegion returns the id of the region that word names.
func parseRegion(s site.Site, flag, word string) (string, error) {
	id, several := site.FindByName(s.RegionNames(), word)
	if id != "" {
		return id, nil
	}
	return "", unknownName(flag, "region", word, s.RegionNames(), several)
}

// parseRegions returns the ids of the regions in the values of --region, which may be
// separated by commas. It returns nil, which stands for all regions, if one of them is
// "all".
func parseRegions(s site.Site, values []string) ([]string, error) {
	var ids []string
	for _, word := range splitList(strings.Join(values, ",")) {
		if site.FoldName(word) == "all" {
			return nil, nil
		}
		id, err := parseRegion(s, "region", word)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// splitList returns the words of a comma-separated list, without empty ones.
func splitList(text string) []string {
	var words []string
	for _, word := range strings.Split(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}
