package source

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// changed is a file after an addition at 07:30.
func changed(t *testing.T, file string, a Update) string {
	t.Helper()
	out, err := appendedAs(t, file, a)
	if err != nil {
		t.Fatal(err)
	}
	fsys := folder("")
	fsys["content/incidents/x.md"] = textFile(out)
	if _, problems := Read(fsys, Options{}); problems.HasErrors() {
		t.Errorf("what was written has mistakes:\n%s%s", listed(problems), out)
	}
	return out
}

const told641 = "## Investigating — 2025-07-25 06:41\nA\n"

// Keys change where they stand, and new ones come where a reader looks for them.
func TestKeysChangeInPlace(t *testing.T) {
	a := Update{Silent: true, Title: `X: "new"`, Start: time.Date(2025, 7, 25, 6, 20, 0, 0, time.UTC),
		NextUpdate: time.Date(2025, 7, 25, 8, 0, 0, 0, time.UTC)}
	for _, c := range []struct{ file, want string }{
		{
			"---\ntitle: 'X'   # as customers say\nstart: \"2025-07-25 06:30\" # about\ncomponents: [api]\nstatus: down\n---\n",
			"---\ntitle: \"X: \\\"new\\\"\"   # as customers say\nnext_update: 2025-07-25 08:00\nstart: \"2025-07-25 06:20\" # about\n" +
				"components: [api]\nstatus: down\n---\n",
		}, {
			"---\ntitle: {en: X}\nnext_update: 2025-07-25 07:00\nimpacts:\n  - components: [api]\n    status: down\n" +
				"    start: 2025-07-25 06:30\n---\n",
			"---\ntitle: {en: \"X: \\\"new\\\"\"}\nstart: 2025-07-25 06:20\nnext_update: 2025-07-25 08:00\nimpacts:\n" +
				"  - components: [api]\n    status: down\n    start: 2025-07-25 06:20\n---\n",
		}, {
			"+++\ntitle = 'X'   # as customers say\n\n[[impacts]]\ncomponents = \"api\"\nstatus = \"down\"\n+++\n",
			"+++\ntitle = \"X: \\\"new\\\"\"   # as customers say\nstart = 2025-07-25 06:20:00\nnext_update = 2025-07-25 08:00:00\n\n" +
				"[[impacts]]\ncomponents = \"api\"\nstatus = \"down\"\n+++\n",
		}, {
			"{\n  \"title\": \"X\",\n  \"start\": \"2025-07-25 06:30\",\n  \"components\": \"api\", \"status\": \"down\"\n}\n\n",
			"{\n  \"title\": \"X: \\\"new\\\"\",\n  \"start\": \"2025-07-25 06:20\",\n  \"components\": \"api\", \"status\": \"down\", " +
				"\"next_update\": \"2025-07-25 08:00\"\n}\n\n",
		},
	} {
		if got := changed(t, c.file+told641, a); got != c.want+told641 {
			t.Errorf("got\n%s\nwant\n%s", got, c.want+told641)
		}
	}
}

// What is opened again has no end any more; its impacts have it.
func TestAWrittenEndMovesToTheImpacts(t *testing.T) {
	const again = "\n## Identified — 2025-07-25 07:30\nB\n"
	for _, c := range []struct{ file, want string }{
		{
			"---\ntitle: X\nend: 2025-07-25 07:00\ncomponents: all\nstatus: down\n---\n",
			"---\ntitle: X\nimpacts:\n  - components: all\n    status: down\n    end: 2025-07-25 07:00\n  - components: [all]\n" +
				"    status: major_outage\n    start: 2025-07-25 07:30\n---\n",
		}, {
			"---\ntitle: X\nimpacts:\n  - components: [api]\n    status: down\n    end: 2025-07-25 06:50\n  - components: [api, web]\n" +
				"    status: degraded\nend: 2025-07-25 07:00\ntags: [a]\n---\n",
			"---\ntitle: X\nimpacts:\n  - components: [api]\n    status: down\n    end: 2025-07-25 06:50\n  - components: [api, web]\n" +
				"    status: degraded\n    end: 2025-07-25 07:00\n  - components: [api, web]\n    status: degraded_performance\n" +
				"    start: 2025-07-25 07:30\ntags: [a]\n---\n",
		}, {
			"+++\nend = 2025-07-25 07:00\ntitle = \"X\"\n\n[[impacts]]\ncomponents = \"api\"\nstatus = \"down\"\n+++\n",
			"+++\ntitle = \"X\"\n\n[[impacts]]\ncomponents = \"api\"\nstatus = \"down\"\nend = 2025-07-25 07:00:00\n\n[[impacts]]\n" +
				"components = [\"api\"]\nstatus = \"major_outage\"\nstart = 2025-07-25 07:30:00\n+++\n",
		}, {
			"{\n  \"end\": \"2025-07-25 07:00\",\n  \"title\": \"X\",\n  \"impacts\": [{\"components\": \"api\", " +
				"\"status\": \"down\"}]\n}\n\n",
			"{\n  \"title\": \"X\",\n  \"impacts\": [{\"components\": \"api\", \"status\": \"down\", \"end\": \"2025-07-25 07:00\"}, " +
				"{\"components\": [\"api\"], \"status\": \"major_outage\", \"start\": \"2025-07-25 07:30\"}]\n}\n\n",
		}, {
			"{\n  \"title\": \"X\",\n  \"components\": \"api\", \"status\": \"down\", \"end\": \"2025-07-25 07:00\"\n}\n\n",
			"{\n  \"title\": \"X\",\n  \"impacts\": [\n    {\n      \"components\": \"api\",\n      \"status\": \"down\",\n" +
				"      \"end\": \"2025-07-25 07:00\"\n    },\n    {\n      \"components\": [\"api\"],\n" +
				"      \"status\": \"major_outage\",\n      \"start\": \"2025-07-25 07:30\"\n    }\n  ]\n}\n\n",
		},
	} {
		if got := changed(t, c.file+told641, Update{Status: site.Identified, Text: "B"}); got != c.want+told641+again {
			t.Errorf("got\n%s\nwant\n%s", got, c.want+told641+again)
		}
	}
}

// A component in one region recovers, another gets worse, and the rest stays.
func TestRegionsChangeIndependently(t *testing.T) {
	const file = "regions: [{id: eu, name: Europe}, {id: us, name: America}, {id: ap, name: Asia}]\ncomponents:\n" +
		"  - {id: api, name: API, regions: [eu, us, ap]}\n  - {id: mail, name: Mail, regions: [eu, us]}\n  - {id: web, name: Web}\n"
	const front = "---\ntitle: X\ncomponents: [api, mail, web]\nstatus: partial\nnote: Slow\n---\n"
	fsys := folder("")
	fsys["content/components.yml"] = textFile(file)
	fsys["content/incidents/x.md"] = textFile(front + told641)
	s, problems := Read(fsys, Options{})
	if problems.HasErrors() {
		t.Fatal(listed(problems))
	}
	a := Update{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Status: site.Note, Statuses: []StatusChange{
		{Component: "api", Regions: []string{"eu"}, Status: site.Operational},
		{Component: "api", Regions: []string{"us"}, Status: site.MajorOutage},
		{Component: "mail", Regions: []string{"us"}, Status: site.MajorOutage},
		{Component: "web", Status: site.PartialOutage},
	}}
	out, err := Append([]byte(front+told641), &s, &s.Entries[0], a)
	want := strings.TrimSuffix(strings.Replace(front, "components", "impacts:\n  - components", 1), "---\n")
	want = strings.NewReplacer("\nstatus", "\n    status", "\nnote: Slow", "\n    note: Slow\n    end: 2025-07-25 07:30").Replace(want) +
		"  - components: [api]\n    regions: [ap]\n    status: partial_outage\n    start: 2025-07-25 07:30\n    note: Slow\n" +
		"  - components: [mail]\n    regions: [eu]\n    status: partial_outage\n    start: 2025-07-25 07:30\n    note: Slow\n" +
		"  - components: [web]\n    status: partial_outage\n    start: 2025-07-25 07:30\n    note: Slow\n" +
		"  - components: [api, mail]\n    regions: [us]\n    status: major_outage\n    start: 2025-07-25 07:30\n" +
		"---\n" + told641 + "\n## Update — 2025-07-25 07:30\n"
	if err != nil || string(out) != want {
		t.Errorf("%v: got\n%s\nwant\n%s", err, out, want)
	}
}
