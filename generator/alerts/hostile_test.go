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
