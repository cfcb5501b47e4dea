package source

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// The file of an occurrence says what the series says of it, in the same language and
// order, without a byte more.
func TestTheFileOfAnOccurrence(t *testing.T) {
	for _, story := range []struct{ name, series, want string }{
		{"YAML with comments", `---
title: Weekly # ours
repeat: # by the book
  every: week
  # but not
  except: [2026-12-27]
start: 2026-12-06 02:00 # in the night
duration: 90m
announce: 3d
impacts:
  - {components: [api], label: Slow}
---
Text.
`, `---
title: Weekly # ours
posted: 2026-12-10 02:00
start: 2026-12-13 02:00 # in the night
duration: 90m
impacts:
  - {components: [api], label: Slow}
---
Text.
`},
		{"the time of the announcement", `---
title: Weekly
duration: 90m
posted: 2026-12-11
repeat: {dates: [2026-12-06 02:00, 2026-12-13 02:00]}
---
`, `---
title: Weekly
start: 2026-12-13 02:00
duration: 90m
posted: 2026-12-11 00:00
---
`},
		{"a Scheduled update", `---
title: Weekly
start: 2026-12-06 02:00
duration: 90m
repeat: {every: week}
---
Text.

## Geplant — 2026-01-01 02:00
We announce it.
`, `---
title: Weekly
posted: 2026-12-06 02:00
start: 2026-12-13 02:00
duration: 90m
---
Text.

## Geplant — 2026-12-06 02:00
We announce it.
`},
		{"a time that clocks show twice", `---
title: Weekly
start: 2026-10-25 02:30
duration: 90m
repeat: {every: 7 weeks}
announce: 7d
---
`, `---
title: Weekly
posted: 2026-12-06 02:30
start: 2026-12-13 02:30
duration: 90m
---
`},
		{"TOML", `+++
title = "Weekly"
start = 2026-12-06 02:00:00
announce = "3d"
duration = "90m"
[repeat] # by the book
every = "week"
on = [
  "sunday",
]
[[impacts]]
components = ["api"]
+++
Text.
`, `+++
title = "Weekly"
posted = 2026-12-10 02:00:00
start = 2026-12-13 02:00:00
duration = "90m"
[[impacts]]
components = ["api"]
+++
Text.
`},
		{"TOML in one line, and with dots", `+++
title = "Weekly"
start = "2026-12-06 02:00"
repeat.every = "week"
duration = "90m"
repeat.on = "sunday"
+++
`, `+++
title = "Weekly"
posted = 2026-12-06 02:00:00
start = "2026-12-13 02:00"
duration = "90m"
+++
`},
		{"JSON", `{
  "repeat": {"every": "week"},
  "announce": "3d",
  "title": "Weekly",
  "duration": "90m",
  "start": "2026-12-06 02:00"
}

Text.
`, `{
  "title": "Weekly",
  "duration": "90m",
  "start": "2026-12-13 02:00",
  "posted": "2026-12-10 02:00"
}

Text.
`},
		{"lines of Windows", "---\r\ntitle: Weekly\r\nstart: 2026-12-06 02:00\r\nduration: 90m\r\n" +
			"repeat:\r\n  every: week\r\n---\r\nText.\r\n",
			"---\r\ntitle: Weekly\r\nposted: 2026-12-06 02:00\r\nstart: 2026-12-13 02:00\r\nduration: 90m\r\n---\r\nText.\r\n"},
	} {
		files := folder("-- site.yml --\ntitle: X\nurl: https://status.example.org\ntimezone: Europe/Berlin\nlanguages: [de]\n")
		files["content/maintenance/weekly.md"] = textFile(story.series)
		s, problems := Read(files, Options{})
		if len(problems) > 0 {
			t.Fatalf("%s: %s", story.name, listed(problems))
		}
		s = s.WithOccurrences(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		night := entryOf(t, s, "weekly-2026-12-13")
		own, err := OccurrenceFile([]byte(story.series), &s, &s.Series[0], night)
		if err != nil || string(own) != story.want {
			t.Errorf("%s: %v\n%s", story.name, err, own)
		}
		files["content/maintenance/weekly-2026-12-13.md"] = textFile(string(own))
		s, problems = Read(files, Options{})
		if len(problems) > 0 {
			t.Fatalf("%s: %s", story.name, listed(problems))
		}
		if got, want := saidBy(entryOf(t, s, "weekly-2026-12-13")), saidBy(night); got != want {
			t.Errorf("%s: the file says\n%s\nand the series\n%s", story.name, got, want)
		}
	}
}

func entryOf(t *testing.T, s site.Site, slug string) *site.Entry {
	t.Helper()
	for i := range s.Entries {
		if s.Entries[i].Slug == slug {
			return &s.Entries[i]
		}
	}
	t.Fatalf("there is no %s", slug)
	return nil
}

// saidBy is what customers learn from an entry.
func saidBy(e *site.Entry) string {
	said := fmt.Sprintln(e.Title, e.Start.Time, e.End.Time, e.Announced(), e.Summary.Text)
	for _, i := range e.Impacts {
		said += fmt.Sprintln(i.Components[0].ID, i.Label, i.Status)
	}
	for _, u := range e.Updates {
		said += fmt.Sprintln(u.Time, u.Status, u.Body.Text, u.Anchor)
	}
	return strings.TrimSpace(said)
}
