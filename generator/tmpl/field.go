package tmpl

import (
	"reflect"
	"sync/atomic"
)

// fields returns x.A.B for the names A, B.
func fields(from value, names []string) value {
	for _, name := range names {
		if known, ok := knownField(from, name); ok {
			from = known
		} else {
			from = value{field(from.find, name), nil}
		}
	}
	return from
}

// knownField returns a field of a struct or of a pointer to one, if the type of that is
// known and the field is in it.
func knownField(of value, name string) (value, bool) {
	if of.typ == nil {
		return value{}, false
	}
	in, pointer := of.typ, of.typ.Kind() == reflect.Pointer
	if pointer {
		in = in.Elem()
	}
	index, typ := fieldOf(in, name)
	if index == nil {
		return value{}, false
	}
	return value{func(x *exec, dot reflect.Value) (reflect.Value, error) {
		v, err := of.find(x, dot)
		if err != nil {
			return v, err
		}
		if pointer {
			if v.IsNil() {
				return v, errUnsupported
			}
			v = v.Elem()
		}
		for _, i := range index {
			v = v.Field(i)
		}
		return v, nil
	}, knownType(typ)}, true
}

// fieldOf returns where a field is in a type, and its type; nil if the type is no struct
// with such a field, if it has a method of that name, or if the field is reached through a
// pointer.
func fieldOf(in reflect.Type, name string) ([]int, reflect.Type) {
	if in.Kind() != reflect.Struct {
		return nil, nil
	}
	f, ok := in.FieldByName(name)
	if _, method := reflect.PointerTo(in).MethodByName(name); !ok || method || !f.IsExported() {
		return nil, nil
	}
	for n := range len(f.Index) - 1 {
		if in.FieldByIndex(f.Index[:n+1]).Type.Kind() == reflect.Pointer {
			return nil, nil
		}
	}
	return f.Index, f.Type
}

// knownType returns the type of values, or nil for an interface, whose values have types
// of their own.
func knownType(t reflect.Type) reflect.Type {
	if t == nil || t.Kind() == reflect.Interface {
		return nil
	}
	return t
}

// fieldPath is the index of a field in a struct type.
type fieldPath struct {
	in    reflect.Type
	index []int
}

// field returns a field of a struct, or an entry of a map, by its name. It keeps the
// index of the field in the type that it saw last.
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
			index, _ := fieldOf(v.Type(), name)
			if index == nil {
				return v, errUnsupported
			}
			at = &fieldPath{v.Type(), index}
			last.Store(at)
		}
		for _, i := range at.index {
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
