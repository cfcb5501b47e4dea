// Command allclear builds a status site from incident reports in Markdown.
//
// This package does the input and output: disk, clock, network and terminal. The rules
// of status pages are in package generator and below. Each command is in a file of its
// own.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"allclear/cmd/allclear/internal/outdir"
	"allclear/generator/diag"

	"github.com/spf13/cobra"
)

func main() {
	ctx := endOnSignal(context.Background())
	err := root().ExecuteContext(ctx)
	if errors.Is(err, context.Canceled) {
		select {} // after a signal, endOnSignal ends the program
	}
	os.Exit(printError(err))
}

// root returns the allclear command with all its subcommands.
func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "allclear",
		Short: "A status site from Markdown incident reports",
		Long: `Allclear reads incident reports and a list of components, and writes a status
site that is plain files. The site is determined by its content and the current
time, nothing else.`,
		Example: `  allclear init              create a site in this folder
  allclear new incident      report a problem
  allclear update resolved   report that it is fixed
  allclear serve             preview the site, live
  allclear build             write it to public/`,
		Args:              rejectUnknownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Version:           version(),
		PersistentPreRunE: findSiteAbove,
		SilenceErrors:     true,
		SilenceUsage:      true,
	}
	cmd.SetVersionTemplate("allclear {{.Version}}\n")
	cmd.SetOut(os.Stdout)
	cmd.SetErr(os.Stderr)
	cmd.SetFlagErrorFunc(flagError)
	cmd.AddCommand(initCommand(), newCommand(), updateCommand(), ingestCommand(), importCommand(), serveCommand(), buildCommand(),
		publishCommand(), notifyCommand(), diffCommand(), checkCommand(), statusCommand(), nextCommand(), reportCommand(), schemaCommand(),
		versionCommand())
	cmd.SetHelpCommand(helpCommand(cmd))
	return cmd
}

// exitError is an error for the user: what is wrong, how to fix it, and the exit code.
type exitError struct {
	code          int
	message, hint string
}

func (f exitError) Error() string { return f.message }

// Exit codes. Scripts rely on them.
const (
	exitFailed         = 1 // the content or the build failed
	exitUsage          = 2 // wrong usage
	exitNotOperational = 3 // status only: not everything is operational
)

// usageErrorf returns an error for wrong usage, with exit code 2. The hint says how to
// fix it and may be empty.
func usageErrorf(hint, format string, args ...any) exitError {
	return exitError{exitUsage, fmt.Sprintf(format, args...), hint}
}

// errorf returns an error with exit code 1. The hint says how to fix it and may be empty.
func errorf(hint, format string, args ...any) exitError {
	return exitError{exitFailed, fmt.Sprintf(format, args...), hint}
}

// exitWith returns an error that ends the program with a code and prints nothing.
func exitWith(code int) exitError { return exitError{code: code} }

// printError prints err and its hint to standard error, and returns the exit code.
func printError(err error) int {
	if err == nil {
		return 0
	}
	f := exitError{code: exitFailed, message: err.Error()}
	var write *outdir.Error
	if errors.As(err, &write) {
		f.message, f.hint = write.Message, write.Hint
	}
	errors.As(err, &f)
	if f.message != "" {
		style := styleFor(os.Stderr)
		fmt.Fprintf(os.Stderr, "%s %s\n", style.Error("allclear:"), diag.Printable(f.message))
	}
	if f.hint != "" {
		fmt.Fprintf(os.Stderr, "  hint: %s\n", diag.Printable(f.hint))
	}
	return f.code
}

// noArguments checks that a command that takes no arguments got none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageErrorf("see allclear help "+cmd.Name(), "%s takes no argument %q", cmd.Name(), args[0])
}

// helpCommand returns cobra's help command, but with our error and exit code for an
// unknown command.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help on a command",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || cmd == root && len(rest) > 0 {
				return rejectUnknownCommand(root, args)
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}
