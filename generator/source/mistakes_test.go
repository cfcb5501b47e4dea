package source

import (
	"flag"
	"os"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var rewrite = flag.Bool("update", false, "rewrite the goldens")

func TestASiteWithManyMistakesReportsThemAllInOneRun(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/mistakes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range archive.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	_, problems := Read(fsys, Options{})
	got := listed(problems)
	if *rewrite {
		if err := os.WriteFile("testdata/mistakes.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/mistakes.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s", got)
	}
	if errors, _ := problems.Count(); errors < 30 {
		t.Errorf("%d errors, want at least 30", errors)
	}
}
