package render

import (
	"reflect"
	"testing"
	"testing/fstest"

	"allclear/generator/corpus"
	"allclear/generator/source"
	"allclear/themes"
)

// A year that is over shows the same whether it is made from its own entries or from the
// history of the whole site.
func TestAYearMadeAloneIsTheYearOfTheSite(t *testing.T) {
	folder := fstest.MapFS{}
	corpus.Write(300, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text}
		return nil
	})
	s, problems := source.Read(folder, source.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	b, err := newBuild(&s, themes.Open(nil), Options{Now: corpus.Now})
	if err != nil {
		t.Fatal(err)
	}
	l, compared := b.settings.languages[0], 0
	for i, r := range b.records() {
		if r.span.End.After(b.now) {
			continue
		}
		p := route{path: yearPath(r.year)}
		alone, err := b.yearView(l, p, r, i == 0).fill(p)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := b.view(l, p).uptimeYear(p, r)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(alone.Whole, whole.Whole) || !reflect.DeepEqual(alone.Groups, whole.Groups) ||
			!reflect.DeepEqual(alone.Scale, whole.Scale) || alone.Span != whole.Span {
			t.Errorf("%d differs", r.year)
		}
		compared += len(alone.Groups)
	}
	if compared < 30 {
		t.Errorf("only %d groups were compared", compared)
	}
}
