package tmpl

import (
	"reflect"
	"text/template/parse"
)

type (
	// stmt writes the output of a part of a template for a dot.
	stmt func(x *exec, dot reflect.Value) error
	// expr returns the value of an expression for a dot.
	expr func(x *exec, dot reflect.Value) (reflect.Value, error)
)

// value is a compiled expression.
type value struct {
	find expr
	typ  reflect.Type // the type that it always has; nil if that is not known before it is found
}

// variable is a variable of a template.
type variable struct {
	name string
	typ  reflect.Type // as in value
}

// compiler translates one template for a type of dot.
type compiler struct {
	*Set
	dot  reflect.Type // the type of the dot, as in value
	vars []variable   // the variables in scope, by their slot in exec.vars
	most int          // how many slots are needed
}

func (c *compiler) list(l *parse.ListNode) ([]stmt, error) {
	if l == nil {
		return nil, nil
	}
	var stmts []stmt
	for _, n := range l.Nodes {
		do, err := c.node(n)
		if err != nil {
			return nil, err
		}
		if do != nil {
			stmts = append(stmts, do)
		}
	}
	return stmts, nil
}

func (c *compiler) node(n parse.Node) (stmt, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(x *exec, _ reflect.Value) error {
			x.out = append(x.out, text...)
			return nil
		}, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return c.action(n)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(n)
	case *parse.TemplateNode:
		return c.call(n)
	}
	return nil, errUnsupported
}

func (c *compiler) action(n *parse.ActionNode) (stmt, error) {
	if len(n.Pipe.Decl) == 0 {
		return c.output(n.Pipe)
	}
	val, err := c.pipe(n.Pipe, n.Pipe.Cmds)
	if err != nil || len(n.Pipe.Decl) != 1 {
		return nil, errUnsupported
	}
	slot := c.declare(n.Pipe.Decl[0].Ident[0], val.typ, n.Pipe.IsAssign)
	if slot < 0 {
		return nil, errUnsupported
	}
	return func(x *exec, dot reflect.Value) error {
		v, err := val.find(x, dot)
		x.vars[slot] = v
		return err
	}, nil
}

// declare returns the slot of a variable: a new one, or for an assignment the one that
// it has, or -1 if there is none with values of that type.
func (c *compiler) declare(name string, typ reflect.Type, assign bool) int {
	if assign {
		slot := c.find(name)
		if slot >= 0 && c.vars[slot].typ != nil && c.vars[slot].typ != typ {
			return -1
		}
		return slot
	}
	c.vars = append(c.vars, variable{name, typ})
	c.most = max(c.most, len(c.vars))
	return len(c.vars) - 1
}

func (c *compiler) find(name string) int {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i].name == name {
			return i
		}
	}
	return -1
}

// branch compiles an if, or a with, which makes its value the dot.
func (c *compiler) branch(n *parse.BranchNode, with bool) (stmt, error) {
	scope, outer := len(c.vars), c.dot
	defer func() { c.vars, c.dot = c.vars[:scope], outer }()
	val, err := c.pipe(n.Pipe, n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	slot := -1
	if len(n.Pipe.Decl) > 0 {
		if slot = c.declare(n.Pipe.Decl[0].Ident[0], val.typ, n.Pipe.IsAssign); slot < 0 {
			return nil, errUnsupported
		}
	}
	if with {
		c.dot = val.typ
	}
	yes, err := c.list(n.List)
	if err != nil {
		return nil, err
	}
	c.vars, c.dot = c.vars[:scope], outer
	no, err := c.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	return func(x *exec, dot reflect.Value) error {
		v, err := val.find(x, dot)
		if err != nil {
			return err
		}
		if slot >= 0 {
			x.vars[slot] = v
		}
		if !isTrue(v) {
			return runAll(no, x, dot)
		}
		if with {
			dot = v
		}
		return runAll(yes, x, dot)
	}, nil
}

// loop compiles a range. Executing it supports slices only.
func (c *compiler) loop(n *parse.RangeNode) (stmt, error) {
	scope, outer := len(c.vars), c.dot
	defer func() { c.vars, c.dot = c.vars[:scope], outer }()
	val, err := c.pipe(n.Pipe, n.Pipe.Cmds)
	if err != nil || n.Pipe.IsAssign {
		return nil, errUnsupported
	}
	var item reflect.Type
	if val.typ != nil && val.typ.Kind() == reflect.Slice {
		item = knownType(val.typ.Elem())
	}
	var slots []int
	for i, d := range n.Pipe.Decl {
		typ := item
		if i+1 < len(n.Pipe.Decl) {
			typ = intType
		}
		slots = append(slots, c.declare(d.Ident[0], typ, false))
	}
	c.dot = item
	body, err := c.list(n.List)
	if err != nil {
		return nil, err
	}
	c.vars, c.dot = c.vars[:scope], outer
	none, err := c.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	return func(x *exec, dot reflect.Value) error {
		list, err := val.find(x, dot)
		if err != nil {
			return err
		}
		if list = indirect(list); list.Kind() != reflect.Slice {
			return errUnsupported
		}
		if list.Len() == 0 {
			return runAll(none, x, dot)
		}
		for i := range list.Len() {
			item := list.Index(i)
			if len(slots) > 0 {
				x.vars[slots[len(slots)-1]] = item
			}
			if len(slots) > 1 {
				x.vars[slots[0]] = reflect.ValueOf(i)
			}
			if err := runAll(body, x, item); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// call compiles {{template "name" pipeline}}.
func (c *compiler) call(n *parse.TemplateNode) (stmt, error) {
	val := value{find: func(*exec, reflect.Value) (reflect.Value, error) { return reflect.Value{}, nil }}
	if n.Pipe != nil {
		var err error
		if val, err = c.pipe(n.Pipe, n.Pipe.Cmds); err != nil || len(n.Pipe.Decl) > 0 {
			return nil, errUnsupported
		}
	}
	version := compiledFor{n.Name, val.typ}
	called, known := c.compiled[version]
	if !known {
		called = &compiled{}
		c.compiled[version] = called // before it is compiled, because it may call itself
		if err := c.compile(called, version); err != nil {
			called.stmts = nil
			return nil, err
		}
	}
	return func(x *exec, dot reflect.Value) error {
		v, err := val.find(x, dot)
		if err != nil || called.stmts == nil {
			return orUnsupported(err)
		}
		return called.run(x, v)
	}, nil
}

// orUnsupported returns err, or errUnsupported if there is none.
func orUnsupported(err error) error {
	if err == nil {
		return errUnsupported
	}
	return err
}
