package generator_test

import (
	"fmt"
	"go/ast"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTheWayOfATitleIsTheWayOfTheCode follows the lists of docs/design.md: every
// function is in its file, and calls the one in the line below it.
func TestTheWayOfATitleIsTheWayOfTheCode(t *testing.T) {
	_, way, found := strings.Cut(documents(t)["docs/design.md"], "## One title's way\n")
	way, _, _ = strings.Cut(way, "\n## ")
	if !found {
		t.Fatal("docs/design.md has no such section")
	}
	bodies := functions(t)
	step := regexp.MustCompile("^1\\. `([A-Za-z]+)` in `([a-z_/]+\\.go)`")
	above, steps := "", 0
	for line := range strings.Lines(way) {
		m := step.FindStringSubmatch(line)
		if m == nil {
			above = ""
			continue
		}
		steps++
		file := m[2]
		if !strings.HasPrefix(file, "cmd/") {
			file = "generator/" + file
		}
		at := file + " " + m[1]
		switch {
		case bodies[at] == nil:
			t.Errorf("there is no function %s in %s", m[1], file)
		case above != "" && !bodies[above][m[1]]:
			t.Errorf("%s does not call %s", above, m[1])
		}
		above = at
	}
	if steps < 30 {
		t.Errorf("only %d steps were followed", steps)
	}
}

// functions are the names that each function mentions, by its file and name; those of
// methods with the same name in one file are put together.
func functions(t *testing.T) map[string]map[string]bool {
	bodies := map[string]map[string]bool{}
	for _, s := range sources(t) {
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			at := fmt.Sprintf("%s %s", s.path, f.Name.Name)
			if bodies[at] == nil {
				bodies[at] = map[string]bool{}
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if name, ok := n.(*ast.Ident); ok {
					bodies[at][name.Name] = true
				}
				return true
			})
		}
	}
	return bodies
}

// TestTheFilesThatTheDocumentationNamesExist looks for the paths of code in docs/design.md
// and docs/CONTRIBUTING.md.
func TestTheFilesThatTheDocumentationNamesExist(t *testing.T) {
	pages := documents(t)
	paths := regexp.MustCompile("`((?:[a-z_.]+/)+[a-z_]+\\.(?:go|md|yml|html))`")
	looked := 0
	for _, page := range []string{"docs/design.md", "docs/CONTRIBUTING.md"} {
		for _, m := range paths.FindAllStringSubmatch(pages[page], -1) {
			if strings.HasPrefix(m[1], "content/") {
				continue
			}
			looked++
			_, fromRoot := os.Stat("../" + m[1])
			_, fromGenerator := os.Stat(m[1])
			if fromRoot != nil && fromGenerator != nil {
				t.Errorf("%s names %s, which does not exist", page, m[1])
			}
		}
	}
	if looked < 30 {
		t.Errorf("only %d paths were looked for", looked)
	}
}
