//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A full disk leaves the old file, and nothing that takes up more of it.
func TestAFullDiskLeavesTheMeasurementsAsTheyWere(t *testing.T) {
	f, ingest := measuredFolder(t)
	folder := filepath.Join(f.dir, "content/measurements")
	f.must(os.Mkdir(folder, 0o755))
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=65536"); err != nil {
		t.Skipf("a small disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(folder, 0) })
	before := fiveMinutes(0, 1000)
	f.put("content/measurements/response.csv", before)
	for range 2 {
		out, err := ingest(fiveMinutes(0, 4000)).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "no space left on device") {
			t.Errorf("got %v, %s", err, out)
		}
	}
	if got := string(must(os.ReadFile(filepath.Join(folder, "response.csv")))); got != before {
		t.Errorf("the file has %d bytes, and had %d", len(got), len(before))
	}
	if left := must(os.ReadDir(folder)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
