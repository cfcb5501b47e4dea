package main

import (
	"os"
	"strings"
	"testing"
)

// A hint that names a command which does not exist would send people in circles.
func TestEveryGuessLeadsToACommand(t *testing.T) {
	for word := range guesses {
		command := strings.TrimPrefix(guessed([]string{word}), "allclear ")
		words := strings.Fields(strings.ReplaceAll(command, ` "…"`, ""))
		found, _, err := root().Find(words)
		if word != "man" && word != "docs" && (err != nil || found.Name() == "allclear" || found.Name() == "new") && words[0] != "completion" {
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
	if !strings.Contains(string(manual), "leads on") {
		t.Error("docs/cli.md does not say that other words lead on")
	}
}

// Every command's help shows how it is used.
func TestEveryHelpHasExamples(t *testing.T) {
	for _, name := range []string{"init", "new", "new incident", "new maintenance", "update", "serve", "build", "check", "status", "next", "schema", "version"} {
		cmd, _, err := root().Find(strings.Fields(name))
		if err != nil || cmd.Example == "" || !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s has no examples (%v)", name, err)
		}
	}
}
