package site

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Named is a component, group or region, which people name by its id or by its name in
// any of the site's languages.
type Named struct {
	ID   string
	Name Text
}

// String returns the id with the name: "public-api (Public API)".
func (n Named) String() string {
	if n.Name.Default == "" || n.Name.Default == n.ID {
		return n.ID
	}
	return fmt.Sprintf("%s (%s)", n.ID, n.Name.Default)
}

// ComponentNames returns the names of the site's components, also of those that are not
// listed.
func (s *Site) ComponentNames() []Named {
	var list []Named
	for _, c := range s.Components {
		list = append(list, Named{c.ID, c.Name})
	}
	return list
}

// RegionNames returns the names of the site's regions.
func (s *Site) RegionNames() []Named {
	var list []Named
	for _, r := range s.Regions {
		list = append(list, Named{r.ID, r.Name})
	}
	return list
}

// FindComponent returns the id of the component that word names, as [FindByName] does.
func (s *Site) FindComponent(word string) (id string, others []Named) {
	return FindByName(s.ComponentNames(), word)
}

// FindRegion returns the id of the region that word names, as [FindByName] does.
func (s *Site) FindRegion(word string) (id string, others []Named) {
	return FindByName(s.RegionNames(), word)
}

// MembersOf returns the ids of the components of the group that word names, as
// [FindByName] does, without those that are unlisted. It returns nil if it names none.
func (s *Site) MembersOf(word string) []string {
	var groups []Named
	for _, g := range s.Groups {
		groups = append(groups, Named{g.ID, g.Name})
	}
	group, _ := FindByName(groups, word)
	var ids []string
	for _, c := range s.Components {
		if group != "" && c.Group == group && !c.Unlisted {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// JoinNames returns the names in one line, or the first ten of a long list.
func JoinNames(list []Named) string {
	var words []string
	for _, n := range list {
		words = append(words, n.String())
	}
	if len(words) > 12 {
		return strings.Join(words[:10], ", ") + fmt.Sprintf(" and %d more", len(words)-10)
	}
	return strings.Join(words, ", ")
}

// FoldName returns the letters and digits of a name in lower case, to compare names
// regardless of case, spaces and hyphens.
func FoldName(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// FindByName returns the id of the item that word names. An exact id takes precedence. If
// several items match, it returns "" and those items.
func FindByName(list []Named, word string) (id string, others []Named) {
	var like []Named
	for _, n := range list {
		if n.ID == word {
			return n.ID, nil
		}
		names := []string{n.ID, n.Name.Default}
		for _, other := range n.Name.Other {
			names = append(names, other)
		}
		if plain := FoldName(word); plain != "" && slices.ContainsFunc(names, func(name string) bool { return FoldName(name) == plain }) {
			like = append(like, n)
		}
	}
	if len(like) == 1 {
		return like[0].ID, nil
	}
	return "", like
}
