package tmpl_test

import (
	"fmt"
	"html/template"

	"allclear/generator/tmpl"
)

// Values are escaped as html/template does, by where they are on the page.
func Example() {
	say := func(key string, _ ...any) string { return map[string]string{"more": "Read more"}[key] }
	functions := template.FuncMap{"say": say}
	parsed := template.Must(template.New("").Funcs(functions).Parse(
		`{{define "entry"}}<p title="{{.Title}}"><a href="{{.URL}}">{{say "more"}}</a></p>{{end}}`))

	set := tmpl.New(parsed, functions)
	for _, entry := range []struct{ Title, URL string }{
		{`Mail is "slow"`, "/incidents/mail/"},
		{"<script>", "javascript:alert(1)"},
	} {
		page, err := set.Execute("entry", entry)
		fmt.Println(string(page), err)
	}
	fmt.Println("compiled:", set.Compiled("entry"))
	// Output:
	// <p title="Mail is &#34;slow&#34;"><a href="/incidents/mail/">Read more</a></p> <nil>
	// <p title="&lt;script&gt;"><a href="#ZgotmplZ">Read more</a></p> <nil>
	// compiled: true
}
