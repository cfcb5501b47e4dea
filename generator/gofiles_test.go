package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
)

// goFile is one of this repository's Go files.
type goFile struct {
	path    string // from the root, such as generator/site/at.go
	pkg     string // its folder
	isTest  bool
	file    *ast.File
	fset    *token.FileSet
	text    string
	imports []string
}

// line returns the line number of a position in the file.
func (g goFile) line(p token.Pos) int { return g.fset.Position(p).Line }

// allGoFiles reads every Go file once, tests too.
var allGoFiles = sync.OnceValues(func() (list []goFile, err error) {
	root := os.DirFS("..")
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != "." {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		g, err := readGoFile(name, string(text))
		list = append(list, g)
		return err
	})
	return list, err
})

func readGoFile(name, text string) (g goFile, err error) {
	g = goFile{path: name, pkg: path.Dir(name), isTest: strings.HasSuffix(name, "_test.go"), fset: token.NewFileSet(), text: text}
	g.file, err = parser.ParseFile(g.fset, name, text, parser.ParseComments)
	if err != nil {
		return g, err
	}
	for _, i := range g.file.Imports {
		g.imports = append(g.imports, strings.Trim(i.Path.Value, `"`))
	}
	return g, nil
}

// goFiles are all Go files of the repository.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	list, err := allGoFiles()
	if err != nil || len(list) < 100 {
		t.Fatalf("%d Go files read, %v", len(list), err)
	}
	return list
}

// sources are the Go files that make the program: all but tests.
func sources(t *testing.T) []goFile {
	t.Helper()
	var list []goFile
	for _, g := range goFiles(t) {
		if !g.isTest {
			list = append(list, g)
		}
	}
	return list
}

// tableAfter returns the cells of the first Markdown table whose heading row has
// the given cells, without that row and the one of dashes.
func tableAfter(t *testing.T, page, text string, heading ...string) [][]string {
	t.Helper()
	var rows [][]string
	found := false
	for line := range strings.Lines(text) {
		row, isRow := strings.CutPrefix(strings.TrimSpace(line), "|")
		if !isRow {
			if found {
				break
			}
			continue
		}
		cells := strings.Split(strings.TrimSuffix(row, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case !found:
			found = strings.Join(cells, "|") == strings.Join(heading, "|")
		case strings.Trim(cells[0], "-") != "":
			rows = append(rows, cells)
		}
	}
	for _, row := range rows {
		if len(row) != len(heading) {
			t.Fatalf("%s: the row %q has %d cells, not %d", page, row, len(row), len(heading))
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table | %s |", page, strings.Join(heading, " | "))
	}
	return rows
}
