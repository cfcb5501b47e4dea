package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// onTerminal runs the program as if a person typed at a terminal.
func (f folder) onTerminal(typed string, args ...string) string {
	f.Helper()
	script, err := exec.LookPath("script")
	if err != nil {
		f.Skip("the program script is not installed")
	}
	line := program(f.T)
	for _, a := range append(args, "--source", f.dir) {
		line += " '" + a + "'"
	}
	cmd := exec.Command(script, "-qec", line, os.DevNull)
	cmd.Stdin = strings.NewReader(typed)
	out, err := cmd.CombinedOutput()
	if err != nil {
		f.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

func TestOnATerminalWhatIsMissingIsAskedFor(t *testing.T) {
	f := newFolder(t)
	f.onTerminal("Mail is slow\rwbe\rw\t\rdegraded\rWe look into it.\r", "new", "incident", "--at", "2026-01-02 03:04")
	const want = "---\ntitle: Mail is slow\ncomponents: [web]\nstatus: degraded\n---\n\n## Investigating — 2026-01-02 03:04\n\nWe look into it.\n"
	name := "content/incidents/2026-01-02-mail-is-slow.md"
	if got := read(t, f.dir, name); got != want {
		t.Errorf("got\n%s", got)
	}
	f.onTerminal("It is fast again.\r", "update", "resolved", "--at", "2026-01-02 04:00")
	if got := read(t, f.dir, name); !strings.HasSuffix(got, "\n## Resolved — 2026-01-02 04:00\n\nIt is fast again.\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestAnAnswerThatIsBrokenOffWritesNothing(t *testing.T) {
	f := newFolder(t)
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("the program script is not installed")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, script, "-qec", program(t)+" new incident --source '"+f.dir+"'", os.DevNull)
	keys, err := cmd.StdinPipe()
	f.must(err)
	screen, err := cmd.StdoutPipe()
	f.must(err)
	f.must(cmd.Start())
	asked := make([]byte, len("What is it"))
	_, err = io.ReadFull(screen, asked)
	f.must(err)
	io.WriteString(keys, "Mail is\x03")
	io.Copy(io.Discard, screen)
	if err := cmd.Wait(); err == nil || ctx.Err() != nil {
		t.Errorf("it ended with %v", err)
	}
	if files, _ := filepath.Glob(filepath.Join(f.dir, "content", "incidents", "*")); len(files) != 1 {
		t.Errorf("%v", files)
	}
}

func TestTabCompletesTheOneWordThatFits(t *testing.T) {
	offer := []string{"api", "web", "webhooks"}
	for _, c := range []struct {
		line, want string
		fits       bool
	}{{"a", "api", true}, {"api,webh", "api,webhooks", true}, {"we", "", false}, {"x", "", false}} {
		line, pos, ok := complete(c.line, len(c.line), offer)
		if ok != c.fits || line != c.want || pos != len(c.want) {
			t.Errorf("%q: %q %d %v", c.line, line, pos, ok)
		}
	}
}
