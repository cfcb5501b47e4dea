package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"allclear/generator/corpus"
)

// invented writes a site of n entries into a folder, in memory if possible.
func invented(tb testing.TB, n int) string {
	tb.Helper()
	parent := ""
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		parent = "/dev/shm"
	}
	folder, err := os.MkdirTemp(parent, "allclear-test-")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { os.RemoveAll(folder) })
	err = corpus.Write(n, 1, func(path string, text []byte) error { return save(folder, path, text) })
	if err != nil {
		tb.Fatal(err)
	}
	return folder
}

func save(folder, path string, text []byte) error {
	target := filepath.Join(folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, text, 0o644)
}

func buildVerbIn(tb testing.TB, folder string) {
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
			folder := invented(b, n)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				os.RemoveAll(filepath.Join(folder, "public"))
				b.StartTimer()
				buildVerbIn(b, folder)
			}
		})
	}
}

// BenchmarkBuildAfterAnEdit measures allclear build after a change of one old report.
func BenchmarkBuildAfterAnEdit(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			folder := invented(b, n)
			buildVerbIn(b, folder)
			path, text := corpus.Entry(n/2, n, 1)
			b.ReportAllocs()
			for turn := 0; b.Loop(); turn++ {
				if err := save(folder, path, corpus.Edited(text, turn)); err != nil {
					b.Fatal(err)
				}
				buildVerbIn(b, folder)
			}
		})
	}
}
