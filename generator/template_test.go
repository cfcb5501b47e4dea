package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// namesTheRoot are the tests that name the repository's own folder, and what for.
// Only own_site_test.go reads content/.
var namesTheRoot = map[string]string{
	"generator/docs_test.go":                   "the pages of docs/, and what they link to",
	"generator/gofiles_test.go":                "our Go files",
	"generator/rules_test.go":                  "our Go files",
	"generator/template_test.go":               "the tests",
	"cmd/allclear/template_repository_test.go": "a copy of the repository, with the tests' sample as its content/",
	"cmd/allclear/own_site_test.go":            "content/, whatever stands in it",
}

// TestOnlyOneTestReadsTheSiteThatPeopleEdit: whoever makes a site from this
// repository as a template edits content/ first, and the tests must stay green.
// So they read a copy of the sample; this test looks at every path that they name.
func TestOnlyOneTestReadsTheSiteThatPeopleEdit(t *testing.T) {
	used := map[string]bool{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), "../"+name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			if i.Path.Value == `"allclear/content"` {
				t.Errorf("%s imports the site that people edit", name)
			}
		}
		for _, named := range pathsIn(file) {
			full := path.Join(path.Dir(name), named)
			if full != "." && full != "content" && !strings.HasPrefix(full, "content/") {
				continue
			}
			if used[name] = true; namesTheRoot[name] == "" {
				t.Errorf("%s reads %s, which changes with the site: read generator/testdata/sample, or name the test in namesTheRoot", name,
					named)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range namesTheRoot {
		if !used[name] {
			t.Errorf("%s does not name the repository's folder: take it from the list", name)
		}
	}
}

// pathsIn are the paths upwards that a file names: "../x", and filepath.Join("..", "x").
// What ends in a slash is the beginning of an address or of a name.
func pathsIn(file *ast.File) (paths []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && (text == ".." || strings.HasPrefix(text, "../") &&
				!strings.HasSuffix(text, "/")) {
				paths = append(paths, text)
			}
		case *ast.CallExpr:
			if join, ok := n.Fun.(*ast.SelectorExpr); ok && join.Sel.Name == "Join" {
				elements := []string{}
				for _, arg := range n.Args {
					if lit, ok := arg.(*ast.BasicLit); ok {
						text, _ := strconv.Unquote(lit.Value)
						elements = append(elements, text)
					}
				}
				paths = append(paths, path.Join(elements...))
				return len(elements) != len(n.Args)
			}
		}
		return true
	})
	return paths
}
