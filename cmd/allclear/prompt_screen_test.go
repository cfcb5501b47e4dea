package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// exchange is a text that the user waits for, and what they type then. The library only
// sends the parts of the screen that change, so the text must be new.
type exchange struct{ sees, types string }

const (
	enter = "\r"
	down  = "\x1b[B"
	stop  = "\x03" // Ctrl-C
	end   = "\x04" // Ctrl-D
)

// screen holds the output sent to a terminal.
type screen struct {
	mu   sync.Mutex
	sent bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent.Write(p)
}

var control = regexp.MustCompile(`\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[\]P][^\x07\x1b]*(\x07|\x1b\\)`)

// since returns the text after an offset, without colors and cursor movements.
func (s *screen) since(from int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return control.ReplaceAllString(string(s.sent.Bytes()[from:]), "")
}

func (s *screen) length() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent.Len()
}

// onTerminal runs the program in a terminal of 80 by 24 characters, and types the answers
// as their questions appear.
func (f folder) onTerminal(kind string, talk []exchange, args ...string) (string, error) {
	f.Helper()
	script, err := exec.LookPath("script")
	if err != nil {
		needed(f.T, "bsdutils")
	}
	line := "stty rows 24 cols 80; exec " + program(f.T)
	for _, a := range append(args, "--source", f.dir) {
		line += " '" + a + "'"
	}
	cmd := exec.Command(script, "-qec", line, os.DevNull)
	races := filepath.Join(f.TempDir(), "race")
	cmd.Env = append(os.Environ(), "TERM="+kind, "SHELL=/bin/sh", "GORACE=exitcode=0 log_path="+races)
	seen := &screen{}
	cmd.Stdout = seen
	keys, err := cmd.StdinPipe()
	f.must(err)
	f.must(cmd.Start())
	defer cmd.Process.Kill()
	from := 0
	for _, t := range talk {
		for waited := time.Now(); !strings.Contains(seen.since(from), t.sees); time.Sleep(5 * time.Millisecond) {
			if time.Since(waited) > 20*time.Second {
				f.Fatalf("%q is not to be seen; since the last answer there came\n%s", t.sees, seen.since(from))
			}
		}
		from = seen.length()
		_, err := io.WriteString(keys, t.types)
		f.must(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(20 * time.Second):
		f.Fatalf("it does not end:\n%s", seen.since(0))
	}
	f.noRaceOfOurs(races)
	return seen.since(0), err
}

// noRaceOfOurs checks the race detector's report. The library closes its reader of keys
// while the reader still waits, when the program is about to end. That is a known and
// harmless bug (github.com/charmbracelet/bubbletea/pull/1653). Any other race fails the
// test.
func (f folder) noRaceOfOurs(log string) {
	f.Helper()
	files, err := filepath.Glob(log + ".*")
	f.must(err)
	for _, name := range files {
		report, err := os.ReadFile(name)
		f.must(err)
		for _, race := range strings.Split(string(report), "WARNING: DATA RACE")[1:] {
			if !strings.Contains(race, "cancelreader.(*epollCancelReader).Close") ||
				!strings.Contains(race, "cancelreader.(*epollCancelReader).wait") {
				f.Errorf("a data race:%s", race)
			}
		}
	}
}
