package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTheSiteOfThisRepositoryBuilds must pass for any content/, so that a site made from
// this repository as a template keeps its tests green. All other tests use the copy of
// the sample in generator/testdata/sample.
func TestTheSiteOfThisRepositoryBuilds(t *testing.T) {
	site, out := filepath.Join("..", ".."), filepath.Join(t.TempDir(), "public")
	if said, err := exec.Command(program(t), "check", "--source", site).CombinedOutput(); err != nil {
		t.Fatalf("content/ has mistakes: %v\n%s", err, said)
	}
	if said, err := exec.Command(program(t), "build", "--source", site, "--out", out).CombinedOutput(); err != nil {
		t.Fatalf("content/ cannot be built: %v\n%s", err, said)
	}
	for _, page := range []string{"index.html", "history/index.html", "history.rss", "api/v2/summary.json"} {
		if info, err := os.Stat(filepath.Join(out, page)); err != nil || info.Size() == 0 {
			t.Errorf("%s is missing or empty: %v", page, err)
		}
	}
}
