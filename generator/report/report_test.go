package report_test

import (
	"encoding/csv"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/report"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// written is the report of a period of the site in testdata, as of an instant.
func written(t *testing.T, period, now string) *report.Document {
	t.Helper()
	s, problems := source.Read(os.DirFS("testdata"), source.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := s.PeriodNamed(period)
	if !ok {
		t.Fatalf("no period: %s", period)
	}
	return &report.Document{UptimeReport: s.UptimeReport(p, at, s.ReportedIn(p, at)), Site: &s, Version: "v1.2.3"}
}

// formats are the four of them, by the ends of their files.
func formats(t *testing.T, d *report.Document) map[string]string {
	t.Helper()
	data, err := d.CSV()
	if err != nil {
		t.Fatal(err)
	}
	object, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"txt": d.Text(), "md": d.Markdown(), "csv": string(data), "json": string(object)}
}

func TestAReportInItsFormats(t *testing.T) {
	for name, now := range map[string]string{"2026-10": "2026-11-02T09:00:00Z", "2026-Q4": "2026-10-25T00:15:00Z"} {
		for end, got := range formats(t, written(t, name, now)) {
			file := "testdata/" + name + "." + end
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s: got\n%s", file, got)
			}
		}
	}
}

// A spreadsheet calculates what begins like a formula. Numbers below zero are none.
func TestNothingInACSVIsAFormula(t *testing.T) {
	d := written(t, "2026-10", "2026-11-02T09:00:00Z")
	for _, name := range []string{"=1+1", "+1", "-1", "@x", "\t=1", "plain"} {
		d.Components[0].Component.Name = site.Text{Default: name}
		data, err := d.CSV()
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := "'" + name
		if name == "plain" {
			want = name
		}
		if got := rows[1][slices.Index(rows[0], "name")]; got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestTheJSONOfAReportIsValidByItsSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/schemas/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, now := range map[string]string{"2026-10": "2026-11-02T09:00:00Z", "2026-Q4": "2026-10-25T00:15:00Z",
		"2026-01": "2026-01-02T00:00:00Z"} {
		data, err := written(t, name, now).JSON()
		if err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A report in an issue or a comment shows names as they are, and calls nobody.
func TestMarkdownShowsNamesAsTheyAre(t *testing.T) {
	d := written(t, "2026-10", "2026-11-02T09:00:00Z")
	d.Components[0].Component.Name.Default = "<b>API</b> | @octocat $x$ [l](u)"
	want := `| \<b\>API\</b\> \| @<!-- -->octocat <span>$</span>x<span>$</span> \[l\](u) | 99.50 % |`
	if got := d.Markdown(); !strings.Contains(got, want) {
		t.Errorf("no line begins %s:\n%s", want, got)
	}
}
