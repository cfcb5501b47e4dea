package source_test

import (
	"fmt"
	"testing/fstest"

	"allclear/generator/source"
)

// Read a site from memory and print what is wrong with it.
func ExampleRead() {
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example Status\nurl: https://status.example.com\ntimezone: Europe/Berlin\n")},
		"content/components.yml": {Data: []byte("components:\n  - {id: api, name: API}\n")},
		"content/incidents/2025-07-25-slow-api.md": {Data: []byte(`---
title: Slow answers from the API
components: [api]
status: degraded_performance
---

## Investigating — 2025-07-25 06:40

We are looking into it.

## Resolved — 2025-07-25 07:10

The API answers as fast as usual.
`)},
	}
	s, problems := source.Read(folder, source.Options{})
	for _, p := range problems {
		fmt.Println(p.File, p.Line, p.Message)
	}
	for _, e := range s.Entries {
		fmt.Println(e.Title.In("en"))
		for _, u := range e.Updates {
			fmt.Println(u.Time.UTC().Format("15:04 MST"))
		}
	}
	// Output:
	// Slow answers from the API
	// 04:40 UTC
	// 05:10 UTC
}
