package tmpl

import (
	"fmt"
	"reflect"
	"sync/atomic"
	"text/template/parse"
)

// pipe compiles a pipeline of one command, a value or a call of a function. The caller
// has cut off html/template's escapers at its end.
func (c *compiler) pipe(p *parse.PipeNode, cmds []*parse.CommandNode) (expr, error) {
	if len(cmds) != 1 {
		return nil, errUnsupported
	}
	args := cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); ok {
		return c.function(id.Ident, args[1:])
	}
	if len(args) != 1 {
		return nil, errUnsupported
	}
	return c.operand(args[0])
}

func (c *compiler) operand(n parse.Node) (expr, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *exec, dot reflect.Value) (reflect.Value, error) { return dot, nil }, nil
	case *parse.FieldNode:
		return fields(func(_ *exec, dot reflect.Value) (reflect.Value, error) { return dot, nil }, n.Ident), nil
	case *parse.VariableNode:
		slot := c.find(n.Ident[0])
		if slot < 0 {
			return nil, errUnsupported
		}
		return fields(func(x *exec, _ reflect.Value) (reflect.Value, error) { return x.vars[slot], nil }, n.Ident[1:]), nil
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
			return c.pipe(n, n.Cmds)
		}
	}
	return nil, errUnsupported
}

func constant(x any) expr {
	v := reflect.ValueOf(x)
	return func(*exec, reflect.Value) (reflect.Value, error) { return v, nil }
}

// fields returns x.A.B for the names A, B.
func fields(from expr, names []string) expr {
	for _, name := range names {
		from = field(from, name)
	}
	return from
}

// fieldPath is the index of a field in a struct type.
type fieldPath struct {
	in    reflect.Type
	index []int
}

// field returns a field of a struct, or an entry of a map, by its name. It keeps the
// index of the field in the type that it saw last. A method of that name is not
// supported.
func field(of expr, name string) expr {
	var last atomic.Pointer[fieldPath]
	return func(x *exec, dot reflect.Value) (reflect.Value, error) {
		v, err := of(x, dot)
		if err != nil {
			return v, err
		}
		if v = indirect(v); v.Kind() == reflect.Map {
			return mapValue(v, name)
		}
		if v.Kind() != reflect.Struct {
			return v, errUnsupported
		}
		at := last.Load()
		if at == nil || at.in != v.Type() {
			f, ok := v.Type().FieldByName(name)
			if _, method := reflect.PointerTo(v.Type()).MethodByName(name); !ok || method || !f.IsExported() {
				return v, errUnsupported
			}
			at = &fieldPath{v.Type(), f.Index}
			last.Store(at)
		}
		for _, i := range at.index {
			if v.Kind() == reflect.Pointer {
				return v, errUnsupported
			}
			v = v.Field(i)
		}
		return v, nil
	}
}

// mapValue returns an entry of a map. A missing key is not supported, since it may be
// an error.
func mapValue(m reflect.Value, name string) (reflect.Value, error) {
	if m.Type().Key().Kind() != reflect.String {
		return m, errUnsupported
	}
	v := m.MapIndex(reflect.ValueOf(name).Convert(m.Type().Key()))
	if !v.IsValid() {
		return v, errUnsupported
	}
	return v, nil
}

// indirect follows pointers and interfaces to the value that they hold. A nil one is
// returned as it is.
func indirect(v reflect.Value) reflect.Value {
	for (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && !v.IsNil() {
		v = v.Elem()
	}
	return v
}

// isTrue reports whether a value is true as text/template's IsTrue does.
func isTrue(v reflect.Value) bool {
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

// function compiles the call of a function.
func (c *compiler) function(name string, nodes []parse.Node) (expr, error) {
	args, err := c.operands(nodes)
	if err != nil {
		return nil, err
	}
	own := c.funcs[name]
	switch name {
	case "and", "or":
		if own == nil && len(args) > 0 {
			return andOr(args, name == "or"), nil
		}
	case "not":
		if own == nil && len(args) == 1 {
			return negation(args[0]), nil
		}
	}
	switch f := own.(type) {
	case func(string, ...any) string:
		if key, ok := constantText(nodes); ok {
			return constant(f(key)), nil
		}
		if len(args) == 0 {
			return nil, errUnsupported
		}
		say := textCall(f, args)
		return func(x *exec, dot reflect.Value) (reflect.Value, error) {
			text, err := say(x, dot)
			return reflect.ValueOf(text), err
		}, nil
	case func(...any) map[string]any:
		return func(x *exec, dot reflect.Value) (named reflect.Value, err error) {
			err = withValues(args, x, dot, func(values []any) { named = reflect.ValueOf(f(values...)) })
			return named, err
		}, nil
	}
	return nil, errUnsupported
}

// operands compiles the arguments of a call.
func (c *compiler) operands(nodes []parse.Node) ([]expr, error) {
	var args []expr
	for _, n := range nodes {
		arg, err := c.operand(n)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	return args, nil
}

// said compiles the call of a function that makes a text of a key and values, if that is
// all that a pipeline does; else it returns nil.
func (c *compiler) said(cmds []*parse.CommandNode) func(*exec, reflect.Value) (string, error) {
	if len(cmds) != 1 {
		return nil
	}
	id, ok := cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok {
		return nil
	}
	f, ok := c.funcs[id.Ident].(func(string, ...any) string)
	nodes := cmds[0].Args[1:]
	if _, constant := constantText(nodes); !ok || constant {
		return nil
	}
	args, err := c.operands(nodes)
	if err != nil || len(args) == 0 {
		return nil
	}
	return textCall(f, args)
}

// andOr returns the first argument whose truth is wanted, else the last one: or wants
// true, and wants false.
func andOr(args []expr, wanted bool) expr {
	return func(x *exec, dot reflect.Value) (v reflect.Value, err error) {
		for _, arg := range args {
			if v, err = arg(x, dot); err != nil || isTrue(v) == wanted {
				return v, err
			}
		}
		return v, nil
	}
}

func negation(arg expr) expr {
	return func(x *exec, dot reflect.Value) (reflect.Value, error) {
		v, err := arg(x, dot)
		return reflect.ValueOf(!isTrue(v)), err
	}
}

// constantText returns the argument of a call whose only argument is a constant text:
// its result is constant too.
func constantText(nodes []parse.Node) (string, bool) {
	if len(nodes) != 1 {
		return "", false
	}
	text, ok := nodes[0].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return text.Text, true
}

// textCall compiles the call of a function that makes a text of a key, the first
// argument, and values.
func textCall(f func(string, ...any) string, args []expr) func(*exec, reflect.Value) (string, error) {
	return func(x *exec, dot reflect.Value) (text string, err error) {
		key, err := args[0](x, dot)
		if err != nil || !key.IsValid() || key.Type() != stringType {
			return "", orUnsupported(err) // html/template refuses other string types
		}
		err = withValues(args[1:], x, dot, func(values []any) { text = f(key.String(), values...) })
		return text, err
	}
}

// withValues evaluates arguments and calls a function with them, which must not keep the
// list.
func withValues(args []expr, x *exec, dot reflect.Value, call func([]any)) error {
	base := len(x.args)
	defer func() {
		clear(x.args[base:])
		x.args = x.args[:base]
	}()
	for _, arg := range args {
		v, err := arg(x, dot)
		if err != nil {
			return err
		}
		if !v.IsValid() || !v.CanInterface() {
			return fmt.Errorf("%w: no value", errUnsupported)
		}
		x.args = append(x.args, v.Interface())
	}
	call(x.args[base:])
	return nil
}
