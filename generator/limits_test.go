package generator_test

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The limits of docs/CONTRIBUTING.md. Functions and structs of tests may be larger.
const (
	mostLines         = 300
	mostFunctionLines = 60
	mostColumns       = 140 // a tab counts as tabColumns
	tabColumns        = 4
	mostFields        = 12
)

// plainValues are structs with more fields than mostFields, each with the reason. All
// of them are data that is set in one place and then only read.
var plainValues = map[string]string{
	"cmd/allclear.liveRecord":           "JSON of status --live",
	"cmd/allclear.newFlags":             "what the flags and answers of new say",
	"cmd/allclear.updateFlags":          "what the flags and answers of update say",
	"generator/importer.Entry":          "what another tool says of an entry",
	"generator/importer.preparer":       "the state of one import",
	"generator/render.announcementPage": "what announcement.html shows",
	"generator/render.apiComponent":     "JSON of the Statuspage API",
	"generator/render.apiIncident":      "JSON of the Statuspage API",
	"generator/render.componentPage":    "what component.html shows",
	"generator/render.entryCard":        "what an entry's card on the home page shows",
	"generator/render.entryPage":        "what entry.html shows",
	"generator/render.homePage":         "what home.html shows",
	"generator/render.layout":           "what layout.html shows",
	"generator/render.progress":         "what the progress line of a window shows",
	"generator/news.State":              "JSON of state.json",
	"generator/render.reportPage":       "what report.html shows",
	"generator/render.stateFile":        "JSON of state.json",
	"generator/site.Announcement":       "what an announcement's file says",
	"generator/site.Component":          "what a component's keys in components.yml say",
	"generator/site.Entry":              "what an entry's file says",
	"generator/site.Impact":             "what an impact's keys say",
	"generator/site.Site":               "what site.yml and components.yml say, and the entries",
	"generator/source.NewEntry":         "what a new entry's file says",
	"generator/source.schema":           "JSON Schema",
}

// excess is one place that is over a limit.
type excess struct {
	file string
	line int
	what string
}

func TestTheCodeKeepsToItsLimits(t *testing.T) {
	wide := map[string]bool{}
	for _, g := range goFiles(t) {
		found := append(longLines(g), longFile(g)...)
		if !g.isTest {
			found = append(found, longFunctions(g)...)
			structs := wideStructs(g)
			for name, e := range structs {
				if wide[name] = true; plainValues[name] == "" {
					found = append(found, e)
				}
			}
		}
		for _, e := range found {
			t.Errorf("%s:%d: %s", e.file, e.line, e.what)
		}
	}
	for name := range plainValues {
		if !wide[name] {
			t.Errorf("%s has no more than %d fields: take it out of plainValues", name, mostFields)
		}
	}
}

func longFile(g goFile) []excess {
	if lines := strings.Count(g.text, "\n"); lines > mostLines {
		return []excess{{g.path, lines, fmt.Sprintf("the file has %d lines, more than %d", lines, mostLines)}}
	}
	return nil
}

func longLines(g goFile) (found []excess) {
	number := 0
	for line := range strings.Lines(g.text) {
		number++
		columns := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) + (tabColumns-1)*strings.Count(line, "\t")
		if columns > mostColumns {
			found = append(found, excess{g.path, number, fmt.Sprintf("the line has %d columns, more than %d", columns, mostColumns)})
		}
	}
	return found
}

func longFunctions(g goFile) (found []excess) {
	ast.Inspect(g.file, func(n ast.Node) bool {
		name := "the function"
		switch f := n.(type) {
		case *ast.FuncDecl:
			name = f.Name.Name
		case *ast.FuncLit:
		default:
			return true
		}
		if lines := g.line(n.End()) - g.line(n.Pos()) + 1; lines > mostFunctionLines {
			found = append(found, excess{g.path, g.line(n.Pos()), fmt.Sprintf("%s has %d lines, more than %d", name, lines,
				mostFunctionLines)})
		}
		return true
	})
	return found
}

// wideStructs returns the structs with too many fields, by package and name.
func wideStructs(g goFile) map[string]excess {
	found := map[string]excess{}
	ast.Inspect(g.file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok && s.Fields.NumFields() > mostFields {
			what := fmt.Sprintf("%s has %d fields, more than %d", spec.Name.Name, s.Fields.NumFields(), mostFields)
			found[g.pkg+"."+spec.Name.Name] = excess{g.path, g.line(spec.Pos()), what}
		}
		return true
	})
	return found
}

// TestTheLimitsFindWhatIsOver shows that each limit is looked for.
func TestTheLimitsFindWhatIsOver(t *testing.T) {
	fields := strings.Repeat("\tx, y int\n", mostFields/2)
	text := "package x\n\ntype narrow struct {\n" + fields + "}\n\ntype wide struct {\n" + fields + "\tz int\n}\n\nfunc short() {\n" +
		strings.Repeat("\tshort()\n", mostFunctionLines-2) + "}\n\nfunc long() {\n" + strings.Repeat("\tlong()\n", mostFunctionLines-1) +
		"}\n\n// " +
		strings.Repeat("ü", mostColumns-3) + "\n//\t" + strings.Repeat("ü", mostColumns-5) + "\n" + strings.Repeat("\n", mostLines)
	g, err := readGoFile("x/x.go", text)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range slices.Concat(longFile(g), longLines(g), longFunctions(g)) {
		got = append(got, e.what)
	}
	for name, e := range wideStructs(g) {
		got = append(got, name+" "+e.what)
	}
	want := []string{"the file has", "the line has 141 columns", "long has 61 lines", "x.wide wide has 13 fields"}
	if len(got) != len(want) || slices.ContainsFunc(want, func(w string) bool {
		return !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, w) })
	}) {
		t.Errorf("found %q", got)
	}
}
