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

// runner builds mutants and runs tests on them.
type runner struct {
	work string          // a folder for the overlay
	path string          // the PATH of builds and tests
	seen map[string]bool // packages whose tests are known to pass without a mutant
}

// linkTools creates a folder with links to every program in PATH except browsers, and
// returns it.
func linkTools(work string) string {
	folder := filepath.Join(work, "tools")
	if err := os.Mkdir(folder, 0o755); err != nil {
		log.Fatal(err)
	}
	for _, from := range filepath.SplitList(os.Getenv("PATH")) {
		tools, _ := os.ReadDir(from)
		for _, tool := range tools {
			if name := tool.Name(); !strings.Contains(name, "chrom") {
				os.Symlink(filepath.Join(from, name), filepath.Join(folder, name)) // fails if the name exists: the first one counts
			}
		}
	}
	return folder
}

// goCommand returns a go command that uses the mutant instead of the file, as do the go
// commands that it starts in turn.
func (r runner) goCommand(m mutant, args ...string) *exec.Cmd {
	changed, list := filepath.Join(r.work, "mutant.go"), filepath.Join(r.work, "overlay.json")
	path, err := filepath.Abs(m.file)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
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

// compiles reports whether the mutant compiles.
func (r runner) compiles(m mutant, folder string) bool {
	return r.goCommand(m, "build", "-o", os.DevNull, "./"+folder).Run() == nil
}

var failedTest = regexp.MustCompile(`--- FAIL: (\S+)`)

// requirePassing ends the program if the tests of these packages fail without a mutant,
// too, since they would then kill every mutant. It runs the tests only once.
func (r runner) requirePassing(m mutant, packages string) {
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

// killedBy returns the index of the first stage whose tests fail, and the name of the
// failing test. It returns -1 if all pass.
func (r runner) killedBy(m mutant, stages []string) (stage int, test string) {
	for i, packages := range stages {
		args := append([]string{"test", "-short", "-failfast", "-vet=off", "-timeout=10m"}, strings.Fields(packages)...)
		if out, err := r.goCommand(m, args...).CombinedOutput(); err != nil {
			r.requirePassing(m, packages)
			if found := failedTest.FindSubmatch(out); found != nil {
				return i, string(found[1])
			}
			return i, "a crash or the time limit"
		}
	}
	return -1, ""
}
