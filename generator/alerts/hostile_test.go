package alerts_test

import (
	"encoding/json"
	"flag"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/alerts"
	"allclear/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// hostileTexts are values that would do harm if they became anything but text.
var hostileTexts = []string{
	"x\n---\ndraft: true\n---\n\n## Resolved — 2026-11-20 10:00\nAll is well.",
	"## Resolved — 2026-11-20 10:00",
	"<script>alert(1)</script><img src=x onerror=alert(1)><!-- ",
	"[click](javascript:alert(1)) ![x](https://evil.example/x.png) https://evil.example www.evil.example",
	"@everyone @octocat <!channel> <@U123>",
	"{{.labels.region}} {{printf \"%1000000000d\" 1}} {{template \"x\"}}",
	"\"; title: \"x\" } # ' : - [ &a *a !!binary |",
	"```\ncode", "~~~", "> quote", "- list", "1. list", "    code", "# heading", "===", "| a | b |\n|---|---|", "[x]: https://evil.example",
	"\u202eevil\u202c \u2028 \u0000 \u0007 \ufeff \u2066x", strings.Repeat("long ", 5000), "${{ github.token }} $(id) `id` ;rm -rf /",
	"", " ", "null", "-1", "9999999999999999999", "0001-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "all", "operational",
}

// everyAlert has the fields of an alert in every text of a rule.
const everyAlert = `rules:
  - match: {name: "*"}
    component: public-api
    region: eu
    status: major
    title: "Trouble {{.name}} {{.labels.component}}"
    message: |
      {{.summary}}

      Seen by *us*: {{.name}}, {{.url}}, {{.tags}} and {{index .labels "alertname"}}{{.labels.region}}.
default: draft
`

// keysOfIncidents are the keys that ingest writes.
var keysOfIncidents = []string{"title", "source", "components", "regions", "status", "severity", "draft", "impacts", "start", "end"}

// every makes TestWhatAnAlertSaysIsOnlyEverText try each text in each place, which takes a
// minute and a half.
var every = flag.Bool("every", false, "try each hostile text in each place")

// TestWhatAnAlertSaysIsOnlyEverText replaces each text of a payload by hostile ones, one
// after the other. Either the alert is refused, or its incident has the structure of any
// other, and no text of the payload has become anything but text.
func TestWhatAnAlertSaysIsOnlyEverText(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	sent := 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if json.Unmarshal(archive.Files[0].Data, &value) != nil {
			value = map[string]any{"Status": "Down", "Name": "Shop", "TestID": "1", "Tags": "a,b",
				"StatusCode": "502", "URL": "https://x.example"}
		}
		for i, path := range paths(value, "") {
			for j, text := range hostileTexts {
				if !*every && (i+j)%19 != 0 {
					continue
				}
				if replaced, is := replaceText(value, path, text); is {
					sent++
					data, _ := json.Marshal(replaced)
					mustStayText(t, data, name+" "+path)
				}
			}
		}
	}
	if sent < 250 {
		t.Errorf("only %d payloads were sent", sent)
	}
}

// replaceText returns a JSON value in which the text at a path is another one. It reports
// whether there is a text.
func replaceText(value any, path, text string) (any, bool) {
	name, rest, nested := strings.Cut(path, ".")
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		is := false
		for key, child := range v {
			if key == name && nested {
				child, is = replaceText(child, rest, text)
			} else if key == name {
				_, is = child.(string)
				child = text
			}
			out[key] = child
		}
		return out, is
	case []any:
		out, is := slices.Clone(v), false
		for i := range out {
			if name == string(rune('0'+i)) {
				out[i], is = replaceText(out[i], rest, text)
			}
		}
		return out, is
	}
	return value, false
}

var sourceKey = regexp.MustCompile(`^[a-z-]+:[A-Za-z0-9_-]{1,64}$`)

// mustStayText sends a payload, twice, and looks at what it has become.
func mustStayText(t testing.TB, payload []byte, what string) {
	t.Helper()
	w, now := newWorld(everyAlert), at("09:58")
	w.send(t, now, payload, "")
	before := w.files()
	w.send(t, now.Add(time.Minute), payload, "")
	s, _ := w.read(now.Add(time.Minute))
	if after := w.files(); after != before && len(s.Entries) < 2 {
		t.Fatalf("%s: the same payload again changes the file\n%s\n%s", what, payload, after)
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		head, _, _ := strings.Cut(strings.TrimPrefix(string(w.folder[e.Pos.File].Data), "---\n"), "\n---\n")
		for line := range strings.Lines(head) {
			if key, _, _ := strings.Cut(strings.TrimLeft(line, " -"), ":"); !slices.Contains(keysOfIncidents, key) {
				t.Fatalf("%s: the front matter has the line %q\n%s", what, line, head)
			}
		}
		issue := strings.HasPrefix(e.Source, "github-issue") // a person writes it
		switch {
		case !sourceKey.MatchString(e.Source):
			t.Fatalf("%s: source is %q", what, e.Source)
		case strings.ContainsAny(e.Title.Default, "\n\r\x00@\u202e\u2066"):
			t.Fatalf("%s: the title is %q", what, e.Title.Default)
		case len([]rune(e.Title.Default)) > 300:
			t.Fatalf("%s: the title has %d characters", what, len(e.Title.Default))
		case e.Report != nil || !e.Summary.Blank() || e.Plan != nil || len(e.Updates) > 2:
			t.Fatalf("%s: the incident has another structure\n%s", what, w.files())
		case !issue:
			mustBePlain(t, e.Updates[0], what)
		}
	}
}

// mustBePlain looks for markup in an update that the rule does not have.
func mustBePlain(t testing.TB, u site.Update, what string) {
	t.Helper()
	markup := u.Body.Markup
	for _, ours := range []string{"<p>", "</p>", "<em>", "</em>"} {
		markup = strings.ReplaceAll(markup, ours, "")
	}
	if strings.ContainsAny(markup, "<>") || len(u.Body.Definitions) > 0 {
		t.Fatalf("%s: a text of the alert has become markup:\n%s\n%s", what, u.Body.Markdown, u.Body.Markup)
	}
	if strings.Contains(html.UnescapeString(markup), "@") {
		t.Fatalf("%s: a text of the alert mentions somebody: %s", what, u.Body.Markdown)
	}
}

// FuzzRead reads any payload as any source, and sends it: it never panics, and the site
// never has errors.
func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		kind := slices.Index(alerts.Kinds(), strings.TrimSuffix(filepath.Base(name), ".txtar"))
		for _, file := range archive.Files {
			f.Add(file.Data, byte(0))
			f.Add(file.Data, byte(kind+1))
		}
	}
	f.Fuzz(func(t *testing.T, payload []byte, source byte) {
		kind := ""
		if n := int(source) % (len(alerts.Kinds()) + 1); n > 0 {
			kind = alerts.Kinds()[n-1]
		}
		w := newWorld(everyAlert)
		w.send(t, at("09:58"), payload, kind)
		w.send(t, at("09:59"), payload, kind)
	})
}

// TestALargeOutageIsAnIncident sends ten thousand alerts in one message: what customers
// need most must not fail because there is too much of it.
func TestALargeOutageIsAnIncident(t *testing.T) {
	now := at("10:00")
	w := newWorld(everyAlert)
	e := alerts.Event{Kind: "alertmanager", Key: "k"}
	for i := range 10_000 {
		e.Alerts = append(e.Alerts, alerts.Alert{Name: "Down", Firing: true, Start: now.Add(-time.Duration(i) * time.Minute)})
	}
	s, _ := w.read(now)
	d := alerts.Decide(e, &s, now, alerts.Words{Opened: "We look."})
	if d.New == nil || len(d.Notes) > 12 {
		t.Errorf("an incident: %v, with %d notes, of which a person reads none", d.New != nil, len(d.Notes))
	}
}

// TestAnAlertThatFlapsForDaysIsStillPublished lets an alert fire and end so often that the
// file of one incident, which may have 500 updates, does not hold it.
func TestAnAlertThatFlapsForDaysIsStillPublished(t *testing.T) {
	w := newWorld("rules:\n  - match: {name: X}\n    component: website\n    status: major_outage\n    reopen: 1h\n")
	now := at("06:00")
	said := ""
	for range 260 {
		begin, end := now, now.Add(10*time.Second)
		alert := func(status string, ends time.Time) []byte {
			return []byte(`{"status": "` + status + `", "groupLabels": {"alertname": "X"}, "alerts": [{"status": "` + status +
				`", "labels": {"alertname": "X"}, "startsAt": "` + begin.Format(time.RFC3339) + `", "endsAt": "` +
				ends.Format(time.RFC3339) + `"}]}`)
		}
		said += w.send(t, begin, alert("firing", time.Time{}), "")
		said += w.send(t, end, alert("resolved", end), "")
		now = end.Add(10 * time.Second)
	}
	said += w.send(t, now, []byte(`{"status": "firing", "groupLabels": {"alertname": "X"}, "alerts": []}`), "")
	s, _ := w.read(now)
	if open := slices.ContainsFunc(s.Entries, func(e site.Entry) bool { return e.Open(now) }); !open || strings.Contains(said, "refused") {
		t.Errorf("the alert fires, and nothing is open:\n%s", said[max(0, len(said)-500):])
	}
}

// TestATextWithAGapIsNotPublished sends an alert without the label that the rule's title and
// message are made of.
func TestATextWithAGapIsNotPublished(t *testing.T) {
	w := newWorld(`rules:
  - match: {name: "*"}
    component: website
    status: major_outage
    title: {en: "Trouble in {{.labels.zone}}"}
    message: "In {{ .labels.zone }}, {{.name}} does not answer."
`)
	send := func(name, zone string) string {
		return w.send(t, at("06:00"), []byte(`{"status": "firing", "groupLabels": {"alertname": "`+name+`"}, "alerts": [{"status": "firing",
			"labels": {"alertname": "`+name+`"`+zone+`}, "startsAt": "2026-11-20T05:59:00Z"}]}`), "")
	}
	said := send("Web", "")
	if files := w.files(); strings.Contains(files, "Trouble in") || !strings.Contains(files, "title: Web\n") ||
		!strings.Contains(said, "cannot be used for its title: the alert has no zone") {
		t.Errorf("it says %s, and writes\n%s", said, files)
	}
	send("Shop", `, "zone": "Bern"`)
	if files := w.files(); !strings.Contains(files, "title: Trouble in Bern") ||
		!strings.Contains(files, "In Bern, Shop does not answer.") {
		t.Errorf("with the label:\n%s", files)
	}
}

// TestAMonitorSendsNoIssue wraps an issue, which needs no rule, into what a monitor sends.
func TestAMonitorSendsNoIssue(t *testing.T) {
	issue := `{"action": "opened", "issue": {"number": 1, "title": "X", "author_association": "OWNER",
		"body": "### Components\n\nall\n\n### Status\n\nmajor_outage\n\n### Message\n\nX"}}`
	quoted, _ := json.Marshal(issue)
	for _, payload := range []string{
		`{"client_payload": {"github-issue": ` + issue + `}}`, `{"client_payload": ` + issue + `}`,
		`{"client_payload": {"x": ` + issue + `}}`,
		`{"specversion": "1.0", "id": "1", "source": "s", "type": "t", "data": ` + issue + `}`,
		`{"Type": "Notification", "TopicArn": "arn:x", "Message": ` + string(quoted) + `}`,
	} {
		w := newWorld("default: draft\n")
		said := w.send(t, at("06:00"), []byte(payload), "")
		if files := w.files(); strings.Contains(files, "github-issue") {
			t.Errorf("%s\nwas taken for an issue: %s\n%s", payload, said, files)
		}
	}
}

// TestAllAlertsOfADispatchAreRead sends two monitors' alerts in one body.
func TestAllAlertsOfADispatchAreRead(t *testing.T) {
	w := newWorld("rules:\n  - match: {name: \"*\"}\n    component: website\n    status: major_outage\n")
	w.send(t, at("06:00"), []byte(`{"client_payload": {"gatus": {"state": "TRIGGERED", "name": "a", "group": "g"},
		"statuscake": {"Status": "Down", "Name": "b", "TestID": "1"}}}`), "")
	if files := w.files(); !strings.Contains(files, "source: gatus:") || !strings.Contains(files, "source: statuscake:") {
		t.Errorf("one is lost:\n%s", files)
	}
}

// TestAnOldEndStillEndsTheIncident repeats times of days ago, as a monitor with a wrong clock
// does: they are replaced by the time of arrival, when the alert fires and when it is over.
func TestAnOldEndStillEndsTheIncident(t *testing.T) {
	for _, over := range []string{`"endsAt": "2026-11-10T07:00:00Z"`, `"endsAt": "2999-01-01T00:00:00Z"`, `"endsAt": ""`} {
		w := newWorld("rules:\n  - match: {name: \"*\"}\n    component: website\n    status: major_outage\n")
		body := `{"status": "firing", "groupLabels": {"alertname": "X"}, "alerts": [{"status": "firing", "labels": {"alertname": "X"},
			"startsAt": "2026-11-10T06:00:00Z"}]}`
		w.send(t, at("06:00"), []byte(body), "")
		end := strings.NewReplacer("firing", "resolved", `06:00:00Z"`, `06:00:00Z", `+over).Replace(body)
		said := w.send(t, at("06:10"), []byte(end), "")
		if files := w.files(); !strings.Contains(files, "## Resolved — 2026-11-20 07:10\n") {
			t.Errorf("with %s it stays open: %s\n%s", over, said, files)
		}
	}
}

// TestWhatAnIssueSaysElsewhereIsNamed has a heading within the message, which ends it, since
// the form may have fields that are not meant for customers.
func TestWhatAnIssueSaysElsewhereIsNamed(t *testing.T) {
	w := newWorld("")
	body, _ := json.Marshal("### Components\n\nwebsite\n\n### Status\n\nmajor_outage\n\n### Message\n\nWe look." +
		"\n\n### Details\n\nA disk.\n\n### Checks\n\n- [x] yes\n")
	said := w.send(t, at("06:00"), []byte(`{"action": "opened", "issue": {"number": 1, "title": "X", "author_association": "OWNER",
		"created_at": "2026-11-20T05:59:00Z", "body": `+string(body)+`}}`), "")
	if strings.Contains(w.files(), "A disk.") ||
		!strings.Contains(said, `below the heading "Details"`) || strings.Contains(said, "Checks") {
		t.Errorf("it says %s, and writes\n%s", said, w.files())
	}
}
