package tmpl

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// pipe compiles a pipeline of one command, a value or a call of a function. The caller
// has cut off html/template's escapers at its end.
func (c *compiler) pipe(p *parse.PipeNode, cmds []*parse.CommandNode) (value, error) {
	if len(cmds) != 1 {
		return value{}, errUnsupported
	}
	args := cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); ok {
		return c.function(id.Ident, args[1:])
	}
	if len(args) != 1 {
		return value{}, errUnsupported
	}
	return c.operand(args[0])
}

func (c *compiler) operand(n parse.Node) (value, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return value{dotItself, c.dot}, nil
	case *parse.FieldNode:
		return fields(value{dotItself, c.dot}, n.Ident), nil
	case *parse.VariableNode:
		slot := c.find(n.Ident[0])
		if slot < 0 {
			return value{}, errUnsupported
		}
		find := func(x *exec, _ reflect.Value) (reflect.Value, error) { return x.vars[slot], nil }
		return fields(value{find, c.vars[slot].typ}, n.Ident[1:]), nil
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
	return value{}, errUnsupported
}

func dotItself(_ *exec, dot reflect.Value) (reflect.Value, error) { return dot, nil }

func constant(x any) value {
	v := reflect.ValueOf(x)
	return value{func(*exec, reflect.Value) (reflect.Value, error) { return v, nil }, v.Type()}
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
func (c *compiler) function(name string, nodes []parse.Node) (value, error) {
	args, err := c.operands(nodes)
	if err != nil {
		return value{}, err
	}
	own := c.funcs[name]
	switch name {
	case "and", "or":
		if own == nil && len(args) > 0 {
			return value{andOr(args, name == "or"), nil}, nil
		}
	case "not":
		if own == nil && len(args) == 1 {
			return value{negation(args[0]), boolType}, nil
		}
	}
	switch f := own.(type) {
	case func(string, ...any) string:
		if key, ok := constantText(nodes); ok {
			return constant(f(key)), nil
		}
		if len(args) == 0 {
			return value{}, errUnsupported
		}
		say := textCall(f, args)
		return value{func(x *exec, dot reflect.Value) (reflect.Value, error) {
			text, err := say(x, dot)
			return reflect.ValueOf(text), err
		}, stringType}, nil
	case func(...any) map[string]any:
		return value{func(x *exec, dot reflect.Value) (named reflect.Value, err error) {
			err = withValues(args, x, dot, func(values []any) { named = reflect.ValueOf(f(values...)) })
			return named, err
		}, nil}, nil
	}
	return value{}, errUnsupported
}

// operands compiles the arguments of a call.
func (c *compiler) operands(nodes []parse.Node) ([]expr, error) {
	var args []expr
	for _, n := range nodes {
		arg, err := c.operand(n)
		if err != nil {
			return nil, err
		}
		args = append(args, arg.find)
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
