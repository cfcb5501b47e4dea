package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// manifest makes the groups, regions and components of those that the page lists.
func (s *statuspage) manifest() {
	slices.SortStableFunc(s.order, func(a, b string) int { return cmp.Compare(position(s.components[a]), position(s.components[b])) })
	groups := s.listGroups()
	regions := s.regionNames()
	for _, code := range s.order {
		n := s.components[code]
		if n.get("group").isTrue() {
			continue
		}
		groupCode := n.get("group_id").str()
		name := n.get("name").trimmed()
		if region := regions[strings.ToLower(name)]; region != "" && groups[groupCode] != "" {
			s.inRegion(n, code, groupCode, region)
			continue
		}
		s.listed(n, code, groupCode, groups[groupCode])
	}
}

// position returns where a page shows a component.
func position(n *node) int {
	p, _ := strconv.Atoi(n.get("position").str())
	return p
}

// listed adds a component of the page.
func (s *statuspage) listed(n *node, code, groupCode, group string) {
	name := n.get("name").trimmed()
	c := Component{Name: name, Group: group, Position: position(n), Description: oneLine(n.get("description").str())}
	if group != "" && !s.unique(name) {
		name = s.groupName(groupCode) + " " + name
	}
	c.ID = s.taken.take(name)
	if apiID(code) {
		c.APIID = code
	}
	if group == "" && groupCode != "" {
		s.lose(nil, "no-group", n.get("group_id"), "component "+c.ID)
	}
	if since := n.get("start_date"); !since.empty() {
		if c.Since = day(since); c.Since == "" {
			s.lose(nil, "field", since, "component "+c.ID)
		}
	}
	s.now(n.get("status"), statuspageStatuses, c.ID)
	s.targets[code] = target{component: c.ID}
	s.out.Components = append(s.out.Components, c)
	n.skip("id", "created_at", "updated_at", "group_id", "group", "page_id", "position", "showcase", "start_date", "name")
	s.leftoverAt(nil, n, "component "+c.ID)
}

// unique reports whether the page has one component of a name.
func (s *statuspage) unique(name string) bool {
	count := 0
	for _, code := range s.order {
		if strings.EqualFold(s.components[code].get("name").trimmed(), name) {
			count++
		}
	}
	return count < 2
}

// idOf returns the id that a name gives, whether it is taken or not.
func idOf(name string) string { return ids{}.take(name) }

// oneLine returns a description as one line of plain text.
func oneLine(text string) string {
	text = anyLink().ReplaceAllString(plainTitle(text), "$1$2")
	return shorten(strings.NewReplacer("**", "", "__", "", "`", "").Replace(text), 300)
}

// groupName returns the name of a group.
func (s *statuspage) groupName(code string) string {
	if n := s.components[code]; n != nil {
		return n.get("name").trimmed()
	}
	return s.groups[code].get("name").trimmed()
}

// listGroups adds the groups, and returns their ids by code.
func (s *statuspage) listGroups() map[string]string {
	found := map[string]string{}
	add := func(code string, n *node) {
		g := Group{Name: n.get("name").trimmed(), Description: oneLine(n.get("description").str()), Position: position(n)}
		if apiID(code) {
			g.APIID = code
		}
		g.ID = s.taken.take(g.Name + " group")
		if short := idOf(g.Name); !s.taken[short] {
			delete(s.taken, g.ID)
			g.ID = s.taken.take(g.Name)
		}
		found[code] = g.ID
		s.out.Groups = append(s.out.Groups, g)
	}
	for _, code := range s.order {
		if n := s.components[code]; n.get("group").isTrue() {
			add(code, n)
			n.skip("id", "components", "status", "created_at", "updated_at", "group_id", "page_id", "position", "showcase", "start_date",
				"only_show_if_degraded")
			s.leftover(nil, n)
		}
	}
	for code, n := range s.groups {
		if found[code] == "" {
			add(code, n)
		}
		n.skip("id", "components", "page_id", "created_at", "updated_at", "position", "name", "description")
	}
	return found
}

// regionNames returns the names, in lower case, that are children of at least two groups,
// with the id of the region that each becomes. It is empty unless that was asked for.
func (s *statuspage) regionNames() map[string]string {
	regions := map[string]string{}
	if !s.opt.RegionsFromGroups {
		return regions
	}
	in := map[string]map[string]bool{}
	for _, code := range s.order {
		n := s.components[code]
		name, group := strings.ToLower(n.get("name").trimmed()), n.get("group_id").str()
		if group == "" {
			continue
		}
		if in[name] == nil {
			in[name] = map[string]bool{}
		}
		in[name][group] = true
	}
	taken := ids{}
	for _, code := range s.order {
		name := s.components[code].get("name").trimmed()
		lower := strings.ToLower(name)
		if len(in[lower]) < 2 || regions[lower] != "" {
			continue
		}
		regions[lower] = taken.take(name)
		s.out.Regions = append(s.out.Regions, Region{ID: regions[lower], Name: name})
	}
	return regions
}

// inRegion makes a group a component, and its child a region of it.
func (s *statuspage) inRegion(n *node, code, groupCode, region string) {
	name := s.groupName(groupCode)
	i := slices.IndexFunc(s.out.Components, func(c Component) bool { return c.APIID == groupCode })
	if i < 0 {
		g := slices.IndexFunc(s.out.Groups, func(g Group) bool { return g.APIID == groupCode })
		c := Component{Name: name, APIID: groupCode, Position: position(s.components[groupCode]), ID: s.taken.take(name + " service")}
		if g >= 0 {
			c.Description = s.out.Groups[g].Description
			if !s.mixed(groupCode) { // the component takes the group's place
				c.ID = s.out.Groups[g].ID
				s.out.Groups = slices.Delete(s.out.Groups, g, g+1)
			} else {
				c.Group, c.APIID = s.out.Groups[g].ID, ""
			}
		}
		i = len(s.out.Components)
		s.out.Components = append(s.out.Components, c)
	}
	c := &s.out.Components[i]
	if !slices.Contains(c.Regions, region) {
		c.Regions = append(c.Regions, region)
	}
	s.regions[c.ID] = c.Regions
	s.targets[code] = target{c.ID, region}
	s.lose(nil, "region", n.get("id"), "component "+c.ID)
	s.now(n.get("status"), statuspageStatuses, c.ID)
	n.skip("id", "created_at", "updated_at", "group_id", "group", "page_id", "position", "showcase", "name")
	s.leftoverAt(nil, n, "component "+c.ID)
}

// mixed reports whether a group has children that are no regions.
func (s *statuspage) mixed(groupCode string) bool {
	regions := map[string]bool{}
	for _, r := range s.out.Regions {
		regions[strings.ToLower(r.Name)] = true
	}
	return slices.ContainsFunc(s.order, func(code string) bool {
		n := s.components[code]
		return n.get("group_id").str() == groupCode && !regions[strings.ToLower(n.get("name").trimmed())]
	})
}

// target returns what a code stands for. A component that the page does not list is added
// as unlisted; if there is no list at all, as an ordinary one.
func (s *statuspage) target(code string, named *node) target {
	if t, known := s.targets[code]; known {
		return t
	}
	name := named.get("name").trimmed()
	c := Component{Name: cmp.Or(name, code), ID: s.taken.take(name, code), Unlisted: len(s.order) > 0, Position: 1 << 20}
	if apiID(code) {
		c.APIID = code
	}
	s.targets[code] = target{component: c.ID}
	s.out.Components = append(s.out.Components, c)
	if c.Unlisted {
		s.lose(nil, "unlisted", named, "component "+c.ID)
	}
	return s.targets[code]
}
