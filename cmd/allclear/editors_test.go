package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// editors are the editors in the browser, as .ci/editors/editors.mjs runs them.
var editors = []string{"decap", "sveltia"}

// editor runs .ci/editors/editors.mjs.
func editor(t *testing.T, input string, args ...string) {
	t.Helper()
	dir := os.Getenv("ALLCLEAR_EDITORS")
	if dir == "" {
		t.Skip("run .ci/editors/run for this test: it installs the editors")
	}
	cmd := exec.Command("node", append([]string{filepath.Join(dir, "editors.mjs")}, args...)...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("node editors.mjs %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func TestEditorsAcceptTheirConfiguration(t *testing.T) {
	f := folder{t, t.TempDir()}
	f.must(os.CopyFS(filepath.Join(f.dir, "content"), os.DirFS("../../generator/testdata/sample/content")))
	for _, source := range []string{f.dir, newFolder(t).dir} {
		config, _, code := f.runs("schema", "--cms", "--source", source)
		f.put("config.yml", config)
		if code != 0 {
			t.Errorf("exit %d", code)
		}
		editor(t, "", "check", filepath.Join(f.dir, "config.yml"))
	}
}

// handWritten are files as people write them, in all three kinds of front matter.
var handWritten = map[string]string{
	"incidents/flow.md": "---\ntitle: \"Yes: quotes, 'and' #signs\" # a comment\ntags: [network, \"on\", \"007\", '1e3']\n" +
		"pinned: true\n" +
		"impacts:\n  - {components: [web], status: down, start: 2025-07-25 06:00, end: '2025-07-25 07:00', " +
		"note: \"50 %: \\\"half\\\"\"}\n" +
		"---\nText.\n\n## Investigating — 2025-07-25 06:05\nA  line  \nwith breaks, *stars*, <b>, and `code`.\n\n- [ ] a\n\n" +
		"```\n## Resolved — no heading\n```\n\n## Resolved — 2025-07-25 07:00\nFine.\n",
	"incidents/zones.md": "---\ntitle: Zones\ncomponents: web\nstatus: Major Outage\nstart: 2025-07-24T06:00:00+02:00\n" +
		"end: 2025-07-24 07:00 UTC\n---\nShort.\n",
	"incidents/instants.md": "---\ntitle: Instants\ncomponents: [web]\nstatus: partial\nstart: 2025-07-23T06:00:00Z\n" +
		"end: 2025-07-23T07:00:00Z\ndowntime: 39m\n---\nShort.\n",
	"incidents/toml.md": "+++\ntitle = \"TOML\"\ncomponents = [\"web\"]\nstatus = \"degraded\"\nstart = \"2025-07-22 06:00\"\n" +
		"end = \"2025-07-22 07:00\"\n+++\nShort.\n",
	"incidents/json.md": "{\n  \"title\": \"JSON\",\n  \"components\": [\"web\"],\n  \"status\": \"degraded\",\n" +
		"  \"start\": \"2025-07-21 06:00\",\n  \"end\": \"2025-07-21 07:00\"\n}\n\nShort.\n",
	"maintenance/weekly.md": "---\ntitle: Weekly\nstart: 2025-07-06 02:00\nduration: 90m\ncomponents: [web]\nauto_complete: true\n" +
		"repeat: {every: week, on: [sunday], until: 2025-08-31, except: [2025-07-27]}\nannounce: 3d\n---\nNothing to do.\n\n" +
		"## Plan\n- [x] **One** 3 of 7\n",
	"announcements/2025-07-01-tls.md": "---\ntitle: TLS 1.0\nuntil: 2025-12-01\npinned: true\ncomponents: [web]\n---\n" +
		"Soon, at 10:30.\n",
}

// A file that an editor opens and saves says the same as before.
func TestWhatEditorsRewriteStaysTheSame(t *testing.T) {
	for _, content := range []func(folder){
		func(f folder) {
			f.must(os.CopyFS(filepath.Join(f.dir, "content"), os.DirFS("../../generator/testdata/sample/content")))
		},
		func(f folder) {
			f.put("content/site.yml", "title: Example\nurl: https://status.acme.test\ntimezone: Europe/Berlin\n")
			f.put("content/components.yml", "components:\n  - {id: web, name: Website}\n")
			for name, text := range handWritten {
				f.put("content/"+name, text)
			}
		},
	} {
		for _, name := range editors {
			f := folder{t, t.TempDir()}
			content(f)
			state := func() (string, string) {
				said, _, code := f.runs("check", "--source", f.dir, "--at", "2025-08-01 02:20 UTC", "--format", "json")
				if code != 0 {
					t.Fatalf("%s: exit %d\n%s", name, code, said)
				}
				_, said, code = f.runs("build", "--source", f.dir, "--at", "2025-08-01 02:20 UTC", "--out", "public")
				if code != 0 {
					t.Fatalf("%s: exit %d\n%s", name, code, said)
				}
				return read(t, f.dir, "public/state.json"), read(t, f.dir, "public/index.html")
			}
			before, home := state()
			var files []string
			for _, kind := range []string{"incidents", "maintenance", "announcements"} {
				for _, pattern := range []string{"/*.md", "/*/*.md"} {
					found, err := filepath.Glob(filepath.Join(f.dir, "content", kind) + pattern)
					f.must(err)
					files = append(files, found...)
				}
			}
			for range 2 { // saved twice
				editor(t, "", append([]string{name}, files...)...)
			}
			if after, homeAfter := state(); after != before || homeAfter != home {
				t.Errorf("%s changed what the site says", name)
			}
		}
	}
}

// What the fields of the configuration make of an entry is valid.
func TestEditorsWriteNewEntries(t *testing.T) {
	entries := map[string]string{
		"incidents/2025-07-25-mail.md": `{"title": "Mail: slow", "impacts": [{"components": ["all"], "status": "degraded_performance",
			"start": "2025-07-25 06:00", "note": "yes"}], "draft": false, "tags": ["on"],
			"body": "## Investigating — 2025-07-25 06:05\n\nWe look.\n\n## Resolved — 2025-07-25 07:00\n\nFine."}`,
		"maintenance/2025-07-25-disks.md": `{"title": "Disks", "start": "2025-07-25 02:00", "duration": "90m", "components": ["web"],
			"auto_complete": true, "body": "Nothing to do."}`,
		"announcements/2025-07-25-hours.md": `{"title": "Hours", "posted": "2025-07-25", "pinned": true, "body": "Closed on 1 August."}`,
	}
	for _, name := range editors {
		f := newFolder(t)
		f.put("content/site.yml", "title: Example\nurl: https://status.acme.test\n")
		for file, entry := range entries {
			f.put("content/"+file, "")
			editor(t, entry, name, "--new", filepath.Join(f.dir, "content", file))
		}
		if said, _, code := f.runs("check", "--source", f.dir, "--strict"); code != 0 {
			t.Errorf("%s: exit %d\n%s", name, code, said)
		}
	}
}
