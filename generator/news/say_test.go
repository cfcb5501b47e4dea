package news

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with a file of testdata, or rewrites the file with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from its golden file; look at the difference, then run with -update\ngot:\n%s", name, got)
	}
}

// read reads a site of some files, as of an instant.
func read(t testing.TB, now time.Time, files map[string]string) *site.Site {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, problems := source.Read(folder, source.Options{})
	s = s.WithOccurrences(now)
	problems = append(problems, s.Check(now)...)
	if problems.HasErrors() {
		t.Fatalf("the content has errors: %v", problems)
	}
	return &s
}

// speaker returns a Speaker with the built-in theme.
func speaker(t testing.TB, s *site.Site) *Speaker {
	t.Helper()
	p, err := NewSpeaker(s, themes.Open(nil))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// acme is a site with all that subscribers can get.
var acme = map[string]string{
	"site.yml": `title: Acme Status
url: https://status.example.com
timezone: Europe/Berlin
languages: [en, de]
hub: https://hub.example.com
notify:
  remind: [24h, 1h]
  targets: []
`,
	"components.yml": `regions: [{id: eu, name: {en: Europe, de: Europa}}, {id: us, name: {en: United States, de: USA}}]
components:
  - {id: website, name: {en: Website, de: Webseite}}
  - {group: Platform, id: platform, components: [{id: api, name: Public API, regions: [eu, us]}, {id: email, name: E-mail}]}
`,
	"incidents/api.md": `---
title: {en: API errors, de: Fehler der API}
impacts:
  - {components: [api], regions: [eu], status: major_outage, start: 2026-11-20 06:32, end: 2026-11-20 07:04}
  - {components: [api], regions: [eu], status: degraded_performance, start: 2026-11-20 07:04}
---

## Investigating — 2026-11-20 06:41
About **one call in ten** fails. We are looking into it: see [the guide](/pages/guide/) and [the tracker](https://issues.example.com/7).

## Monitoring — 2026-11-20 07:04
Most calls work again.

## Resolved — 2026-11-20 07:40
All is well. Calls that failed have to be made again.
`,
	"pages/guide.md": "---\ntitle: Guide\n---\nRead this.\n",
	"maintenance/upgrade.md": `---
title: Upgrade of the mail servers
start: 2026-11-22 02:00
end: 2026-11-22 04:00
components: [email]
posted: 2026-11-19 12:00
---
Mail arrives up to ten minutes later.
`,
	"announcements/limits.md": `---
title: New rate limits from 2027
posted: 2026-11-19 09:00
components: [api]
---
From 1 January 2027 each key may make 100 calls a second.
`,
}

func TestEventsAreWhatWasPublishedInOrder(t *testing.T) {
	now := at("2026-11-22T01:30:00Z")
	got := ""
	for _, e := range Events(read(t, now, acme), time.Time{}, now) {
		got += e.At.Format(time.RFC3339) + " " + e.Kind + " " + e.ID + "\n"
	}
	golden(t, "events.txt", got)
}

// targetOf returns a target of a kind.
func targetOf(kind string) site.NotifyTarget {
	return site.NotifyTarget{
		Name: kind, Kind: kind, URL: "$URL", Token: "$TOKEN", Secret: "$SECRET", From: "Acme Status <status@example.com>",
		Address: "status-announce@lists.example.com", Chat: "@acme_status",
	}
}

// shown returns a message as goldens have it: what people see, then what is sent.
func shown(t *testing.T, m Message) string {
	t.Helper()
	var out strings.Builder
	out.WriteString(m.Preview + "-- " + m.Kind + ", key " + m.Key + "\n")
	if m.Path != "" || m.Query != nil {
		out.WriteString("POST " + m.Path + "?" + m.Query.Encode() + "\n")
	}
	for _, name := range slices.Sorted(maps.Keys(m.Header)) {
		out.WriteString(name + ": " + m.Header[name] + "\n")
	}
	switch {
	case m.Email != nil:
		out.WriteString("Message-ID: " + m.Email.MessageID + "\nReferences: " + m.Email.References + "\n" + m.Email.HTML)
	case m.Body != nil:
		out.WriteString("Content-Type: " + m.ContentType + "\n")
		var indented bytes.Buffer
		if json.Valid(m.Body) {
			_ = json.Indent(&indented, m.Body, "", "  ") // it is valid
			out.Write(indented.Bytes())
		} else {
			out.Write(m.Body)
		}
		out.WriteString("\n")
	}
	return out.String()
}

// What subscribers get of an incident, a window, a reminder, an announcement and a test.
// Read these files as the person who gets them.
func TestMessagesOfEveryKind(t *testing.T) {
	now := at("2026-11-22T00:30:00Z") // half an hour before the window
	s := read(t, now, acme)
	p := speaker(t, s)
	events := append(Events(s, time.Time{}, now), TestEvent(s, now))
	for _, kind := range site.NotifyKinds {
		got := ""
		for _, e := range events {
			m, err := p.Say(e, targetOf(kind.Name))
			if err != nil {
				t.Fatal(err)
			}
			got += "==== " + e.ID + "\n" + shown(t, m)
		}
		german := targetOf(kind.Name)
		german.Language = "de"
		m, err := p.Say(events[2], german)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, kind.Name+".txt", got+"==== in German\n"+shown(t, m))
	}
}
