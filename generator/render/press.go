package render

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"slices"
	"sync"
	"text/template/parse"
)

// press prints pages from a set of templates. html/template parses them and
// decides how each value is escaped; the press then makes functions of the
// escaped trees, because walking a tree with reflection takes several times as
// long as all else that a page needs. Where a template does what these functions
// do not, html/template itself prints the page: the bytes are the same, as a test
// shows for every page.
type press struct {
	set   *template.Template
	funcs template.FuncMap

	mu    sync.Mutex
	ready map[string]*plate
}

// plate is a template made ready: nil steps stand for one that is left to
// html/template.
type plate struct {
	steps []step1
	vars  int // how many variables it has at once
}

// sheet is one printing of one template.
type sheet struct {
	out   []byte
	stack []reflect.Value // the variables of all templates that are under way
	vars  []reflect.Value // those of the innermost
}

type (
	step1 func(*sheet, reflect.Value) error
	value func(*sheet, reflect.Value) (reflect.Value, error)
)

// errForeign says that a template is left to html/template.
var errForeign = errors.New("left to html/template")

func newPress(set *template.Template, funcs template.FuncMap) *press {
	return &press{set: set.Funcs(funcs), funcs: funcs, ready: map[string]*plate{}}
}

var sheets = sync.Pool{New: func() any { return &sheet{} }}

// print is what a template makes of a value. The bytes are the caller's.
func (p *press) print(name string, dot any) ([]byte, error) {
	pl := p.prepare(name)
	if pl.steps != nil {
		s := sheets.Get().(*sheet)
		defer sheets.Put(s)
		s.out = s.out[:0]
		if err := pl.run(s, reflect.ValueOf(dot)); err == nil {
			return slices.Clone(s.out), nil
		}
	}
	var out writer
	if err := p.set.ExecuteTemplate(&out, name, dot); err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	return out, nil
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

// prepare makes a template ready. html/template escapes a template when it is
// first executed, so it is, for nobody.
func (p *press) prepare(name string) *plate {
	p.mu.Lock()
	defer p.mu.Unlock()
	if pl, ok := p.ready[name]; ok {
		return pl
	}
	p.set.ExecuteTemplate(io.Discard, name, nil)
	pl := &plate{}
	p.ready[name] = pl
	if err := p.engrave(pl, name); err != nil {
		pl.steps = nil
	}
	return pl
}

// engrave makes the steps of a template, and of those that it calls.
func (p *press) engrave(pl *plate, name string) error {
	t := p.set.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return errForeign
	}
	e := engraver{press: p, names: []string{"$"}, most: 1}
	steps, err := e.list(t.Tree.Root)
	pl.steps, pl.vars = append([]step1{}, steps...), e.most
	return err
}

// run prints with variables of its own, of which the first is the value itself.
func (pl *plate) run(s *sheet, dot reflect.Value) error {
	outer, base := s.vars, len(s.stack)
	s.stack = append(s.stack, make([]reflect.Value, pl.vars)...)
	s.vars = s.stack[base:]
	s.vars[0] = dot
	err := all(pl.steps, s, dot)
	s.vars, s.stack = outer, s.stack[:base]
	return err
}

func all(steps []step1, s *sheet, dot reflect.Value) error {
	for _, do := range steps {
		if err := do(s, dot); err != nil {
			return err
		}
	}
	return nil
}

// engraver makes the steps of one template.
type engraver struct {
	*press
	names []string // the variables in scope, by their place
	most  int
}

func (e *engraver) list(l *parse.ListNode) ([]step1, error) {
	if l == nil {
		return nil, nil
	}
	var steps []step1
	for _, n := range l.Nodes {
		do, err := e.node(n)
		if err != nil {
			return nil, err
		}
		if do != nil {
			steps = append(steps, do)
		}
	}
	return steps, nil
}

func (e *engraver) node(n parse.Node) (step1, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(s *sheet, _ reflect.Value) error {
			s.out = append(s.out, text...)
			return nil
		}, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return e.action(n)
	case *parse.IfNode:
		return e.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return e.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return e.loop(n)
	case *parse.TemplateNode:
		return e.call(n)
	}
	return nil, errForeign
}

func (e *engraver) action(n *parse.ActionNode) (step1, error) {
	if len(n.Pipe.Decl) == 0 {
		return e.printed(n.Pipe)
	}
	val, err := e.pipe(n.Pipe, n.Pipe.Cmds)
	if err != nil || len(n.Pipe.Decl) != 1 {
		return nil, errForeign
	}
	place := e.declare(n.Pipe.Decl[0].Ident[0], n.Pipe.IsAssign)
	if place < 0 {
		return nil, errForeign
	}
	return func(s *sheet, dot reflect.Value) error {
		v, err := val(s, dot)
		s.vars[place] = v
		return err
	}, nil
}

// declare finds a variable's place: a new one, or for an assignment the one that
// it has.
func (e *engraver) declare(name string, assigned bool) int {
	if assigned {
		return e.find(name)
	}
	e.names = append(e.names, name)
	e.most = max(e.most, len(e.names))
	return len(e.names) - 1
}

func (e *engraver) find(name string) int {
	for i := len(e.names) - 1; i >= 0; i-- {
		if e.names[i] == name {
			return i
		}
	}
	return -1
}

// branch is an if, or a with, whose value becomes the dot.
func (e *engraver) branch(n *parse.BranchNode, with bool) (step1, error) {
	scope := len(e.names)
	defer func() { e.names = e.names[:scope] }()
	val, err := e.pipe(n.Pipe, n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	place := -1
	if len(n.Pipe.Decl) > 0 {
		place = e.declare(n.Pipe.Decl[0].Ident[0], n.Pipe.IsAssign)
	}
	yes, err := e.list(n.List)
	if err != nil {
		return nil, err
	}
	e.names = e.names[:scope]
	no, err := e.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	return func(s *sheet, dot reflect.Value) error {
		v, err := val(s, dot)
		if err != nil {
			return err
		}
		if place >= 0 {
			s.vars[place] = v
		}
		if !truth(v) {
			return all(no, s, dot)
		}
		if with {
			dot = v
		}
		return all(yes, s, dot)
	}, nil
}

// loop ranges over slices; what else can be ranged over is left alone.
func (e *engraver) loop(n *parse.RangeNode) (step1, error) {
	scope := len(e.names)
	defer func() { e.names = e.names[:scope] }()
	val, err := e.pipe(n.Pipe, n.Pipe.Cmds)
	if err != nil || n.Pipe.IsAssign {
		return nil, errForeign
	}
	var places []int
	for _, d := range n.Pipe.Decl {
		places = append(places, e.declare(d.Ident[0], false))
	}
	body, err := e.list(n.List)
	if err != nil {
		return nil, err
	}
	e.names = e.names[:scope]
	none, err := e.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	return func(s *sheet, dot reflect.Value) error {
		list, err := val(s, dot)
		if err != nil {
			return err
		}
		if list = plainValue(list); list.Kind() != reflect.Slice {
			return errForeign
		}
		if list.Len() == 0 {
			return all(none, s, dot)
		}
		for i := range list.Len() {
			item := list.Index(i)
			if len(places) > 0 {
				s.vars[places[len(places)-1]] = item
			}
			if len(places) > 1 {
				s.vars[places[0]] = reflect.ValueOf(i)
			}
			if err := all(body, s, item); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// call prints another template with a value.
func (e *engraver) call(n *parse.TemplateNode) (step1, error) {
	val := value(func(*sheet, reflect.Value) (reflect.Value, error) { return reflect.Value{}, nil })
	if n.Pipe != nil {
		var err error
		if val, err = e.pipe(n.Pipe, n.Pipe.Cmds); err != nil || len(n.Pipe.Decl) > 0 {
			return nil, errForeign
		}
	}
	called, known := e.ready[n.Name]
	if !known {
		called = &plate{}
		e.ready[n.Name] = called // before it is made: it may call itself
		if err := e.engrave(called, n.Name); err != nil {
			called.steps = nil
			return nil, err
		}
	}
	return func(s *sheet, dot reflect.Value) error {
		v, err := val(s, dot)
		if err != nil || called.steps == nil {
			return cmpErr(err)
		}
		return called.run(s, v)
	}, nil
}

func cmpErr(err error) error {
	if err == nil {
		return errForeign
	}
	return err
}
