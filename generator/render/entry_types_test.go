package render

import (
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// reach adds all types that a type contains, as far as they can be reached without
// calling anything.
func reach(t reflect.Type, found map[reflect.Type]bool) {
	if found[t] {
		return
	}
	found[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		reach(t.Elem(), found)
	case reflect.Map:
		reach(t.Key(), found)
		reach(t.Elem(), found)
	case reflect.Struct:
		for i := range t.NumField() {
			reach(t.Field(i).Type, found)
		}
	}
}

func TestThePageOfAnEntryReachesNeitherStateNorHistoryNorFuture(t *testing.T) {
	forbidden := []reflect.Type{
		reflect.TypeFor[site.State](), reflect.TypeFor[site.History](), reflect.TypeFor[index](), reflect.TypeFor[build](),
		reflect.TypeFor[future](),
		reflect.TypeFor[api](),
	}
	found := map[reflect.Type]bool{}
	reach(reflect.TypeFor[entryPageView](), found)
	for _, f := range forbidden {
		if found[f] {
			t.Errorf("entryPageView holds a %v", f)
		}
	}
	all := map[reflect.Type]bool{}
	reach(reflect.TypeFor[siteView](), all)
	for _, f := range forbidden[:5] {
		if !all[f] {
			t.Errorf("siteView holds no %v: the test sees nothing", f)
		}
	}
}

func sampleBuild(t *testing.T, now time.Time) *build {
	t.Helper()
	s, problems := source.Read(os.DirFS("../testdata/sample"), source.Options{Cache: new(source.Cache)})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	b, err := newBuild(&s, themes.Open(nil), Options{Now: now, Program: site.Hash{1}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSettingsHoldNoEntriesAndNoFiles(t *testing.T) {
	s := sampleBuild(t, time.Date(2025, 8, 1, 2, 25, 0, 0, time.UTC)).settings.site
	if len(s.Entries) > 0 || len(s.Static) > 0 || slices.ContainsFunc(s.Pages, func(p site.Page) bool { return !p.Body.Empty() }) {
		t.Error("pages of finished entries are made of settings that hold other content")
	}
}

func TestOutputsLeaveTheIndexAsItWas(t *testing.T) {
	b := sampleBuild(t, time.Date(2025, 8, 1, 2, 25, 0, 0, time.UTC))
	x, assets, future := *b.index, b.settings.assets, b.future
	x.newest, x.withCard, x.entries = slices.Clone(x.newest), slices.Clone(x.withCard), slices.Clone(x.entries)
	x.state.Components = slices.Clone(x.state.Components)
	future.indexes = slices.Clone(future.indexes)
	for _, output := range b.outputs() {
		files, err := output()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			bytesOf(t, f)
		}
	}
	x.lists = lists{} // functions cannot be compared
	after := *b.index
	after.lists = lists{}
	if !slices.Equal(after.newest, x.newest) || !slices.Equal(after.withCard, x.withCard) || !reflect.DeepEqual(after.state, x.state) ||
		!reflect.DeepEqual(after.entries, x.entries) || after.now != x.now ||
		after.lastChanging != x.lastChanging || after.current != x.current {
		t.Error("an output changed the index")
	}
	if b.settings.assets != assets || !slices.Equal(b.future.indexes, future.indexes) || b.future.next != future.next ||
		b.future.validUntil != future.validUntil {
		t.Error("an output changed the assets or the future")
	}
}
