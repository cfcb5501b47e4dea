package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator/corpus"
)

func buildIn(tb testing.TB, folder string) {
	tb.Helper()
	cmd := root()
	cmd.SetOut(io.Discard)
	cmd.SetArgs([]string{"build", "--source", folder, "--at", corpus.Now.Format(time.RFC3339)})
	if err := cmd.ExecuteContext(tb.Context()); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkFirstBuild measures allclear build into a new folder.
func BenchmarkFirstBuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			folder := corpusdir.Temp(b, n)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				os.RemoveAll(filepath.Join(folder, "public"))
				b.StartTimer()
				buildIn(b, folder)
			}
		})
	}
}

// BenchmarkBuildAfterAnEdit measures allclear build after a change of one old report.
func BenchmarkBuildAfterAnEdit(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			folder := corpusdir.Temp(b, n)
			buildIn(b, folder)
			path, text := corpus.Entry(n/2, n, 1)
			b.ReportAllocs()
			for turn := 0; b.Loop(); turn++ {
				if err := corpusdir.Save(folder, path, corpus.Edited(text, turn)); err != nil {
					b.Fatal(err)
				}
				buildIn(b, folder)
			}
		})
	}
}
