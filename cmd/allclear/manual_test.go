package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func TestTheManualNamesEveryCommandAndFlag(t *testing.T) {
	manual, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, command := range cmd.Commands() {
			if !strings.Contains(string(manual), command.Name()) {
				t.Errorf("docs/cli.md does not name %s", command.CommandPath())
			}
			if len(command.Short) == 0 {
				t.Errorf("%s says nothing of itself", command.CommandPath())
			}
			command.LocalFlags().VisitAll(func(f *pflag.Flag) {
				if !strings.Contains(string(manual), "--"+f.Name) {
					t.Errorf("docs/cli.md does not name %s --%s", command.CommandPath(), f.Name)
				}
			})
			look(command)
		}
	}
	look(root())
}

func TestEveryCommandThatReadsASiteTakesTheCommonFlags(t *testing.T) {
	for _, name := range []string{"build", "serve", "check", "status", "next", "report", "update", "new incident", "new maintenance"} {
		cmd, _, err := root().Find(strings.Fields(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, flag := range []string{"source", "at", "drafts"} {
			if cmd.Flags().Lookup(flag) == nil {
				t.Errorf("%s has no --%s", name, flag)
			}
		}
		if cmd.Flags().Lookup("format") == nil && slices.Contains([]string{"build", "check", "status", "next", "report"}, name) {
			t.Errorf("%s has no --format", name)
		}
	}
}
