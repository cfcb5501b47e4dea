package diag_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"allclear/generator/diag"
)

func mistakes() diag.List {
	var l diag.List
	l.Error(diag.Pos{File: "content/incidents/a b.md", Line: 5, Column: 18, EndColumn: 27}, "unknown-component",
		`did you mean "public-api"?`, "unknown component %q", "pubic-api")
	l.Warn(diag.Pos{File: "content/site.yml"}, "missing-url", "", "50%% of it, and: more\nin two lines")
	return l
}

func TestJSONIsAnArrayOfWhatAnEditorNeeds(t *testing.T) {
	var out bytes.Buffer
	if err := mistakes().JSON(&out); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	first := got[0]
	for key, want := range map[string]any{
		"file": "content/incidents/a b.md", "line": 5.0, "column": 18.0, "end_column": 27.0, "severity": "error",
		"rule": "unknown-component", "message": `unknown component "pubic-api"`, "hint": `did you mean "public-api"?`,
	} {
		if first[key] != want {
			t.Errorf("%s is %v, want %v", key, first[key], want)
		}
	}
	if len(first) != 8 || got[1]["severity"] != "warning" {
		t.Errorf("got %v", got)
	}
}

func TestJSONOfNothingIsAnEmptyArray(t *testing.T) {
	var out bytes.Buffer
	if err := (diag.List{}).JSON(&out); err != nil || out.String() != "[]\n" {
		t.Errorf("got %q, %v", out.String(), err)
	}
}

func TestGitHubCommandsEscapeWhatWouldEndThem(t *testing.T) {
	var out bytes.Buffer
	if err := mistakes().GitHub(&out, "status"); err != nil {
		t.Fatal(err)
	}
	want := `::error file=status/content/incidents/a b.md,line=5,endLine=5,col=18,endColumn=26,title=unknown-component::unknown ` +
		`component "pubic-api"%0Ahint: did you mean "public-api"?
::warning file=status/content/site.yml,title=missing-url::50%25 of it, and: more%0Ain two lines
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestSARIFNamesEachRuleOnceAndPlacesByCharacter(t *testing.T) {
	var out bytes.Buffer
	if err := mistakes().SARIF(&out, "my status", "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct {
					Name, Version string
					Rules         []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn, EndColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.ColumnKind != "unicodeCodePoints" || run.Tool.Driver.Version != "v1.2.3" {
		t.Errorf("head is %+v", log)
	}
	for i, want := range []string{"unknown-component error my%20status/content/incidents/a%20b.md",
		"missing-url warning my%20status/content/site.yml"} {
		r := run.Results[i]
		if got := strings.Join([]string{r.RuleID, r.Level, r.Locations[0].PhysicalLocation.ArtifactLocation.URI}, " "); got != want {
			t.Errorf("result %d is %q, want %q", i, got, want)
		}
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("result %d points to rule %d", i, r.RuleIndex)
		}
	}
	if at := run.Results[0].Locations[0].PhysicalLocation.Region; at == nil || at.StartLine != 5 || at.StartColumn != 18 ||
		at.EndColumn != 27 {
		t.Errorf("region is %+v", at)
	}
	if run.Results[1].Locations[0].PhysicalLocation.Region != nil {
		t.Error("a problem of a whole file has a region")
	}
}

// Japanese characters take two columns, combining marks none.
func TestCaretsStandUnderTheirCharacters(t *testing.T) {
	for line, want := range map[string]string{
		"title: 障害 pubic-api": "                  ^^^^^^^^^",
		"title: 障害 障害":        "                  ^^^^",
		"name: Cafe\u0301 x":  "                 ^",
	} {
		before := strings.LastIndexByte(line, ' ') + 1
		from := len([]rune(line[:before])) + 1
		l := diag.List{{Pos: diag.Pos{File: "a.md", Line: 2, Column: from, EndColumn: from + len([]rune(line[before:]))}, Excerpt: line}}
		var out bytes.Buffer
		l.Print(&out, diag.Style{})
		_, marks, _ := strings.Cut(strings.Split(out.String(), "\n")[2], "|")
		if marks[1:] != want[len("      "):] {
			t.Errorf("%s\n%s\nwant %q", line, out.String(), want[len("      "):])
		}
	}
}
