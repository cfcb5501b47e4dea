package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"text/template"
	"time"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator/yaml"
)

// codeBlocks returns the code blocks of a section of docs/monitoring.md.
func codeBlocks(t *testing.T, section string) []string {
	t.Helper()
	page, err := os.ReadFile("../../docs/monitoring.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(page), "\n## "+section+"\n")
	if !found {
		t.Fatalf("docs/monitoring.md has no section %s", section)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	var blocks []string
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			_, block, _ := strings.Cut(part, "\n")
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// firstBlock returns the first code block of a section.
func firstBlock(t *testing.T, section string) string { return codeBlocks(t, section)[0] }

// groupOfAlerts is what Alertmanager and Grafana give to a template.
type groupOfAlerts struct {
	Status                    string
	GroupLabels, CommonLabels map[string]string
	Alerts                    []map[string]any
}

func groupThat(status string, began time.Time) groupOfAlerts {
	labels := map[string]string{"alertname": `Api "errors"`, "component": "website"}
	end := time.Time{}
	if status == "resolved" {
		end = began.Add(10 * time.Minute)
	}
	return groupOfAlerts{status, map[string]string{"alertname": labels["alertname"]}, labels, []map[string]any{{
		"status": status, "labels": labels, "startsAt": began, "endsAt": end, "annotations": map[string]string{"summary": "a: b\n- c"}}}}
}

func toJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// fill executes a template.
func fill(t *testing.T, text string, functions template.FuncMap, data any) string {
	t.Helper()
	var b strings.Builder
	parsed, err := template.New("").Funcs(functions).Parse(text)
	if err == nil {
		err = parsed.Execute(&b, data)
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return b.String()
}

// alertmanagerBody makes the body as Alertmanager does: each text of payload is a template,
// and its result is read as YAML if that is more than a text (template.DeepCopyWithTemplate).
func alertmanagerBody(t *testing.T, g groupOfAlerts) string {
	var config struct {
		Receivers []struct {
			Webhooks []struct {
				Payload map[string]any `yaml:"payload"`
			} `yaml:"webhook_configs"`
		} `yaml:"receivers"`
	}
	if err := yaml.NewDecoder(strings.NewReader(firstBlock(t, "Alertmanager"))).Decode(&config); err != nil {
		t.Fatal(err)
	}
	var render func(any) any
	render = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			out := map[string]any{}
			for name, child := range v {
				out[name] = render(child)
			}
			return out
		case string:
			text := fill(t, v, template.FuncMap{"toJson": toJSON}, g)
			var read any
			if yaml.NewDecoder(strings.NewReader(text)).Decode(&read) == nil && read != nil {
				return read
			}
			return text
		}
		return v
	}
	return toJSON(render(config.Receivers[0].Webhooks[0].Payload))
}

// dict and jsonMaker are Grafana's functions coll.Dict and data.ToJSON.
type dict struct{}
type jsonMaker struct{}

func (dict) Dict(pairs ...any) map[string]any {
	out := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		out[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return out
}
func (jsonMaker) ToJSON(v any) string { return toJSON(v) }

// TestTheRecipesOfMonitorsWork sends what each monitor makes of its recipe in
// docs/monitoring.md to allclear ingest github-dispatch: when it begins, and when it ends.
func TestTheRecipesOfMonitorsWork(t *testing.T) {
	began := time.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	replace := func(section string, begins, ends []string) func(bool) string {
		return func(over bool) string {
			block := firstBlock(t, section)
			if section == "Gatus" {
				_, block, _ = strings.Cut(block, "body: |\n")
				block, _, _ = strings.Cut(block, "    default-alert")
			}
			values := begins
			if over {
				values = ends
			}
			return strings.NewReplacer(values...).Replace(block)
		}
	}
	status := func(over bool) string { return map[bool]string{true: "resolved", false: "firing"}[over] }
	kuma := func(n int, at time.Time) []string {
		return []string{"{{ heartbeatJSON | json }}", fmt.Sprintf(`{"status": %d, "time": %q, "important": true}`, n,
			at.Format(time.DateTime)),
			"{{ monitorJSON | json }}", `{"id": 3, "name": "Shop", "tags": [{"name": "component", "value": "website"}]}`,
			"{{ msg | json }}", `"x"`}
	}
	dog := func(word string) []string {
		return []string{"$ALERT_TRANSITION", word, "$ALERT_ID", "12", "$ALERT_SCOPE", "component:website", "$ALERT_CYCLE_KEY", "9",
			"$EVENT_TITLE",
			"[Triggered] Errors", "$DATE", fmt.Sprint(began.UnixMilli()), "$TAGS", "component:website,env:prod", "$LINK",
			"https://x.example"}
	}
	health := func(word string, at time.Time) []string {
		return []string{"$NAME_JSON", `"Orders \"x\""`, "$SLUG", "orders", "$CODE", "c-1", "$TAGS", "component=website", "$STATUS",
			word, "$NOW",
			at.Format(time.RFC3339)}
	}
	check := func(word string) []string {
		return []string{"{{ALERT_TYPE}}", word, "{{CHECK_NAME}}", "Shop", "{{CHECK_ID}}", "c-2", "{{STARTED_AT}}",
			began.Format(time.RFC3339),
			"{{TAGS}}", "component:website", "{{RESULT_LINK}}", "https://x.example"}
	}
	gatus := func(word string) []string {
		return []string{"[ALERT_TRIGGERED_OR_RESOLVED]", word, "[ENDPOINT_GROUP]", "core", "[ENDPOINT_NAME]", "website", "[ENDPOINT_URL]",
			"https://x.example", "[ALERT_DESCRIPTION]", "health check failed"}
	}
	for name, body := range map[string]func(over bool) string{
		"alertmanager": func(over bool) string { return alertmanagerBody(t, groupThat(status(over), began)) },
		"grafana": func(over bool) string {
			functions := template.FuncMap{"coll": func() dict { return dict{} }, "data": func() jsonMaker { return jsonMaker{} }}
			return fill(t, firstBlock(t, "Grafana"), functions, groupThat(status(over), began))
		},
		"uptime-kuma":  replace("Uptime Kuma", kuma(0, began), kuma(1, began.Add(time.Minute))),
		"gatus":        replace("Gatus", gatus("TRIGGERED"), gatus("RESOLVED")),
		"healthchecks": replace("Healthchecks", health("down", began), health("up", began.Add(time.Minute))),
		"checkly":      replace("Checkly", check("ALERT_FAILURE"), check("ALERT_RECOVERY")),
		"datadog":      replace("Datadog", dog("Triggered"), dog("Recovered")),
	} {
		t.Run(name, func(t *testing.T) {
			folder := siteForAlerts(t, "  - {match: {component: website}, component: website, status: major, title: Down}\n"+
				"  - {match: {name: website}, component: website, status: major, title: Down}\n")
			for _, over := range []bool{false, true} {
				out := ingestInto(t, folder, "github-dispatch", body(over))
				want := map[bool]string{false: ": Investigating, ", true: ": Resolved, "}[over]
				if !strings.Contains(out, want) || !over && !strings.Contains(out, "opened: "+name+":") {
					t.Errorf("%s\nis answered with %s", body(over), out)
				}
			}
		})
	}
}

// siteForAlerts returns the folder of a site with rules.
func siteForAlerts(t testing.TB, rules string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{"site.yml": "title: X\nurl: https://status.example.org\n",
		"components.yml": "components: [{id: website}, {id: api}]\n", "alerts.yml": "rules:\n" + rules} {
		if err := corpusdir.Save(folder, "content/"+name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// ingestInto runs allclear ingest and returns what it says.
func ingestInto(t testing.TB, folder, kind, payload string) string {
	t.Helper()
	cmd := exec.Command(program(t), "ingest", kind, "--source", folder)
	cmd.Stdin = strings.NewReader(payload)
	out, _ := cmd.CombinedOutput()
	return string(out)
}

// TestTheRulesAndBodiesOfTheMonitoringPageAreRight checks the example of alerts.yml, and
// sends the body for a monitor of one's own.
func TestTheRulesAndBodiesOfTheMonitoringPageAreRight(t *testing.T) {
	_, rules, _ := strings.Cut(firstBlock(t, "The rules"), "rules:\n")
	folder := siteForAlerts(t, rules)
	if out, err := exec.Command(program(t), "check", "--strict", "--source", folder).CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	_, body, _ := strings.Cut(firstBlock(t, "A monitor of your own"), "-d '")
	body, _, _ = strings.Cut(body, "'\n")
	if out := ingestInto(t, folder, "github-dispatch", body); !strings.Contains(out, "this is a draft") {
		t.Errorf("%s", out)
	}
	if out := ingestInto(t, folder, "github-dispatch", strings.Replace(body, "firing", "resolved", 1)); !strings.Contains(out,
		": Resolved, ") {
		t.Errorf("%s", out)
	}
}
