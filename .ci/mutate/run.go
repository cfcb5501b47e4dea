package main

import (
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// runner builds and tests mutants.
type runner struct {
	work string          // a folder for the overlay
	path string          // the PATH of builds and tests
	seen map[string]bool // the packages whose tests pass without a mutant
}

// toolsIn is a folder that leads to every program of the PATH but browsers.
func toolsIn(work string) string {
	folder := filepath.Join(work, "tools")
	if err := os.Mkdir(folder, 0o755); err != nil {
		log.Fatal(err)
	}
	for _, from := range filepath.SplitList(os.Getenv("PATH")) {
		tools, _ := os.ReadDir(from)
		for _, tool := range tools {
			if name := tool.Name(); !strings.Contains(name, "chrom") {
				os.Symlink(filepath.Join(from, name), filepath.Join(folder, name)) // the first of a name is the one
			}
		}
	}
	return folder
}

// overlaid is a go command that sees the mutant instead of the file, as do the go
// commands that it starts.
func (r runner) overlaid(m mutant, args ...string) *exec.Cmd {
	changed, list := filepath.Join(r.work, "mutant.go"), filepath.Join(r.work, "overlay.json")
	where, err := filepath.Abs(m.file)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {where: changed}})
	if err != nil {
		log.Fatal(err)
	}
	for name, data := range map[string][]byte{changed: []byte(m.text), list: text} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "PATH="+r.path, "GOFLAGS=-overlay="+list, "CI=")
	return cmd
}

func (r runner) compiles(m mutant, folder string) bool {
	return r.overlaid(m, "build", "-o", os.DevNull, "./"+folder).Run() == nil
}

var failedTest = regexp.MustCompile(`--- FAIL: (\S+)`)

// sound stops the run where the tests that noticed a mutant fail without it, too:
// they would kill them all. It looks once.
func (r runner) sound(m mutant, packages string) {
	if r.seen[packages] {
		return
	}
	r.seen[packages] = true
	text, err := os.ReadFile(m.file)
	if err != nil {
		log.Fatal(err)
	}
	m.text = string(text)
	if _, test := r.killedBy(m, []string{packages}); test != "" {
		log.Fatalf("%s fails without any mutant: go test -short %s", test, packages)
	}
}

// killedBy is the first stage whose tests fail, and the test that does; -1 where
// all pass.
func (r runner) killedBy(m mutant, stages []string) (stage int, test string) {
	for i, packages := range stages {
		args := append([]string{"test", "-short", "-failfast", "-vet=off", "-timeout=4m"}, strings.Fields(packages)...)
		if out, err := r.overlaid(m, args...).CombinedOutput(); err != nil {
			r.sound(m, packages)
			if found := failedTest.FindSubmatch(out); found != nil {
				return i, string(found[1])
			}
			return i, "a crash or the time limit"
		}
	}
	return -1, ""
}
