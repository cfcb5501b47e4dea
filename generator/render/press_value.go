package render

import (
	"fmt"
	"reflect"
	"sync/atomic"
	"text/template/parse"
)

// pipe is the value of some commands. One command alone can be a value or a
// call; a chain of several is left to html/template, but for its own escapers at
// the end, which the caller has cut off.
func (e *engraver) pipe(p *parse.PipeNode, cmds []*parse.CommandNode) (value, error) {
	if len(cmds) != 1 {
		return nil, errForeign
	}
	args := cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); ok {
		return e.function(id.Ident, args[1:])
	}
	if len(args) != 1 {
		return nil, errForeign
	}
	return e.operand(args[0])
}

func (e *engraver) operand(n parse.Node) (value, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *sheet, dot reflect.Value) (reflect.Value, error) { return dot, nil }, nil
	case *parse.FieldNode:
		return fields(func(_ *sheet, dot reflect.Value) (reflect.Value, error) { return dot, nil }, n.Ident), nil
	case *parse.VariableNode:
		place := e.find(n.Ident[0])
		if place < 0 {
			return nil, errForeign
		}
		return fields(func(s *sheet, _ reflect.Value) (reflect.Value, error) { return s.vars[place], nil }, n.Ident[1:]), nil
	case *parse.StringNode:
		return constant(n.Text), nil
	case *parse.BoolNode:
		return constant(n.True), nil
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64)), nil
		}
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return e.pipe(n, n.Cmds)
		}
	}
	return nil, errForeign
}

func constant(x any) value {
	v := reflect.ValueOf(x)
	return func(*sheet, reflect.Value) (reflect.Value, error) { return v, nil }
}

// fields follows the names of fields from a value.
func fields(from value, names []string) value {
	for _, name := range names {
		from = field(from, name)
	}
	return from
}

// found is where a field stands in a type.
type found struct {
	in    reflect.Type
	index []int
}

// field reads a field by its name, and remembers where it was in the type that
// it saw last. A method of that name is left to html/template.
func field(of value, name string) value {
	var last atomic.Pointer[found]
	return func(s *sheet, dot reflect.Value) (reflect.Value, error) {
		v, err := of(s, dot)
		if err != nil {
			return v, err
		}
		if v = plainValue(v); v.Kind() == reflect.Map {
			return entry(v, name)
		}
		if v.Kind() != reflect.Struct {
			return v, errForeign
		}
		at := last.Load()
		if at == nil || at.in != v.Type() {
			f, ok := v.Type().FieldByName(name)
			if _, method := reflect.PointerTo(v.Type()).MethodByName(name); !ok || method || !f.IsExported() {
				return v, errForeign
			}
			at = &found{v.Type(), f.Index}
			last.Store(at)
		}
		for _, i := range at.index {
			if v.Kind() == reflect.Pointer {
				return v, errForeign
			}
			v = v.Field(i)
		}
		return v, nil
	}
}

func entry(m reflect.Value, name string) (reflect.Value, error) {
	if m.Type().Key().Kind() != reflect.String {
		return m, errForeign
	}
	v := m.MapIndex(reflect.ValueOf(name).Convert(m.Type().Key()))
	if !v.IsValid() {
		return v, errForeign
	}
	return v, nil
}

// plainValue is what a pointer or an interface holds; the value itself where
// that is nothing.
func plainValue(v reflect.Value) reflect.Value {
	for (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && !v.IsNil() {
		v = v.Elem()
	}
	return v
}

// truth is what a template takes for true.
func truth(v reflect.Value) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Struct:
		return true
	}
	return !v.IsZero()
}

// function is a call of one of the functions that templates have.
func (e *engraver) function(name string, nodes []parse.Node) (value, error) {
	var args []value
	for _, n := range nodes {
		arg, err := e.operand(n)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	own := e.funcs[name]
	switch name {
	case "and", "or":
		if own == nil && len(args) > 0 {
			return choice(args, name == "or"), nil
		}
	case "not":
		if own == nil && len(args) == 1 {
			return opposite(args[0]), nil
		}
	}
	switch f := own.(type) {
	case func(string, ...any) string:
		if key, ok := onlyText(nodes); ok {
			return constant(f(key)), nil
		}
		return sentence(f, args)
	case func(...any) map[string]any:
		return func(s *sheet, dot reflect.Value) (reflect.Value, error) {
			values, err := each(args, s, dot)
			return reflect.ValueOf(f(values...)), err
		}, nil
	}
	return nil, errForeign
}

// choice is the first value that is true for an or, false for an and; the last
// one where none is.
func choice(args []value, wanted bool) value {
	return func(s *sheet, dot reflect.Value) (v reflect.Value, err error) {
		for _, arg := range args {
			if v, err = arg(s, dot); err != nil || truth(v) == wanted {
				return v, err
			}
		}
		return v, nil
	}
}

func opposite(arg value) value {
	return func(s *sheet, dot reflect.Value) (reflect.Value, error) {
		v, err := arg(s, dot)
		return reflect.ValueOf(!truth(v)), err
	}
}

// onlyText is the text that is all that a function is called with: what it says
// then is always the same.
func onlyText(nodes []parse.Node) (string, bool) {
	if len(nodes) != 1 {
		return "", false
	}
	text, ok := nodes[0].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return text.Text, true
}

// sentence calls a function that makes a text of a key and values.
func sentence(f func(string, ...any) string, args []value) (value, error) {
	if len(args) == 0 {
		return nil, errForeign
	}
	return func(s *sheet, dot reflect.Value) (reflect.Value, error) {
		key, err := args[0](s, dot)
		if err != nil || key.Kind() != reflect.String {
			return key, cmpErr(err)
		}
		values, err := each(args[1:], s, dot)
		if err != nil {
			return key, err
		}
		return reflect.ValueOf(f(key.String(), values...)), nil
	}, nil
}

func each(args []value, s *sheet, dot reflect.Value) ([]any, error) {
	var values []any
	for _, arg := range args {
		v, err := arg(s, dot)
		if err != nil {
			return nil, err
		}
		if !v.IsValid() || !v.CanInterface() {
			return nil, fmt.Errorf("%w: no value", errForeign)
		}
		values = append(values, v.Interface())
	}
	return values, nil
}
