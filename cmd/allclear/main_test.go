package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the stories compare with")

// TestMain lets the stories call allclear as a program of its own.
// What they remember stays away from the memories of who runs the tests.
func TestMain(m *testing.M) {
	testscript.Main(forgetful{m}, map[string]func(){"allclear": main})
}

// scratch is a folder that is gone when the tests are over.
var scratch string

type forgetful struct{ *testing.M }

func (f forgetful) Run() int {
	folder, err := os.MkdirTemp("", "allclear-memories-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	scratch = folder
	os.Setenv(memoryVariable, folder)
	return f.M.Run()
}

// swift is the program without the race detector, with which a build takes ten times
// as long: for tests that run it hundreds of times, and are after something else.
func swift(t *testing.T) string {
	t.Helper()
	if !raced {
		return program(t)
	}
	name, err := undetected()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// undetected is the program as go build makes it, once for all tests.
var undetected = sync.OnceValues(func() (string, error) {
	name := filepath.Join(scratch, "program", "allclear")
	build := exec.Command("go", "build", "-race=false", "-buildvcs=false", "-o", name, ".")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, said)
	}
	return name, nil
})

// TestStories runs the program as its users meet it: each file of testdata is a
// story of commands and what they say. $SAMPLE is the sample site's folder.
func TestStories(t *testing.T) {
	sample, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	swift := swift(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLE", sample)
			env.Setenv("PATH", filepath.Dir(swift)+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv(memoryVariable, filepath.Join(env.WorkDir, "memories"))
			return os.Mkdir(filepath.Join(env.WorkDir, "home"), 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same":    sameFolders,
			"differs": differingFiles,
			"age":     ageFile,
			"fresh":   freshFile,
			"code":    exitsWith,
		},
		RequireExplicitExec: true,
	})
}
