package render_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/themes"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// content is the text of a site's files, by path.
type content map[string]string

// with returns the content with a file added or replaced.
func (c content) with(path, text string) content {
	c = maps.Clone(c)
	c[path] = text
	return c
}

// output is the files of a build, by path.
type output map[string][]byte

// publish returns the files of a site at an instant. Tests that ask for the same site
// share one build; a test that compares two builds makes its own.
func publish(t *testing.T, c content, at string) output {
	t.Helper()
	asked := at
	for _, path := range slices.Sorted(maps.Keys(c)) {
		asked += fmt.Sprintf("\n%q %q", path, c[path])
	}
	published.Lock()
	defer published.Unlock()
	if published.outputs[asked] == nil {
		published.outputs[asked] = publishFolder(t, c.folder(), at)
	}
	return maps.Clone(published.outputs[asked])
}

var published = struct {
	sync.Mutex
	outputs map[string]output
}{outputs: map[string]output{}}

func (c content) folder() fs.FS {
	folder := fstest.MapFS{}
	for path, text := range c {
		folder[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// publishFolder builds the site in a folder at an instant.
func publishFolder(t *testing.T, folder fs.FS, at string) output {
	t.Helper()
	out := output{}
	for _, f := range plannedFor(t, folder, at) {
		data, err := f.Bytes()
		if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		out[f.Path] = data
	}
	return out
}

// publishOne builds a single file of a site at an instant.
func publishOne(t *testing.T, c content, at, path string) []byte {
	t.Helper()
	for _, f := range plannedFor(t, c.folder(), at) {
		if f.Path == path {
			data, err := f.Bytes()
			if err != nil {
				t.Fatalf("%s: %v", f.Path, err)
			}
			return data
		}
	}
	t.Fatalf("%s is not built", path)
	return nil
}

// plannedFor returns the files of a site without making their bytes.
func plannedFor(t *testing.T, folder fs.FS, at string) []render.File {
	t.Helper()
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	s, problems := source.Read(folder, source.Options{})
	s = s.WithOccurrences(now)
	problems = append(problems, s.Check(now)...)
	if problems.HasErrors() {
		t.Fatalf("the content has errors: %v", problems)
	}
	files, err := render.Files(&s, themes.Open(nil), render.Options{Now: now, Version: "1.0"})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// golden compares bytes with a file of testdata, or rewrites the file with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs from its golden file; look at the difference, then run with -update\ngot:\n%s", name, got)
	}
}

// The instants at which tests build the little site below.
const (
	clear       = "2025-07-01T00:00:00Z" // nothing has happened but a notice
	incident    = "2025-07-25T06:58:00Z"
	maintenance = "2025-08-01T02:20:00Z"
	resolved    = "2025-08-02T00:00:00Z"
)

var instants = map[string]string{"clear": clear, "incident": incident, "maintenance": maintenance, "resolved": resolved}

// little is a site with one of everything: a component without a group, a group over two
// regions, an incident with a report, windows that follow the clock, moved and canceled
// ones, a notice, an unlisted entry.
var little = content{
	"content/site.yml": `title: Little Status
url: https://status.example.com/little
description: How Little does.
timezone: UTC
homepage: https://www.example.com
`,
	"content/components.yml": `regions:
  - {id: us, name: United States}
  - {id: eu, name: Europe}
components:
  - {id: email, name: E-mail, since: 2024-01-01}
  - group: Platform
    id: platform
    components:
      - {id: api, name: Public API, description: REST, regions: [us, eu], since: 2024-01-01, target: 99.95}
      - {id: web, name: Web, regions: [us, eu]}
`,
	"content/incidents/errors.md": `---
title: Errors & slow answers <on the API>
author: Reliability team
impacts:
  - {components: [api], regions: [eu], status: major_outage, start: 2025-07-25 06:32, end: 2025-07-25 07:04}
  - {components: [api], regions: [eu], status: degraded_performance, start: 2025-07-25 07:04, end: 2025-07-25 08:20}
---
Some calls fail.

## Investigating — 2025-07-25 06:41
We see errors and look into them: [the guide](/pages/guide/).

## Update — 2025-07-25 06:50
Still looking.

## Identified — 2025-07-25 07:10
It was a change.

## Monitoring — 2025-07-25 07:30
Better.

## Resolved — 2025-07-25 08:20
All is well again.

## Postmortem — 2025-07-28 10:00
### What happened
| Route | Share |
|---|--:|
| /a | 75 % |

- one
  - nested

See [what happened](#what-happened).
`,
	"content/incidents/notice.md": `---
title: Beware of forged mail
severity: none
start: 2025-06-20 08:00
end: 2025-06-27 08:00
---
## Update — 2025-06-20 08:00
We never ask for a password.
`,
	"content/incidents/rehearsal.md": `---
title: Rehearsal of a region loss
noindex: true
components: all
status: major_outage
start: 2025-06-01 08:00
end: 2025-07-31 09:00
---
## Investigating — 2025-06-01 08:00
This is a drill.
`,
	"content/maintenance/upgrade.md": `---
title: Upgrade of the platform
start: 2025-08-01 02:00
end: 2025-08-01 03:30
components: [api, web]
---
Nothing for you to do.

## Plan
- [x] **Prepare** Done.
- [ ] **Move** 3 of 7.
`,
	"content/maintenance/cables.md": `---
title: New cables
start: 2025-08-10 02:00
end: 2025-08-10 03:00
components: [email]
---
## Scheduled — 2025-07-20 09:00
We lay new cables.

## Canceled — 2025-07-30 09:00
The cables did not arrive.
`,
	"content/pages/guide.md": `---
title: Guide
---
Read this.
`,
}
