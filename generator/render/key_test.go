package render

import (
	"io/fs"
	"reflect"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unsafe"

	"allclear/generator/card"
	"allclear/generator/language"
	"allclear/generator/site"
)

// eachChange changes each field of a struct, one after the other, and restores it. It
// fails for a type that it cannot change, so that no field is skipped.
func eachChange(t *testing.T, name string, v reflect.Value, try func(name string)) {
	t.Helper()
	switch v.Type() {
	case typeMemo, reflect.TypeFor[func() site.Hash](), reflect.TypeFor[func(frameKind) layout]():
		return // computed from other fields
	}
	set := func(to any) {
		before := reflect.New(v.Type()).Elem()
		before.Set(v)
		v.Set(reflect.ValueOf(to).Convert(v.Type()))
		try(name)
		v.Set(before)
	}
	switch old := v.Interface().(type) {
	case time.Time:
		set(old.Add(time.Second))
		return
	case *site.Site:
		other := *old
		other.Title.Default += "x"
		set(&other)
		return
	case *settings:
		other := *old
		other.version += "x"
		other.sum = sync.OnceValue(other.findSum)
		set(&other)
		return
	case *language.Language:
		set(&language.Language{Tag: "xx"})
		return
	case *site.Entry:
		set(&site.Entry{Hash: site.Hash{1, 2, 3}})
		return
	case fs.FS:
		set(fstest.MapFS{"base.html": {Data: []byte("x")}})
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		set(!v.Bool())
	case reflect.String:
		set(v.String() + "x")
	case reflect.Slice:
		set(reflect.Append(v, reflect.New(v.Type().Elem()).Elem()).Interface())
		if v.Len() > 0 {
			eachChange(t, name+"[0]", v.Index(0), try)
		}
	case reflect.Array:
		eachChange(t, name+"[0]", v.Index(0), try)
	case reflect.Uint8:
		set(v.Uint() + 1)
	case reflect.Int:
		set(v.Int() + 1)
	case reflect.Pointer:
		eachChange(t, name, v.Elem(), try)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			f = reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem() // so that unexported fields can be set
			eachChange(t, name+"."+v.Type().Field(i).Name, f, try)
		}
	default:
		t.Fatalf("%s is a %v, which this test cannot change", name, v.Type())
	}
}

// holds tests that a key differs with each field of a struct.
func holds[T any](t *testing.T, name string, input *T, key func(T) Key) {
	t.Helper()
	want, changes := key(*input), 0
	if want == (Key{}) {
		t.Fatalf("%s has no key", name)
	}
	seen := map[Key]string{want: "no change"}
	eachChange(t, name, reflect.ValueOf(input).Elem(), func(field string) {
		changes++
		got := key(*input)
		if before, taken := seen[got]; taken && got != (Key{}) {
			t.Errorf("a change of %s has the key of %s", field, before)
		}
		seen[got] = field
	})
	if key(*input) != want || changes < 3 {
		t.Errorf("%s: the key was not the same again, after %d changes", name, changes)
	}
}

func TestAKeyDiffersWithEachFieldThatAFileIsMadeOf(t *testing.T) {
	b := sampleBuild(t, time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC))
	tried := 0
	for _, e := range b.newest {
		page := b.entryPageView(b.settings.languages[0], e)
		if b.settledAt(e).IsZero() || page.older == nil || page.newer == nil || !page.hasCard || tried == 2 {
			continue
		}
		tried++
		holds(t, "entryPageView", &page, func(v entryPageView) Key { return v.settings.key("page", v) })
	}
	if tried == 0 {
		t.Error("the sample has no settled entry with neighbours and a card")
	}
	st := *b.settings
	holds(t, "settings", &st, func(s settings) Key { return s.findSum() })
	words := itemContent{"link", "title", "author", "html", []string{"minor"}, b.now, b.now}
	holds(t, "dispatch", &words, func(d itemContent) Key { return b.settings.key("item", d) })
	head := feedHead{"title", "description", "page", "folder", b.now}
	holds(t, "feedHead", &head, func(h feedHead) Key { return b.settings.key("feed", h) })
	var window *site.Entry
	for _, e := range b.newest {
		if e.Kind == site.Maintenance && !b.settledAt(e).IsZero() {
			window = e
		}
	}
	windows := b.view(b.settings.languages[0], route{}).calendar("folder/", "name", []*site.Entry{window})
	holds(t, "calendar", &windows, func(c calendar) Key { return b.settings.key("calendar", c) })
	drawn := card.Card{Title: "title", Details: []string{"Resolved"}}
	holds(t, "Card", &drawn, func(c card.Card) Key { return keyOf(site.Hash{1}, nil, "card", c) })
}

func TestEveryFileWithAKeyFindsIt(t *testing.T) {
	b := sampleBuild(t, time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC))
	found := map[Key]string{}
	for _, output := range b.outputs() {
		files, err := output()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Key == nil {
				continue
			}
			k := f.Key()
			if other, taken := found[k]; taken && k != (Key{}) {
				t.Errorf("%s and %s have one key", f.Path, other)
			}
			found[k] = f.Path
		}
	}
	if len(found) < 60 {
		t.Errorf("only %d files have keys", len(found))
	}
	if k := keyOf(site.Hash{1}, nil, "a", "bc"); k == keyOf(site.Hash{1}, nil, "ab", "c") || k == keyOf(site.Hash{1}, nil, "a", "b", "c") {
		t.Error("two lists of values have one key")
	}
}
