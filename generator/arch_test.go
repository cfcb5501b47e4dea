package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "allclear"

// allowed is which of our packages each of our packages may import.
var allowed = map[string][]string{
	"generator/diag":     {},
	"generator/site":     {"generator/diag"},
	"generator/yaml":     {},
	"generator/corpus":   {},
	"generator/source":   {"generator/site", "generator/diag", "generator/yaml"},
	"generator/memo":     {},
	"generator/language": {"generator/site", "generator/diag", "generator/yaml", "generator/memo"},
	"generator/tmpl":     {},
	"generator/card":     {"generator/language"},
	"generator/render":   {"generator/site", "generator/diag", "generator/language", "generator/memo", "generator/tmpl", "generator/card"},
	"generator":          {"generator/source", "generator/site", "generator/render", "generator/language", "generator/diag"},
	"themes":             {},
	"content":            {},
	"cmd/bench":          {"generator/corpus", "generator/yaml"},
	"cmd/allclear/when":  {"generator/source"},

	"cmd/allclear/internal/rootfs":  {},
	"cmd/allclear/internal/outdir":  {"cmd/allclear/internal/rootfs", "generator/render"},
	"cmd/allclear/internal/preview": {"generator/diag", "generator/render"},
	"cmd/allclear/internal/cache":   {"cmd/allclear/internal/outdir", "generator/site", "generator/source"},
	"cmd/allclear": {"cmd/allclear/internal/rootfs", "cmd/allclear/internal/outdir", "cmd/allclear/internal/cache", "cmd/allclear/internal/preview",
		"cmd/allclear/when", "generator", "generator/source", "generator/site", "generator/render", "generator/diag", "themes", "content"},
}

// forbiddenInTheCore is everything that touches the world.
var forbiddenInTheCore = []string{"os", "os/exec", "net", "net/http", "syscall", "log", "io/ioutil"}

type goFile struct {
	path    string
	pkg     string
	file    *ast.File
	imports []string
}

func sources(t *testing.T) []goFile {
	t.Helper()
	var list []goFile
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != "." {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			return err
		}
		s := goFile{path: name, pkg: path.Dir(name), file: file}
		for _, i := range file.Imports {
			s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
		}
		list = append(list, s)
		return nil
	})
	if err != nil || len(list) < 20 {
		t.Fatalf("%d source files read, %v", len(list), err)
	}
	return list
}

func TestPackagesImportOnlyWhatTheHousePlanAllows(t *testing.T) {
	for _, s := range sources(t) {
		may, planned := allowed[s.pkg]
		if !planned {
			t.Errorf("%s: package %s is not in the plan", s.path, s.pkg)
		}
		for _, i := range s.imports {
			own, ours := strings.CutPrefix(i, module+"/")
			if ours && !slices.Contains(may, own) {
				t.Errorf("%s imports %s", s.path, own)
			}
		}
	}
}

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
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer"}, sel.Sel.Name) {
				t.Errorf("%s calls time.%s", s.path, sel.Sel.Name)
			}
			return true
		})
	}
}

func TestEachOutsideDependencyHasOneDoor(t *testing.T) {
	doors := map[string][]string{}
	for _, s := range sources(t) {
		if s.pkg == "cmd/bench" {
			continue // it measures us against the libraries themselves
		}
		for _, i := range s.imports {
			first, _, _ := strings.Cut(i, "/")
			if strings.Contains(first, ".") {
				doors[i] = append(doors[i], s.path)
			}
		}
	}
	for dependency, files := range doors {
		if dependency == "github.com/spf13/cobra" {
			continue // the command line is one folder: a verb a file
		}
		if len(files) > 1 {
			t.Errorf("%s is imported by %s", dependency, strings.Join(files, ", "))
		}
	}
}
