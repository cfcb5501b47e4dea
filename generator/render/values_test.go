package render

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const valuesPage = "../../docs/theming-values.md"

// docs/theming-values.md is generated from the types and their comments. With -update the
// test writes it.
func TestTheValuesOfTemplatesAreDocumented(t *testing.T) {
	want := describeValues(t)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(valuesPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(valuesPage)
	if err != nil || string(have) != want {
		t.Errorf("docs/theming-values.md is not what the types say: run go test ./generator/render -run Values -update (%v)", err)
	}
}

// describeValues returns the page, made from the types and their comments.
func describeValues(t *testing.T) string {
	d := &valueDocs{t: t, comments: map[string]string{}}
	for _, dir := range []string{".", "../site", "../language"} {
		d.parse(t, dir)
	}
	var b strings.Builder
	b.WriteString("# Values of templates\n\nWhat the templates of a [theme](theming.md) receive. This page is made from the types of the " +
		"program by a test; the names are those of the templates:\n`{{.Heading}}`, `{{range .Updates}}{{.Word}}{{end}}`.\n\n")
	b.WriteString("A value named like `card` below is a group of values with a section of its own. *Optional* values may be missing: use " +
		"`{{with}}`.\n\n## Pages\n\nEach page also has the values of [every page](#every-page).\n")
	frame := reflect.TypeFor[layout]()
	for _, page := range templateValues {
		fmt.Fprintf(&b, "\n### %s\n\n", page.template)
		d.table(&b, reflect.TypeOf(page.value), frame)
	}
	b.WriteString("\n### Every page\n\n")
	d.table(&b, frame, nil)
	b.WriteString("\n## Groups of values\n")
	var done []string
	for len(d.waiting) > 0 {
		slices.SortFunc(d.waiting, func(a, b reflect.Type) int {
			return strings.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name()))
		})
		next := slices.IndexFunc(d.waiting, func(t reflect.Type) bool { return !slices.Contains(done, t.String()) })
		if next < 0 {
			break
		}
		group := d.waiting[next]
		done = append(done, group.String())
		var section strings.Builder
		fmt.Fprintf(&section, "\n### %s\n\n", group.Name())
		if text := d.comments[group.String()]; text != "" {
			fmt.Fprintf(&section, "%s\n\n", text)
		}
		d.table(&section, group, nil)
		d.sections = append(d.sections, section.String())
	}
	slices.SortFunc(d.sections, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return b.String() + strings.Join(d.sections, "")
}

// valueDocs collects what the page says about the values.
type valueDocs struct {
	t        *testing.T
	comments map[string]string // of types ("render.card") and fields ("render.card.Open")
	waiting  []reflect.Type
	sections []string
}

// parse collects the comments of a package's struct types.
func (d *valueDocs) parse(t *testing.T, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
				for _, spec := range decl.Specs {
					d.comment(file.Name.Name, decl, spec.(*ast.TypeSpec))
				}
			}
		}
	}
}

func (d *valueDocs) comment(pkg string, decl *ast.GenDecl, spec *ast.TypeSpec) {
	name := pkg + "." + spec.Name.Name
	doc := spec.Doc.Text()
	if doc == "" {
		doc = decl.Doc.Text()
	}
	d.comments[name] = commentLine(strings.TrimPrefix(doc, spec.Name.Name+" "))
	fields, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range fields.Fields.List {
		for _, each := range field.Names {
			d.comments[name+"."+each.Name] = commentLine(field.Doc.Text() + field.Comment.Text())
		}
	}
}

func commentLine(text string) string {
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
	for _, verb := range []string{"is ", "are "} {
		text = strings.TrimPrefix(text, verb)
	}
	if text != "" {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// table writes the exported fields of a struct, with those of embedded structs except one
// that has a section of its own.
func (d *valueDocs) table(b *strings.Builder, of, except reflect.Type) {
	b.WriteString("| value | is | |\n|---|---|---|\n")
	d.rows(b, of, except)
}

func (d *valueDocs) rows(b *strings.Builder, of, except reflect.Type) {
	for i := range of.NumField() {
		field := of.Field(i)
		if field.Anonymous {
			if field.Type != except {
				d.rows(b, field.Type, except)
			}
			continue
		}
		if field.IsExported() {
			about := d.comments[of.String()+"."+field.Name]
			if about == "" {
				d.t.Errorf("%v.%s has no comment, so docs/theming-values.md cannot describe it", of, field.Name)
			}
			fmt.Fprintf(b, "| `.%s` | %s | %s |\n", field.Name, d.kind(field.Type), about)
		}
	}
	if _, ok := reflect.PointerTo(of).MethodByName("String"); ok {
		b.WriteString("| `.` | text | The value itself, printed |\n")
	}
}

// kind returns what a value is, in words.
func (d *valueDocs) kind(of reflect.Type) string {
	switch of.Kind() {
	case reflect.Pointer:
		return "optional " + d.kind(of.Elem())
	case reflect.Slice:
		return "list of " + d.kind(of.Elem())
	case reflect.Bool:
		return "yes or no"
	case reflect.Int:
		return "number"
	case reflect.String:
		switch of.Name() {
		case "HTML", "URL", "CSS", "JS":
			return of.Name()
		}
		return "text"
	case reflect.Struct:
		d.waiting = append(d.waiting, of)
		return fmt.Sprintf("[%s](#%s)", of.Name(), strings.ToLower(of.Name()))
	}
	return of.String()
}
