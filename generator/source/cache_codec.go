package source

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"allclear/generator/site"
)

// Results are encoded field by field, in the order of the types' fields, so that no field
// can be forgotten. The encoding does not contain the types: only the program that wrote
// it reads it. All texts stand before the values, so that reading the values, which are
// few, does not wait for the memory of the texts. Texts are read without being copied.

// encodeParsed encodes the result of parsing a file, and returns its hash. ok is false if
// it contains a value that cannot be encoded.
func encodeParsed(s *parsedFile, name string) (raw string, hash site.Hash, ok bool) {
	w := encoders.Get().(*cacheEncoder)
	defer encoders.Put(w)
	*w = cacheEncoder{texts: append(append(w.texts[:0], name...), '\n'), values: w.values[:0], home: name}
	w.value(reflect.ValueOf(s).Elem())
	whole := w.finish()
	return string(whole[len(name)+1:]), sha256.Sum256(whole), !w.failed
}

// encoders holds encoders with their memory, for the next results.
var encoders = sync.Pool{New: func() any { return new(cacheEncoder) }}

// decodeParsed decodes what encodeParsed returned for the file of that name, or returns
// nil.
func decodeParsed(raw, name string, hash site.Hash) *parsedFile {
	s := &parsedFile{}
	r := newCacheDecoder(raw, name)
	r.value(reflect.ValueOf(s).Elem())
	if r.failed || r.values != "" || r.texts != "" {
		return nil
	}
	s.Entry.Hash = hash
	return s
}

// combinedHash returns the hash of an entry together with one of its translations.
func combinedHash(entry site.Hash, language string, translation site.Hash) site.Hash {
	if entry == (site.Hash{}) || translation == (site.Hash{}) {
		return site.Hash{}
	}
	return sha256.Sum256(slices.Concat(entry[:], []byte(language+"\n"), translation[:]))
}

var timeType = reflect.TypeFor[time.Time]()

// cacheEncoder encodes values.
type cacheEncoder struct {
	texts  []byte // one after the other
	values []byte // all else, and the lengths of the texts
	home   string // the file's own name, which every position contains
	failed bool
}

// finish returns what was encoded: the texts, the values, and how long the values are, in
// four bytes.
func (w *cacheEncoder) finish() []byte {
	w.texts = append(w.texts, w.values...)
	w.texts = binary.LittleEndian.AppendUint32(w.texts, uint32(len(w.values)))
	return w.texts
}

// number writes a number.
func (w *cacheEncoder) number(n int64) { w.values = binary.AppendVarint(w.values, n) }

// count writes a length, or -1 for nil, which is not the same as empty.
func (w *cacheEncoder) count(n int, none bool) {
	if none {
		n = -1
	}
	w.number(int64(n))
}

// text writes a text, or -1 for the name of the file.
func (w *cacheEncoder) text(s string) {
	if s == w.home {
		w.number(-1)
		return
	}
	w.number(int64(len(s)))
	w.texts = append(w.texts, s...)
}

// value writes a value of any supported type, and sets failed for others.
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
		w.values = append(w.values, byte(v.Uint()))
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

// entries writes a map with text keys, sorted by key.
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

// time writes an instant, which must be in UTC and in whole seconds, as all times in
// content are.
func (w *cacheEncoder) time(t time.Time) {
	if !t.IsZero() && (t.Location() != time.UTC || t.Nanosecond() != 0) {
		w.failed = true
	}
	w.number(t.Unix())
}

// cacheDecoder decodes values. On invalid input it sets failed.
type cacheDecoder struct {
	texts  string // those that were not read yet
	values string // the same
	home   string
	failed bool
}

// newCacheDecoder returns a decoder of what cacheEncoder.finish returned.
func newCacheDecoder(data, home string) cacheDecoder {
	if len(data) < 4 {
		return cacheDecoder{failed: true}
	}
	end := len(data) - 4
	size := binary.LittleEndian.Uint32([]byte(data[end:]))
	if int64(size) > int64(end) {
		return cacheDecoder{failed: true}
	}
	return cacheDecoder{texts: data[:end-int(size)], values: data[end-int(size) : end], home: home}
}

// fail makes the decoder read nothing more.
func (r *cacheDecoder) fail() { r.failed, r.texts, r.values = true, "", "" }

// number reads a number.
func (r *cacheDecoder) number() int64 {
	var n uint64
	for i := 0; i < len(r.values) && i < binary.MaxVarintLen64; i++ {
		c := r.values[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.values = r.values[i+1:]
			return int64(n>>1) ^ -int64(n&1)
		}
	}
	r.fail()
	return 0
}

// count reads the length of a list, each element of which takes a byte or more; -1 means
// nil.
func (r *cacheDecoder) count() int {
	n := r.number()
	if n < -1 || n > int64(len(r.values)) {
		r.fail()
		n = -1
	}
	return int(n)
}

// text reads a text. It shares the memory of the input.
func (r *cacheDecoder) text() string {
	n := r.number()
	if n == -1 {
		return r.home
	}
	if n < 0 || n > int64(len(r.texts)) {
		r.fail()
		return ""
	}
	s := r.texts[:n]
	r.texts = r.texts[n:]
	return s
}

// value reads a value into v.
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
	case reflect.Array: // all are sums
		r.bytes(v.Bytes())
	case reflect.Uint8:
		var one [1]byte
		r.bytes(one[:])
		v.SetUint(uint64(one[0]))
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

// bytes reads as many bytes as to has.
func (r *cacheDecoder) bytes(to []byte) {
	if len(r.values) < len(to) {
		r.fail()
	}
	r.values = r.values[copy(to, r.values):]
}

// entries reads a map.
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

// time reads an instant, in UTC.
func (r *cacheDecoder) time() time.Time {
	return time.Unix(r.number(), 0).UTC()
}
