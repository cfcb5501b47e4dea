package cache

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAProgramIsKnownByItsBuildID(t *testing.T) {
	first, err := programSum()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := programSum(); err != nil || again != first {
		t.Errorf("got %x and %x, %v", first, again, err)
	}
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/proc/self/exe"); err == nil {
		if _, ok := buildID(name); !ok {
			t.Error("this program has no build ID")
		}
	}
	other := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(other, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if id, ok := buildID(other); ok {
		t.Errorf("a script has the build ID %q", id)
	}
}
