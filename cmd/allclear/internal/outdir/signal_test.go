//go:build unix

package outdir

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestASignalEndsABuildAndLeavesAWholeSite interrupts builds at many moments. Each time
// the folder contains either the complete old site or the complete new one, and nothing
// else.
func TestASignalEndsABuildAndLeavesAWholeSite(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	program := copied(t)
	site := t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(site, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	title := func(word string) { put("site.yml", "title: "+word+"\nurl: https://status.example.com\n") }
	put("components.yml", "components:\n  - {id: web, name: Website}\n")
	out := filepath.Join(site, "public")
	build := func() *exec.Cmd { return exec.Command(program, "build", "--source", site, "--at", "2025-07-25 06:40") }
	if output, err := func() ([]byte, error) { title("before"); return build().CombinedOutput() }(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	words := []string{"before", "after"}
	interrupted := 0
	for n := range 30 {
		was, is := words[n%2], words[(n+1)%2]
		title(is)
		cmd := build()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(n) * 2 * time.Millisecond)
		cmd.Process.Signal(syscall.SIGINT)
		err := cmd.Wait()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			interrupted++
		}
		if left, _ := filepath.Glob(filepath.Join(out, manifestName+"-*")); len(left) > 0 && exit != nil && exit.ExitCode() == 130 {
			t.Errorf("interrupted after %d ms: %v is left behind", 2*n, left)
		}
		home, status := read(t, out, "index.html"), read(t, out, "status.txt")
		wholeOld := strings.Contains(home, was) && strings.HasPrefix(status, was)
		wholeNew := strings.Contains(home, is) && strings.HasPrefix(status, is)
		if !wholeOld && !wholeNew {
			t.Errorf("interrupted after %d ms: half a site", 2*n)
		}
		if output, err := build().CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	if interrupted == 0 {
		t.Error("no build was interrupted")
	}
}
