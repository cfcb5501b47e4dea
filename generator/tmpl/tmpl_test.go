package tmpl_test

import (
	"bytes"
	"html/template"
	"testing"
	"time"

	"allclear/generator/tmpl"
)

// functions are those that pages have.
var functions = template.FuncMap{
	"say": func(key string, _ ...any) string { return key },
	"args": func(pairs ...any) map[string]any {
		named := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			named[pairs[i].(string)] = pairs[i+1]
		}
		return named
	},
}

func parse(t testing.TB, text string) *template.Template {
	t.Helper()
	set, err := template.New("").Option("missingkey=error").Funcs(functions).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

type item struct{ Name string }

type data struct {
	item
	Title   string
	URL     string
	Safe    template.HTML
	Icon    template.URL
	List    []item
	None    []item
	Pointer *item
	Nothing *item
	Count   int
	Yes     bool
	When    time.Time
	Any     any
	Things  []any
}

const nasty = "<b onclick='x'>\"&amp; + \x00 ü </script> javascript:alert(1) 100%"

var dot = data{
	item: item{nasty}, Title: "All is well", URL: "javascript:alert(1)", Safe: "<em>safe</em>", Icon: "data:image/svg+xml,%3Csvg%3E",
	List: []item{{"one"}, {nasty}}, Pointer: &item{"pointed"}, Count: 3, Yes: true, When: time.Unix(0, 0).UTC(),
	Any: item{"any"}, Things: []any{item{"thing"}, &item{"pointed"}, map[string]any{"Name": nasty}},
}

// TestSetWritesWhatHTMLTemplateWrites has a row for everything that is compiled, and
// for what is left to html/template.
func TestSetWritesWhatHTMLTemplateWrites(t *testing.T) {
	for _, c := range []struct {
		text string
		fast bool // without html/template
	}{
		{`{{.Title}} {{.Name}} {{.Safe}} {{.Count}} {{.Yes}}`, true},
		{`<a title="{{.Name}}" href="{{.URL}}">{{.Name}}</a> <a href="{{.Name}}"></a> <a href="{{.Icon}}"></a> <a href="{{.Title}}"></a>`,
			true},
		{`<a href="#_{{.Name}}"></a><a href="x/{{.Name}}"></a><title>{{.Name}}</title>`, true},
		{`<style>{{.Name}}</style><script>var x = {{.List}}; {{.Name}}</script>`, true},
		{`{{range .List}}[{{.Name}}]{{else}}none{{end}}{{range .None}}x{{else}}none{{end}}`, true},
		{`{{range $i, $x := .List}}{{$i}}{{$x.Name}}{{$.Title}}{{end}}`, true},
		{`{{with .Pointer}}{{.Name}}{{end}}{{with .Nothing}}x{{else}}nothing{{end}}{{with $p := .Pointer}}{{$p.Name}}{{end}}`, true},
		{`{{if and .Yes .Title}}a{{end}}{{if or .Nothing .None}}b{{else}}c{{end}}{{if not .Yes}}d{{end}}`, true},
		{`{{$x := .Title}}{{if .Yes}}{{$x = "changed"}}{{end}}{{$x}}`, true},
		{`{{say "a.b"}}{{say "a.b" "n" .Count}}{{template "sub" args "Name" .Title}}`, true},
		{`{{and .Yes .Title}} {{and .None .Title}} {{or .Count .Title}} {{or .Nothing .Title}} {{or .None .Nothing}}`, true},
		{`{{if .None}}{{$x := "inner"}}{{$x}}{{else}}{{with $x := .Title}}{{$x}}{{end}}{{end}}`, true},
		{`{{with args "Name" .Title "Safe" .Safe}}{{.Name}}{{.Safe}}{{end}}`, true},
		{`{{range $x := .List}}{{range $i, $y := $.List}}{{$i}}{{$x.Name}}{{$y.Name}}{{end}}{{end}}`, true},
		{`{{.Any.Name}}{{with .Any}}{{.Name}}{{end}}{{range $x := .Things}}{{.Name}}{{$x.Name}}{{end}}`, true},
		{`{{template "sub" .}}{{template "sub" .Pointer}}{{template "sub" .Any}}{{range .Things}}{{template "sub" .}}{{end}}`, true},
		{`{{$x := .Any}}{{$x = .Title}}{{$x}}{{$y := .Pointer}}{{$y = .Pointer}}{{$y.Name}}`, true},
		{`{{$x := .Title}}{{if .Yes}}{{$x = .Count}}{{end}}{{$x}}`, false}, {`{{if .No}}{{.Missing}}{{end}}`, false},
		{`{{if .Nothing}}{{.Title.Missing}}{{end}}`, true},
		{`{{.Missing}}`, false}, {`{{.Nothing.Name}}`, false}, {`{{range .Count}}x{{end}}`, false},
		{`{{with args "Name" .Title}}{{if .Gone}}x{{end}}{{end}}`, false}, {`{{say .Safe}}`, false}, {`{{.When}}`, true},
		{`<p data-x={{.Title}}>{{.Name}}</p><!-- {{.Title}} --><p style="color:{{.Title}}" onclick="f({{.Name}})">`, false},
		{`{{.When}} {{.When.Year}} {{len .List}} {{printf "%q" .Title}} {{index .List 0}}`, false},
		{`{{.Title | printf "%q"}}`, false}, {`{{template "gone"}}`, false},
	} {
		all := `{{define "sub"}}<i>{{.Name}}</i>{{end}}{{define "it"}}` + c.text + `{{end}}`
		set := tmpl.New(parse(t, all), functions)
		got, err := set.Execute("it", dot)
		var want bytes.Buffer
		if wantErr := parse(t, all).ExecuteTemplate(&want, "it", dot); (wantErr == nil) != (err == nil) {
			t.Errorf("%s: the error is %v, html/template's %v", c.text, err, wantErr)
		} else if err == nil && string(got) != want.String() {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, want.String())
		}
		if _, fast := set.ExecuteCompiled("it", dot); fast != c.fast {
			t.Errorf("%s: executed without html/template is %v", c.text, fast)
		}
	}
}

func TestInterpretedCompilesNothing(t *testing.T) {
	set := tmpl.Interpreted(parse(t, `{{define "it"}}{{.Title}}{{end}}`), functions)
	got, err := set.Execute("it", dot)
	if string(got) != "All is well" || err != nil || set.Compiled("it") {
		t.Errorf("%q, %v, compiled: %v", got, err, set.Compiled("it"))
	}
}

func TestATemplateMayCallItself(t *testing.T) {
	type node struct {
		Name string
		In   []node
	}
	set := tmpl.New(parse(t, `{{define "it"}}[{{.Name}}{{range .In}}{{template "it" .}}{{end}}]{{end}}`), nil)
	got, err := set.Execute("it", node{"a", []node{{"b", nil}, {"c", []node{{"d", nil}}}}})
	if string(got) != "[a[b][c[d]]]" || err != nil || !set.Compiled("it") {
		t.Errorf("%q, %v", got, err)
	}
}

// One template may be executed with values of different types, some of which lack a field
// or have it behind a pointer.
func TestATemplateTakesValuesOfAnyType(t *testing.T) {
	type far struct{ *item }
	text := `{{define "it"}}{{if .}}{{.Name}}{{end}}{{end}}`
	set, plain := tmpl.New(parse(t, text), nil), parse(t, text)
	for _, value := range []any{
		dot, &dot, item{"a"}, &item{"b"}, map[string]string{"Name": "c"}, far{&item{"d"}}, &far{&item{"e"}}, far{},
		struct{ Other string }{"f"}, "g", 1, nil, (*item)(nil), []item{{"h"}}, dot,
	} {
		got, want := both(t, set, plain, value)
		if got != want {
			t.Errorf("%T: %q, not %q", value, got, want)
		}
	}
}
