package render

import (
	"bytes"
	"html/template"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/corpus"
	"allclear/generator/source"
	"allclear/themes"
)

func parsed(t testing.TB, text string) *template.Template {
	t.Helper()
	set, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"say": func(key string, _ ...any) string { return key }, "args": arguments}).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// both prints a template with the press and with html/template alone.
func both(t *testing.T, text string, dot any) (pressed, plain string) {
	t.Helper()
	funcs := template.FuncMap{"say": func(key string, _ ...any) string { return key }, "args": arguments}
	p := newPress(parsed(t, `{{define "sub"}}<i>{{.Name}}</i>{{end}}{{define "it"}}`+text+`{{end}}`), funcs)
	out, err := p.print("it", dot)
	var want bytes.Buffer
	if wrong := parsed(t, `{{define "sub"}}<i>{{.Name}}</i>{{end}}{{define "it"}}`+text+`{{end}}`).ExecuteTemplate(&want, "it", dot); (wrong == nil) != (err == nil) {
		t.Fatalf("%s: the press says %v, html/template %v", text, err, wrong)
	}
	return string(out), want.String()
}

type shown struct {
	inner
	Title   string
	URL     string
	Safe    template.HTML
	Icon    template.URL
	List    []inner
	None    []inner
	Pointer *inner
	Nothing *inner
	Count   int
	Yes     bool
	When    time.Time
}

type inner struct{ Name string }

func TestThePressPrintsWhatHTMLTemplatePrints(t *testing.T) {
	nasty := "<b onclick='x'>\"&amp; + \x00 ü </script> javascript:alert(1) 100%"
	dot := shown{
		inner: inner{nasty}, Title: "All is well", URL: "javascript:alert(1)", Safe: "<em>safe</em>", Icon: "data:image/svg+xml,%3Csvg%3E",
		List: []inner{{"one"}, {nasty}}, Pointer: &inner{"pointed"}, Count: 3, Yes: true, When: time.Unix(0, 0).UTC(),
	}
	for _, text := range []string{
		`{{.Title}} {{.Name}} {{.Safe}} {{.Count}} {{.Yes}}`,
		`<a title="{{.Name}}" href="{{.URL}}">{{.Name}}</a> <a href="{{.Name}}"></a> <a href="{{.Icon}}"></a> <a href="{{.Title}}"></a>`,
		`<a href="#_{{.Name}}"></a><a href="x/{{.Name}}"></a><title>{{.Name}}</title>`,
		`<style>{{.Name}}</style><script>var x = {{.List}}; {{.Name}}</script>`,
		`<p data-x={{.Title}}>{{.Name}}</p><!-- {{.Title}} --><p style="color:{{.Title}}" onclick="f({{.Name}})">`,
		`{{range .List}}[{{.Name}}]{{else}}none{{end}}{{range .None}}x{{else}}none{{end}}`,
		`{{range $i, $x := .List}}{{$i}}{{$x.Name}}{{$.Title}}{{end}}`,
		`{{with .Pointer}}{{.Name}}{{end}}{{with .Nothing}}x{{else}}nothing{{end}}{{with $p := .Pointer}}{{$p.Name}}{{end}}`,
		`{{if and .Yes .Title}}a{{end}}{{if or .Nothing .None}}b{{else}}c{{end}}{{if not .Yes}}d{{end}}`,
		`{{$x := .Title}}{{if .Yes}}{{$x = "changed"}}{{end}}{{$x}}`,
		`{{say "a.b"}}{{say "a.b" "n" .Count}}{{template "sub" args "Name" .Title}}`,
		`{{.When}} {{.When.Year}} {{len .List}} {{printf "%q" .Title}} {{index .List 0}}`,
		`{{.Missing}}`, `{{.Nothing.Name}}`, `{{template "gone"}}`, `{{range .Count}}x{{end}}`,
	} {
		pressed, plain := both(t, text, dot)
		if pressed != plain {
			t.Errorf("%s\nthe press: %q\nthe library: %q", text, pressed, plain)
		}
	}
}

func TestEveryPageIsPressed(t *testing.T) {
	quick, plain := pagesOf(t, false), pagesOf(t, true)
	if len(quick) < 100 || len(quick) != len(plain) {
		t.Fatalf("%d pages, and %d", len(quick), len(plain))
	}
	for path, page := range quick {
		if page != plain[path] {
			t.Errorf("%s differs:\n%s", path, firstDifference(page, plain[path]))
		}
	}
}

// pagesOf are the pages of the sample site and of an invented one, by the press
// or by html/template alone.
func pagesOf(t *testing.T, plainly bool) map[string]string {
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
		var p *press
		files, err := b.pagesBy(func(set *template.Template, funcs template.FuncMap) *press {
			p = newPress(set, funcs)
			for _, t := range set.Templates() {
				if plainly {
					p.ready[t.Name()] = &plate{}
				}
			}
			return p
		})
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
		for template, ready := range p.ready {
			if !plainly && ready.steps == nil {
				t.Errorf("%s is left to html/template", template)
			}
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
