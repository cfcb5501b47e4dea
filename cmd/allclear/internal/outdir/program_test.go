package outdir

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// public is a folder that every user may look into.
func public(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// copied is the program, where every user may run it. It has no race detector,
// with which a build takes ten times as long: these tests run hundreds, and what
// they are after is the disk.
func copied(t *testing.T) string {
	t.Helper()
	data, err := builtProgram()
	if other := os.Getenv("ALLCLEAR_PROGRAM"); other != "" { // to see that the tests find what they look for
		data, err = os.ReadFile(other)
	}
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(public(t), "allclear")
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	return program
}

// builtProgram is the program's bytes, built once.
var builtProgram = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "allclear-plain-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "allclear")
	build := exec.Command("go", "build", "-race=false", "-buildvcs=false", "-o", program, "allclear/cmd/allclear")
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, said)
	}
	return os.ReadFile(program)
})
