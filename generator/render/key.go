package render

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"sync"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
)

// Key is the sum of all that a file's bytes depend on: two files of one key have
// the same bytes. A zero Key says nothing.
//
// Three rules bind whoever gives a file a key:
//
//  1. The key is made of the very struct from which the file is filled, as
//     settings.key encodes it, and never of a list of its fields: a new field is then
//     in the key by itself.
//  2. Such a struct holds values, settings and entries; nothing of the site's state or
//     history, and nothing that changes after it is made.
//  3. What is found from the rest of the struct and kept there belongs in entryMemo,
//     which is not encoded.
type Key = site.Hash

// keyed reports whether files have keys.
func (s *settings) keyed() bool { return s.program != site.Hash{} }

// key returns a hash of the settings, of the kind of file, and of the structs from which
// the file is made. It is zero if one of them cannot be hashed.
func (s *settings) key(what string, inputs ...any) Key { return keyOf(s.sum(), s, what, inputs...) }

// keyOf does the same as settings.key with shared in place of the hash of the settings.
// With nil settings, inputs must not contain any.
func keyOf(shared site.Hash, s *settings, what string, inputs ...any) Key {
	if shared == (site.Hash{}) {
		return Key{}
	}
	room := encoded.Get().(*[]byte)
	e := encoder{settings: s, text: append((*room)[:0], shared[:]...)}
	e.string(what)
	for _, input := range inputs {
		e.value(reflect.ValueOf(input))
	}
	sum := sha256.Sum256(e.text)
	*room = e.text
	encoded.Put(room)
	if e.incomplete {
		return Key{}
	}
	return sum
}

// encoded holds the memory of what was encoded and summed, for the next keys.
var encoded = sync.Pool{New: func() any { return new([]byte) }}

// settledKey returns the Key of a file made from entries that nothing can change any
// more. It is zero while the clock may still change one of them.
func (x *index) settledKey(what string, inputs func() any, entries ...*site.Entry) func() Key {
	if !x.settings.keyed() {
		return nil
	}
	return func() Key {
		for _, e := range entries {
			if x.settledAt(e).IsZero() {
				return Key{}
			}
		}
		return x.settings.key(what, inputs())
	}
}

// encoder encodes values so that different values have different encodings.
type encoder struct {
	settings   *settings // the settings whose hash is in text already
	text       []byte
	incomplete bool // whether a value could not be hashed
}

var (
	typeSettings     = reflect.TypeFor[*settings]()
	typeSite         = reflect.TypeFor[*site.Site]()
	typeLanguage     = reflect.TypeFor[*language.Language]()
	typeEntry        = reflect.TypeFor[*site.Entry]()
	typeAnnouncement = reflect.TypeFor[*site.Announcement]()
	typeZone         = reflect.TypeFor[*time.Location]()
	typeMemo         = reflect.TypeFor[*entryMemo]()
)

// value encodes a value: types that are known here in their own way, others by their
// kind.
func (e *encoder) value(v reflect.Value) {
	switch v.Type() {
	case typeSettings:
		e.sharedPointer(v, e.settings)
	case typeSite:
		e.sharedPointer(v, e.settings.site)
	case typeLanguage:
		e.language(v)
	case typeEntry, typeAnnouncement:
		e.entry(v)
	case typeZone, typeMemo: // an instant is the same in each zone
	default:
		e.plain(v)
	}
}

// plain encodes a value by its kind. Strings and lists begin with their length, so that
// what follows cannot be taken for a part of them.
func (e *encoder) plain(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		e.number(map[bool]uint64{true: 1}[v.Bool()])
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		e.number(math.Float64bits(v.Float()))
	case reflect.String:
		e.string(v.String())
	case reflect.Slice, reflect.Array:
		e.list(v)
	case reflect.Struct:
		for i := range v.NumField() {
			e.value(v.Field(i))
		}
	case reflect.Pointer:
		if v.IsNil() {
			e.number(0)
			return
		}
		e.number(1)
		e.value(v.Elem())
	default:
		panic(fmt.Sprintf("render: a key of a %v", v.Type())) // a test makes a key of every struct that has one
	}
}

// list encodes the length of a list and its elements.
func (e *encoder) list(v reflect.Value) {
	e.number(uint64(v.Len()))
	if v.Type().Elem().Kind() == reflect.Uint8 && (v.Kind() == reflect.Slice || v.CanAddr()) {
		e.text = append(e.text, v.Bytes()...) // most are sums
		return
	}
	for i := range v.Len() {
		e.value(v.Index(i))
	}
}

// language encodes a language by its tag and direction. Its texts are part of the
// settings.
func (e *encoder) language(v reflect.Value) {
	if v.IsNil() {
		e.number(0)
		return
	}
	e.number(1)
	e.string(v.Elem().FieldByName("Tag").String())
	e.string(v.Elem().FieldByName("Dir").String())
}

// entry encodes an entry or an announcement by its hash, or a nil one by 0.
func (e *encoder) entry(v reflect.Value) {
	if v.IsNil() {
		e.number(0)
		return
	}
	e.number(1)
	sum := v.Elem().FieldByName("Hash")
	e.incomplete = e.incomplete || sum.IsZero()
	e.value(sum)
}

// sharedPointer encodes nothing: it checks that a pointer is the one that the hash of the
// settings already covers.
func (e *encoder) sharedPointer(v reflect.Value, want any) {
	e.incomplete = e.incomplete || v.Pointer() != reflect.ValueOf(want).Pointer()
}

// number encodes a number.
func (e *encoder) number(n uint64) { e.text = binary.AppendUvarint(e.text, n) }

// string encodes a string with its length.
func (e *encoder) string(s string) {
	e.number(uint64(len(s)))
	e.text = append(e.text, s...)
}
