package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"allclear/generator/yaml"
)

// An incident from the first press of the button to its end, on a phone.
func TestAFormOpensUpdatesAndResolvesAnIncident(t *testing.T) {
	s := newFormSite(t, "github")
	run := s.github(press("new incident", "title", "API errors", "component", "api: Public API", "status", "partial_outage",
		"region", "eu: Europe", "message", `We see errors.\nMore in half an hour.`))
	run.succeeded(t)
	name, text := s.pushed("api-errors")
	for _, want := range []string{"title: API errors", "components: [api]", "regions: [eu]", "status: partial_outage",
		"## Investigating — ", "We see errors.\nMore in half an hour.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s lacks %q:\n%s", name, want, text)
		}
	}
	if !strings.Contains(read(t, run.dir, "public/index.html"), "API errors") {
		t.Error("the incident is not on the page that was built")
	}
	if strings.Contains(run.calls, "gh workflow run") {
		t.Error("the run published, and had status.yml publish again")
	}

	s.github(press("identified", "message", "A disk is full.", "component", "web", "components", "email",
		"status", "degraded_performance")).succeeded(t)
	_, text = s.pushed("api-errors")
	if !strings.Contains(text, "## Identified — ") || strings.Count(text, "status: degraded_performance") != 2 &&
		!strings.Contains(text, "components: [web, email]") {
		t.Errorf("the update does not say that two components are degraded:\n%s", text)
	}
	s.github(press("resolved", "message", "All is well.", "entry", "api-errors")).succeeded(t)
	if _, text = s.pushed("api-errors"); !strings.Contains(text, "## Resolved — ") {
		t.Errorf("it was not resolved:\n%s", text)
	}
	if log := s.in(s.dir, "git -C '"+s.bare+"' log -1 --format='%an <%ae>, %s' main"); !strings.HasPrefix(log, "oncall <17+oncall@") ||
		!strings.Contains(log, "api-errors: resolved") {
		t.Errorf("the commit is of %s", log)
	}
}

func TestAFormWritesMaintenanceAndAnnouncements(t *testing.T) {
	s := newFormSite(t, "github")
	s.github(press("new maintenance", "title", "New disks", "component", "email", "start", "tomorrow 02:00", "end", "90m",
		"message", "Mail waits.")).succeeded(t)
	if _, text := s.pushed("new-disks"); !strings.Contains(text, "duration: ") && !strings.Contains(text, "end: ") {
		t.Errorf("it has no end:\n%s", text)
	}
	s.github(press("canceled", "message", "Not needed.", "entry", "disks")).succeeded(t)
	s.github(press("new announcement", "title", "Holiday hours", "message", "We answer more slowly.", "end", "2030-01-06")).succeeded(t)
	if _, text := s.pushed("holiday-hours"); !strings.Contains(text, "until: 2030-01-06") {
		t.Errorf("it does not end:\n%s", text)
	}
	s.github(press("new incident", "title", "Trouble at a provider", "status", "notice", "message", "We are not affected.")).succeeded(t)
	if _, text := s.pushed("trouble-at"); !strings.Contains(text, "severity: none") {
		t.Errorf("it is no notice:\n%s", text)
	}
}

// What is missing is said in words of the form, and nothing is written.
func TestAFormWithoutWhatItNeedsWritesNothing(t *testing.T) {
	s := newFormSite(t, "github")
	for _, c := range []struct {
		e    trigger
		says string
	}{
		{press("new incident", "title", "Errors", "message", "We look."), `Choose a component, or the status "notice"`},
		{press("new incident", "title", "Errors", "component", "web", "message", "We look."), "status"},
		{press("new incident", "component", "web", "status", "major_outage", "message", "We look."), "the title is missing"},
		{press("new incident", "title", "Errors", "component", "web", "status", "major_outage"), "text is missing"},
		{press("new incident", "title", "Errors", "component", "web", "status", "major_outage", "message", "-"), "text is missing"},
		{press("new incident", "title", "Errors", "component", "shop", "status", "major_outage", "message", "x"),
			`unknown component "shop"`},
		{press("resolved", "message", "Fine."), "nothing is open"},
		{press("new announcement", "title", "News", "message", "x", "status", "major_outage"), "An announcement changes no status"},
	} {
		run := s.github(c.e)
		if !run.failed || !strings.Contains(run.log, c.says) || !strings.Contains(read(t, run.temp, "summary.md"), c.says) {
			t.Errorf("%v: failed %t, does not say %q:\n%s", c.e.inputs, run.failed, c.says, run.log)
		}
	}
	if s.commits() != 1 {
		t.Error("something was pushed")
	}
}

// hostile are texts that a shell, YAML or GitHub could take for code.
var hostile = []string{
	`"; touch hacked; "`, `$(touch hacked)`, "`touch hacked`", "'; touch hacked #", `${{ github.token }}`, `$GH_TOKEN ${PATH}`,
	"--force", "-x", "a\nb: c\n---\n  - d", "*", "\\", "%s %d", "!!python/object", "]]> --> */",
}

func TestWhatPeopleTypeIntoAFormIsData(t *testing.T) {
	s := newFormSite(t, "github")
	fields := []string{"component", "components", "region", "status", "entry", "start", "end", "what"}
	for i, text := range hostile {
		if testing.Short() && i > 1 {
			break
		}
		name := fmt.Sprintf("case%d-x", i)
		title, _, _ := strings.Cut(text, "\n")
		s.github(press("new announcement", "title", name+" "+title, "message", "Text "+text)).succeeded(t)
		file, pushed := s.pushed(name)
		if !strings.Contains(pushed, "Text "+text) {
			t.Errorf("%q was written to %s as\n%s", text, file, pushed)
		}
		for n, field := range fields {
			if i > 2 && i%len(fields) != n {
				continue // some texts in every field, the others in one
			}
			e := press("new incident", "message", "x", "title", "x", "component", "web", "status", "major_outage", field, text)
			if field == "entry" {
				e = press("identified", "message", "x", field, text)
			}
			run := s.github(e)
			if !run.failed {
				t.Errorf("%s: %q was taken:\n%s", field, text, run.log)
			}
			if _, err := os.Stat(filepath.Join(run.dir, "hacked")); err == nil {
				t.Fatalf("%s: %q was run as code", field, text)
			}
		}
	}
}

// Two forms, and somebody's push, all at once: each has its commit.
func TestFormsAtOnceLoseNothing(t *testing.T) {
	s := newFormSite(t, "github")
	s.github(press("new incident", "title", "Web is down", "component", "web",
		"status", "major_outage", "message", "We look.")).succeeded(t)
	var runs []func() jobRun
	for i := range 4 {
		runs = append(runs, s.start(press("update", "message", fmt.Sprintf("News %d.", i), "entry", "web-is-down")))
	}
	runs = append(runs, s.start(press("new incident", "title", "Mail is slow", "component", "email",
		"status", "degraded_performance", "message", "Slow.")))
	runs = append(runs, func() jobRun {
		other := s.checkout()
		other.put("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
		s.in(other.dir, "git add -A && git -c user.name=B -c user.email=b@example.com commit -qm about && "+
			"until git push -q origin HEAD:main; do git -c user.name=B -c user.email=b@example.com pull -q --rebase origin main; done")
		return jobRun{}
	})
	for _, run := range together(runs...) {
		run.succeeded(t)
	}
	_, text := s.pushed("web-is-down")
	for i := range 4 {
		if strings.Count(text, fmt.Sprintf("News %d.", i)) != 1 {
			t.Errorf("news %d is not there once:\n%s", i, text)
		}
	}
	s.pushed("mail-is-slow")
	s.pushed("pages/about")
	if n := s.commits(); n != 8 { // the first, the incident, four updates, another incident, somebody's push
		t.Errorf("there are %d commits, not 8", n)
	}
	s.in(s.checkout().dir, "sh allclear.sh check")
}

// A job that is run again, after its push, publishes and writes nothing twice.
func TestARunThatIsRepeatedWritesNothingTwice(t *testing.T) {
	s := newFormSite(t, "github")
	e := press("new announcement", "title", "News", "message", "Text.")
	e.run = 7
	s.github(e).succeeded(t)
	run := s.github(e)
	run.succeeded(t)
	home := read(t, run.dir, "public/index.html")
	if s.commits() != 2 || !strings.Contains(run.log, "This run has written already.") || !strings.Contains(home, "News") {
		t.Errorf("%d commits:\n%s", s.commits(), run.log)
	}
}

// If GitHub Pages is busy, or a newer commit has come meanwhile, status.yml publishes the newest.
func TestARunThatCannotPublishHasItDone(t *testing.T) {
	s := newFormSite(t, "github")
	e := press("new announcement", "title", "News", "message", "Text.")
	e.deploys = "failure"
	run := s.github(e)
	run.succeeded(t)
	if !strings.Contains(run.calls, "gh workflow run status.yml --ref main") {
		t.Errorf("gh was called with %q", run.calls)
	}
}

// A mistake of somebody else does not lose what the form says: it is pushed, and the
// build fails until the mistake is fixed.
func TestAMistakeOfOthersKeepsWhatAFormSays(t *testing.T) {
	s := newFormSite(t, "github")
	other := s.checkout()
	other.put("content/incidents/broken.md", strings.Replace(incident("Broken"), "[web]", "[nothing]", 1))
	s.in(other.dir, "git add -A && git -c user.name=B -c user.email=b@example.com commit -qm broken && git push -q origin HEAD:main")
	run := s.github(press("new incident", "title", "Web is down", "component", "web", "status", "major_outage", "message", "We look."))
	s.pushed("web-is-down")
	if !run.failed || !strings.Contains(run.log, "These mistakes were there before") ||
		!strings.Contains(run.log, `unknown component "nothing"`) {
		t.Errorf("failed %t:\n%s", run.failed, run.log)
	}
}

// A branch that takes no push, because it is protected or for want of a right, is named.
func TestAProtectedBranchIsNamed(t *testing.T) {
	s := newFormSite(t, "github")
	s.must(os.WriteFile(filepath.Join(s.bare, "hooks", "pre-receive"), []byte("#!/bin/sh\necho protected\nexit 1\n"), 0o755))
	run := s.github(press("new announcement", "title", "News", "message", "Text."))
	if !run.failed || !strings.Contains(run.log, "main takes no push: may this job push to it?") {
		t.Errorf("failed %t:\n%s", run.failed, run.log)
	}
}

// Outside a job the script would throw away what is not committed.
func TestTheScriptOfFormsRunsInAJobOnly(t *testing.T) {
	s := newFormSite(t, "github")
	s.put("content/incidents/draft.md", "not committed")
	cmd := exec.Command("sh", "incident.sh")
	cmd.Dir, cmd.Env = s.dir, append(os.Environ(), "CI=", "WHAT=publish", "BRANCH=main", "RUN=1")
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "only runs in a job") {
		t.Errorf("%v\n%s", err, out)
	}
	read(t, s.dir, "content/incidents/draft.md")
}

// What comes from outside is never part of a script, actions are pinned by commit, and a
// job has the rights that it names and no others.
func TestWorkflowsTakeNothingFromOutsideIntoTheirScripts(t *testing.T) {
	s := newFormSite(t, "github")
	for _, name := range []string{"status.yml", "clock.yml", "incident.yml"} {
		var workflow struct {
			Permissions map[string]string
			Jobs        map[string]githubJob
		}
		s.must(yaml.NewDecoder(strings.NewReader(read(t, s.dir, ".github/workflows/"+name))).Decode(&workflow))
		own := workflow.Permissions
		if own == nil || name == "incident.yml" && len(own) > 0 || own["contents"] == "write" {
			t.Errorf("%s: permissions %v", name, workflow.Permissions)
		}
		for _, job := range workflow.Jobs {
			for _, step := range job.Steps {
				if strings.Contains(step.Run, "${{") {
					t.Errorf("%s: an expression stands in a script:\n%s", name, step.Run)
				}
				if step.Uses != "" && !regexp.MustCompile(`^actions/[a-z-]+@[0-9a-f]{40}$`).MatchString(step.Uses) {
					t.Errorf("%s: %s is not pinned", name, step.Uses)
				}
			}
		}
	}
}
