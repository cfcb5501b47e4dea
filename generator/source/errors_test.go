package source

import "testing"

func TestMistakesInFrontMatterAreReportedAtTheirPlace(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"an unclosed fence": {"---\ntitle: X\n", "incidents/x.md:1:1: error: the front matter that begins here never ends\n"},
		"no front matter":   {"Just text.\n", "incidents/x.md:1:1: error: the file has no front matter\n"},
		"an empty file":     {"", "incidents/x.md:1:1: error: the file has no front matter\n"},
		"a scalar":          {"---\njust words\n---\n", "incidents/x.md:2:1: error: the front matter is text, not keys and values\n"},
		"an anchor": {"---\ntitle: &a X\nauthor: *a\nstart: 2025-01-01 00:00\n---\n",
			"incidents/x.md:2:8: error: YAML anchors and aliases (& and *) are not supported\n" +
				"incidents/x.md:3:9: error: YAML anchors and aliases (& and *) are not supported\n"},
		"a tab": {"---\ntitle: X\nimpacts:\n\t- components: all\n---\n",
			"incidents/x.md:4:1: error: YAML does not allow a tab for indentation\n"},
		"two colons": {"---\nstart: 2025-01-01 00:00\ntitle: X: y\n---\n",
			"incidents/x.md:3:9: error: a second \": \" on this line: YAML reads it as another key\n"},
		"an open bracket": {"---\ntitle: X\ntags: [a, b\n---\n", "incidents/x.md:3:7: error: this [ is never closed\n"},
		"an open quote":   {"---\ntitle: \"X\nstart: 2025-01-01 00:00\n---\n", "incidents/x.md:2:8: error: this \" is never closed\n"},
		"bad TOML":        {"+++\ntitle = \"X\"\nstart = yesterday\n+++\n", "incidents/x.md:3:9: error: invalid TOML\n"},
		"TOML twice": {"+++\ntitle = \"X\"\nstart = 2025-01-01 00:00:00\ntitle = \"Y\"\n+++\n",
			"incidents/x.md:4:1: error: duplicate key \"title\"; the first is on line 2\n"},
		"TOML unknown": {"+++\ntitle = \"X\"\nstart = 2025-01-01 00:00:00\nsevrity = \"minor\"\n+++\n",
			"incidents/x.md:4:1: error: unknown key \"sevrity\"\n"},
		"TOML time": {"+++\ntitle = \"X\"\nstart = 2025-01-01\n+++\n",
			"incidents/x.md:3:9: error: \"2025-01-01\" is a date without a time of day\n"},
		"bad JSON": {"{\n  \"title\": \"X\",\n  \"start\": \"2025-01-01 00:00\",\n}\n\n",
			"incidents/x.md:4:1: error: invalid JSON\n"},
		"JSON unknown": {"{\n  \"title\": \"X\",\n  \"start\": \"2025-01-01 00:00\",\n  \"sevrity\": \"minor\"\n}\n\n",
			"incidents/x.md:4:4: error: unknown key \"sevrity\"\n"},
		"JSON twice": {"{\n  \"title\": \"X\",\n  \"start\": \"2025-01-01 00:00\",\n  \"title\": \"Y\"\n}\n\n",
			"incidents/x.md:4:4: error: duplicate key \"title\"; the first is on line 2\n"},
		"a wrong status": {"---\ntitle: X\nstart: 2025-01-01 00:00\ncomponents: all\nstatus: 'majr outage'\n---\n",
			"incidents/x.md:5:10: error: unknown status \"majr outage\"\n"},
		"an item's type": {"---\ntitle: X\nstart: 2025-01-01 00:00\ntags: [a, 2025]\n---\n",
			"incidents/x.md:4:11: error: \"an item of tags\" must be text, not 2025\n"},
		"no value": {"---\ntitle: X\nstart:\n---\n", "incidents/x.md:3:1: error: \"start\" has no value\n"},
		"a byte-order mark": {"\ufeff---\ntitle: X\nstart: 2025-01-01 00:00\nsevrity: x\n---\n",
			"incidents/x.md:4:1: error: unknown key \"sevrity\"\n"},
		"CRLF": {"---\r\ntitle: X\r\nstart: 2025-01-01 00:00\r\nsevrity: x\r\n---\r\n\r\n## Resolved\r\n",
			"incidents/x.md:4:1: error: unknown key \"sevrity\"\nincidents/x.md:7:4: error: the update \"Resolved\" has no time\n"},
		"wide characters": {"---\ntitle: {en: ÄÖÜ日本, xx: y}\nstart: 2025-01-01 00:00\n---\n",
			"incidents/x.md:2:20: error: \"xx\" is not one of the site's languages\n"},
		"invalid UTF-8": {"---\ntitle: X\nstart: 2025-01-01 00:00\n---\nGr\xfc\xdfe\n",
			"incidents/x.md:5:3: error: this is not UTF-8 text: byte 0xfc\n"},
		"a NUL": {"---\ntitle: X\nstart: 2025-01-01 00:00\n---\na\x00b\n",
			"incidents/x.md:5:2: error: a control character (U+0000) does not belong in text\n"},
		"deep nesting": {"---\ntitle: X\nstart: 2025-01-01 00:00\ntags: " + deep("[", 40) + deep("]", 40) + "\n---\n",
			"incidents/x.md:4:8: error: \"an item of tags\" must be text, not a list\nincidents/x.md:4:39: error: this is nested " +
				"more than 32 levels deep\n"},
		"all and more": {"---\ntitle: X\nstart: 2025-01-01 00:00\ncomponents: [api, all]\nstatus: down\n---\n",
			"incidents/x.md:4:19: error: \"all\" cannot be used together with other components\n"},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := folder("")
			fsys["content/incidents/x.md"] = textFile(c.text)
			_, problems := Read(fsys, Options{})
			if got := listed(problems); !sameTold(got, c.want) {
				t.Errorf("got:\n%swant:\n%s", got, c.want)
			}
		})
	}
}

func TestWhatLooksLikeAFenceInsideABlockOfTextIsText(t *testing.T) {
	e := read(t, "-- incidents/x.md --\n---\ntitle: X\nstart: 2025-01-01 00:00\ncomponents: all\nstatus: down\nnote: |\n  before\n  ---\n"+
		"  after\n---\nSummary.\n").Entries[0]
	if e.Impacts[0].Note.Default != "before\n---\nafter" || e.Report == nil || e.Report.Body.Text != "Summary." {
		t.Errorf("note %q, body %+v", e.Impacts[0].Note.Default, e.Report)
	}
}

func TestAnIncidentAndAMaintenanceHaveKeysOfTheirOwn(t *testing.T) {
	expect(t, `-- incidents/x.md --
---
title: X
start: 2025-01-01 00:00
duration: 1h
headline: No
auto_complete: false
---
-- maintenance/x.md --
---
title: X
start: 2025-01-01 00:00
duration: 1h
severity: minor
---
`, `
incidents/x.md:4:1: error: "duration" is a key of a maintenance window
incidents/x.md:5:1: error: "headline" is a key of a maintenance window
incidents/x.md:6:1: error: "auto_complete" is a key of a maintenance window
maintenance/x.md:5:1: error: "severity" is a key of an incident
`)
}

func TestANoticeNeedsNoStatus(t *testing.T) {
	read(t, "-- incidents/x.md --\n---\ntitle: X\nseverity: none\nstart: 2025-01-01 00:00\ncomponents: [api]\n---\n")
}

func TestADraftIsLeftOutWithItsMistakesUnlessAskedFor(t *testing.T) {
	files := "-- incidents/x.md --\n---\ntitle: X\ndraft: true\nstatus: nonsense\n---\n"
	s, problems := Read(folder(files), Options{})
	if len(s.Entries) != 0 || len(problems) != 0 {
		t.Errorf("%d entries, problems:\n%s", len(s.Entries), listed(problems))
	}
	s, problems = Read(folder(files), Options{Drafts: true})
	if len(s.Entries) != 1 || !s.Entries[0].Draft || len(problems) == 0 {
		t.Errorf("%d entries, problems:\n%s", len(s.Entries), listed(problems))
	}
}

func TestFilesThatAreNoEntriesAreSkippedOrNamed(t *testing.T) {
	fsys := folder(`-- incidents/.hidden.md --
x
-- incidents/x.md~ --
x
-- incidents/.#x.md --
x
-- incidents/x.md.swp --
x
-- incidents/picture.png --
x
-- incidents/note.markdown --
x
-- outage.md --
x
-- README.md --
x
-- maintenence/x.md --
x
-- Incidents/x.md --
x
-- component.yml --
x
-- site.yaml --
x
-- notes/x.md --
x
-- incidents/con.md --
x
-- incidents/Ärger im Netz.md --
x
-- incidents/folder.md/y.md --
x
-- incidents/a.en.md --
x
-- incidents/b.xx.md --
x
`)
	fsys["content/incidents/big.md"] = textFile(deep("x", maxFile+1))
	_, problems := Read(fsys, Options{})
	want := `Incidents: warning: the folder is ignored
component.yml: warning: the file is ignored: only components.yml is read
incidents/a.en.md: error: en is the site's default language: its file has no language in its name
incidents/b.xx.md: error: "xx" is not one of the site's languages
incidents/big.md: error: the file is larger than 4 MB
incidents/con.md: error: the name "con" is reserved by Windows
incidents/folder.md: error: this folder has the name of a Markdown file
incidents/note.markdown: warning: the file is ignored: only .md files are read
incidents/picture.png: warning: the file is ignored: only .md files are read
incidents/Ärger im Netz.md: error: the name "Ärger im Netz" cannot be an address: it may only contain lower-case letters, digits, - and _
maintenence: warning: the folder is ignored
outage.md: warning: the file is ignored: entries cannot be in content/ itself
site.yaml: warning: the file is ignored: only site.yml is read
`
	if got := listed(problems); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	for _, p := range problems {
		if p.File == "content/incidents/Ärger im Netz.md" && p.Hint != "rename it to aerger-im-netz.md" {
			t.Errorf("hint %q", p.Hint)
		}
	}
}

func TestAMissingSiteAndManifestAreErrorsWithAHint(t *testing.T) {
	fsys := folder("")
	delete(fsys, "content/site.yml")
	delete(fsys, "content/components.yml")
	_, problems := Read(fsys, Options{})
	if got := listed(problems); got != "components.yml: error: the file is missing\nsite.yml: error: the file is missing\n" ||
		problems[0].Hint == "" {
		t.Errorf("got:\n%s", got)
	}
}

func TestASiteWithoutURLIsWarnedAndAFlagGivesOne(t *testing.T) {
	fsys := folder("-- site.yml --\ntitle: X\n")
	s, problems := Read(fsys, Options{})
	if listed(problems) != "site.yml: warning: the site has no url, which feeds, the calendar and the API need\n" || s.URL != "" {
		t.Errorf("got %q:\n%s", s.URL, listed(problems))
	}
	s, problems = Read(fsys, Options{BaseURL: "https://preview.example.com/x/"})
	if len(problems) > 0 || s.URL != "https://preview.example.com/x" {
		t.Errorf("got %q:\n%s", s.URL, listed(problems))
	}
}

func TestNothingIsSmuggledInByEscapes(t *testing.T) {
	for front, want := range map[string]string{
		"---\ntitle: \"\\e[31mred\"\nstart: 2025-01-01 00:00\n---\n": `2:9: error: a control character (U+001B) ` +
			`does not belong in text`,
		"---\ntitle: \"a\\nb\"\nstart: 2025-01-01 00:00\n---\n": `2:9: error: "title" must be one line`,
		"---\ntitle: X\nstart: 2025-01-01 00:00\ntags: [\"\\x01\"]\n---\n": `4:9: error: a control character (U+0001) ` +
			`does not belong in text`,
		"{\n\"title\": \"\\u0002\",\n\"start\": \"2025-01-01 00:00\"\n}\n\n": `2:11: error: a control character (U+0002) ` +
			`does not belong in text`,
		"+++\ntitle = \"X\"\nauthor = \"\\u0007\"\nstart = 2025-01-01T00:00:00Z\n+++\n": `3:11: error: a control character (U+0007) ` +
			`does not belong in text`,
		"---\ntitle: X\nstart: 2025-01-01 00:00\nauthor: |\n  two\n  lines\n---\n": `5:3: error: "author" must be one line`,
	} {
		expect(t, "-- incidents/x.md --\n"+front, "incidents/x.md:"+want+"\n")
	}
}

func TestStaticFilesNeedNamesThatEverySystemCanHold(t *testing.T) {
	fsys := folder("-- static/.well-known/security.txt --\nx\n-- static/a b.png --\nx\n-- static/.DS_Store --\nx\n-- static/x.txt~ --\nx\n")
	for _, name := range []string{"con.txt", `a\b`, "a:b", "a\nb", "dot.", "caf\xe9"} {
		fsys["content/static/"+name] = textFile("x")
	}
	s, problems := Read(fsys, Options{})
	if len(s.Static) != 2 || s.Static[0].Path != ".well-known/security.txt" {
		t.Errorf("static: %+v", s.Static)
	}
	if errors, _ := problems.Count(); errors != 6 {
		t.Errorf("got:\n%s", listed(problems))
	}
}
