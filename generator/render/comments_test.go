package render

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Every function and type of the package has a comment that starts with its name, as
// go doc expects.
func TestEveryFunctionAndTypeHasAComment(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		check := func(id *ast.Ident, comment string) {
			if !strings.HasPrefix(comment, id.Name+" ") {
				t.Errorf("%v: %s has no comment that starts with its name", files.Position(id.Pos()), id.Name)
			}
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				check(decl.Name, decl.Doc.Text())
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.TypeSpec); ok {
						check(spec.Name, spec.Doc.Text()+decl.Doc.Text())
					}
				}
			}
		}
	}
}
