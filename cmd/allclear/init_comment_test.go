package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"allclear/generator/yaml"
)

// The comment on a pull request is written once, and then kept up to date. It is there even
// if addresses would vanish, which makes the job fail; a fork's token cannot write it.
func TestGitHubKeepsOneCommentUpToDate(t *testing.T) {
	live := newLiveFolder(t)
	h := newHosted(t, "github", live.url)
	h.put("content/components.yml", read(t, live.dir, "content/components.yml"))
	live.put("content/incidents/old.md", incident("Old"))
	live.build(0)
	h.put("content/incidents/old.md", incident("Old"))
	h.put("content/incidents/new.md", incident("A new one"))
	h.put("allclear.sh", "#!/bin/sh\nexec '"+program(t)+"' \"$@\"\n")
	h.put("bin/gh", "#!/bin/sh\necho \"gh $*\" >>\"$CALLS\"\ncase \"$*\" in *--paginate*) echo \"$OLD\" ;; esac\n")
	var workflow struct {
		Jobs map[string]struct {
			If          string
			Permissions map[string]string
		}
	}
	h.must(yaml.NewDecoder(bytes.NewReader([]byte(read(t, h.dir, ".github/workflows/status.yml")))).Decode(&workflow))
	job := workflow.Jobs["diff"]
	if !strings.Contains(job.If, "head.repo.full_name == github.repository") || len(job.Permissions) != 2 ||
		job.Permissions["contents"] != "read" || job.Permissions["pull-requests"] != "write" {
		t.Errorf("the job runs if %q with %v", job.If, job.Permissions)
	}
	if strings.Contains(read(t, h.dir, ".github/workflows/status.yml"), "pull_request_target") {
		t.Error("a fork would run with the repository's token")
	}
	steps := h.steps("status.yml", "diff")
	env := []string{"RUNNER_TEMP=" + t.TempDir(), "COMMENTS=repos/acme/status/issues/7/comments"}
	if out, code := h.run(steps[0], env...); code != 0 {
		t.Errorf("diff: exit %d\n%s", code, out)
	}
	out, code := h.run(steps[1], env...)
	if code != 0 || !strings.Contains(h.calls(), "--method POST repos/acme/status/issues/7/comments -F body=@") {
		t.Errorf("the first comment: exit %d, %q\n%s", code, h.calls(), out)
	}
	if text := read(t, strings.TrimPrefix(env[0], "RUNNER_TEMP="), "diff.md"); !strings.Contains(text, "new incident: A new one") {
		t.Errorf("the comment says\n%s", text)
	}
	h.must(os.Remove(filepath.Join(h.dir, "content/incidents/old.md")))
	if out, code := h.run(steps[0], env...); code != 1 || !strings.Contains(out, "1 address would vanish") {
		t.Errorf("with an address that vanishes: exit %d\n%s", code, out)
	}
	const comment = "https://api.github.com/repos/acme/status/issues/comments/99"
	out, code = h.run(steps[1], append(env, "OLD="+comment)...)
	if code != 0 || !strings.Contains(h.calls(), "--method PATCH "+comment) {
		t.Errorf("the next comment: exit %d, %q\n%s", code, h.calls(), out)
	}
	h.put("content/incidents/new.md", "---\ntitle: Broken\n")
	before := h.calls()
	h.run(steps[0], env...)
	out, code = h.run(steps[1], append(env, "OLD="+comment)...)
	if code != 0 || h.calls() != before {
		t.Errorf("with a mistake it comments: exit %d, %q\n%s", code, h.calls(), out)
	}
}

// The manual shows clock.sh exactly as init writes it.
func TestTheManualShowsTheClockThatInitWrites(t *testing.T) {
	data, err := templates.ReadFile("template/hosts/clock.sh")
	if err != nil {
		t.Fatal(err)
	}
	if manualFile(t, "clock.sh") != string(data) {
		t.Error("docs/publishing.md shows another clock.sh than init writes: copy template/hosts/clock.sh there")
	}
}
