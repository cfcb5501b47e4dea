package diag

import (
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
)

// These are the parts of a SARIF 2.1.0 log (OASIS standard) that we write and that
// code-scanning services read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string    `json:"id"`
		Summary sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
)

// SARIF writes the list as a SARIF 2.1.0 log. folder is the path from the repository's root
// to the site's folder, and version is the program's.
func (l List) SARIF(w io.Writer, folder, version string) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "allclear", Version: version, Rules: []sarifRule{}}
	rules := l.rules()
	for _, id := range rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: id, Summary: sarifText{strings.ReplaceAll(id, "-", " ")}})
	}
	for _, p := range l {
		text := p.Message
		if p.Hint != "" {
			text += "\nhint: " + p.Hint
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: p.Rule, RuleIndex: slices.Index(rules, p.Rule), Level: p.Severity.String(), Message: sarifText{text},
			Locations: []sarifLocation{{sarifPlace{sarifArtifact{address(folder, p.File)}, p.region()}}},
		})
	}
	return indented(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// rules returns the rules of all problems, sorted, each once.
func (l List) rules() []string {
	var rules []string
	for _, p := range l {
		rules = append(rules, p.Rule)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

func (p Problem) region() *sarifRegion {
	if p.Line == 0 {
		return nil
	}
	r := &sarifRegion{StartLine: p.Line, StartColumn: p.Column}
	if p.EndColumn > p.Column {
		r.EndColumn = p.EndColumn
	}
	if p.Excerpt != "" {
		r.Snippet = &sarifText{p.Excerpt}
	}
	return r
}

// address returns the path of a file as a relative URI reference.
func address(folder, file string) string {
	return (&url.URL{Path: path.Join(folder, file)}).String()
}
