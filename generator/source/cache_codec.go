package source

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"maps"
	"reflect"
	"slices"
	"time"

	"allclear/generator/site"
)

// What files said is written down field by field, in the order of the types'
// fields, so that no field can be forgotten. Nothing in it tells the types: it is
// read by the very program that wrote it. Texts are read without being copied.

// encodeParsed writes down what a file said; ok is false where that holds what
// cannot be written.
func encodeParsed(s *parsedFile, name string) (raw string, ok bool) {
	w := cacheEncoder{home: name}
	w.value(reflect.ValueOf(s).Elem())
	return string(w.out), !w.failed
}

// decodeParsed reads what encodeSaid wrote of the file of that name, or returns nil.
func decodeParsed(raw, name string) *parsedFile {
	s := &parsedFile{}
	r := cacheDecoder{rest: raw, home: name}
	r.value(reflect.ValueOf(s).Elem())
	if r.failed || r.rest != "" {
		return nil
	}
	h := sha256.New()
	io.WriteString(h, name+"\n")
	io.WriteString(h, raw)
	h.Sum(s.Entry.Hash[:0])
	return s
}

// combinedHash is the sum of an entry with one of its translations.
func combinedHash(entry site.Hash, language string, translation site.Hash) site.Hash {
	if entry == (site.Hash{}) || translation == (site.Hash{}) {
		return site.Hash{}
	}
	return sha256.Sum256(slices.Concat(entry[:], []byte(language+"\n"), translation[:]))
}

var timeType = reflect.TypeFor[time.Time]()

// cacheEncoder writes values.
type cacheEncoder struct {
	out    []byte
	home   string // the file's own name, which every place names
	failed bool
}

func (w *cacheEncoder) number(n int64) { w.out = binary.AppendVarint(w.out, n) }

// count writes a length; nothing at all is not the same as none.
func (w *cacheEncoder) count(n int, none bool) {
	if none {
		n = -1
	}
	w.number(int64(n))
}

func (w *cacheEncoder) text(s string) {
	if s == w.home {
		w.number(-1)
		return
	}
	w.number(int64(len(s)))
	w.out = append(w.out, s...)
}

func (w *cacheEncoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		w.number(map[bool]int64{true: 1}[v.Bool()])
	case reflect.Int, reflect.Int64:
		w.number(v.Int())
	case reflect.Struct:
		if v.Type() == timeType {
			w.time(v.Interface().(time.Time))
			return
		}
		for i := range v.NumField() {
			w.value(v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Uint8:
		w.out = append(w.out, byte(v.Uint()))
	case reflect.Slice:
		w.count(v.Len(), v.IsNil())
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Pointer:
		w.count(1, v.IsNil())
		if !v.IsNil() {
			w.value(v.Elem())
		}
	case reflect.Map:
		w.count(v.Len(), v.IsNil())
		w.entries(v)
	default:
		w.failed = true
	}
}

// entries writes a map by texts in the order of these.
func (w *cacheEncoder) entries(v reflect.Value) {
	keys := map[string]reflect.Value{}
	for _, key := range v.MapKeys() {
		keys[key.String()] = v.MapIndex(key)
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		w.text(key)
		w.value(keys[key])
	}
}

// time writes an instant in UTC with its whole seconds, as all of content's are.
func (w *cacheEncoder) time(t time.Time) {
	if !t.IsZero() && (t.Location() != time.UTC || t.Nanosecond() != 0) {
		w.failed = true
	}
	w.number(t.Unix())
}

// cacheDecoder reads values.
type cacheDecoder struct {
	rest   string
	home   string
	failed bool
}

func (r *cacheDecoder) number() int64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		c := r.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return int64(n>>1) ^ -int64(n&1)
		}
	}
	r.failed, r.rest = true, ""
	return 0
}

// count reads a length that the rest can hold; -1 stands for nothing at all.
func (r *cacheDecoder) count() int {
	n := r.number()
	if n < -1 || n > int64(len(r.rest)) {
		r.failed, r.rest, n = true, "", -1
	}
	return int(n)
}

func (r *cacheDecoder) text() string {
	n := r.count()
	if n < 0 {
		return r.home
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *cacheDecoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.text())
	case reflect.Bool:
		v.SetBool(r.number() != 0)
	case reflect.Int, reflect.Int64:
		v.SetInt(r.number())
	case reflect.Struct:
		if v.Type() == timeType {
			*v.Addr().Interface().(*time.Time) = r.time()
			return
		}
		for i := range v.NumField() {
			r.value(v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			r.value(v.Index(i))
		}
	case reflect.Uint8:
		if r.rest == "" {
			r.failed = true
			return
		}
		v.SetUint(uint64(r.rest[0]))
		r.rest = r.rest[1:]
	case reflect.Slice:
		if n := r.count(); n >= 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				r.value(v.Index(i))
			}
		}
	case reflect.Pointer:
		if r.count() >= 0 {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem())
		}
	case reflect.Map:
		r.entries(v)
	default:
		r.failed = true
	}
}

func (r *cacheDecoder) entries(v reflect.Value) {
	n := r.count()
	if n < 0 {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for range n {
		key, one := r.text(), reflect.New(v.Type().Elem()).Elem()
		r.value(one)
		v.SetMapIndex(reflect.ValueOf(key), one)
	}
}

func (r *cacheDecoder) time() time.Time {
	return time.Unix(r.number(), 0).UTC()
}
