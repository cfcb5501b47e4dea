package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// namedItem is a component or region, which flags can name by its id or by its name in
// any of the site's languages.
type namedItem struct {
	id   string
	name site.Text
}

func (n namedItem) String() string {
	if n.name.Default == "" || n.name.Default == n.id {
		return n.id
	}
	return fmt.Sprintf("%s (%s)", n.id, n.name.Default)
}

// componentNames returns the names of the site's components, also of those that are not
// listed.
func componentNames(s site.Site) []namedItem {
	var list []namedItem
	for _, c := range s.Components {
		list = append(list, namedItem{c.ID, c.Name})
	}
	return list
}

// listedComponents returns the components that are listed at t: those that questions and
// hints offer.
func listedComponents(s site.Site, t time.Time) []site.Component {
	return slices.DeleteFunc(slices.Clone(s.Components), func(c site.Component) bool { return !c.Listed(t) })
}

// groupNames returns the names of the site's groups.
func groupNames(s site.Site) []namedItem {
	var list []namedItem
	for _, g := range s.Groups {
		list = append(list, namedItem{g.ID, g.Name})
	}
	return list
}

// regionNames returns the names of the site's regions.
func regionNames(s site.Site) []namedItem {
	var list []namedItem
	for _, r := range s.Regions {
		list = append(list, namedItem{r.ID, r.Name})
	}
	return list
}

// foldName returns the letters and digits of a name in lower case, to compare names
// regardless of case, spaces and hyphens.
func foldName(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// findByName returns the id of the item that word names. An exact id takes precedence. If
// several items match, it returns "" and those items.
func findByName(list []namedItem, word string) (id string, others []namedItem) {
	var like []namedItem
	for _, n := range list {
		if n.id == word {
			return n.id, nil
		}
		names := []string{n.id, n.name.Default}
		for _, other := range n.name.Other {
			names = append(names, other)
		}
		if plain := foldName(word); plain != "" && slices.ContainsFunc(names, func(name string) bool { return foldName(name) == plain }) {
			like = append(like, n)
		}
	}
	if len(like) == 1 {
		return like[0].id, nil
	}
	return "", like
}

// unknownName returns the error for a word that names no item of list, or several.
func unknownName(flag, noun, word string, list, several []namedItem) exitError {
	if len(several) > 0 {
		return usageErrorf("write the id: "+joinNames(several), "--%s: %q matches %d %ss", flag, word, len(several), noun)
	}
	if len(list) == 0 {
		return usageErrorf("", "--%s: the site has no %ss", flag, noun)
	}
	var words []string
	for _, n := range list {
		words = append(words, n.id, n.name.Default)
	}
	if near := diag.Nearest(word, words); near != "" {
		id, _ := findByName(list, near)
		for _, n := range list {
			if n.id == id {
				return usageErrorf(fmt.Sprintf("did you mean %q? it is %s", id, n), "--%s: unknown %s %q", flag, noun, word)
			}
		}
	}
	return usageErrorf("known: "+joinNames(list), "--%s: unknown %s %q", flag, noun, word)
}

// joinNames returns the names in one line, or the first ten of a long list.
func joinNames(list []namedItem) string {
	var words []string
	for _, n := range list {
		words = append(words, n.String())
	}
	if len(words) > 12 {
		return strings.Join(words[:10], ", ") + fmt.Sprintf(" and %d more", len(words)-10)
	}
	return strings.Join(words, ", ")
}

// parseComponent returns the component that word names, "all", or a group. A component
// takes precedence over a group of the same name. Hints name what is listed now.
func parseComponent(s site.Site, word string, now time.Time) (target, error) {
	id, several := findByName(componentNames(s), word)
	if id != "" {
		return target{component: id}, nil
	}
	if foldName(word) == "all" {
		return target{component: "all"}, nil
	}
	if group, _ := findByName(groupNames(s), word); group != "" && len(several) == 0 {
		if !slices.ContainsFunc(s.Components, func(c site.Component) bool { return c.Group == group }) {
			return target{}, usageErrorf("", "--component: %q is a group, and none of its components can be read", word)
		}
		return target{group: group}, nil
	}
	if id, region := guessRegional(s, word); id != "" {
		return target{}, usageErrorf("write the region after @: --component "+id+"@"+region, "--component: unknown component %q", word)
	}
	s.Components = listedComponents(s, now)
	return target{}, unknownName("component", "component", word, componentNames(s), several)
}

// guessRegional recognizes other ways to write a component in a region, "api:eu" and
// "api/eu", and a region alone, for which it returns the first component that runs there.
// It returns "" for anything else.
func guessRegional(s site.Site, word string) (component, region string) {
	if region, _ = findByName(regionNames(s), word); region != "" {
		for _, c := range s.Components {
			if c.In(region) {
				return c.ID, region
			}
		}
	}
	if at := strings.IndexAny(word, ":/"); at >= 0 {
		component, _ = findByName(componentNames(s), word[:at])
		region, _ = findByName(regionNames(s), word[at+1:])
	}
	if c := s.Component(component); c == nil || !c.In(region) {
		return "", ""
	}
	return component, region
}

// parseRegion returns the id of the region that word names.
func parseRegion(s site.Site, flag, word string) (string, error) {
	id, several := findByName(regionNames(s), word)
	if id != "" {
		return id, nil
	}
	return "", unknownName(flag, "region", word, regionNames(s), several)
}

// parseRegions returns the ids of the regions in the values of --region, which may be
// separated by commas. It returns nil, which stands for all regions, if one of them is
// "all".
func parseRegions(s site.Site, values []string) ([]string, error) {
	var ids []string
	for _, word := range splitList(strings.Join(values, ",")) {
		if foldName(word) == "all" {
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
