package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryRuleIsInTheTable holds the table of rules in docs/format.md to the
// source code, both ways: every rule that some package reports has one row with
// its severity, and every row is a rule that can be reported.
func TestEveryRuleIsInTheTable(t *testing.T) {
	inCode, inTable := rulesInCode(t), rulesInTable(t)
	if len(inCode) < 100 {
		t.Fatalf("only %d rules were found in the code: the test does not look in the right place", len(inCode))
	}
	for _, rule := range slices.Sorted(maps.Keys(inCode)) {
		switch severity, ok := inTable[rule]; {
		case !ok:
			t.Errorf("%s (%s) has no row in the table of docs/format.md", rule, inCode[rule])
		case severity != inCode[rule]:
			t.Errorf("%s is %q in the code and %q in docs/format.md", rule, inCode[rule], severity)
		}
	}
	for rule := range inTable {
		if _, ok := inCode[rule]; !ok {
			t.Errorf("%s has a row in docs/format.md, and nothing reports it", rule)
		}
	}
}

// rulesInTable are the rows "| `rule` | severity | what | fix |", which stand in
// alphabetical order, every cell filled.
func rulesInTable(t *testing.T) map[string]string {
	t.Helper()
	manual, err := os.ReadFile("../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(manual), "| Rule | Severity | What it means | How to fix it |\n|---|---|---|---|\n")
	if !found {
		t.Fatal("docs/format.md has no table of rules")
	}
	rules, last := map[string]string{}, ""
	row := regexp.MustCompile("^\\| `([a-z0-9-]+)` \\| (error|warning|error or warning) \\| \\S.* \\| \\S.* \\|$")
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		cells := row.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if cells == nil {
			t.Errorf("docs/format.md: this is no row of the table of rules: %s", line)
			continue
		}
		if cells[1] <= last {
			t.Errorf("docs/format.md: %s stands after %s: the rows are in alphabetical order, one for each rule", cells[1], last)
		}
		last, rules[cells[1]] = cells[1], cells[2]
	}
	return rules
}

// rulesInCode are the rules that the program reports, with their severity. A rule
// is always written as a literal where it is reported, so that it can be found.
func rulesInCode(t *testing.T) map[string]string {
	t.Helper()
	rules := map[string]string{}
	report := func(at token.Position, rule ast.Expr, severity string) {
		literal, ok := rule.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			t.Errorf("%s: write the rule as a literal here", at)
			return
		}
		name, _ := strconv.Unquote(literal.Value)
		if was := rules[name]; was != "" && was != severity {
			severity = "error or warning"
		}
		rules[name] = severity
	}
	files := token.NewFileSet()
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") ||
			path.Dir(name) == "generator/diag" {
			return err
		}
		file, err := parser.ParseFile(files, "../"+name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr: // problems.Warn(at, "rule", hint, format, …)
				of, ok := n.Fun.(*ast.SelectorExpr)
				if ok && len(n.Args) >= 4 && (of.Sel.Name == "Error" || of.Sel.Name == "Warn") {
					report(files.Position(n.Pos()), n.Args[1], map[string]string{"Error": "error", "Warn": "warning"}[of.Sel.Name])
				}
			case *ast.CompositeLit: // diag.Problem{Rule: "rule", …}
				of, ok := n.Type.(*ast.SelectorExpr)
				if !ok || of.Sel.Name != "Problem" || len(n.Elts) == 0 {
					return true
				}
				if in, ok := of.X.(*ast.Ident); ok && in.Name == "diag" {
					rule, severity := problemFields(n)
					report(files.Position(n.Pos()), rule, severity)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// problemFields are the rule and the severity that a diag.Problem is written with.
func problemFields(literal *ast.CompositeLit) (rule ast.Expr, severity string) {
	severity = "error"
	for _, field := range literal.Elts {
		pair, ok := field.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Rule" {
			rule = pair.Value
		} else if ok && key.Name == "Severity" {
			if of, ok := pair.Value.(*ast.SelectorExpr); ok && of.Sel.Name == "Warning" {
				severity = "warning"
			}
		}
	}
	return rule, severity
}
