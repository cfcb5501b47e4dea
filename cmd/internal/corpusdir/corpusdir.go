// Package corpusdir writes the invented sites of package corpus to disk, for
// measurements and tests.
package corpusdir

import (
	"os"
	"path/filepath"
	"testing"

	"allclear/generator/corpus"
)

// Write writes a site of n entries into a folder. The same n and seed give the same site.
func Write(folder string, n int, seed uint64) error {
	return corpus.Write(n, seed, func(path string, text []byte) error { return Save(folder, path, text) })
}

// WriteLong writes a site of n entries with long texts, as corpus.WriteLong makes them.
func WriteLong(folder string, n int, seed uint64) error {
	return corpus.WriteLong(n, seed, func(path string, text []byte) error { return Save(folder, path, text) })
}

// Save writes a file below a folder, and makes the folders above the file. The path
// is separated by slashes.
func Save(folder, path string, text []byte) error {
	target := filepath.Join(folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, text, 0o644)
}

// Parent returns the folder in which to create large sites: one in memory, where the
// system has one, so that no disk slows them down.
func Parent() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return os.TempDir()
}

// Temp writes a site of n entries into a new folder, which is removed when the test ends.
func Temp(tb testing.TB, n int) string {
	tb.Helper()
	folder, err := os.MkdirTemp(Parent(), "allclear-test-")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { os.RemoveAll(folder) })
	if err := Write(folder, n, 1); err != nil {
		tb.Fatal(err)
	}
	return folder
}
