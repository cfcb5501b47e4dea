package source

import "testing"

func TestAGroupsAddressIsItsOwn(t *testing.T) {
	s := read(t, `-- components.yml --
components:
  - {id: api, name: API}
  - group: API
    components: [{id: api-2, name: Second}]
  - group: API
    id: edge
    components: [{id: cdn, name: CDN}]
  - group: Überwachung & Co.
    components: [{id: metrics, name: Metrics}]
  - group: 監視
    components: [{id: logs, name: Logs}]
`)
	for i, want := range []string{"api-3", "edge", "ueberwachung-co", "group"} {
		if s.Groups[i].ID != want || s.Components[i+1].Group != want {
			t.Errorf("group %d is %q, its component says %q, want %q", i, s.Groups[i].ID, s.Components[i+1].Group, want)
		}
	}
}

func TestIdsThatWouldCollideAreRefused(t *testing.T) {
	expect(t, `-- components.yml --
regions: [{id: all}, {id: EU}, {id: eu}]
components:
  - {id: overall}
  - {id: all}
  - {id: Con}
  - {id: API}
  - {id: api}
  - {id: 7}
  - group: Inner
    components:
      - group: Deeper
        components: []
`, `
components.yml:1:16: error: the id "all" is reserved
components.yml:1:37: error: region "eu" is declared twice; the first is on line 1
components.yml:3:10: error: the id "overall" is reserved
components.yml:4:10: error: the id "all" is reserved
components.yml:5:10: error: the id "Con" is reserved
components.yml:7:10: error: component "api" is declared twice; the first is on line 6
components.yml:8:10: error: "id" must be text, not 7
components.yml:11:9: error: a group cannot contain a group
`)
}

func TestTwoComponentsWithTheSameName(t *testing.T) {
	expect(t, `-- components.yml --
regions: []
components:
  - {id: api, name: API}
  - {id: rest, name: api}
  - group: Europe
    components: [{id: api-eu, name: API}]
`, `
components.yml:4:10: warning: components "api" and "rest" have the same name: api
`)
}

func TestEveryKeyOfTheTablesIsRead(t *testing.T) {
	// A key that the tables name but no decoder reads would be accepted and
	// forgotten. Every decoder refuses a list of lists for each of its keys.
	for kind, keys := range map[string][]key{
		"site.yml": siteKeys, "components.yml": manifestKeys, "incidents/x.md": keysOf(0), "maintenance/x.md": keysOf(1),
		"pages/x.md": pageKeys,
	} {
		for _, key := range keys {
			if key.About == "" || key.Type == "" {
				t.Errorf("%s: %s has no description or type", kind, key.Name)
			}
			text := key.Name + ": [[]]\n"
			if kind != "site.yml" && kind != "components.yml" {
				text = "---\n" + text + "---\n"
			}
			_, problems := Read(folder("-- "+kind+" --\n"+text), Options{Drafts: true})
			said := false
			for _, p := range problems {
				said = said || p.Line > 0 && p.Rule != "unknown-key" && p.Rule != "missing-title" && p.Rule != "missing-start" &&
					p.Rule != "missing-end" && p.Rule != "no-time"
			}
			if !said {
				t.Errorf("%s: nobody reads %q\n%s", kind, key.Name, listed(problems))
			}
		}
	}
}
