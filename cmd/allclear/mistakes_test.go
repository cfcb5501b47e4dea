package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// A site with many mistakes of every kind reports all of them in one run and keeps its
// last good output.
func TestEveryMistakeIsReportedInOneRunAndNothingIsWritten(t *testing.T) {
	f := newFolder(t)
	allclear := program(t)
	build := func() (string, error) {
		out, err := exec.Command(allclear, "build", "--source", f.dir).CombinedOutput()
		return string(out), err
	}
	if out, err := build(); err != nil {
		t.Fatal(out)
	}
	good := read(t, filepath.Join(f.dir, "public"), "index.html")

	archive, err := txtar.ParseFile("../../generator/source/testdata/mistakes.txtar")
	f.must(err)
	for _, file := range archive.Files {
		f.put(file.Name, string(file.Data))
	}
	golden, err := os.ReadFile("../../generator/source/testdata/mistakes.golden")
	f.must(err)
	out, err := build()
	if err == nil {
		t.Fatal("a site with mistakes was built")
	}
	out = strings.ReplaceAll(out, ".md:1:1: ", ".md: ") // for mistakes that concern the whole file
	golden = []byte(strings.ReplaceAll(string(golden), ".md:1:1: ", ".md: "))
	told := 0
	for line := range strings.Lines(string(golden)) {
		if strings.Contains(line, ": error: ") {
			told++
			if !strings.Contains(out, "content/"+strings.TrimSpace(line)) {
				t.Errorf("not told: %s", line)
			}
		}
	}
	if told < 30 {
		t.Errorf("only %d mistakes", told)
	}
	if read(t, filepath.Join(f.dir, "public"), "index.html") != good {
		t.Error("the last good page is gone")
	}
}
