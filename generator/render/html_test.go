package render

import (
	"html/template"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"allclear/generator/corpus"
	"allclear/generator/source"
	"allclear/generator/tmpl"
	"allclear/themes"
)

func TestEveryPageIsAsHTMLTemplateWritesIt(t *testing.T) {
	compiled, plain := pagesBySet(t, tmpl.New), pagesBySet(t, tmpl.Interpreted)
	if len(compiled) < 100 || len(compiled) != len(plain) {
		t.Fatalf("%d pages, and %d", len(compiled), len(plain))
	}
	for path, page := range compiled {
		if page != plain[path] {
			t.Errorf("%s differs:\n%s", path, firstDifference(page, plain[path]))
		}
	}
}

// pagesBySet returns the pages of the sample site and of a generated one, rendered by
// compiled templates or by html/template.
func pagesBySet(t *testing.T, newSet func(*template.Template, template.FuncMap) *tmpl.Set) map[string]string {
	t.Helper()
	invented := fstest.MapFS{}
	corpus.Write(100, 7, func(path string, text []byte) error {
		invented[path] = &fstest.MapFile{Data: text}
		return nil
	})
	pages := map[string]string{}
	for name, folder := range map[string]fs.FS{"invented ": invented, "sample ": os.DirFS("../testdata/sample")} {
		s, problems := source.Read(folder, source.Options{})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		b, err := newBuild(&s, themes.Open(nil), Options{Now: corpus.Now})
		if err != nil {
			t.Fatal(err)
		}
		files, err := b.pagesBy(newSet)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			pages[name+f.Path] = string(data)
		}
	}
	return pages
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return a[from:min(len(a), i+60)] + "\n" + b[from:min(len(b), i+60)]
}

func TestEveryTemplateOfTheThemeIsCompiled(t *testing.T) {
	st := &settings{theme: themes.Open(nil)}
	templates, err := st.templates()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parseTemplates(templates)
	if err != nil {
		t.Fatal(err)
	}
	say := func(key string, _ ...any) string { return key }
	set := tmpl.New(parsed, template.FuncMap{"say": say, "before": say, "after": say, "args": arguments})
	for _, template := range parsed.Templates() {
		if name := template.Name(); name != "" && !set.Compiled(name) {
			t.Errorf("%s is left to html/template", name)
		}
	}
}
