package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"allclear/generator/yaml"
)

// gitlabPipeline is the part of .gitlab-ci.yml that the tests run.
type gitlabPipeline struct {
	Pages struct {
		Script        []string
		ResourceGroup string `yaml:"resource_group"`
		Variables     map[string]any
		AllowFailure  struct {
			ExitCodes int `yaml:"exit_codes"`
		} `yaml:"allow_failure"`
	}
}

// gitlabInputs are the declared inputs of a pipeline.
type gitlabInputs struct {
	Spec struct {
		Inputs map[string]struct {
			Default string
			Options []string
		}
	}
}

// gitlab runs the job pages of the newest commit. Without inputs, it is a push; env are
// variables of the pipeline.
func (s *formSite) gitlab(inputs map[string]string, env ...string) (run jobRun, code int) {
	s.Helper()
	return s.startGitLab(inputs, env...)()
}

var interpolatedInput = regexp.MustCompile(`\$\[\[ inputs\.([a-z]+) \]\]`)

// startGitLab prepares a run. It replaces inputs as docs.gitlab.com/ci/inputs says: in
// the values of the parsed file, and only those that the options allow.
func (s *formSite) startGitLab(inputs map[string]string, env ...string) func() (jobRun, int) {
	s.Helper()
	s.runs++
	work, temp := s.checkout(), s.TempDir()
	decoder := yaml.NewDecoder(strings.NewReader(read(s.T, work.dir, ".gitlab-ci.yml")))
	var declared gitlabInputs
	var pipeline gitlabPipeline
	s.must(decoder.Decode(&declared))
	s.must(decoder.Decode(&pipeline))
	all := append(os.Environ(), "CI=true", "PATH="+s.bin+":"+os.Getenv("PATH"), "CALLS="+filepath.Join(temp, "calls"), "TMPDIR="+temp,
		"CI_DEFAULT_BRANCH=main", fmt.Sprintf("CI_PIPELINE_ID=%d", 1000+s.runs), "CI_REPOSITORY_URL=file://"+s.bare,
		"GITLAB_USER_NAME=On Call", "GITLAB_USER_EMAIL=oncall@example.com", "CI_PIPELINE_SOURCE=web")
	for name, value := range pipeline.Pages.Variables {
		if table, ok := value.(map[string]any); ok {
			if table["expand"] != false {
				s.Errorf("GitLab would replace $NAMES in %s", name)
			}
			value = table["value"]
		}
		text := interpolatedInput.ReplaceAllStringFunc(fmt.Sprint(value), func(m string) string {
			input := interpolatedInput.FindStringSubmatch(m)[1]
			if given, ok := inputs[input]; ok {
				return given
			}
			return declared.Spec.Inputs[input].Default
		})
		all = append(all, name+"="+text)
	}
	script := "set -e\n" + strings.Join(pipeline.Pages.Script, "\n")
	return func() (jobRun, int) {
		var log bytes.Buffer
		cmd := exec.Command("sh", "-c", script)
		cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = work.dir, append(all, env...), &log, &log
		err := cmd.Run()
		calls, _ := os.ReadFile(filepath.Join(temp, "calls"))
		return jobRun{failed: err != nil, log: log.String(), calls: string(calls), dir: work.dir, temp: temp}, cmd.ProcessState.ExitCode()
	}
}

// GitLab refuses a pipeline whose inputs lack a default, and a choice that is no option.
func TestGitLabTakesTheInputs(t *testing.T) {
	s := newFormSite(t, "gitlab")
	decoder := yaml.NewDecoder(strings.NewReader(read(t, s.dir, ".gitlab-ci.yml")))
	var declared gitlabInputs
	var file map[string]any
	s.must(decoder.Decode(&declared))
	s.must(decoder.Decode(&file))
	used := map[string]bool{}
	for _, m := range interpolatedInput.FindAllStringSubmatch(read(t, s.dir, ".gitlab-ci.yml"), -1) {
		used[m[1]] = true
	}
	for name, input := range declared.Spec.Inputs {
		found := len(input.Options) == 0
		for _, option := range input.Options {
			found = found || option == input.Default
		}
		if !found || !used[name] || len(input.Options) > 50 {
			t.Errorf("%s: default %q of %q, used %t", name, input.Default, input.Options, used[name])
		}
	}
	if len(declared.Spec.Inputs) != len(used) || len(used) > 20 {
		t.Errorf("%d inputs, %d used; GitLab allows 20", len(declared.Spec.Inputs), len(used))
	}
}

func TestGitLabsFormOpensAndResolvesAnIncident(t *testing.T) {
	s := newFormSite(t, "gitlab")
	run, code := s.gitlab(map[string]string{"what": "new incident", "title": "API errors", "component": "api: Public API",
		"region": "eu: Europe", "status": "partial_outage", "message": `We see errors.\nMore soon.`})
	_, text := s.pushed("api-errors")
	if code != 0 || !strings.Contains(text, "regions: [eu]") || !strings.Contains(text, "We see errors.\nMore soon.\n") {
		t.Errorf("exit %d:\n%s\n%s", code, text, run.log)
	}
	if !strings.Contains(read(t, run.dir, "public/index.html"), "API errors") {
		t.Error("it is not on the page")
	}
	if run, code = s.gitlab(map[string]string{"what": "resolved", "message": "Fine."}); code != 0 {
		t.Errorf("exit %d:\n%s", code, run.log)
	}
	if _, text := s.pushed("api-errors"); !strings.Contains(text, "## Resolved — ") {
		t.Errorf("it is not resolved:\n%s", text)
	}
	if author := s.in(s.dir, "git -C '"+s.bare+"' log -1 --format='%an <%ae>' main"); author != "On Call <oncall@example.com>\n" {
		t.Errorf("the author is %s", author)
	}
	run, code = s.gitlab(map[string]string{"what": "resolved", "message": "Fine."})
	if code == 0 || !strings.Contains(run.log, "nothing is open") {
		t.Errorf("exit %d:\n%s", code, run.log)
	}
}

func TestWhatPeopleTypeIntoGitLabsFormIsData(t *testing.T) {
	s := newFormSite(t, "gitlab")
	for i, text := range hostile {
		if testing.Short() && i > 1 {
			break
		}
		title, _, _ := strings.Cut(text, "\n")
		name := fmt.Sprintf("case%d-x", i)
		run, code := s.gitlab(map[string]string{"what": "new announcement", "title": name + " " + title, "message": "Text " + text})
		if _, pushed := s.pushed(name); code != 0 || !strings.Contains(pushed, "Text "+text) {
			t.Errorf("%q: exit %d\n%s\n%s", text, code, pushed, run.log)
		}
		run, code = s.gitlab(map[string]string{"what": "identified", "message": "x", "entry": text, "components": text,
			"start": text, "end": text})
		if code == 0 {
			t.Errorf("%q was taken:\n%s", text, run.log)
		}
		if _, err := os.Stat(filepath.Join(run.dir, "hacked")); err == nil {
			t.Fatalf("%q was run as code", text)
		}
	}
}

// A monitor posts its payload to a pipeline trigger. What changes nothing publishes nothing.
func TestAMonitorsTriggerAtGitLabIsAnIncident(t *testing.T) {
	s := newFormSite(t, "gitlab")
	s.putRules()
	payload := filepath.Join(t.TempDir(), "payload")
	post := func(state, name string) (jobRun, int) {
		data, err := json.Marshal(alertmanager(state, name))
		s.must(err)
		s.must(os.WriteFile(payload, data, 0o644))
		return s.gitlab(nil, "CI_PIPELINE_SOURCE=trigger", "TRIGGER_PAYLOAD="+payload)
	}
	if run, code := post("firing", "APIDown"); code != 0 {
		t.Errorf("exit %d:\n%s", code, run.log)
	}
	if _, text := s.pushed("the-api-is-down"); !strings.Contains(text, "components: [api]") {
		t.Errorf("it is\n%s", text)
	}
	if run, code := post("firing", "Other"); code != 75 {
		t.Errorf("an alert that no rule matches: exit %d\n%s", code, run.log)
	}
	run, code := s.gitlab(map[string]string{"what": "resolved", "message": "Fine."},
		"CI_PIPELINE_SOURCE=trigger", "TRIGGER_PAYLOAD="+payload)
	if _, text := s.pushed("the-api-is-down"); code != 0 || !strings.Contains(text, "## Resolved — ") {
		t.Errorf("a trigger with inputs: exit %d\n%s\n%s", code, text, run.log)
	}
}

// Pipelines of one resource group take turns; a push from elsewhere does not wait.
func TestGitLabsFormsAtOnceLoseNothing(t *testing.T) {
	s := newFormSite(t, "gitlab")
	var runs []func() jobRun
	for i := range 3 {
		start := s.startGitLab(map[string]string{"what": "new announcement", "title": fmt.Sprintf("News%d", i), "message": "Text."})
		runs = append(runs, func() jobRun { run, _ := start(); return run })
	}
	for _, run := range together(runs...) {
		run.succeeded(t)
	}
	for i := range 3 {
		s.pushed(fmt.Sprintf("news%d", i))
	}
}

// A pipeline builds the newest commit, whichever started it, so that no older state
// replaces a newer one.
func TestAGitLabPipelineBuildsTheNewestCommit(t *testing.T) {
	s := newFormSite(t, "gitlab")
	push := s.startGitLab(nil, "CI_PIPELINE_SOURCE=push")
	if run, code := s.gitlab(map[string]string{"what": "new announcement", "title": "News", "message": "Text."}); code != 0 {
		t.Fatalf("exit %d:\n%s", code, run.log)
	}
	run, code := push()
	if code != 0 || !strings.Contains(read(t, run.dir, "public/index.html"), "News") {
		t.Errorf("exit %d, without the announcement:\n%s", code, run.log)
	}
}

func TestAGitLabScheduleBuildsOnlyWhenTheSiteIsDue(t *testing.T) {
	s := newFormSite(t, "gitlab")
	s.put("allclear.sh", "#!/bin/sh\necho \"allclear $*\" >>\"$CALLS\"\n[ \"$1\" != publish ] || echo \"$ANSWER\"\n")
	s.in(s.dir, "git -c user.name=A -c user.email=a@example.com commit -qam program && git push -q '"+s.bare+"' main")
	const asked, built = "allclear publish --if-due --dry-run\n", "allclear build\n"

	run, code := s.gitlab(nil, "CI_PIPELINE_SOURCE=schedule", "ANSWER=not due (no automatic change ahead)")
	if code != 75 || run.calls != asked {
		t.Errorf("a schedule that is not due: exit %d, called %q\n%s", code, run.calls, run.log)
	}
	if run, code := s.gitlab(nil, "CI_PIPELINE_SOURCE=push"); code != 0 || run.calls != built {
		t.Errorf("a push: exit %d, called %q\n%s", code, run.calls, run.log)
	}
	run, code = s.gitlab(nil, "CI_PIPELINE_SOURCE=schedule", "ANSWER=due: the site was to change")
	if code != 0 || run.calls != asked+built {
		t.Errorf("a schedule that is due: exit %d, called %q\n%s", code, run.calls, run.log)
	}
}
