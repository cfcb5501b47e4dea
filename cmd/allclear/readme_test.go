package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheREADMEsFourCommandsPublishAFirstIncident runs them in an empty folder,
// as they stand in the README.
func TestTheREADMEsFourCommandsPublishAFirstIncident(t *testing.T) {
	_, rest, _ := strings.Cut(read(t, "..", filepath.Join("..", "README.md")), "\n## From nothing to a first incident\n")
	_, rest, _ = strings.Cut(rest, "\n```sh\n")
	text, _, _ := strings.Cut(rest, "\n```\n")
	commands := strings.Split(text, "\n")
	if len(commands) != 4 {
		t.Fatalf("the README has %d commands: %q", len(commands), commands)
	}
	dir := t.TempDir()
	sh := func(line string) (string, error) {
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(program(t))+":"+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, line := range commands {
		if out, err := sh(line); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
	}
	if home := read(t, dir, "public/index.html"); !strings.Contains(home, "Mail is slow") ||
		!strings.Contains(home, "We are looking into it.") {
		t.Error("the home page does not tell the incident")
	}
	if out, err := sh(`allclear update resolved -m "It is fast again." && allclear build && allclear status`); err != nil {
		t.Errorf("it does not end as the README says: %v\n%s", err, out)
	}
}
