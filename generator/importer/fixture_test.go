package importer_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
	"allclear/generator/importer"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// importedAt is when the fixtures are imported.
var importedAt = time.Date(2025, 6, 2, 12, 0, 0, 0, time.UTC)

// imported imports a folder of testdata into an empty folder.
func imported(t *testing.T, tool, folder string, opt importer.Options) *importer.Plan {
	t.Helper()
	opt.Now = importedAt
	src, err := importer.Read(tool, os.DirFS(folder), opt)
	if err != nil {
		t.Fatal(err)
	}
	return importer.Prepare(src, importer.PrepareOptions{Check: checkAt(importedAt)})
}

// TestEachToolsContentIsWrittenAsAPersonWould imports testdata/TOOL, and each folder
// testdata/TOOL.CASE, and compares the files and the report with the golden beside it.
// check must find no error in them.
func TestEachToolsContentIsWrittenAsAPersonWould(t *testing.T) {
	folders, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, folder := range folders {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			continue
		}
		tool, kase, _ := strings.Cut(filepath.Base(folder), ".")
		seen[tool] = true
		t.Run(filepath.Base(folder), func(t *testing.T) {
			plan := imported(t, tool, folder, importer.Options{RegionsFromGroups: kase == "regions"})
			got := describe(plan)
			golden := folder + ".golden"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, _ := os.ReadFile(golden)
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from what is written now:\n%s", golden, got)
			}
			for _, p := range checkAt(importedAt)(importer.NewOverlay(nil, plan.Files)) {
				if p.Severity == diag.Error {
					t.Errorf("%s: %s", p.Pos, p.Message)
				}
			}
		})
	}
	for _, tool := range importer.Tools() {
		if !seen[tool] {
			t.Errorf("testdata has no folder for %s", tool)
		}
	}
}

// describe returns everything in a plan as text.
func describe(plan *importer.Plan) []byte {
	var b bytes.Buffer
	for _, f := range plan.Files {
		fmt.Fprintf(&b, "== %s\n%s\n", f.Path, f.Data)
	}
	fmt.Fprintf(&b, "== report\n%s\n", importer.Summary(len(plan.Results), plan.Losses))
	for _, p := range plan.Problems {
		fmt.Fprintf(&b, "problem %s: %s\n", p.Place, p.Message)
	}
	for _, l := range plan.Losses {
		fmt.Fprintf(&b, "%s: %s %s %q <- %s\n", l.Written, l.Rule, l.Field, l.Value, l.Source)
	}
	return b.Bytes()
}
