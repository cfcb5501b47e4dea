package generator_test

import (
	"fmt"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/themes"
)

// exampleSite returns the folder of a site with two components. more is further files, by their
// paths in content/.
func exampleSite(more map[string]string) fstest.MapFS {
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example Status\nurl: https://status.example.com\n")},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Website}, {id: api, name: API}]\n")},
	}
	for path, text := range more {
		folder["content/"+path] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// A site of two files: its settings and its components.
func ExampleBuild() {
	folder := exampleSite(nil)
	now := time.Date(2025, time.July, 25, 7, 0, 0, 0, time.UTC)
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now})
	for _, p := range result.Problems {
		fmt.Println(p.Severity, p.Message)
	}
	text, found := result.File("status.txt")
	bytes, err := text.Bytes()
	fmt.Printf("-- %s -- %v, %v\n%s\n", text.Path, found, err, bytes)
	fmt.Println("The last file is", result.Files[len(result.Files)-1].Path)
	// Output:
	// -- status.txt -- true, <nil>
	// Example Status
	// All services are operational
	// As of 2025-07-25 07:00 UTC
	//
	// SERVICES
	//
	//   Website                                   Operational
	//   API                                       Operational
	//
	// MORE
	//   https://status.example.com/
	//   https://status.example.com/history.atom
	//   https://status.example.com/api/v2/summary.json
	//
	// The last file is index.html
}

// The same content as of two instants: while an incident is open, and after its end. The
// update of 08:20 is not published before 08:20.
func ExampleBuild_at() {
	folder := exampleSite(map[string]string{"incidents/2025-07-25-api.md": `---
title: Errors on the API
components: [api]
status: partial_outage
---

## Investigating — 2025-07-25 06:32

We are looking into it.

## Resolved — 2025-07-25 08:20

A disk was full.
`})
	for _, hour := range []int{7, 9} {
		now := time.Date(2025, time.July, 25, hour, 0, 0, 0, time.UTC)
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: now})
		file, _ := result.File("incidents/2025-07-25-api/index.md")
		text, err := file.Bytes()
		fmt.Printf("-- %s -- %v\n%s\n", now.Format(time.TimeOnly), err, text)
	}
	// Output:
	// -- 07:00:00 -- <nil>
	// # Errors on the API
	//
	// - Investigating
	// - Partial outage
	// - 2025-07-25 06:32 UTC
	// - API: Partial outage, 2025-07-25 06:32 UTC
	// - <https://status.example.com/incidents/2025-07-25-api/>
	//
	// ## Investigating — 2025-07-25 06:32 UTC
	//
	// We are looking into it.
	//
	// -- 09:00:00 -- <nil>
	// # Errors on the API
	//
	// - Resolved
	// - Partial outage
	// - 2025-07-25 06:32–08:20 UTC
	// - API: Partial outage, 2025-07-25 06:32–08:20 UTC
	// - <https://status.example.com/incidents/2025-07-25-api/>
	//
	// ## Resolved — 2025-07-25 08:20 UTC
	//
	// A disk was full.
	//
	// ## Investigating — 2025-07-25 06:32 UTC
	//
	// We are looking into it.
}

// A mistake in the content has a place and a hint, and there are no files.
func ExampleBuild_mistake() {
	folder := exampleSite(map[string]string{
		"incidents/2025-07-25-api.md": "---\ntitle: Errors on the API\ncomponents: [apy]\nstatus: partial_outage\n" +
			"start: 2025-07-25 06:32\n---\nWe are looking into it.\n"})
	now := time.Date(2025, time.July, 25, 7, 0, 0, 0, time.UTC)
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now})
	for _, p := range result.Problems {
		fmt.Printf("%s:%d:%d: %s: %s\n", p.File, p.Line, p.Column, p.Severity, p.Message)
		fmt.Println("hint:", p.Hint)
	}
	fmt.Println(len(result.Files), "files")
	// Output:
	// content/incidents/2025-07-25-api.md:3:14: error: unknown component "apy"
	// hint: did you mean "api"?
	// 0 files
}
