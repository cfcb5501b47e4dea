package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"allclear/generator/yaml"
)

// liveSite stands in for the published site: it serves a build.json with the time of the
// next change, or nothing.
type liveSite struct {
	*httptest.Server
	next  atomic.Value // string: next_change_at of build.json; "" if no change is ahead
	down  atomic.Bool
	asked atomic.Int64
}

func newLiveSite(t *testing.T) *liveSite {
	s := &liveSite{}
	s.next.Store("")
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		next := "null"
		if at := s.next.Load().(string); at != "" {
			next = `"` + at + `"`
		}
		if s.down.Load() || r.URL.Path != "/build.json" {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintf(w, `{"id":"0123456789abcdef","built_at":"2026-01-01T00:00:00Z","next_change_at":%s}`, next)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *liveSite) due(in time.Duration) { s.next.Store(time.Now().Add(in).UTC().Format(time.RFC3339)) }

// hosted is a site with the files for one host. A fake gh in its folder records its
// arguments.
type hosted struct {
	folder
	env []string
}

func newHosted(t *testing.T, host, url string) hosted {
	for _, name := range []string{"sh", "curl"} {
		if _, err := findProgram(name); err != nil {
			needed(t, name)
		}
	}
	h := hosted{folder: newFolder(t)}
	h.put("content/site.yml", "title: Example\nurl: \""+url+"\" # where it lives\n")
	h.put("bin/gh", "#!/bin/sh\necho \"gh $*\" >>\"$CALLS\"\n")
	h.must(os.Chmod(filepath.Join(h.dir, "bin/gh"), 0o755))
	h.env = append(os.Environ(), "PATH="+filepath.Join(h.dir, "bin")+":"+os.Getenv("PATH"), "CALLS="+filepath.Join(h.dir, "calls"),
		"TMPDIR="+t.TempDir(), "CLOCK_PAUSES=0 0 0", "GITHUB_REPOSITORY=acme/status", "BRANCH=main")
	out, err := exec.Command(program(t), "init", h.dir, "--host", host).CombinedOutput()
	if err != nil {
		t.Fatalf("init --host %s: %v\n%s", host, err, out)
	}
	return h
}

// run runs a line of shell as the host does, and returns its output and exit code.
func (h hosted) run(line string, env ...string) (string, int) {
	h.Helper()
	cmd := exec.Command("sh", "-e", "-c", line)
	cmd.Dir, cmd.Env = h.dir, append(h.env, env...)
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		h.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func (h hosted) calls() string {
	data, _ := os.ReadFile(filepath.Join(h.dir, "calls"))
	return string(data)
}

// steps returns the shell commands of a job of a GitHub workflow, in order, but those after
// a failure.
func (h hosted) steps(workflow, job string) []string {
	h.Helper()
	var parsed struct {
		Jobs map[string]struct {
			Steps []struct{ Run, If string }
		}
	}
	h.must(yaml.NewDecoder(bytes.NewReader([]byte(read(h.T, h.dir, ".github/workflows/"+workflow)))).Decode(&parsed))
	var lines []string
	for _, s := range parsed.Jobs[job].Steps {
		if s.Run != "" && !strings.Contains(s.If, "'failure'") {
			lines = append(lines, s.Run)
		}
	}
	if len(lines) == 0 {
		h.Fatalf("%s has no job %s with shell steps", workflow, job)
	}
	return lines
}

func TestTheClockSpendsABuildOnlyWhenTheSiteIsDue(t *testing.T) {
	live := newLiveSite(t)
	h := newHosted(t, "netlify", live.URL)
	for _, when := range []struct {
		story string
		set   func()
		env   string
		code  int
		says  string
	}{
		{"the change is ahead", func() { live.due(time.Hour) }, "", 1, "not due before 20"},
		{"nothing is ahead", func() { live.next.Store("") }, "", 1, "not due: no automatic change ahead"},
		{"the instant has passed", func() { live.due(-time.Minute) }, "", 0, "due since 20"},
		{"a build fails since yesterday, at an hour at which it is not tried", func() { live.due(-24 * time.Hour) }, "CLOCK_TIME=09:07", 1,
			"a build that fails"},
		{"a build fails since yesterday, and is tried again", func() { live.due(-24 * time.Hour) }, "CLOCK_TIME=12:07", 0, "due since 20"},
		{"the site is down", func() { live.down.Store(true) }, "", 1, "warning: cannot read " + live.URL + "/build.json"},
	} {
		when.set()
		before := live.asked.Load()
		out, code := h.run("sh clock.sh", when.env)
		if code != when.code || !strings.Contains(out, when.says) {
			t.Errorf("%s: exit %d, %q; want %d, %q", when.story, code, out, when.code, when.says)
		}
		if tries := live.asked.Load() - before; live.down.Load() && tries != 3 {
			t.Errorf("%s: asked %d times, not 3", when.story, tries)
		}
	}
	if out, code := h.run("rm content/site.yml && sh clock.sh"); code != 2 || !strings.Contains(out, "which site?") {
		t.Errorf("without an address: exit %d, %q", code, out)
	}
}

func TestGitHubBuildsWithAVerifiedProgramAndStartsItselfWhenDue(t *testing.T) {
	live := newLiveFolder(t)
	h := newHosted(t, "github", live.url)
	if _, err := os.Stat(filepath.Join(h.dir, "clock.sh")); err == nil {
		t.Error("there is a clock.sh, though the program is at hand")
	}

	check := h.steps("status.yml", "check")
	if out, code := h.run(check[0]); code != 1 || !strings.Contains(out, "in allclear.sh set url to the address of allclear-linux-amd64") {
		t.Errorf("before the program is named: exit %d, %q", code, out)
	}
	data, err := os.ReadFile(program(t))
	h.must(err)
	release := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(data) }))
	t.Cleanup(release.Close)
	h.setProgram(release.URL+"/allclear-linux-amd64", strings.Repeat("0", 64))
	if out, code := h.run(check[0]); code != 1 || !strings.Contains(out, "not the one in this file") {
		t.Errorf("a program with another checksum: exit %d, %q", code, out)
	}
	sum := sha256.Sum256(data)
	h.setProgram(release.URL+"/allclear-linux-amd64", hex.EncodeToString(sum[:]))
	for _, job := range []string{"check", "publish"} {
		for _, step := range h.steps("status.yml", job) {
			if out, code := h.run(step); code != 0 {
				t.Errorf("%s: %s: exit %d\n%s", job, step, code, out)
			}
		}
	}
	if !strings.Contains(read(t, h.dir, "public/index.html"), "Example") {
		t.Error("the workflow built no home page")
	}
	if _, err := os.Stat(filepath.Join(h.dir, "public/.allclear")); err == nil {
		t.Error("the list of files would be published")
	}

	release.Close() // the program has been downloaded by now
	clock := func(story string, starts bool, says string) {
		t.Helper()
		h.must(os.WriteFile(filepath.Join(h.dir, "calls"), nil, 0o644))
		for _, step := range h.steps("clock.yml", "clock") {
			if out, code := h.run(step); code != 0 || strings.Contains(step, "due=") && !strings.Contains(out, says) {
				t.Errorf("%s: exit %d, without %q\n%s", story, code, says, out)
			}
		}
		if started := strings.Contains(h.calls(), "gh workflow run status.yml --ref main\n"); started != starts {
			t.Errorf("%s: gh was called with %q", story, h.calls())
		}
	}
	clock("nothing is published", false, "not due (the site cannot be read)")
	window := func(start time.Time) {
		text := "---\ntitle: Move\ncomponents: [web]\nstart: " + start.UTC().Format("2006-01-02 15:04:05 UTC") +
			"\nduration: 2h\n---\n## Scheduled — " + past(48*time.Hour) + "\n\nWe move.\n"
		live.put("content/maintenance/move.md", text)
		h.put("content/maintenance/move.md", text)
	}
	h.put("content/components.yml", read(t, live.dir, "content/components.yml"))
	window(time.Now().Add(time.Hour))
	live.build(0)
	clock("the window is ahead", false, "not due (the next change is at ")
	window(time.Now().Add(-10 * time.Minute))
	live.build(time.Hour)
	clock("the window has begun", true, "due: the site was to change at ")
	h.put("content/maintenance/move.md", "---\ntitle: Move\n---\n")
	clock("a build would fail", false, "not due (a build would fail: ")
}

func (h hosted) setProgram(url, sum string) {
	text := read(h.T, h.dir, "allclear.sh")
	text = regexp.MustCompile(`(?m)^url=\S*`).ReplaceAllString(text, "url="+url)
	text = regexp.MustCompile(`(?m)^sha256=\S*`).ReplaceAllString(text, "sha256="+sum)
	h.put("allclear.sh", text)
}

// A clone of this repository, or a site made from it as a template, runs the program from
// source and downloads nothing.
func TestHostFilesOfACloneRunTheProgramFromSource(t *testing.T) {
	for host, name := range map[string]string{"github": ".github/workflows/status.yml", "gitlab": ".gitlab-ci.yml",
		"netlify": "netlify.toml", "cloudflare": "wrangler.toml"} {
		f := folder{t, t.TempDir()}
		f.put("go.mod", "module allclear\n\ngo 1.26\n")
		f.put("cmd/allclear/main.go", "package main\n")
		if out, err := exec.Command(program(t), "init", f.dir, "--host", host).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text := read(t, f.dir, name)
		if !strings.Contains(text, "go run ./cmd/allclear build") || strings.Contains(text, "allclear.sh") ||
			strings.Contains(text, "<clone") {
			t.Errorf("%s of a clone does not build from source:\n%s", name, text)
		}
		if _, err := os.Stat(filepath.Join(f.dir, "allclear.sh")); err == nil {
			t.Error("a clone needs no allclear.sh")
		}
	}
}
