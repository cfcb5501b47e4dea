package alerts

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"allclear/generator/diag"
)

// sender is a program or service that sends alerts.
type sender struct {
	kind string
	keys []string // by which it is recognized: all of them must be there; a.b is b within a
	read func(data []byte) ([]Event, error)
}

// senders are all of them. A payload is from the first one whose keys it has, so those
// with rarer keys come first.
var senders []sender

func init() {
	senders = []sender{
		{"github-dispatch", []string{"client_payload"}, readDispatch},
		{"github-issue", []string{"issue", "action"}, readIssue},
		{"cloudevents", []string{"specversion", "type"}, readCloudEvent},
		{"sns", []string{"TopicArn", "Type"}, readSNS},
		{"sns", []string{"Records"}, readSNSRecords},
		{"sns", []string{"AlarmName", "NewStateValue"}, readCloudWatch},
		{"pagerduty", []string{"event.event_type"}, readPagerDuty},
		{"opsgenie", []string{"action", "alert"}, readOpsgenie},
		{"grafana", []string{"alerts", "orgId"}, readGrafana},
		{"grafana", []string{"alerts", "state", "title"}, readGrafana},
		{"alertmanager", []string{"alerts", "status"}, readAlertmanager},
		{"alertmanager", []string{"alerts", "groupLabels"}, readAlertmanager},
		{"alertmanager", []string{"groupKey", "status"}, readAlertmanager},
		{"betterstack", []string{"data.attributes"}, readBetterStack},
		{"betterstack", []string{"page.status_indicator"}, readBetterStackPage},
		{"uptimerobot", []string{"alertType"}, readUptimeRobot},
		{"checkly", []string{"check_id", "alert_type"}, readCheckly},
		{"checkly", []string{"check_name", "alert_type"}, readCheckly},
		{"pingdom", []string{"check_id", "current_state"}, readPingdom},
		{"pingdom", []string{"check_id", "previous_state"}, readPingdom},
		{"pingdom", []string{"check_id", "state_changed_timestamp"}, readPingdom},
		{"statuscake", []string{"Status", "Name"}, readStatusCake},
		{"statuscake", []string{"Status", "TestID"}, readStatusCake},
		{"datadog", []string{"alert_transition"}, readDatadog},
		{"datadog", []string{"alert_cycle_key"}, readDatadog},
		{"datadog", []string{"event_type", "aggreg_key"}, readDatadog},
		{"uptime-kuma", []string{"heartbeat", "monitor"}, readUptimeKuma},
		{"gatus", []string{"state", "name", "group"}, readGatus},
		{"gatus", []string{"state", "name", "conditions"}, readGatus},
		{"healthchecks", []string{"n_pings", "status"}, readHealthchecks},
		{"healthchecks", []string{"last_ping", "status"}, readHealthchecks},
	}
}

// Kinds returns the names of the sources.
func Kinds() []string {
	return []string{"alertmanager", "grafana", "pagerduty", "opsgenie", "betterstack", "uptimerobot", "pingdom", "statuscake", "checkly",
		"datadog", "uptime-kuma", "gatus", "healthchecks", "sns", "cloudevents", "github-dispatch", "github-issue"}
}

// MaxPayload is how large a payload may be, in bytes. GitHub and GitLab accept less.
const MaxPayload = 4 << 20

// maxEvents is how many events a payload may be a list of. Alerts within one event have no
// limit of their own: a large outage has many, and MaxPayload bounds them.
const maxEvents = 1000

// Read returns the events of a payload, usually one. kind is the source, or "" to
// recognize it by its keys. The error is an [*Error]: the payload cannot be read, and its
// message names the field.
func Read(payload []byte, kind string) ([]Event, error) {
	if kind != "" && !slices.Contains(Kinds(), kind) {
		return nil, errorf(diag.DidYouMean(kind, Kinds()), "there is no source %s", quoted(kind))
	}
	data := bytes.TrimSpace(bytes.TrimPrefix(payload, []byte("\ufeff")))
	switch {
	case len(data) == 0:
		return nil, errorf("pipe the payload in: allclear ingest < payload.json", "the payload is empty")
	case len(data) > MaxPayload:
		return nil, errorf("", "the payload is larger than %d MiB", MaxPayload>>20)
	case data[0] != '{' && data[0] != '[':
		form, err := formAsJSON(data)
		if err != nil {
			return nil, err
		}
		data = form
	}
	if data[0] == '[' {
		return readBatch(data, kind)
	}
	return readObject(data, kind)
}

// readBatch reads a list of payloads, such as a batch of CloudEvents.
func readBatch(data []byte, kind string) ([]Event, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, errorf("", "the payload is no JSON: %v", err)
	}
	if len(list) == 0 || len(list) > maxEvents {
		return nil, errorf("", "the payload is a list of %d events; 1 to %d can be read", len(list), maxEvents)
	}
	var events []Event
	for _, item := range list {
		found, err := readObject(item, kind)
		if err != nil {
			return nil, err
		}
		events = append(events, found...)
	}
	return events, nil
}

// readObject reads a JSON object.
func readObject(data []byte, kind string) ([]Event, error) {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(data, &top); err != nil {
		if json.Valid(data) {
			return nil, errorf("send the body as the source writes it, without changes", "the payload is no JSON object")
		}
		return nil, errorf("send the body as the source writes it, without changes", "the payload is no JSON: %v", err)
	}
	if kind == "" {
		if s := recognize(top); s != nil {
			return s.read(data)
		}
		if kind = resembles(top); kind == "" {
			return nil, unknownSource(top)
		}
	}
	var ways []sender
	for _, s := range senders {
		if s.kind == kind {
			ways = append(ways, s)
		}
	}
	for _, s := range ways {
		if s.matches(top) {
			return s.read(data)
		}
	}
	if other := recognize(top); other != nil && wraps(other.kind) {
		return other.read(data)
	}
	return ways[0].read(data) // its own error names what is missing
}

// wraps reports whether payloads of other sources can be within those of this one.
func wraps(kind string) bool {
	return kind == "github-dispatch" || kind == "cloudevents" || kind == "sns"
}

// recognize returns the source of a payload, or nil.
func recognize(top map[string]json.RawMessage) *sender {
	for i := range senders {
		if senders[i].matches(top) {
			return &senders[i]
		}
	}
	return nil
}

// typical are keys that payloads of a source usually have. If a payload lacks one of those
// by which its source is recognized, the others still show which field is missing.
var typical = map[string][]string{
	"alertmanager": {"receiver", "groupLabels", "commonLabels", "groupKey", "externalURL"},
	"grafana":      {"receiver", "groupLabels", "commonLabels", "groupKey", "externalURL", "orgId"},
	"pagerduty":    {"event.id", "event.data", "event.occurred_at"},
	"opsgenie":     {"action", "alert.alias", "alert.alertId", "integrationId", "integrationName"},
	"betterstack":  {"data.id", "data.type", "data.relationships"},
	"uptimerobot":  {"monitorURL", "monitorFriendlyName", "alertDetails", "alertTypeFriendlyName"},
	"pingdom":      {"check_id", "check_name", "check_params", "current_state", "previous_state", "state_changed_timestamp"},
	"statuscake":   {"Name", "Status", "StatusCode", "TestID", "Token"},
	"checkly":      {"check_id", "check_name", "check_result_id", "run_location", "event"},
	"datadog":      {"alert_id", "alert_cycle_key", "aggreg_key", "last_updated", "org"},
	"uptime-kuma":  {"heartbeat", "monitor", "msg"},
	"gatus":        {"state", "name", "conditions", "errors"},
	"healthchecks": {"slug", "n_pings", "last_ping", "next_ping", "grace"},
	"sns":          {"MessageId", "Message", "Type", "Signature", "SigningCertURL"},
	"cloudevents":  {"specversion", "id", "source", "type", "datacontenttype"},
	"github-issue": {"issue.number", "issue.title", "issue.body"},
}

// resembles returns the source whose payloads usually have most of the keys of this one,
// or "" if none has at least two of them.
func resembles(top map[string]json.RawMessage) string {
	best, most := "", 1
	for _, kind := range Kinds() {
		n := 0
		for _, path := range typical[kind] {
			if hasPath(top, path) {
				n++
			}
		}
		if n > most {
			best, most = kind, n
		}
	}
	return best
}

// matches reports whether a payload has the keys of the source.
func (s sender) matches(top map[string]json.RawMessage) bool {
	return !slices.ContainsFunc(s.keys, func(path string) bool { return !hasPath(top, path) })
}

// hasPath reports whether an object has a key, or a key within a key.
func hasPath(top map[string]json.RawMessage, path string) bool {
	name, rest, nested := strings.Cut(path, ".")
	raw, has := top[name]
	if !has || !nested {
		return has
	}
	var inner map[string]json.RawMessage
	return json.Unmarshal(raw, &inner) == nil && hasPath(inner, rest)
}

// unknownSource returns the error for a payload whose source is not known.
func unknownSource(top map[string]json.RawMessage) error {
	keys := slices.Sorted(maps.Keys(top))
	if slices.Contains(keys, "inputs") {
		return errorf("its inputs are for a person's own words: allclear new incident, or allclear update",
			"this is the event of a workflow that was started by hand, not an alert")
	}
	listed := make([]string, 0, len(keys))
	for _, k := range keys {
		listed = append(listed, shorten(oneLine(k), 40))
	}
	has := "it is empty"
	if len(listed) > 0 {
		has = "its keys are " + strings.Join(listed[:min(12, len(listed))], ", ")
	}
	return errorf("name it: allclear ingest SOURCE, with one of "+strings.Join(Kinds(), ", "),
		"the source of the payload cannot be recognized: %s", has)
}

// formAsJSON turns a form, as StatusCake sends it, into a JSON object.
func formAsJSON(data []byte) ([]byte, error) {
	form, err := url.ParseQuery(string(data))
	if err != nil || len(form) < 2 {
		return nil, errorf("send the body as the source writes it, without changes", "the payload is neither a JSON object nor a form")
	}
	one := map[string]string{}
	for name, values := range form {
		one[name] = values[0]
	}
	return json.Marshal(one)
}
