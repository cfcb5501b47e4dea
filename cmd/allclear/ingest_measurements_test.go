package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// measuredFolder returns the folder of a site with the measurement response, and a function
// that runs ingest measurements with a CSV file as its input.
func measuredFolder(t *testing.T) (folder, func(csv string) *exec.Cmd) {
	t.Helper()
	f, allclear := newFolder(t), program(t)
	f.put("content/components.yml", "components:\n  - {id: web}\nmeasurements:\n  - {id: response, component: web}\n")
	return f, func(csv string) *exec.Cmd {
		cmd := exec.Command(allclear, "ingest", "measurements", "--into", "response", "--source", f.dir, "--at", "2026-06-25 12:00Z")
		cmd.Stdin = strings.NewReader(csv)
		return cmd
	}
}

// fiveMinutes returns n lines of CSV, from the hour of a number.
func fiveMinutes(hour, n int) string {
	var b strings.Builder
	b.WriteString("time,value\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%d\n", 1780000000+3600*hour+300*i, hour+1)
	}
	return b.String()
}

// Sixteen runs at once each add an hour, and no point is lost.
func TestMeasurementsThatArriveAtOnceAreAllAdded(t *testing.T) {
	f, ingest := measuredFolder(t)
	const runs = 16
	var wait sync.WaitGroup
	for hour := range runs {
		wait.Go(func() {
			if out, err := ingest(fiveMinutes(hour, 12)).CombinedOutput(); err != nil {
				t.Errorf("hour %d: %v\n%s", hour, err, out)
			}
		})
	}
	wait.Wait()
	got := string(must(os.ReadFile(filepath.Join(f.dir, "content/measurements/response.csv"))))
	want := "time,value\n"
	for hour := range runs {
		want += strings.TrimPrefix(fiveMinutes(hour, 12), "time,value\n")
	}
	if got != want {
		t.Errorf("%d lines of %d are there", strings.Count(got, "\n"), strings.Count(want, "\n"))
	}
	if left, _ := filepath.Glob(filepath.Join(f.dir, "content/measurements/.*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A run that is killed leaves the old file or the new one, and the next run goes on.
func TestAKilledIngestLeavesAWholeFile(t *testing.T) {
	f, ingest := measuredFolder(t)
	name := filepath.Join(f.dir, "content/measurements/response.csv")
	before := fiveMinutes(0, 1000)
	f.put("content/measurements/response.csv", before)
	begin := time.Now()
	if out, err := ingest(before).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	whole := time.Since(begin)
	killed := 0
	for n := 1; n <= 25; n++ {
		cmd := ingest(fiveMinutes(0, 1000+n))
		f.must(cmd.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		after := fiveMinutes(0, 1000+n)
		if got := string(must(os.ReadFile(name))); got == after {
			before = after
		} else if got != before {
			t.Fatalf("run %d left %d bytes, which are neither the old file nor the new one", n, len(got))
		}
	}
	if killed == 0 {
		t.Error("no run was killed")
	}
	f.must(os.WriteFile(filepath.Join(filepath.Dir(name), ".response.csv.tmp"), []byte("half a file"), 0o400))
	after := fiveMinutes(0, 1100)
	if out, err := ingest(after).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	if got := string(must(os.ReadFile(name))); got != after {
		t.Errorf("the run after them left %d bytes, want %d", len(got), len(after))
	}
	if info := must(os.Stat(name)); info.Mode().Perm() != 0o644 {
		t.Errorf("the file has the permissions of what a killed run left: %v", info.Mode())
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What stands in the place of the file is never read without end: a file of many GB is
// refused, and stays.
func TestIngestReadsNoHugeFile(t *testing.T) {
	f, ingest := measuredFolder(t)
	f.put("content/measurements/response.csv", "")
	f.must(os.Truncate(filepath.Join(f.dir, "content/measurements/response.csv"), 64<<30))
	out, err := ingest(fiveMinutes(0, 1)).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "cannot read content/measurements/response.csv: it is too large") {
		t.Errorf("got %v, %s", err, out)
	}
}
