package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"allclear/cmd/allclear/internal/cache"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the stories compare with")

// TestMain lets the stories run allclear as a separate program. Its caches are kept apart
// from the user's own.
func TestMain(m *testing.M) {
	testscript.Main(isolatedCache{m}, map[string]func(){"allclear": main})
}

// isolatedCache runs the tests with a folder of their own for caches.
type isolatedCache struct{ *testing.M }

func (f isolatedCache) Run() int {
	folder, err := os.MkdirTemp("", "allclear-caches-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	os.Setenv(cache.EnvVar, folder)
	return f.M.Run()
}

// TestStories runs each file of testdata, a script of commands and their expected output.
// $SAMPLE is the tests' copy of the sample site.
func TestStories(t *testing.T) {
	sample, err := filepath.Abs(filepath.Join("..", "..", "generator", "testdata", "sample"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLE", sample)
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv(cache.EnvVar, filepath.Join(env.WorkDir, "caches"))
			return os.Mkdir(filepath.Join(env.WorkDir, "home"), 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same":    sameFolders,
			"differs": differingFiles,
			"age":     ageFile,
			"fresh":   freshFile,
			"code":    exitsWith,

			"statuspage": servesStatuspage,
		},
		RequireExplicitExec: true,
	})
}
