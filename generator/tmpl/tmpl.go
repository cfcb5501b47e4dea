// Package tmpl executes html/template templates several times as fast as
// html/template does, with the same bytes.
//
// Parse the templates with html/template, make a [Set] of them with [New], and call
// [Set.Execute] or [Set.Append] as often as you like.
//
// html/template decides how each value is escaped. This package compiles the escaped
// trees to functions, because walking a tree with reflection takes longer than everything
// else that a page needs. It compiles what the pages use: fields, variables, if, with,
// range over slices, template, and, or, not, and calls of functions of two types (see
// [New]). Each template is compiled for the type of its dot, so that the place of a field
// is looked up once, not each time. Everything else is left to html/template: a template
// that uses more, or that gets a value of an unexpected type, is executed by html/template
// as a whole, from its start. So a page may become slower, but never different.
//
// The package relies on two things that html/template does not promise: executing a
// template once leaves the escaped tree in Template.Tree, and the escapers in that tree
// have names that begin with _html_template_. Which escaper belongs to which context is
// found at run time, by letting html/template escape a small template for each context.
// If a release of Go changes any of this, html/template executes every template.
// FuzzEscape compares the two.
package tmpl

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"sync"
)

// Set is a set of templates that may call one another. It is safe for use by several
// goroutines.
type Set struct {
	templates *template.Template
	funcs     template.FuncMap
	interpret bool

	mu       sync.Mutex
	compiled map[compiledFor]*compiled
}

// New returns a set that executes the given templates, which nobody else may change or
// execute afterwards. Calls of functions of these types are compiled:
//
//	func(string, ...any) string     such as a lookup of texts
//	func(...any) map[string]any     such as arguments for another template
//
// They must not keep the list of their arguments, whose memory the next call takes.
// A function of the first type that a template calls with one constant text and nothing
// else is called once, when the template is compiled; it must always return the same.
// Templates that call other functions are left to html/template.
func New(templates *template.Template, funcs template.FuncMap) *Set {
	return &Set{templates: templates.Funcs(funcs), funcs: funcs, compiled: map[compiledFor]*compiled{}}
}

// Interpreted returns a set like New's that leaves every template to html/template. Tests
// compare the two.
func Interpreted(templates *template.Template, funcs template.FuncMap) *Set {
	s := New(templates, funcs)
	s.interpret = true
	return s
}

// compiledFor is what a template is compiled for: with the type of its dot, the places of
// fields are known. The type is nil if it is not known.
type compiledFor struct {
	name string
	dot  reflect.Type
}

// compiled is a template translated to functions. Its stmts are nil if it uses
// something that is not compiled; then html/template executes it.
type compiled struct {
	stmts []stmt
	vars  int // how many variables are in use at the same time, at most
}

// exec is one execution of one template.
type exec struct {
	out   []byte
	stack []reflect.Value // the variables of all templates under way
	vars  []reflect.Value // those of the innermost one
	args  []any           // the arguments of all calls under way
}

var execs = sync.Pool{New: func() any { return &exec{} }}

// errUnsupported leaves a template to html/template.
var errUnsupported = errors.New("left to html/template")

// Execute executes the template of a name with a value as its dot, and returns the output,
// which the caller may change. The error is that of html/template, also if the set has no
// such template; then there is no output.
func (s *Set) Execute(name string, data any) ([]byte, error) { return s.Append(nil, name, data) }

// Append appends the output of a template to into, and is otherwise like Execute.
func (s *Set) Append(into []byte, name string, data any) ([]byte, error) {
	if out, ok := s.lookup(name, data).execute(into, data); ok {
		return out, nil
	}
	out := writer(into)
	if err := s.templates.ExecuteTemplate(&out, name, data); err != nil {
		return nil, err
	}
	return out, nil
}

// execute runs the compiled template and appends its output to into. It reports false
// where html/template must execute it, also to find out about an error.
func (c *compiled) execute(into []byte, data any) ([]byte, bool) {
	if c.stmts == nil {
		return nil, false
	}
	x := execs.Get().(*exec)
	x.out = into
	err := c.run(x, reflect.ValueOf(data))
	out := x.out
	x.out = nil
	execs.Put(x)
	return out, err == nil
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

// Compiled reports whether a template could be compiled. Execute may still leave it to
// html/template, if a value is of an unexpected type.
func (s *Set) Compiled(name string) bool { return s.lookup(name, nil).stmts != nil }

// lookup compiles a template at its first use with a type of data.
func (s *Set) lookup(name string, data any) *compiled {
	version := compiledFor{name, reflect.TypeOf(data)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.compiled[version]; ok {
		return c
	}
	c := &compiled{}
	s.compiled[version] = c
	if s.interpret {
		return c
	}
	s.templates.ExecuteTemplate(io.Discard, name, nil) // html/template escapes a template when it is first executed
	if err := s.compile(c, version); err != nil {
		c.stmts = nil
	}
	return c
}

// compile fills in a compiled template, and those that it calls.
func (s *Set) compile(c *compiled, version compiledFor) error {
	t := s.templates.Lookup(version.name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return errUnsupported
	}
	cc := compiler{Set: s, dot: version.dot, vars: []variable{{"$", version.dot}}, most: 1}
	stmts, err := cc.list(t.Tree.Root)
	c.stmts, c.vars = append([]stmt{}, stmts...), cc.most
	return err
}

// run executes a template with variables of its own, the first of which is $.
func (c *compiled) run(x *exec, dot reflect.Value) error {
	outer, base := x.vars, len(x.stack)
	x.stack = append(x.stack, make([]reflect.Value, c.vars)...)
	x.vars = x.stack[base:]
	x.vars[0] = dot
	err := runAll(c.stmts, x, dot)
	x.vars, x.stack = outer, x.stack[:base]
	return err
}

func runAll(stmts []stmt, x *exec, dot reflect.Value) error {
	for _, do := range stmts {
		if err := do(x, dot); err != nil {
			return err
		}
	}
	return nil
}
