package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"allclear/generator/language"
	"allclear/generator/memo"
	"allclear/generator/tmpl"
)

// pages returns all HTML files, in every language.
func (b *build) pages() ([]File, error) { return b.pagesBy(tmpl.New) }

// pagesBy returns the pages, rendered by the template sets that newSet returns. A test
// compares compiled with interpreted ones.
func (b *build) pagesBy(newSet func(*template.Template, template.FuncMap) *tmpl.Set) ([]File, error) {
	templates, err := b.settings.templates()
	if err != nil {
		return nil, err
	}
	var files []File
	for _, l := range b.settings.languages {
		set, err := parseTemplates(templates)
		if err != nil {
			return nil, err
		}
		pages, err := b.pagesIn(l, newSet(set, template.FuncMap{
			"say": l.Say, "before": forMoment(l.Before), "after": forMoment(l.After), "args": arguments,
		}))
		if err != nil {
			return nil, err
		}
		files = append(files, pages...)
	}
	return files, nil
}

// templates returns the names and texts of the theme's templates, as parseTemplates takes them: each
// .html file is one, under its own name.
func (s *settings) templates() (string, error) {
	names, err := fs.Glob(s.theme, "*.html")
	if err != nil {
		return "", err
	}
	var list strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(s.theme, name)
		if err != nil {
			return "", err
		}
		list.WriteString(name + "\x00" + strings.ReplaceAll(string(text), "\x00", "\ufffd") + "\x00") // as browsers read zero bytes
	}
	return list.String(), nil
}

// parseTemplates returns the parsed templates, which belong to the caller.
func parseTemplates(templates string) (*template.Template, error) {
	parsed, err := parseOnce(templates)
	if err != nil {
		return nil, err
	}
	return parsed.Clone()
}

// parseOnce parses templates, each a name and a text that end with a zero byte. It remembers
// results, since a preview builds the same theme again and again.
var parseOnce = memo.Func(func(texts string) (*template.Template, error) {
	set := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"say":    func(string, ...any) string { return "" }, // replaced for each language
		"before": func(string, ...any) string { return "" },
		"after":  func(string, ...any) string { return "" },
		"args":   arguments,
	})
	for texts != "" {
		name, rest, _ := strings.Cut(texts, "\x00")
		text, others, _ := strings.Cut(rest, "\x00")
		if _, err := set.New(name).Parse(text); err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		texts = others
	}
	return set, nil
})

// arguments returns named values for a template, from pairs of a name and a value.
func arguments(pairs ...any) map[string]any {
	named := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		named[pairs[i].(string)] = pairs[i+1]
	}
	return named
}

// execute renders one of the theme's templates, trims the space around it, and appends it
// to into. The error names the theme.
func execute(into []byte, set *tmpl.Set, name string, value any) ([]byte, error) {
	out, err := set.Append(into, name, value)
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	return append(into, bytes.TrimSpace(out[len(into):])...), nil
}

// page returns a file that a template renders, from a value found when the file's bytes
// are asked for.
func page[T any](l *language.Language, set *tmpl.Set, file, name string, newValue func() (T, error)) File {
	return File{Path: l.Path(file), Append: func(into []byte) ([]byte, error) {
		value, err := newValue()
		if err != nil {
			return nil, err
		}
		text, err := execute(into, set, name, value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.Path(file), err)
		}
		return append(text, '\n'), nil
	}}
}
