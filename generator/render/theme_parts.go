package render

import (
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// CheckTheme finds what an upgrade leaves behind in the operator's own files of a theme:
// files that nothing reads any more, and values that templates do not get any more. own has
// the operator's files, and theme these and all others.
func CheckTheme(own, theme fs.FS, s *site.Site) diag.List {
	var problems diag.List
	all := readParts(theme)
	used, known := all.reachable(), valueNames()
	for name := range all.constants {
		known[name] = true // such as "Title" in args "Title" .Heading
	}
	_ = fs.WalkDir(own, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		at := diag.Pos{File: path.Join("themes", s.Theme, name)}
		switch {
		case path.Ext(name) == ".html" && path.Dir(name) == ".":
			if defined := all.defines[name]; len(defined) > 0 && !slices.ContainsFunc(defined, func(one string) bool { return used[one] }) {
				problems.Warn(at, "unused-theme-file", `delete it, or show it with {{template "NAME" .}} in a template that is used; `+
					"CHANGELOG.md says what has other names", "no page uses this template")
			}
			checkValues(&problems, at, own, name, known)
		case !isRead(name):
			problems.Warn(at, "unused-theme-file", "delete it; files for visitors belong in content/static/, and styles in extra.css",
				"nothing reads this file")
		}
		return nil
	})
	return problems
}

// isRead reports whether the program reads a file of this name from a theme. Notes for
// people are no mistake.
func isRead(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") || path.Ext(base) == ".md" || strings.HasPrefix(base, "LICENSE") || name == "extra.css" {
		return true
	}
	return path.Dir(name) == "languages" && path.Ext(name) == ".yml" || slices.Contains(themeFiles, name)
}

// themeFiles are the files beside templates and languages that a theme may replace.
var themeFiles = []string{
	"style.css", "pages.css", "chart.css", "report.css", "measurements.css", "spark.css", "many.css", "languages.css", "choose.css",
	"script.js", "find.js", "bars.js", "choose.js", "embed.js",
}

// themeParts are the templates of a theme.
type themeParts struct {
	defines   map[string][]string // the names of templates, by file
	calls     map[string][]string // the names that a template calls, by its name
	constants map[string]bool     // constant texts in templates
}

// readParts reads the templates of a theme. It skips one that cannot be parsed, which is
// reported when pages are made.
func readParts(theme fs.FS) themeParts {
	p := themeParts{defines: map[string][]string{}, calls: map[string][]string{}, constants: map[string]bool{}}
	names, _ := fs.Glob(theme, "*.html")
	for _, name := range names {
		for defined, tree := range parseParts(theme, name) {
			p.defines[name] = append(p.defines[name], defined)
			walk(tree.Root, func(n parse.Node) {
				switch n := n.(type) {
				case *parse.TemplateNode:
					p.calls[defined] = append(p.calls[defined], n.Name)
				case *parse.StringNode:
					p.constants[n.Text] = true
				}
			})
		}
	}
	return p
}

// parseParts returns the templates in a file, by their names, or nil if it is broken.
func parseParts(theme fs.FS, name string) map[string]*parse.Tree {
	text, err := fs.ReadFile(theme, name)
	if err != nil {
		return nil
	}
	tree, set := parse.New(name), map[string]*parse.Tree{}
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(text), "", "", set); err != nil {
		return nil
	}
	set[name] = tree
	return set
}

// reachable returns the names of the templates that pages use.
func (p themeParts) reachable() map[string]bool {
	used, open := map[string]bool{}, []string{}
	for _, page := range templateValues {
		open = append(open, page.template)
	}
	for len(open) > 0 {
		name := open[0]
		open = open[1:]
		if !used[name] {
			used[name] = true
			open = append(open, p.calls[name]...)
		}
	}
	return used
}

// formerValues are values of earlier releases, with what took their place, or "".
var formerValues = map[string]string{"Strips": ".Strip", "Channels": ".Ways", "Earlier": ".Slim", "Names": "", "Ticks": "", "Address": ""}

// checkValues reports the values in a template that no template gets.
func checkValues(problems *diag.List, at diag.Pos, own fs.FS, name string, known map[string]bool) {
	text, _ := fs.ReadFile(own, name)
	for _, tree := range parseParts(own, name) {
		walk(tree.Root, func(n parse.Node) {
			var names []string
			switch n := n.(type) {
			case *parse.FieldNode:
				names = n.Ident
			case *parse.ChainNode:
				names = n.Field
			case *parse.VariableNode:
				names = n.Ident[1:]
			}
			for _, value := range names {
				if known[value] {
					continue
				}
				hint := "docs/theming-values.md lists the values; compare the file with the built-in one"
				if now := formerValues[value]; now != "" {
					hint = "it is now " + now + "; compare the file with the built-in one"
				}
				from := int(n.Position())
				from += max(0, strings.Index(string(text)[from:], "."+value))
				t := templateText{file: at.File, text: string(text), problems: problems}
				problems.Error(t.position(from, from+len(value)+1), "broken-theme", hint,
					"the theme does not work: templates get no value .%s", value)
			}
		})
	}
}

// walk calls found for a node of a template and all nodes below it.
func walk(n parse.Node, found func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	found(n)
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, found)
		walk(b.List, found)
		walk(b.ElseList, found)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, one := range n.Nodes {
			walk(one, found)
		}
	case *parse.ActionNode:
		walk(n.Pipe, found)
	case *parse.TemplateNode:
		walk(n.Pipe, found)
	case *parse.PipeNode:
		for _, one := range n.Cmds {
			walk(one, found)
		}
	case *parse.CommandNode:
		for _, one := range n.Args {
			walk(one, found)
		}
	case *parse.ChainNode:
		walk(n.Node, found)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}

// templateValues are the values that the theme's templates receive.
var templateValues = []struct {
	template string
	value    any
}{
	{"home.html", homePage{}},
	{"entry.html", entryPage{}},
	{"component.html", componentPage{}},
	{"history.html", historyPage{}},
	{"uptime.html", uptimePage{}},
	{"insights.html", insightsPage{}},
	{"reports.html", reportsPage{}},
	{"report.html", reportPage{}},
	{"page.html", freePage{}},
	{"announcement.html", announcementPage{}},
	{"announcements.html", announcementsPage{}},
	{"choose.html", chooserPage{}},
	{"404.html", missingPage{}},
	{"503.html", unavailablePage{}},
}

// valueNames returns the names of all fields and methods of what templates receive.
func valueNames() map[string]bool {
	names, seen := map[string]bool{}, map[reflect.Type]bool{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumMethod() {
			names[t.Method(i).Name] = true
		}
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			add(t.Elem())
		case reflect.Struct:
			add(reflect.PointerTo(t))
			for i := range t.NumField() {
				names[t.Field(i).Name] = true
				add(t.Field(i).Type)
			}
		}
	}
	add(reflect.TypeFor[layout]())
	for _, page := range templateValues {
		add(reflect.TypeOf(page.value))
	}
	return names
}
