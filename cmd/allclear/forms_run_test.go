package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"allclear/generator/yaml"
)

// formSite is a site with regions, at a host, with its repository.
type formSite struct {
	folder
	bare string
	runs int
	bin  string

	secrets map[string]any // of the repository at GitHub
	pages   string         // the folder that GitHub Pages serves, if the test looks at it
}

// newFormSite returns a site whose main branch is pushed to a bare repository. gh
// records its calls and knows the newest commit.
func newFormSite(t *testing.T, host string) *formSite {
	for _, name := range []string{"bash", "git", "od"} {
		if _, err := findProgram(name); err != nil {
			needed(t, name)
		}
	}
	s := &formSite{folder: folder{t, t.TempDir()}, bare: filepath.Join(t.TempDir(), "status.git"), bin: t.TempDir()}
	s.put("content/site.yml", "title: Example\nurl: https://status.acme.test\n")
	s.put("content/components.yml", "regions:\n  - {id: us, name: United States}\n  - {id: eu, name: Europe}\ncomponents:\n"+
		"  - {id: web, name: Website}\n  - {id: api, name: \"Public API\", regions: [us, eu]}\n  - {id: email, name: Email}\n")
	out, err := exec.Command(program(t), "init", s.dir, "--host", host).CombinedOutput()
	if err != nil {
		t.Fatalf("init --host %s: %v\n%s", host, err, out)
	}
	s.put("allclear.sh", "#!/bin/sh\nexec '"+program(t)+"' \"$@\"\n")
	s.must(os.WriteFile(filepath.Join(s.bin, "gh"), []byte("#!/bin/sh\necho \"gh $*\" >>\"$CALLS\"\ncase $1 in\n"+
		"api) git -C '"+s.bare+"' rev-parse main ;;\nissue) cat \"$RUNNER_TEMP/answer.md\" >>\"$CALLS\" ;;\nesac\n"), 0o755))
	s.in(s.dir, "git init -q -b main . && git add -A && git -c user.name=A -c user.email=a@example.com commit -qm first && "+
		"git init -q --bare -b main '"+s.bare+"' && git push -q '"+s.bare+"' main")
	return s
}

// in runs a line of shell in a folder.
func (s *formSite) in(dir, line string) string {
	s.Helper()
	cmd := exec.Command("bash", "-c", line)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

// checkout returns a new clone of the repository, as a job has it.
func (s *formSite) checkout() folder {
	s.Helper()
	dir := filepath.Join(s.TempDir(), "work")
	s.in(s.dir, "git clone -q --depth 50 'file://"+s.bare+"' '"+dir+"'")
	return folder{s.T, dir}
}

// pushed returns the text of the only file of the newest commit whose name has a part, and
// its name.
func (s *formSite) pushed(part string) (name, text string) {
	s.Helper()
	for line := range strings.Lines(s.in(s.dir, "git -C '"+s.bare+"' -c core.quotePath=false ls-tree -r --name-only main")) {
		if line = strings.TrimSpace(line); strings.Contains(line, part) {
			if name != "" {
				s.Fatalf("both %s and %s have %q in their names", name, line, part)
			}
			name = line
		}
	}
	if name == "" {
		s.Fatalf("no file was pushed with %q in its name", part)
	}
	return name, s.in(s.dir, "git -C '"+s.bare+"' show 'main:"+name+"'")
}

// commits returns how many commits the repository has.
func (s *formSite) commits() int {
	n, err := strconv.Atoi(strings.TrimSpace(s.in(s.dir, "git -C '"+s.bare+"' rev-list --count main")))
	s.must(err)
	return n
}

// githubJob is a job of a workflow of GitHub.
type githubJob struct {
	If    string
	Env   map[string]string
	Steps []struct {
		ID, If, Run, Uses string
		Env               map[string]string
		Continue          bool `yaml:"continue-on-error"`
	}
}

// jobRun is what became of a run of a job.
type jobRun struct {
	skipped, failed bool
	log, calls      string
	dir, temp       string // its checkout, and the folder with its summary
}

// trigger is what starts a workflow: its name, the event, and the inputs of the form.
type trigger struct {
	name    string
	payload map[string]any
	inputs  map[string]any
	ref     string // main if empty
	deploys string // outcome of the publish to GitHub Pages: success if empty
	run     int    // a run that is repeated; 0: a new one
}

// press returns the trigger of the form, with the values of its fields that are not the defaults.
func press(what string, fields ...string) trigger {
	inputs := map[string]any{"what": what, "component": "none", "status": "as it is", "region": "all", "force": false}
	for i := 0; i < len(fields); i += 2 {
		inputs[fields[i]] = fields[i+1]
	}
	return trigger{name: "workflow_dispatch", inputs: inputs}
}

// github runs the workflow incident.yml of the newest commit for an event.
func (s *formSite) github(e trigger) jobRun {
	s.Helper()
	return s.start(e)()
}

// starts reports whether the job runs at all for an event.
func (s *formSite) starts(e trigger) bool {
	s.Helper()
	return truthy(evaluate(s.job(s.dir).If, s.context(&e)))
}

// start prepares a run, and returns the function that runs it: several at once, too.
func (s *formSite) start(e trigger) func() jobRun {
	s.Helper()
	vars := s.context(&e)
	work, temp := s.checkout(), s.TempDir()
	data, err := json.Marshal(lookup(vars, []string{"github", "event"}))
	s.must(err)
	s.must(os.WriteFile(filepath.Join(temp, "event.json"), data, 0o644))
	job := s.job(work.dir)
	return func() jobRun { return s.runJob(work.dir, temp, job, vars, e) }
}

// job returns the job of incident.yml in a folder.
func (s *formSite) job(dir string) githubJob {
	s.Helper()
	var workflow struct{ Jobs map[string]githubJob }
	s.must(yaml.NewDecoder(strings.NewReader(read(s.T, dir, ".github/workflows/incident.yml"))).Decode(&workflow))
	return workflow.Jobs["incident"]
}

// context returns the values of expressions, and completes the event.
func (s *formSite) context(e *trigger) map[string]any {
	if s.runs++; e.run == 0 {
		e.run = 1000 + s.runs
	}
	if e.ref == "" {
		e.ref = "main"
	}
	payload := map[string]any{"repository": map[string]any{"full_name": "acme/status", "default_branch": "main"}}
	maps.Copy(payload, e.payload)
	return map[string]any{"inputs": e.inputs, "secrets": s.secrets, "steps": map[string]any{}, "github": map[string]any{
		"event": payload, "event_name": e.name, "ref_name": e.ref, "run_id": strconv.Itoa(e.run),
		"actor": "oncall", "actor_id": "17", "token": "t0ken", "repository": "acme/status"}}
}

// runJob runs the steps of a job as GitHub does. Actions of others do nothing.
func (s *formSite) runJob(dir, temp string, job githubJob, vars map[string]any, e trigger) jobRun {
	run := jobRun{dir: dir, temp: temp}
	if !truthy(evaluate(job.If, vars)) {
		run.skipped = true
		return run
	}
	var log bytes.Buffer
	steps := vars["steps"].(map[string]any)
	for _, step := range job.Steps {
		condition := strings.TrimSuffix(strings.TrimPrefix(step.If, "${{"), "}}")
		if run.failed && !strings.Contains(condition, "cancelled()") || condition != "" && !truthy(evaluate(condition, vars)) {
			continue
		}
		outcome, outputs := "success", map[string]any{}
		if step.Uses != "" {
			if step.ID == "deployment" && e.deploys != "" {
				outcome = e.deploys
			} else if step.ID == "deployment" && s.pages != "" {
				s.must(os.RemoveAll(s.pages))
				s.must(os.CopyFS(s.pages, os.DirFS(filepath.Join(dir, "public"))))
			}
		} else {
			var ok bool
			if ok, outputs = s.runStep(dir, temp, &log, step.Run, job.Env, step.Env, vars); !ok {
				outcome, run.failed = "failure", true
			}
		}
		steps[step.ID] = map[string]any{"outcome": outcome, "outputs": outputs}
	}
	calls, _ := os.ReadFile(filepath.Join(temp, "calls"))
	run.log, run.calls = log.String(), string(calls)
	return run
}

// runStep runs a step in bash, and returns whether it succeeded, and its outputs.
func (s *formSite) runStep(dir, temp string, log *bytes.Buffer, script string, jobEnv, stepEnv map[string]string,
	vars map[string]any) (ok bool, values map[string]any) {
	file, outputs := filepath.Join(temp, "step.sh"), filepath.Join(temp, "outputs")
	if os.WriteFile(file, []byte(script), 0o644) != nil || os.WriteFile(outputs, nil, 0o644) != nil {
		return false, nil
	}
	cmd := exec.Command("bash", "-e", file)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	cmd.Env = append(os.Environ(), "CI=true", "GITHUB_ACTIONS=true", "PATH="+s.bin+":"+os.Getenv("PATH"),
		"CALLS="+filepath.Join(temp, "calls"), "RUNNER_TEMP="+temp,
		"GITHUB_EVENT_PATH="+filepath.Join(temp, "event.json"), "GITHUB_OUTPUT="+outputs, "GITHUB_REPOSITORY=acme/status",
		"GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary.md"))
	for _, env := range []map[string]string{jobEnv, stepEnv} {
		for name, value := range env {
			cmd.Env = append(cmd.Env, name+"="+interpolate(value, vars))
		}
	}
	err := cmd.Run()
	values = map[string]any{}
	data, _ := os.ReadFile(outputs)
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			values[name] = value
		}
	}
	return err == nil, values
}

// together runs several runs at once.
func together(runs ...func() jobRun) []jobRun {
	done := make([]jobRun, len(runs))
	var wait sync.WaitGroup
	for i, run := range runs {
		wait.Go(func() { done[i] = run() })
	}
	wait.Wait()
	return done
}

func (r jobRun) succeeded(t *testing.T) {
	t.Helper()
	if r.failed || r.skipped {
		t.Fatalf("the run failed (%t) or was skipped (%t):\n%s", r.failed, r.skipped, r.log)
	}
}
