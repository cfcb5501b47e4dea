package importer_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/themes"
)

// checkAt returns what check reports of a folder at an instant.
func checkAt(now time.Time) func(fs.FS) diag.List {
	return func(folder fs.FS) diag.List {
		return generator.Build(folder, themes.In(folder), generator.Options{Now: now, Drafts: true}).Problems
	}
}

// checkContent is like checkAt without the addresses of the site, which takes less time.
func checkContent(folder fs.FS) diag.List {
	_, problems := generator.Check(folder, themes.In(folder), generator.Options{Now: importedAt})
	return problems
}

// TestCorpus imports real content, if ALLCLEAR_CORPUS names a folder that holds one
// folder for each tool, and in it one for each site. It prints what came of each, and
// fails if check finds an error, or less than all could be read.
//
//	ALLCLEAR_CORPUS=/path/to/corpus go test ./generator/importer -run TestCorpus -v
func TestCorpus(t *testing.T) {
	corpus := os.Getenv("ALLCLEAR_CORPUS")
	if corpus == "" {
		t.Skip("ALLCLEAR_CORPUS is not set")
	}
	for _, tool := range importer.Tools() {
		sites, _ := filepath.Glob(filepath.Join(corpus, tool, "*"))
		for _, site := range sites {
			for name, files := range corpusSites(t, tool, site) {
				t.Run(tool+"/"+name, func(t *testing.T) { importCorpus(t, tool, files) })
			}
		}
	}
}

// corpusSites returns the sites in a folder of the corpus, by name. A recording of several
// pages of Statuspage has their names before the first underscore; a showcase of stactus
// has a folder for each.
func corpusSites(t *testing.T, tool, folder string) map[string]fs.FS {
	t.Helper()
	sites := map[string]fs.FS{}
	base := filepath.Base(folder)
	inside := os.DirFS(folder)
	switch tool {
	case "statuspage":
		names, _ := fs.Glob(inside, "*.json")
		for _, name := range names {
			page, _, _ := strings.Cut(name, "_")
			data, err := fs.ReadFile(inside, name)
			if err != nil {
				t.Fatal(err)
			}
			if sites[base+"/"+page] == nil {
				sites[base+"/"+page] = fstest.MapFS{}
			}
			sites[base+"/"+page].(fstest.MapFS)[name] = &fstest.MapFile{Data: data}
		}
	case "stactus":
		names, _ := fs.Glob(inside, "*/stactus.yaml")
		for _, name := range names {
			sites[base+"/"+filepath.Dir(name)] = os.DirFS(filepath.Join(folder, filepath.Dir(name)))
		}
	default:
		sites[base] = inside
	}
	return sites
}

func importCorpus(t *testing.T, tool string, files fs.FS) {
	began := time.Now()
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	src, err := importer.Read(tool, files, importer.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	check := checkAt(now)
	plan := importer.Prepare(src, importer.PrepareOptions{Check: check})
	errors := 0
	for _, p := range check(importer.NewOverlay(nil, plan.Files)) {
		if p.Severity == diag.Error {
			errors++
			t.Errorf("%s: %s", p.Pos, p.Message)
		}
	}
	fmt.Printf("%s: %s; %d components; %d errors of check; %.1f s\n", t.Name(), importer.Summary(len(plan.Results), plan.Losses),
		len(src.Components), errors, time.Since(began).Seconds())
	for _, p := range plan.Problems {
		fmt.Printf("  problem %s: %s\n", p.Place, p.Message)
	}
	for _, tally := range importer.Tallies(plan.Losses) {
		fmt.Printf("  %-8s %s\n", tally.Kind, tally.What)
	}
	var warnings []string
	for rule, n := range plan.Warnings {
		warnings = append(warnings, fmt.Sprintf("%d %s", n, rule))
	}
	slices.Sort(warnings)
	fmt.Printf("  warnings %s\n", strings.Join(warnings, ", "))
	if dir := os.Getenv("ALLCLEAR_CORPUS_OUT"); dir != "" {
		for _, f := range plan.Files {
			name := filepath.Join(dir, t.Name(), f.Path)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
