package generator_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// inAPI is a component as components.json tells it.
func inAPI(t *testing.T, files made, name string) string {
	t.Helper()
	var list struct{ Components []json.RawMessage }
	if err := json.Unmarshal(files["api/v2/components.json"], &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Components {
		if bytes.Contains(c, []byte(`"`+name+`"`)) {
			return string(c)
		}
	}
	t.Fatalf("the API knows no %s", name)
	return ""
}

// A window that begins is no news for those who follow another component.
func TestAWindowThatBeginsChangesNothingOfOtherComponents(t *testing.T) {
	for name, others := range map[string]string{
		"a component that was never hit": "",
		"one with a past": "-- incidents/old.md --\n---\ntitle: Old\ncomponents: [web]\nstatus: down\n" +
			"start: 2026-03-01 06:00\nend: 2026-03-01 07:00\n---\nGone.\n",
	} {
		folder := content(others + `-- maintenance/upgrade.md --
---
title: Upgrade
components: [api]
start: 2026-03-20 02:00
duration: 1h
posted: 2026-03-10 10:00
---
Nothing to do.
`)
		start := instant(t, "2026-03-20T02:00:00Z")
		before, after := built(t, folder, start.Add(-time.Second)), built(t, folder, start)
		var changed []string
		seen := 0
		for file, data := range after {
			mine := strings.HasPrefix(file, "components/web/") && !strings.HasSuffix(file, ".html") ||
				strings.HasPrefix(file, "badges/web.")
			if !mine {
				continue
			}
			seen++
			if !bytes.Equal(before[file], data) {
				changed = append(changed, file)
			}
		}
		slices.Sort(changed)
		if seen < 6 || len(changed) > 0 {
			t.Errorf("%s: of %d files these changed: %q", name, seen, changed)
		}
		if was, is := inAPI(t, before, "Website"), inAPI(t, after, "Website"); was != is {
			t.Errorf("%s: in the API it was\n%s\nand is\n%s", name, was, is)
		}
		if bytes.Equal(before["components/api/history.atom"], after["components/api/history.atom"]) || bytes.Equal(before["badges/api.svg"],
			after["badges/api.svg"]) {
			t.Errorf("%s: the window's own component says nothing of it", name)
		}
	}
}
