package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the stories compare with")

// TestMain lets the stories call allclear as a program of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"allclear": main})
}

// TestStories runs the program as its users meet it: each file of testdata is a
// story of commands and what they say. $SAMPLE is the sample site's folder.
func TestStories(t *testing.T) {
	sample, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLE", sample)
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
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
