package generator_test

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "allclear"

// importTable reads the table of packages in docs/design.md: which of our packages
// each of them imports. In its last column, a package goes by the last part of its
// path.
func importTable(t *testing.T) map[string][]string {
	t.Helper()
	rows := tableAfter(t, "docs/design.md", documents(t)["docs/design.md"], "package", "what it is for", "imports")
	byName := map[string]string{}
	for _, row := range rows {
		for _, m := range inlineCode.FindAllString(row[0], -1) {
			pkg := strings.Trim(m, "`")
			if other, taken := byName[path.Base(pkg)]; taken {
				t.Fatalf("docs/design.md: %s and %s have one name", pkg, other)
			}
			byName[path.Base(pkg)] = pkg
		}
	}
	table := map[string][]string{}
	for _, row := range rows {
		var imports []string
		for name := range strings.SplitSeq(row[2], ",") {
			if name = strings.TrimSpace(name); name == "–" {
				continue
			}
			pkg, known := byName[name]
			if !known {
				t.Errorf("docs/design.md: %s imports %q, which is no package of the table", row[0], name)
			}
			imports = append(imports, pkg)
		}
		for _, m := range inlineCode.FindAllString(row[0], -1) {
			table[strings.Trim(m, "`")] = imports
		}
	}
	return table
}

// TestPackagesImportWhatTheTableOfTheDesignSays compares the table with the imports of
// all packages. Neither may have a package or an import that the other lacks.
func TestPackagesImportWhatTheTableOfTheDesignSays(t *testing.T) {
	table := importTable(t)
	importedBy := map[string]map[string]string{} // package, import, and a file that has it
	for _, s := range sources(t) {
		if importedBy[s.pkg] == nil {
			importedBy[s.pkg] = map[string]string{}
		}
		for _, i := range s.imports {
			if own, ours := strings.CutPrefix(i, module+"/"); ours {
				importedBy[s.pkg][own] = s.path
			}
		}
	}
	for pkg, imports := range importedBy {
		may, listed := table[pkg]
		if !listed {
			t.Errorf("docs/design.md: the table lacks the package %s", pkg)
			continue
		}
		for own, file := range imports {
			if !slices.Contains(may, own) {
				t.Errorf("%s imports %s; the table in docs/design.md does not have it", file, own)
			}
		}
	}
	for pkg, may := range table {
		if importedBy[pkg] == nil {
			t.Errorf("docs/design.md: the table has %s, which is no package", pkg)
			continue
		}
		for _, own := range may {
			if importedBy[pkg][own] == "" {
				t.Errorf("docs/design.md: the table says that %s imports %s, and no file does", pkg, own)
			}
		}
	}
}

// forbiddenInTheCore is everything that touches the world.
var forbiddenInTheCore = []string{"os", "os/exec", "net", "net/http", "syscall", "log", "io/ioutil"}

// clockCalls are the functions of the package time that read the clock or wait for it.
var clockCalls = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

func TestTheCoreDoesNoInputOrOutputAndNeverAsksTheTime(t *testing.T) {
	for _, s := range sources(t) {
		if !strings.HasPrefix(s.pkg, "generator") {
			continue
		}
		for _, i := range s.imports {
			if slices.Contains(forbiddenInTheCore, i) {
				t.Errorf("%s imports %s", s.path, i)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clockCalls, sel.Sel.Name) {
				t.Errorf("%s:%d calls time.%s", s.path, s.line(sel.Pos()), sel.Sel.Name)
			}
			return true
		})
	}
}
