package alerts_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/alerts"
	"allclear/generator/site"
)

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
