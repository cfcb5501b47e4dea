package main

import (
	"strings"
	"testing"
	"time"
)

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
