package site

import (
	"strings"
	"testing"
)

// TestATemplateOfARuleHasFieldsAndLittleElse parses templates: those that are allowed are
// filled in, and the others are refused with a hint.
func TestATemplateOfARuleHasFieldsAndLittleElse(t *testing.T) {
	fields := map[string]any{
		"name": "Shop", "status": "firing", "summary": "{{.name}} <b>", "url": "", "tags": "a, b",
		"labels": map[string]string{"region": "eu", "my-label": "x"},
	}
	for text, want := range map[string]string{
		"{{.name}} in {{.labels.region}}":                      "Shop in eu",
		"{{.summary}}":                                         "{{.name}} <b>", // data stays data
		`{{index .labels "my-label"}}{{.labels.nothing}}`:      "x",
		`{{with .labels.zone}}{{.}}{{else}}everywhere{{end}}`:  "everywhere",
		`{{if eq .labels.region "eu"}}Europe{{else}}?{{end}}`:  "Europe",
		`{{or .labels.zone .labels.region "none"}} {{.tags}}`:  "eu a, b",
		`{{if and .name (not .url) (ne .status "x")}}y{{end}}`: "y",
		"{{/* a comment */}}plain":                             "plain",
		"{{- .name -}} ":                                       "Shop",
	} {
		parsed, problem, hint := ParseAlertTemplate(text)
		if problem != "" {
			t.Errorf("%s is refused: %s (%s)", text, problem, hint)
			continue
		}
		if got, err := parsed.Fill(fields); got != want || err != nil {
			t.Errorf("%s is filled in as %q, not %q: %v", text, got, want, err)
		}
	}
	for text, want := range map[string]string{
		"{{.lables.region}}":                  "did you mean .labels.region?",
		"{{.region}}":                         "a label is .labels.region",
		"{{.labels.a.b}}":                     "for a label with other characters",
		"{{.name.x}}":                         "for a label with other characters",
		"{{.labels.my-label}}":                `{{index .labels "the-name"}}`,
		"{{.name":                             "write {{.name}}",
		`{{printf "%1000000000d" 1}}`:         "known: and, or",
		"{{html .name}}":                      "known: and, or",
		"{{len .name}}":                       "known: and, or",
		`{{call .name}}`:                      "known: and, or",
		"{{range .tags}}x{{end}}":             "write fields only",
		"{{$x := .name}}{{$x}}":               "write fields only",
		`{{define "x"}}{{end}}`:               "write fields only",
		`{{template "x"}}`:                    "write fields only",
		`{{block "x" .}}y{{end}}`:             "write fields only",
		"{{if .name}}{{.nam}}{{end}}":         "did you mean .name?",
		"{{with .labels}}{{.region}}{{end}}":  "a label is .labels.region",
		"{{.name | printf}}":                  "known: and, or",
		"{{break}}":                           "write {{.name}}",
		`{{eq .name (index .lbls "region")}}`: "a label is .labels.lbls",
	} {
		if _, problem, hint := ParseAlertTemplate(text); problem == "" || !strings.Contains(hint, want) {
			t.Errorf("%s: %q, with the hint %q, which lacks %q", text, problem, hint, want)
		}
	}
	long, _, _ := ParseAlertTemplate("{{.name}}{{.name}}")
	if _, err := long.Fill(map[string]any{"name": strings.Repeat("x", maxTemplateText)}); err == nil {
		t.Error("a text of any length is filled in")
	}
}
