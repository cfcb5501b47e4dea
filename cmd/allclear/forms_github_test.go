package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

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

// Only the default branch, and only members of the repository.
func TestStrangersStartNoRun(t *testing.T) {
	s := newFormSite(t, "github")
	issue := func(association, label, body string) map[string]any {
		return map[string]any{"number": 17.0, "title": "Errors", "author_association": association, "body": body,
			"labels": []any{map[string]any{"name": label}}}
	}
	const filled = "### Components\n\nweb\n"
	for _, c := range []struct {
		story string
		e     trigger
		runs  bool
	}{
		{"the form", press("update"), true},
		{"the form on a branch", func() trigger { e := press("update"); e.ref = "other"; return e }(), false},
		{"a monitor", trigger{name: "repository_dispatch"}, true},
		{"a member's issue", trigger{name: "issues", payload: map[string]any{"issue": issue("MEMBER", "incident", "")}}, true},
		{"a member's form, without the label", trigger{name: "issues",
			payload: map[string]any{"issue": issue("OWNER", "bug", filled)}}, true},
		{"a member's other issue", trigger{name: "issues", payload: map[string]any{"issue": issue("OWNER", "bug", "It fails")}}, false},
		{"a stranger's issue", trigger{name: "issues", payload: map[string]any{"issue": issue("NONE", "incident", filled)}}, false},
		{"a contributor's issue", trigger{name: "issues",
			payload: map[string]any{"issue": issue("CONTRIBUTOR", "incident", filled)}}, false},
		{"a member's comment", trigger{name: "issue_comment", payload: map[string]any{"issue": issue("MEMBER", "incident", ""),
			"comment": map[string]any{"author_association": "COLLABORATOR"}}}, true},
		{"a stranger's comment on a member's issue", trigger{name: "issue_comment", payload: map[string]any{
			"issue": issue("MEMBER", "incident", ""), "comment": map[string]any{"author_association": "NONE"}}}, false},
		{"a member's comment on a stranger's issue", trigger{name: "issue_comment", payload: map[string]any{
			"issue": issue("FIRST_TIMER", "incident", ""), "comment": map[string]any{"author_association": "OWNER"}}}, false},
		{"a comment on a pull request", trigger{name: "issue_comment", payload: map[string]any{
			"issue": func() map[string]any {
				i := issue("MEMBER", "incident", "")
				i["pull_request"] = map[string]any{}
				return i
			}(),
			"comment": map[string]any{"author_association": "OWNER"}}}, false},
	} {
		if s.starts(c.e) != c.runs {
			t.Errorf("%s: runs %t", c.story, !c.runs)
		}
	}
}

// issueEvent is what GitHub says of an issue that was made with the form, or of a comment on it.
func issueEvent(action, comment string, at time.Time) trigger {
	opened := at.UTC().Truncate(time.Second).Add(-2 * time.Minute)
	issue := map[string]any{"number": 17.0, "title": "API errors", "author_association": "MEMBER", "labels": []any{},
		"created_at": opened.Format(time.RFC3339), "updated_at": at.UTC().Format(time.RFC3339),
		"body": "### Components\n\napi: Public API, web\n\n### Status\n\npartial_outage\n\n### Message\n\nAbout one in ten fails.\n\n" +
			"$(touch hacked) ${{ github.token }}\n\n### Regions\n\n_No response_\n\n### Checks\n\n- [x] This text may be public\n"}
	if action == "closed" {
		issue["closed_at"] = at.UTC().Format(time.RFC3339)
	}
	e := trigger{name: "issues", payload: map[string]any{"action": action, "issue": issue}}
	if comment != "" {
		e.name, e.payload["action"] = "issue_comment", "created"
		e.payload["comment"] = map[string]any{"body": comment, "author_association": "MEMBER", "created_at": at.UTC().Format(time.RFC3339)}
	}
	return e
}

// An issue from its opening to its end; each run answers in it.
func TestAnIssueIsAnIncident(t *testing.T) {
	s := newFormSite(t, "github")
	now := time.Now()
	run := s.github(issueEvent("opened", "", now.Add(-10*time.Minute)))
	run.succeeded(t)
	_, text := s.pushed("api-errors")
	for _, want := range []string{"source: github-issue:17", "components: [web, api]", "status: partial_outage",
		"$(touch hacked) ${{ github.token }}"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	if !strings.Contains(run.calls, "gh issue comment 17 --repo acme/status --body-file") ||
		!strings.Contains(run.calls, "Written, and soon on the page:") {
		t.Errorf("gh was called with %q", run.calls)
	}
	s.github(issueEvent("opened", "Identified: A disk is full.\n\nIt is being emptied.", now.Add(-5*time.Minute))).succeeded(t)
	run = s.github(issueEvent("opened", "Thanks, all!", now.Add(-4*time.Minute)))
	run.succeeded(t)
	if run.calls != "" {
		t.Errorf("a comment that is no update was answered: %q", run.calls)
	}
	s.github(issueEvent("closed", "", now.Add(-2*time.Minute))).succeeded(t)
	_, text = s.pushed("api-errors")
	if !strings.Contains(text, "## Identified — ") || !strings.Contains(text, "It is being emptied.") ||
		!strings.Contains(text, "## Resolved — ") {
		t.Errorf("the page would say:\n%s", text)
	}
	bad := issueEvent("opened", "", now)
	issue := bad.payload["issue"].(map[string]any)
	issue["number"], issue["body"] = 18.0, strings.Replace(issue["body"].(string), "web", "shop", 1)
	run = s.github(bad)
	if !run.failed || !strings.Contains(run.calls, "Nothing was written:") ||
		!strings.Contains(run.calls, `the site has no component "shop"`) {
		t.Errorf("an unknown component: failed %t, calls %q\n%s", run.failed, run.calls, run.log)
	}
	bad.payload["action"], issue["title"] = "edited", "The shop is slow"
	issue["body"] = strings.Replace(issue["body"].(string), "shop", "email", 1)
	run = s.github(bad)
	run.succeeded(t)
	name, corrected := s.pushed("the-shop-is-slow")
	if !strings.Contains(corrected, "components: [api, email]") && !strings.Contains(corrected, "components: [email, api]") {
		t.Errorf("the corrected issue became %s:\n%s", name, corrected)
	}
	issue["title"] = "Another title"
	if run = s.github(bad); run.failed || !strings.Contains(run.log, "what is published stays. To change it: edit "+name) {
		t.Errorf("an issue that was edited later: failed %t\n%s", run.failed, run.log)
	}
}

// GitHub takes lines of a log for commands: those that begin with :: and, older, those with
// ##[ anywhere. The words of people are not among them.
func TestNoLineThatSomebodyWroteIsACommandToGitHub(t *testing.T) {
	s := newFormSite(t, "github")
	for _, end := range []string{"::set-output name=pages::no", ""} {
		run := s.github(press("new incident", "title", "##[set-output name=pages;]no", "message", "::set-output name=pages::no",
			"component", "web", "status", "partial_outage", "end", end))
		quoted, rest := "", run.log
		for {
			before, after, found := strings.Cut(rest, "::stop-commands::")
			if !found {
				break
			}
			token, text, _ := strings.Cut(after, "\n")
			text, after, found = strings.Cut(text, "\n::"+token+"::\n")
			if !found || len(token) != 32 {
				t.Fatalf("commands stay off:\n%s", run.log)
			}
			quoted, rest = quoted+text, before+after
		}
		if !strings.Contains(quoted, "set-output") || strings.Contains(rest, "##[") || strings.Contains(rest, "set-output") {
			t.Errorf("with the end %q, GitHub takes a line for a command:\n%s", end, run.log)
		}
	}
}

// Runs start in any order: a comment, or the closing, may be read before the opening.
func TestEventsOfAnIssueMayComeInAnyOrder(t *testing.T) {
	s := newFormSite(t, "github")
	now := time.Now()
	opened, comment := issueEvent("opened", "", now), issueEvent("opened", "identified: A disk.", now.Add(-30*time.Second))
	closed := issueEvent("closed", "", now)
	for _, e := range []trigger{opened, comment, closed} {
		e.payload["issue"].(map[string]any)["created_at"] = now.Add(-time.Minute).UTC().Format(time.RFC3339)
	}
	opened.payload["issue"].(map[string]any)["updated_at"] = now.Add(-time.Minute).UTC().Format(time.RFC3339)
	for _, run := range together(s.start(comment), s.start(opened), s.start(closed)) {
		run.succeeded(t)
	}
	_, text := s.pushed("api-errors")
	for _, heading := range []string{"## Investigating — ", "## Identified — ", "## Resolved — "} {
		if strings.Count(text, heading) != 1 {
			t.Errorf("%q is not there once:\n%s", heading, text)
		}
	}
	s.in(s.checkout().dir, "sh allclear.sh check && ! sh allclear.sh status | grep -q outage")
}

// putRules pushes the rules for alerts.
func (s *formSite) putRules() {
	s.put("content/alerts.yml", "rules:\n  - match: {alertname: APIDown}\n    component: api\n    status: major_outage\n"+
		"    title: The API is down\n")
	s.in(s.dir, "git add -A && git -c user.name=A -c user.email=a@example.com commit -qm rules && git push -q '"+s.bare+"' main")
}

// alertmanager returns what Alertmanager sends.
func alertmanager(state, name string) map[string]any {
	labels := map[string]any{"alertname": name}
	alert := map[string]any{"status": state, "labels": labels, "annotations": map[string]any{},
		"startsAt": past(5 * time.Minute), "endsAt": past(time.Minute), "fingerprint": "1"}
	return map[string]any{"version": "4", "status": state, "groupKey": "{}:{alertname=\"" + name + "\"}", "groupLabels": labels,
		"commonLabels": labels, "alerts": []any{alert}}
}

// A monitor's alert opens and ends an incident; what no rule matches changes nothing.
func TestAMonitorsDispatchIsAnIncident(t *testing.T) {
	s := newFormSite(t, "github")
	s.putRules()
	alert := func(state, name string) trigger {
		return trigger{name: "repository_dispatch", payload: map[string]any{"action": "alert",
			"client_payload": map[string]any{"alertmanager": alertmanager(state, name)}}}
	}
	s.github(alert("firing", "APIDown")).succeeded(t)
	if _, text := s.pushed("the-api-is-down"); !strings.Contains(text, "components: [api]") {
		t.Errorf("it is\n%s", text)
	}
	before := s.commits()
	for _, e := range []trigger{alert("firing", "APIDown"), alert("firing", "Other")} {
		run := s.github(e)
		run.succeeded(t)
		if s.commits() != before || !strings.Contains(run.log, "There is nothing to change.") {
			t.Errorf("%d commits\n%s", s.commits(), run.log)
		}
	}
	s.github(alert("resolved", "APIDown")).succeeded(t)
	if _, text := s.pushed("the-api-is-down"); !strings.Contains(text, "## Resolved — ") {
		t.Errorf("it is\n%s", text)
	}
}

// What a form says reaches subscribers in the same run, once the site is published: at GitHub
// Pages, and at the targets of publish.
func TestAFormNotifiesInTheSameRun(t *testing.T) {
	for _, publish := range []string{"", "publish:\n  - {name: here, to: \"dir:%s\", url: %q}\n"} {
		s := newFormSite(t, "github")
		public := filepath.Join(t.TempDir(), "public")
		web := httptest.NewServer(http.FileServer(http.Dir(public)))
		t.Cleanup(web.Close)
		if publish != "" {
			publish = fmt.Sprintf(publish, public, web.URL)
		} else {
			s.pages = public
		}
		var mu sync.Mutex
		var got []string
		hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			mu.Lock()
			defer mu.Unlock()
			got = append(got, string(body))
		}))
		t.Cleanup(hook.Close)
		s.secrets = map[string]any{"HOOK_URL": hook.URL, "HOOK_SECRET": "whsec_UExBTlRFRC1QTEFOVEVELVBMQU5URUQtUExBTlRFRA=="}
		s.put("content/site.yml", "title: Example\nurl: "+web.URL+"\n"+publish+
			"notify:\n  targets:\n    - {name: hook, to: webhook, url: $HOOK_URL, secret: $HOOK_SECRET}\n")
		if out, _, code := s.folder.runs("init", "--host", "github", "--refresh"); code != 0 || !strings.Contains(out, "incident.yml") {
			t.Fatalf("exit %d: %s", code, out)
		}
		s.in(s.dir, "git add -A && git -c user.name=A -c user.email=a@example.com commit -qm notify && git push -q '"+s.bare+"' main")

		s.github(press("new incident", "title", "Web is down", "component", "web",
			"status", "major_outage", "message", "We look.")).succeeded(t)
		if len(got) != 0 {
			t.Errorf("the first run only records, and sent %q", got)
		}
		run := s.github(press("identified", "message", "A disk is full."))
		run.succeeded(t)
		if len(got) != 1 || !strings.Contains(got[0], "A disk is full.") {
			t.Errorf("publish %q: sent %q\n%s", publish, got, run.log)
		}
		again := press("update", "message", "Soon.")
		again.deploys, again.run = "failure", 77
		s.github(again).succeeded(t)
		if publish == "" && len(got) != 1 {
			t.Errorf("it sent what is not published: %q", got)
		}
		if strings.Contains(run.log, "whsec_") || strings.Contains(run.log, hook.URL) {
			t.Errorf("a secret is in the log:\n%s", run.log)
		}
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
