package generator_test

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"allclear/generator"
	"allclear/generator/corpus"
	"allclear/themes"
)

// corpusSite is an invented site of n entries, in memory.
func corpusSite(tb testing.TB, n int) fstest.MapFS {
	tb.Helper()
	folder := fstest.MapFS{}
	err := corpus.Write(n, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text, Mode: 0o644}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return folder
}

func buildAll(tb testing.TB, folder fs.FS) (files, bytes int) {
	tb.Helper()
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: corpus.Now})
	if len(result.Problems) > 0 {
		tb.Fatal(result.Problems)
	}
	for _, f := range result.Files {
		data, err := f.Bytes()
		if err != nil {
			tb.Fatal(err)
		}
		bytes += len(data)
	}
	return len(result.Files), bytes
}

// BenchmarkBuild is everything but the disk, on one processor: reports in, the
// bytes of every file out.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		folder := corpusSite(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				files, bytes := buildAll(b, folder)
				b.ReportMetric(float64(files), "files")
				b.SetBytes(int64(bytes))
			}
		})
	}
}

// BenchmarkRead is reading and checking alone.
func BenchmarkRead(b *testing.B) {
	folder := corpusSite(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := generator.Check(folder, nil, generator.Options{Now: corpus.Now}); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
