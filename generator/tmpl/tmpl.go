// Package tmpl executes html/template templates several times as fast as
// html/template does, with the same bytes.
//
// html/template parses the templates and decides how each value is escaped; this
// package compiles the escaped trees to functions, because walking a tree with
// reflection takes longer than all else that a page needs. It compiles what the
// pages use: fields, variables, if, with, range over slices, template, and, or, not,
// and calls of functions of two types (see [New]).
//
// It rests on two things that html/template does not promise: that executing a
// template once leaves the escaped tree in Template.Tree, and that the escapers in
// that tree are called _html_template_… . Which escaper stands for which context is
// not assumed but found, by having html/template escape a small template for each
// context. Where any of this changes, or a template does what is not compiled, or a
// value is of an unexpected type, html/template executes the whole template instead,
// so that a page may become slower but not different. FuzzEscape compares the two.
package tmpl

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"slices"
	"sync"
)

// Set is a set of templates that call one another. It is safe to use from several
// goroutines.
type Set struct {
	templates *template.Template
	funcs     template.FuncMap
	interpret bool

	mu       sync.Mutex
	compiled map[string]*compiled
}

// New returns a set that executes the given templates. Functions of the types
//
//	func(string, ...any) string     such as a lookup of texts
//	func(...any) map[string]any     such as arguments for another template
//
// are compiled; templates that call other functions are left to html/template. A
// function of the first type that a template calls with one constant text is called
// once, when the template is compiled. The templates must not be changed or
// executed by anybody else.
func New(templates *template.Template, funcs template.FuncMap) *Set {
	return &Set{templates: templates.Funcs(funcs), funcs: funcs, compiled: map[string]*compiled{}}
}

// Interpreted returns a set that leaves every template to html/template, for tests
// that compare the two.
func Interpreted(templates *template.Template, funcs template.FuncMap) *Set {
	s := New(templates, funcs)
	s.interpret = true
	return s
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
}

var execs = sync.Pool{New: func() any { return &exec{} }}

// errUnsupported leaves a template to html/template.
var errUnsupported = errors.New("left to html/template")

// Execute returns what a template makes of a value. The bytes belong to the caller.
// The error is that of html/template.
func (s *Set) Execute(name string, data any) ([]byte, error) {
	if out, ok := s.lookup(name).execute(data); ok {
		return out, nil
	}
	var out writer
	if err := s.templates.ExecuteTemplate(&out, name, data); err != nil {
		return nil, err
	}
	return out, nil
}

// execute runs the compiled template. It reports false where html/template must
// execute it, also to find out about an error.
func (c *compiled) execute(data any) ([]byte, bool) {
	if c.stmts == nil {
		return nil, false
	}
	x := execs.Get().(*exec)
	defer execs.Put(x)
	x.out = x.out[:0]
	if err := c.run(x, reflect.ValueOf(data)); err != nil {
		return nil, false
	}
	return slices.Clone(x.out), true
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

// Compiled reports whether a template is compiled, rather than left to html/template.
func (s *Set) Compiled(name string) bool { return s.lookup(name).stmts != nil }

// lookup compiles a template at its first use.
func (s *Set) lookup(name string) *compiled {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.compiled[name]; ok {
		return c
	}
	c := &compiled{}
	s.compiled[name] = c
	if s.interpret {
		return c
	}
	s.templates.ExecuteTemplate(io.Discard, name, nil) // html/template escapes a template when it is first executed
	if err := s.compile(c, name); err != nil {
		c.stmts = nil
	}
	return c
}

// compile fills in a compiled template, and those that it calls.
func (s *Set) compile(c *compiled, name string) error {
	t := s.templates.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return errUnsupported
	}
	cc := compiler{Set: s, names: []string{"$"}, most: 1}
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
