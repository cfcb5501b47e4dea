package generator_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestEachDependencyIsAccountedFor holds docs/dependencies.md to the imports of
// every Go file, tests too: each module is named there, and no other.
func TestEachDependencyIsAccountedFor(t *testing.T) {
	root := os.DirFS("..")
	gomod, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		t.Fatal(err)
	}
	manual, err := fs.ReadFile(root, "docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require)?\s+(\S+\.\S+) v\S+`).FindAllStringSubmatch(string(gomod), -1) {
		used[m[1]] = ""
	}
	if len(used) < 20 {
		t.Fatalf("go.mod was read as %v", used)
	}
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasPrefix(name, ".") {
			return err
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			for module := range used {
				if path == module || strings.HasPrefix(path, module+"/") {
					used[module] = name
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for module, importer := range used {
		if told := strings.Contains(string(manual), "`"+module+"`"); told != (importer != "") {
			t.Errorf("%s: imported by %q, named in docs/dependencies.md: %v", module, importer, told)
		}
	}
}
