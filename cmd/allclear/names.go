package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// named is something that flags may name: by its id, or by its name in any of
// the site's languages.
type named struct {
	id   string
	name site.Text
}

func (n named) String() string {
	if n.name.Default == "" || n.name.Default == n.id {
		return n.id
	}
	return fmt.Sprintf("%s (%s)", n.id, n.name.Default)
}

func componentNames(s site.Site) []named {
	var list []named
	for _, c := range s.Components {
		list = append(list, named{c.ID, c.Name})
	}
	return list
}

func regionNames(s site.Site) []named {
	var list []named
	for _, r := range s.Regions {
		list = append(list, named{r.ID, r.Name})
	}
	return list
}

// plainly is a name without what people type differently: case, spaces, hyphens.
func plainly(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// lookUp finds what a word names. An id as it is written comes before everything
// that is only like it.
func lookUp(list []named, word string) (id string, others []named) {
	var like []named
	for _, n := range list {
		if n.id == word {
			return n.id, nil
		}
		names := []string{n.id, n.name.Default}
		for _, other := range n.name.Other {
			names = append(names, other)
		}
		if plain := plainly(word); plain != "" && slices.ContainsFunc(names, func(name string) bool { return plainly(name) == plain }) {
			like = append(like, n)
		}
	}
	if len(like) == 1 {
		return like[0].id, nil
	}
	return "", like
}

// unknownName is the fault of a word that names nothing of a list, or several.
func unknownName(flag, noun, word string, list, several []named) fault {
	if len(several) > 0 {
		return usage("write the id: "+listed(several), "--%s: %q names %d %ss", flag, word, len(several), noun)
	}
	if len(list) == 0 {
		return usage("", "--%s: the site has no %ss", flag, noun)
	}
	var words []string
	for _, n := range list {
		words = append(words, n.id, n.name.Default)
	}
	if near := diag.Nearest(word, words); near != "" {
		id, _ := lookUp(list, near)
		for _, n := range list {
			if n.id == id {
				return usage(fmt.Sprintf("did you mean %q? it is %s", id, n), "--%s: unknown %s %q", flag, noun, word)
			}
		}
	}
	return usage("known: "+listed(list), "--%s: unknown %s %q", flag, noun, word)
}

func listed(list []named) string {
	var words []string
	for _, n := range list {
		words = append(words, n.String())
	}
	if len(words) > 12 {
		return strings.Join(words[:10], ", ") + fmt.Sprintf(" and %d more", len(words)-10)
	}
	return strings.Join(words, ", ")
}

// componentNamed is the id of the component that a word names, or "all".
func componentNamed(s site.Site, word string) (string, error) {
	id, several := lookUp(componentNames(s), word)
	if id != "" {
		return id, nil
	}
	if plainly(word) == "all" {
		return "all", nil
	}
	for _, g := range s.Groups {
		if word == g.ID || plainly(word) == plainly(g.Name.Default) {
			var members []string
			for _, c := range s.Components {
				if c.Group == g.ID {
					members = append(members, c.ID)
				}
			}
			if len(members) == 0 {
				return "", usage("", "--component: %q is a group, and no component of it can be read", word)
			}
			return "", usage("name its components: "+strings.Join(members, ","), "--component: %q is a group", word)
		}
	}
	if id, region := placeMeant(s, word); id != "" {
		return "", usage("a region stands behind @: --component "+id+"@"+region, "--component: unknown component %q", word)
	}
	return "", unknownName("component", "component", word, componentNames(s), several)
}

// placeMeant reads what people write for a component in a region: "api:eu", "api/eu",
// or a region alone, for which it takes the first component that runs there.
func placeMeant(s site.Site, word string) (component, region string) {
	if region, _ = lookUp(regionNames(s), word); region != "" {
		for _, c := range s.Components {
			if c.In(region) {
				return c.ID, region
			}
		}
	}
	if at := strings.IndexAny(word, ":/"); at >= 0 {
		component, _ = lookUp(componentNames(s), word[:at])
		region, _ = lookUp(regionNames(s), word[at+1:])
	}
	if c := s.Component(component); c == nil || !c.In(region) {
		return "", ""
	}
	return component, region
}

// regionNamed is the id of the region that a word names.
func regionNamed(s site.Site, flag, word string) (string, error) {
	id, several := lookUp(regionNames(s), word)
	if id != "" {
		return id, nil
	}
	return "", unknownName(flag, "region", word, regionNames(s), several)
}

// regionsNamed are the ids of the regions that the values of --region name, with
// commas between them. "all" stands for all regions, as naming none does.
func regionsNamed(s site.Site, values []string) ([]string, error) {
	var ids []string
	for _, word := range separated(strings.Join(values, ",")) {
		if plainly(word) == "all" {
			return nil, nil
		}
		id, err := regionNamed(s, "region", word)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// separated are the words between commas, without empty ones.
func separated(text string) []string {
	var words []string
	for _, word := range strings.Split(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}
