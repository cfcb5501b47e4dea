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

// public returns a new folder that every user can read.
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

// copied returns the path of a copy of the program that every user can run. It is built
// without the race detector, which would make the hundreds of builds in these tests ten
// times slower.
func copied(t *testing.T) string {
	t.Helper()
	data, err := builtProgram()
	if other := os.Getenv("ALLCLEAR_PROGRAM"); other != "" { // a faulty program, to check that the tests find faults
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

// builtProgram returns the bytes of the program, which is built once.
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
