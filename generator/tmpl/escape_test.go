package tmpl_test

import (
	"bytes"
	"html/template"
	"sync"
	"testing"

	"allclear/generator/tmpl"
)

// contexts are templates with a value in every context of HTML that html/template
// tells apart, those that are compiled and those that are not.
var contexts = []string{
	`{{.}}`, `<p>{{.}}</p>`, `a{{.}}b`,
	`<title>{{.}}</title>`, `<textarea>{{.}}</textarea>`,
	`<a title="{{.}}">`, `<a title='{{.}}'>`, `<a title={{.}}>`, `<a title="x {{.}} y">`, `<a data-x="{{.}}">`, `<input value="{{.}}">`,
	`<time datetime="{{.}}">`,
	`<a href="{{.}}">`, `<a href='{{.}}'>`, `<a href={{.}}>`, `<a href="/{{.}}">`, `<a href="x{{.}}">`,
	`<a href="https://example.com/{{.}}">`,
	`<a href="?q={{.}}">`, `<a href="/x?q={{.}}&amp;r={{.}}">`, `<a href="#{{.}}">`, `<a href="x#y{{.}}">`, `<a href="{{.}}#{{.}}">`,
	`<a href="{{.}}/x">`,
	`<a href="{{.}}{{.}}">`, `<a href="{{if .}}x{{end}}{{.}}">`, `<use href="#_{{.}}"/>`,
	`<img src="{{.}}" alt="{{.}}">`, `<img srcset="{{.}}">`, `<form action="{{.}}">`, `<link rel="icon" href="{{.}}">`,
	`<svg><use xlink:href="{{.}}"/></svg>`,
	`<style>{{.}}</style>`, `<style>p{color:{{.}}}</style>`, `<style>p{background:url("{{.}}")}</style>`,
	`<style>p{content:"{{.}}"}</style>`,
	`<p style="{{.}}">`, `<p style="width:{{.}}%">`, `<p style="background:url({{.}})">`,
	`<script>{{.}}</script>`, `<script>var x = {{.}};</script>`, `<script>var x = "{{.}}";</script>`, `<script>var x = '{{.}}'</script>`,
	`<script>/{{.}}/.test(x)</script>`,
	"<script>var x = `${ {{.}} }`</script>",
	`<script type="application/ld+json">{"name": {{.}}}</script>`, `<script type="application/json">{{.}}</script>`,
	`<script type="text/html">{{.}}</script>`,
	`<p onclick="{{.}}">`, `<p onclick="f({{.}})">`, `<p onclick="f('{{.}}')">`,
	`<!-- {{.}} -->`, `<meta content="{{.}}">`, `<meta http-equiv="refresh" content="0; url={{.}}">`, `<iframe srcdoc="{{.}}"></iframe>`,
	`<p {{.}}>`, `<p {{.}}="x">`, `<{{.}}>`,
	`{{with .}}<a href="{{.}}">{{.}}</a>{{end}}`, `{{$x := .}}<a href="{{$x}}" title="{{$x}}">{{$x}}</a>`,
	`<a href="{{say .}}">{{say . "x" .}}</a>`,
}

// seeds are texts that are dangerous in one of the contexts, or that look so.
var seeds = []string{
	"", "0", "All is well", "ü 日本 🚀", "50% off + more", "\x00", "\xff\xfe", "a\nb\r\tc", "\u2028\u2029", "\u2066x\u2069",
	"<script>alert(1)</script>", "</script>", "</style>", "</title>", "</textarea>", "<!--", "-->", "]]>", `"><img src=x onerror=alert(1)>`,
	`' onmouseover='x`, "`",
	"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "javascript&colon;alert(1)", "x:y", ":",
	"a:b/c", "vbscript:x", "data:text/html,x",
	"https://example.com/a/b#c", "https://javascript:alert(1)", "https://", "https:", "http://example.com/", "//example.com/x",
	"mailto:a@example.com", "tel:+4930", "#x", "#a:b", "/a/b/", "../a.html", "a/b:c",
	"?q=1&r=2", "a b", "a%20b", "%", "~", "a,b", "x;y", "[x]", "(x)", "{x}", "x=y", "a@b", "!", "$", "*", "|", "\\", "^",
	"expression(alert(1))", "url(javascript:x)", "red", "1px", "100%", "}p{", "\\3c", "&amp;", "&", "&lt;", "&#39;", "'", `"`, "+ADw-",
}

// both returns what a Set and what html/template make of a value in a context. Their
// errors are the output.
func both(t *testing.T, set *tmpl.Set, plain *template.Template, value any) (got, want string) {
	t.Helper()
	out, err := set.Execute("it", value)
	if got = string(out); err != nil {
		got = "error"
	}
	var buf bytes.Buffer
	if err := plain.ExecuteTemplate(&buf, "it", value); err != nil {
		return got, "error"
	}
	return got, buf.String()
}

// escapeSets are the contexts' templates, compiled and not.
var escapeSets = sync.OnceValues(func() (sets []*tmpl.Set, plain []*template.Template) {
	for _, context := range contexts {
		text := `{{define "it"}}` + context + `{{end}}`
		sets = append(sets, tmpl.New(template.Must(template.New("").Funcs(functions).Parse(text)), functions))
		plain = append(plain, template.Must(template.New("").Funcs(functions).Parse(text)))
	}
	return sets, plain
})

// typed are a text as each type of value that html/template treats in its own way.
func typed(text string) []any {
	return []any{
		text, len(text), -len(text), len(text)%2 == 0, []string{text}, map[string]string{text: text}, struct{ Text string }{text}, &text,
		template.HTML(text), template.HTMLAttr(text), template.URL(text), template.CSS(text), template.JS(text), template.JSStr(text),
		template.Srcset(text),
	}
}

// sameAsHTMLTemplate compares a value in a context with html/template, twice, since an
// escaper remembers values.
func sameAsHTMLTemplate(t *testing.T, context int, value any) {
	t.Helper()
	sets, plain := escapeSets()
	for range 2 {
		if got, want := both(t, sets[context], plain[context], value); got != want {
			t.Errorf("%s with the %T %q\ngot  %q\nwant %q", contexts[context], value, value, got, want)
		}
	}
}

// TestEscape tries every dangerous text in every context, as every type of value.
func TestEscape(t *testing.T) {
	for _, text := range seeds {
		for _, text := range []string{text, "x" + text, text + "x"} {
			for context := range contexts {
				for _, value := range typed(text) {
					sameAsHTMLTemplate(t, context, value)
				}
			}
		}
	}
}

func FuzzEscape(f *testing.F) {
	for i, text := range seeds {
		f.Add(text, uint8(i), uint8(0))
		f.Add(text, uint8(2*i), uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, context, kind uint8) {
		values := typed(text)
		sameAsHTMLTemplate(t, int(context)%len(contexts), values[0])
		sameAsHTMLTemplate(t, int(context)%len(contexts), values[int(kind)%len(values)])
	})
}

// TestEveryContextOfThePagesIsCompiled: a comparison of html/template with itself would
// find nothing.
func TestEveryContextOfThePagesIsCompiled(t *testing.T) {
	sets, _ := escapeSets()
	compiled := 0
	for i, context := range contexts {
		if sets[i].Compiled("it") {
			compiled++
		} else {
			t.Log("left to html/template:", context)
		}
	}
	if compiled < 30 {
		t.Errorf("only %d of %d contexts are compiled", compiled, len(contexts))
	}
}
