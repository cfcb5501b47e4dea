package generator_test

import (
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// outsideModules are the modules that go.mod requires, indirect ones too.
func outsideModules(t *testing.T) []string {
	t.Helper()
	gomod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, m := range regexp.MustCompile(`(?m)^(?:require)?\s+(\S+\.\S+) v\S+`).FindAllStringSubmatch(string(gomod), -1) {
		modules = append(modules, m[1])
	}
	if len(modules) < 20 {
		t.Fatalf("go.mod was read as %v", modules)
	}
	return modules
}

// moduleOf returns the module that an imported package belongs to, or "".
func moduleOf(modules []string, pkg string) string {
	longest := ""
	for _, m := range modules {
		if (pkg == m || strings.HasPrefix(pkg, m+"/")) && len(m) > len(longest) {
			longest = m
		}
	}
	return longest
}

// measures is a program that compares us with libraries used directly.
const measures = "cmd/bench"

// TestEachDependencyIsAccountedFor compares docs/dependencies.md with the imports of
// every Go file: the modules of the program with the files that import them, and
// those that only tests use.
func TestEachDependencyIsAccountedFor(t *testing.T) {
	manual := documents(t)["docs/dependencies.md"]
	modules := outsideModules(t)
	imported, tested := map[string][]string{}, map[string]bool{}
	for _, g := range goFiles(t) {
		for _, i := range g.imports {
			m := moduleOf(modules, i)
			switch {
			case m == "" || g.pkg == measures && !g.isTest:
			case g.isTest:
				tested[m] = true
			case !slices.Contains(imported[m], g.path):
				imported[m] = append(imported[m], g.path)
			}
		}
	}
	for _, row := range tableAfter(t, "docs/dependencies.md", manual, "module", "for", "imported by", "why it, and not another") {
		m, files := codes(row[0])[0], codes(row[2])
		if len(imported[m]) == 0 {
			t.Errorf("docs/dependencies.md names %s, which the program does not import", m)
		}
		for _, file := range imported[m] {
			if !slices.ContainsFunc(files, func(pattern string) bool { return matches(pattern, file) }) {
				t.Errorf("docs/dependencies.md does not say that %s imports %s", file, m)
			}
		}
		for _, pattern := range files {
			if !slices.ContainsFunc(imported[m], func(file string) bool { return matches(pattern, file) }) {
				t.Errorf("docs/dependencies.md says that %s imports %s, and it does not", pattern, m)
			}
		}
		delete(imported, m)
	}
	for _, m := range slices.Sorted(maps.Keys(imported)) {
		t.Errorf("docs/dependencies.md does not name %s, imported by %s", m, strings.Join(imported[m], ", "))
	}
	all := strings.Join(codes(manual), "\n") + "\n"
	for _, row := range tableAfter(t, "docs/dependencies.md", manual, "module", "for", "why it, and not another") {
		for _, m := range codes(row[0]) {
			if !tested[m] {
				t.Errorf("docs/dependencies.md names %s, which no test imports", m)
			}
		}
	}
	for m := range tested {
		if !strings.Contains(all, m+"\n") {
			t.Errorf("docs/dependencies.md does not name %s, which tests import", m)
		}
	}
}

// codes are the texts of a page that are set as code.
func codes(text string) []string {
	list := inlineCode.FindAllString(text, -1)
	for i := range list {
		list[i] = strings.Trim(list[i], "`")
	}
	return list
}

func matches(pattern, file string) bool {
	ok, err := path.Match(pattern, file)
	return ok && err == nil
}

var markdownFiles = []string{"generator/source/markdown.go", "generator/source/markdown_parser.go"}

// TestEachOutsidePackageIsImportedByOneFile is what makes a library replaceable.
func TestEachOutsidePackageIsImportedByOneFile(t *testing.T) {
	modules := outsideModules(t)
	importers := map[string][]string{}
	for _, s := range sources(t) {
		for _, i := range s.imports {
			if moduleOf(modules, i) != "" && s.pkg != measures {
				importers[i] = append(importers[i], s.path)
			}
		}
	}
	for pkg, files := range importers {
		if pkg == "github.com/spf13/cobra" {
			continue // each command is a file of its own
		}
		if strings.HasPrefix(pkg, "github.com/yuin/goldmark") && slices.Equal(files, markdownFiles) {
			continue // what extends the parser, and what reads its tree, are too long for one file
		}
		if len(files) > 1 {
			t.Errorf("%s is imported by %s", pkg, strings.Join(files, ", "))
		}
	}
}
