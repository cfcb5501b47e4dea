package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

// A hint must not suggest a command that does not exist.
func TestEveryGuessLeadsToACommand(t *testing.T) {
	for word := range commandGuesses {
		command := strings.TrimPrefix(guessCommand([]string{word}), "allclear ")
		words := strings.Fields(strings.ReplaceAll(command, ` "…"`, ""))
		found, _, err := root().Find(words)
		if word != "man" && word != "docs" && (err != nil || found.Name() == "allclear" || found.Name() == "new") &&
			words[0] != "completion" {
			t.Errorf("%s leads to %q: %v", word, command, err)
		}
		if own, _, err := root().Find([]string{word}); err == nil && own.Name() != "allclear" {
			t.Errorf("%s is a command of its own", word)
		}
	}
	manual, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(manual), "For other words") {
		t.Error("docs/cli.md does not say what it does for other words")
	}
}

func TestAPortAloneIsOneOfThisMachine(t *testing.T) {
	for text, want := range map[string]string{"4001": "127.0.0.1:4001", "0.0.0.0:4000": "0.0.0.0:4000", ":4000": ":4000", "": "",
		"here": "", "localhost": ""} {
		got, err := listenAddress(text)
		if (err == nil) != (want != "") || err == nil && got != want {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
}

// A preview with --at -20m always shows the same instant.
func TestARelativeTimeOfAPreviewIsPinned(t *testing.T) {
	at, err := readFlags{at: "-20m"}.pinTime(os.DirFS(t.TempDir()))
	if instant, bad := time.Parse(time.RFC3339, at); err != nil || bad != nil || time.Since(instant) < 19*time.Minute ||
		time.Since(instant) > 21*time.Minute {
		t.Errorf("got %q, %v", at, err)
	}
}

// The help of every command has examples.
func TestEveryHelpHasExamples(t *testing.T) {
	for _, name := range []string{"init", "new", "new incident", "new maintenance", "update", "serve", "build", "check", "status", "next",
		"schema", "version"} {
		cmd, _, err := root().Find(strings.Fields(name))
		if err != nil || cmd.Example == "" || !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s has no examples (%v)", name, err)
		}
	}
}
