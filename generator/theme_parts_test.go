package generator_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/themes"
)

// A theme that an operator wrote for an earlier release does not break in silence: check
// names what templates do not get any more, and what no page uses.
func TestWhatAnUpgradeLeavesBehindInATheme(t *testing.T) {
	for _, theme := range []struct{ file, text, want string }{
		{"entry.html", "<p>{{.Heading}}</p>\n{{range .Strips}}<p>{{.}}</p>{{end}}",
			`themes/own/entry.html:2:9: the theme does not work: templates get no value .Strips` +
				"\nit is now .Strip; compare the file with the built-in one"},
		{"history.html", "{{if .Heading}}{{else}}{{with .Heading}}{{$.Ticks}}{{end}}{{end}}",
			`themes/own/history.html:1:44: the theme does not work: templates get no value .Ticks` +
				"\ndocs/theming-values.md lists the values; compare the file with the built-in one"},
		{"history.html", `{{template "mine" (args "Title" .Heading)}}{{define "mine"}}{{.Title}}{{.Titel}}{{end}}`,
			`themes/own/history.html:1:73: the theme does not work: templates get no value .Titel` +
				"\ndocs/theming-values.md lists the values; compare the file with the built-in one"},
		{"banner.html", `{{define "banner"}}<p>Ours</p>{{end}}`, "themes/own/banner.html:1:1: no page uses this template\n" +
			`delete it, or show it with {{template "NAME" .}} in a template that is used; CHANGELOG.md says what has other names`},
		{"styles.css", "p {}", "themes/own/styles.css:1:1: nothing reads this file\n" +
			"delete it; files for visitors belong in content/static/, and styles in extra.css"},
		{"languages/nl.yaml", "home: {}", "themes/own/languages/nl.yaml:1:1: nothing reads this file\n" +
			"delete it; files for visitors belong in content/static/, and styles in extra.css"},
		{"extra.css", "p {}", ""}, {"README.md", "Ours", ""}, {"LICENSE", "Ours", ""}, {".gitkeep", "", ""},
		{"answer.html", `{{define "answer"}}{{template "icon" .Class}}<h1>{{.Sentence}}</h1>{{end}}`, ""},
	} {
		folder := fstest.MapFS{
			"content/site.yml":         {Data: []byte("title: Example\ntheme: own\n")},
			"content/components.yml":   {Data: []byte("components: [{id: web, name: Website}]\n")},
			"themes/own/" + theme.file: {Data: []byte(theme.text)},
		}
		_, problems := generator.Check(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)})
		var said []string
		for _, p := range problems {
			if p.Rule == "unused-theme-file" || p.Rule == "broken-theme" {
				said = append(said, p.Pos.String()+": "+p.Message+"\n"+p.Hint)
			}
		}
		if got := strings.Join(said, "\n"); got != theme.want {
			t.Errorf("%s: check says\n%s\nnot\n%s", theme.file, got, theme.want)
		}
	}
}

// Every file of the built-in theme is one that a theme may replace.
func TestEveryFileOfTheThemeIsRead(t *testing.T) {
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\ntheme: own\n")},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Website}]\n")},
	}
	_ = fs.WalkDir(themes.Open(nil), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			data, _ := fs.ReadFile(themes.Open(nil), name)
			folder[path.Join("themes/own", name)] = &fstest.MapFile{Data: data}
		}
		return err
	})
	_, problems := generator.Check(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)})
	for _, p := range problems {
		if p.Rule == "unused-theme-file" || p.Rule == "broken-theme" {
			t.Errorf("%s: %s", p.Pos, p.Message)
		}
	}
}

// A theme that draws the months of a component that is retired draws none of its days after
// that.
func TestTheMonthsOfARetiredComponentEndWithItsLastDay(t *testing.T) {
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\ntheme: own\nuptime: {show: true}\n")},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Website, since: 2026-01-05, until: 2026-03-10}]\n")},
		"themes/own/component.html": {Data: []byte(
			`{{range .Months}}{{.Name}}: {{.Bar.Drawn}} of {{.Bar.Width}}, {{.Bar.Absent}} before; {{end}}{{define "fresh"}}{{end}}`)},
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)})
	page, found := result.File("components/web/index.html")
	if !found {
		t.Fatal(result.Problems)
	}
	const want = "March 2026: 35 of 123, 0 before; February 2026: 111 of 123, 0 before; January 2026: 123 of 123, 15 before;\n"
	if got, err := page.Bytes(); err != nil || string(got) != want {
		t.Errorf("the page says %q, not %q (%v)", got, want, err)
	}
}
