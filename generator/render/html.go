package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"strings"
)

// pages are all HTML files, in every language.
func (b *build) pages() ([]File, error) {
	parsed, err := b.parse()
	if err != nil {
		return nil, err
	}
	b.later = b.coming()
	b.horizon = b.blind()
	b.newest = b.newestEntries()
	var files []File
	for _, l := range b.languages {
		set, err := parsed.Clone()
		if err != nil {
			return nil, err
		}
		set.Funcs(template.FuncMap{"say": func(key string, args ...any) string { return l.Say(key, args...) }})
		files = append(files, b.pagesIn(l, set)...)
	}
	return append(files, b.moved()...), nil
}

// parse reads the theme's templates: every .html file is one, by its name.
func (b *build) parse() (*template.Template, error) {
	set := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"say":  func(string, ...any) string { return "" }, // each language brings its own
		"args": arguments,
	})
	names, err := fs.Glob(b.theme, "*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(b.theme, name)
		if err != nil {
			return nil, err
		}
		if _, err := set.New(name).Parse(string(text)); err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
	}
	return set, nil
}

// arguments hands a template several named values.
func arguments(pairs ...any) map[string]any {
	named := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		named[pairs[i].(string)] = pairs[i+1]
	}
	return named
}

func execute(set *template.Template, name string, value any) (string, error) {
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, name, value); err != nil {
		return "", fmt.Errorf("theme: %w", err)
	}
	return strings.TrimSpace(out.String()), nil
}

// page is a file that a template makes of a value when it is asked for.
func page[T any](l *Language, set *template.Template, file, name string, make func() (T, error)) File {
	return File{Path: l.in(file), Bytes: func() ([]byte, error) {
		value, err := make()
		if err != nil {
			return nil, err
		}
		text, err := execute(set, name, value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.in(file), err)
		}
		return []byte(text + "\n"), nil
	}}
}

// icon is the favicon of a status: its shape in its colour, inside the page.
func icon(class string) template.URL {
	return template.URL("data:image/svg+xml," + strings.ReplaceAll(url.QueryEscape(favicon(class)), "+", "%20"))
}
