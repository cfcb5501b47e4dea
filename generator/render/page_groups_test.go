package render_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// large returns a site with groups of components: group-0 has as many as the first size
// says, named 0-0, 0-1 and so on.
func large(sizes ...int) content {
	manifest := "regions:\n  - {id: us, name: United States}\n  - {id: eu, name: Europe}\ncomponents:\n"
	for g, size := range sizes {
		manifest += fmt.Sprintf("  - group: Group %d\n    id: group-%d\n    components:\n", g, g)
		for i := range size {
			manifest += fmt.Sprintf("      - {id: c%d-%d, name: Service %d-%d, description: What it is, regions: [us, eu]}\n", g, i, g, i)
		}
	}
	return website.with("content/components.yml", manifest)
}

// hit adds an incident that is open on 27 November 2026.
func (c content) hit(components, regions, status string) content {
	return c.with("content/incidents/"+status+".md", "---\ntitle: Trouble\nimpacts:\n  - {components: ["+components+"], regions: ["+regions+
		"], status: "+status+", start: 2026-11-27 19:00}\n---\n## Investigating — 2026-11-27 19:00\na\n")
}

// groupsOf describes the groups of a home page, one a line: "▾ Group 0, 6 services: Major
// outage | 0-1 Major outage | 5 others operational: 0-0 …", with ▸ if it is folded and
// ▢ if it is a small box.
func groupsOf(page *html.Node) []string {
	var groups []string
	for _, e := range elements(page) {
		class, _ := attribute(e, "class")
		if class != "group" {
			continue
		}
		line := "▢ "
		if e.Data == "details" {
			line = "▸ "
			if _, open := attribute(e, "open"); open {
				line = "▾ "
			}
		}
		for _, part := range elements(e) {
			switch kind, _ := attribute(part, "class"); {
			case part.Data == "h3" && e.Data == "section", part.Data == "summary" && part.Parent == e:
				line += text(part)
			case kind == "row":
				line += " | " + rowText(part)
			case part.Data == "summary":
				line += " | " + text(part) + ":"
			}
		}
		groups = append(groups, line)
	}
	return groups
}

// rowText returns a row without its description and the days of its bar.
func rowText(row *html.Node) string {
	var parts []string
	for _, e := range elements(row) {
		class, _ := attribute(e, "class")
		switch {
		case e.Data == "a" && e.Parent.Data == "div", strings.HasPrefix(class, "now"):
			parts = append(parts, text(e))
		case e.Data == "svg" && class == "bar":
			parts = append(parts, "▁")
		}
	}
	return strings.Join(parts, " ")
}

func TestAGroupIsShownByHowMuchThereIsToSee(t *testing.T) {
	for _, story := range []struct {
		name   string
		site   content
		groups []string
		jump   string
	}{
		{
			"a small group shows all its rows, also with one in trouble",
			large(3).hit("c0-1", "us, eu", "major_outage"),
			[]string{"▾ Group 0 3 services Major outage | Service 0-0 Operational ▁ | Service 0-1 Major outage ▁ | " +
				"Service 0-2 Operational ▁"}, "",
		},
		{
			"in a larger one, those without trouble fold away",
			large(5, 2).hit("c0-3", "us, eu", "major_outage"),
			[]string{
				"▾ Group 0 5 services Major outage | Service 0-3 Major outage ▁ | 4 others operational: | Service 0-0 Operational ▁ | " +
					"Service 0-1 Operational ▁ | Service 0-2 Operational ▁ | Service 0-4 Operational ▁",
				"▾ Group 1 2 services Operational | Service 1-0 Operational ▁ | Service 1-1 Operational ▁",
			}, "",
		},
		{
			"a single one without trouble is not folded away",
			large(5).hit("c0-0, c0-1, c0-2, c0-3", "us, eu", "partial_outage"),
			[]string{"▾ Group 0 5 services Partial outage | Service 0-0 Partial outage ▁ | Service 0-1 Partial outage ▁ | " +
				"Service 0-2 Partial outage ▁ | Service 0-3 Partial outage ▁ | Service 0-4 Operational ▁"}, "",
		},
		{
			"regions stand one by one, the worst first, where they differ",
			large(1).hit("c0-0", "eu", "partial_outage"),
			[]string{"▾ Group 0 1 service Partial outage | Service 0-0 Partial outage Europe: Partial outage " +
				"United States: Operational ▁"}, "",
		},
		{
			"with more than 20 services, healthy groups fold, and all are links above",
			large(2, 19).hit("c0-1", "us, eu", "major_outage"),
			[]string{
				"▾ Group 0 2 services Major outage | Service 0-0 Operational ▁ | Service 0-1 Major outage ▁",
				"▸ Group 1 19 services Operational | " + rows(1, 19, " Operational ▁"),
			}, "Group 0 : Major outage Group 1 : Operational",
		},
		{
			"while all are well, they are small boxes of names",
			large(2, 19),
			[]string{
				"▢ Group 0 2 services Operational | " + rows(0, 2, " Operational"),
				"▢ Group 1 19 services Operational | " + rows(1, 19, " Operational"),
			}, "",
		},
	} {
		page := pagesOf(t, publish(t, story.site, "2026-11-27T20:00:00Z"))["index.html"]
		if got := groupsOf(page); strings.Join(got, "\n") != strings.Join(story.groups, "\n") {
			t.Errorf("%s: the groups are\n%s\nnot\n%s", story.name, strings.Join(got, "\n"), strings.Join(story.groups, "\n"))
		}
		if got := section(t, page, "_jump"); got != story.jump {
			t.Errorf("%s: the links to groups are %q, not %q", story.name, got, story.jump)
		}
	}
}

// rows returns the rows of a group as groupsOf describes them.
func rows(group, n int, more string) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("Service %d-%d%s", group, i, more))
	}
	return strings.Join(list, " | ")
}

// The bar of a small box has the worst of its services on each day.
func TestTheBarOfABoxIsTheWorstOfItsServices(t *testing.T) {
	c := large(2, 19).with("content/incidents/a.md", "---\ntitle: Slow\nimpacts:\n  - {components: [c0-0], status: degraded, "+
		"start: 2026-11-25 08:00, end: 2026-11-25 09:00}\n  - {components: [c0-1], status: partial_outage, start: 2026-11-25 08:00, "+
		"end: 2026-11-25 08:30}\n---\nText.\n")
	page := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["index.html"]
	bar := text(elementOf(page, "svg", "bar"))
	if bar != "Wed 25 November: Partial outage (Service 0-1) · Slow" {
		t.Errorf("the bar says %q", bar)
	}
}

// A carried state opens the folded part in which something begins, and its head counts
// again.
func TestTheFoldedPartKnowsItsComingStates(t *testing.T) {
	c := large(6).hit("c0-0", "us, eu", "major_outage").with("content/maintenance/m.md", "---\ntitle: New disks\ncomponents: [c0-4]\n"+
		"start: 2026-11-27 21:00\nend: 2026-11-27 22:00\n---\nText.\n")
	home := string(publish(t, c, "2026-11-27T20:00:00Z")["index.html"])
	for _, want := range []string{
		`<span id="o-group-0">5 others operational</span>`,
		`data-at="2026-11-27T21:00:00Z" data-for="o-group-0" data-class="">4 others operational</script>`,
		`data-at="2026-11-27T22:00:00Z" data-for="o-group-0" data-class="">5 others operational</script>`,
	} {
		if !strings.Contains(home, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	_, row, _ := strings.Cut(home, `data-at="2026-11-27T21:00:00Z" data-for="s-c0-4"`)
	if row, _, _ = strings.Cut(row, "</script>"); !strings.Contains(row, `data-open="1"`) || !strings.Contains(row, "Under maintenance") {
		t.Errorf("the row is then %s", row)
	}
}
