package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"allclear/cmd/allclear/internal/cache"
)

// growth is the maximum factor by which the work may grow when the input doubles.
const growth = 2.3

// TestWork builds each shape at n, 2n and 4n. It counts work instead of time, since that
// is the same on every machine: how often each statement of Allclear and its Markdown
// library runs or, with ALLCLEAR_WORK=instructions and valgrind, every instruction of the
// processor, including the standard library's. It subtracts the work for a site without
// the shape or, if the shape is refused, for a site with one mistake. ALLCLEAR_SHAPE
// selects shapes by name.
func TestWork(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a second program")
	}
	count := statements(t)
	if os.Getenv("ALLCLEAR_WORK") == "instructions" {
		count = instructions(t)
	}
	base, _ := count(t, nil)
	check, _ := count(t, anIncident("[a](x:)\n"))
	for _, s := range shapes {
		if !strings.Contains(s.name, os.Getenv("ALLCLEAR_SHAPE")) || os.Getenv("ALLCLEAR_WORK") == "" && !usual[s.name] {
			continue
		}
		var work [3]int64
		for i := range work {
			n, refused := count(t, s.site(s.n<<i))
			if refused {
				n -= check
			} else {
				n -= base
			}
			work[i] = max(n, 1)
		}
		first, second := float64(work[1])/float64(work[0]), float64(work[2])/float64(work[1])
		t.Logf("%-38s n=%-6d %14d %14d %14d   x%.2f x%.2f", s.name, s.n, work[0], work[1], work[2], first, second)
		switch {
		case s.most > 0 && work[2] > s.most:
			t.Errorf("%s: the work is more than %d", s.name, s.most)
		case s.most == 0 && (first > growth || second > growth):
			t.Errorf("%s: twice the input is more than %.1f times the work", s.name, growth)
		}
	}
}

// usual are the shapes that every test run counts, those that once grew fastest. .ci/work
// counts all of them.
var usual = map[string]bool{
	"pictures that are not there": true, "the same by reference": true, "footnotes": true, "pages that are not there, among many": true,
	"updates and impacts": true, "few updates and impacts": true, "impacts": true, "updates": true, "static files": true, "comments": true,
}

// workCounter counts the work for a site, which may be refused.
type workCounter func(t *testing.T, files map[string]string) (work int64, refused bool)

// statements counts with a program built for coverage.
func statements(t *testing.T) workCounter {
	program := filepath.Join(t.TempDir(), "allclear")
	out, err := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg=allclear/...,github.com/yuin/goldmark/...", "-o",
		program, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func(t *testing.T, files map[string]string) (int64, bool) {
		counts := t.TempDir()
		_, refused := runShape(t, files, []string{"GOCOVERDIR=" + counts}, program)
		profile := filepath.Join(counts, "profile")
		if out, err := exec.Command("go", "tool", "covdata", "textfmt", "-i="+counts, "-o="+profile).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(profile)
		if err != nil {
			t.Fatal(err)
		}
		total := int64(0)
		for line := range strings.Lines(string(text)) {
			var statements, times int64
			if f := strings.Fields(line); len(f) == 3 {
				statements, _ = strconv.ParseInt(f[1], 10, 64)
				times, _ = strconv.ParseInt(f[2], 10, 64)
			}
			total += statements * times
		}
		return total, refused
	}
}

var instructionsRun = regexp.MustCompile(`I\s+refs:\s+([0-9,]+)`)

// instructions counts with valgrind, running the released program.
func instructions(t *testing.T) workCounter {
	valgrind, err := exec.LookPath("valgrind")
	if err != nil {
		t.Skip("there is no valgrind here")
	}
	program := filepath.Join(t.TempDir(), "allclear")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func(t *testing.T, files map[string]string) (int64, bool) {
		out, refused := runShape(t, files, nil, valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program)
		found := instructionsRun.FindSubmatch(out)
		if found == nil {
			t.Fatalf("valgrind said\n%s", out)
		}
		n, _ := strconv.ParseInt(strings.ReplaceAll(string(found[1]), ",", ""), 10, 64)
		return n, refused
	}
}

// runShape builds a site, which may be refused, and returns the output.
func runShape(t *testing.T, files map[string]string, env []string, program string, args ...string) (said []byte, refused bool) {
	t.Helper()
	folder := t.TempDir()
	all := map[string]string{"site.yml": "title: X\nlanguages: [en, de]\n", "components.yml": "components: [{id: c0, name: C}]\n",
		"incidents/x.md": workHead}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		file := filepath.Join(folder, "content", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args = append(args, "build", "--source", folder, "--at", "2026-03-02 00:00", "--out", filepath.Join(folder, "public"))
	cmd := exec.Command(program, args...)
	cmd.Env = append(append(os.Environ(), env...), "GOMAXPROCS=1", cache.EnvVar+"=off")
	out, err := cmd.CombinedOutput()
	refused = bytes.Contains(out, []byte("nothing was written"))
	if err != nil && !refused {
		t.Fatalf("%v\n%.2000s", err, out)
	}
	return out, refused
}
