package site_test

import (
	"testing"
	"testing/fstest"

	"allclear/generator/corpus"
	"allclear/generator/site"
	"allclear/generator/source"
)

// invented is a site of a thousand entries.
func invented(b *testing.B) *site.Site {
	b.Helper()
	folder := fstest.MapFS{}
	err := corpus.Write(1000, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text, Mode: 0o644}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	s, problems := source.Read(folder, source.Options{})
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	return &s
}

// BenchmarkAt is the whole site's state at an instant.
func BenchmarkAt(b *testing.B) {
	s := invented(b)
	b.ReportAllocs()
	for b.Loop() {
		if state := s.At(corpus.Now); len(state.Open) == 0 {
			b.Fatal("nothing is open")
		}
	}
}

// BenchmarkUptime is laying out the history, and 90 days of every component.
func BenchmarkUptime(b *testing.B) {
	s := invented(b)
	b.ReportAllocs()
	for b.Loop() {
		h := s.History(corpus.Now)
		for i := range s.Components {
			if days := h.Days(&s.Components[i], site.Everywhere, 90); len(days) != 90 {
				b.Fatal(len(days))
			}
		}
	}
}

// BenchmarkNextChanges is finding the next instants at which the site changes.
func BenchmarkNextChanges(b *testing.B) {
	s := invented(b)
	b.ReportAllocs()
	for b.Loop() {
		if len(s.NextChanges(corpus.Now, 8)) == 0 {
			b.Fatal("nothing is foreseen")
		}
	}
}

// BenchmarkCheck is finding contradictions.
func BenchmarkCheck(b *testing.B) {
	s := invented(b)
	b.ReportAllocs()
	for b.Loop() {
		if problems := s.Check(corpus.Now); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
