// Command allclear makes a status site out of Markdown incident reports.
//
// This package is the shell: disk, clock, network and terminal. It knows no
// rules about status pages; those are in package generator and below. Each verb
// has a file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"allclear/generator/diag"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func main() {
	ctx := endOnSignal(context.Background())
	err := root().ExecuteContext(ctx)
	if errors.Is(err, context.Canceled) {
		select {} // a signal came, and endOnSignal ends the program
	}
	os.Exit(explain(err))
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "allclear",
		Short: "A status site from Markdown incident reports",
		Long: `Allclear reads incident reports and a list of components, and writes a status
site that is plain files. What the site shows depends on the content and one
instant, and on nothing else.`,
		Example: `  allclear init              begin a site in this folder
  allclear serve             look at it while you write
  allclear build             write it to public/`,
		Args:              knownVerb,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: lookAbove,
		SilenceErrors:     true,
		SilenceUsage:      true,
	}
	cmd.SetOut(os.Stdout)
	cmd.SetErr(os.Stderr)
	cmd.SetFlagErrorFunc(flagFault)
	cmd.AddCommand(initVerb(), newVerb(), updateVerb(), serveVerb(), buildVerb(), checkVerb(), statusVerb(), nextVerb(), schemaVerb(), versionVerb())
	cmd.SetHelpCommand(helpVerb(cmd))
	return cmd
}

// fault is an error for the person at the terminal: what is wrong, what to do,
// and the program's exit code.
type fault struct {
	code          int
	message, hint string
}

func (f fault) Error() string { return f.message }

// The exit codes, which scripts rely on.
const (
	exitFailed         = 1 // the content or the build failed
	exitUsage          = 2 // wrong usage
	exitNotOperational = 3 // status: something is wrong with the service
)

// usage is a fault in how the program was called.
func usage(hint, format string, args ...any) fault {
	return fault{exitUsage, fmt.Sprintf(format, args...), hint}
}

// failed is a fault in what the program was asked to do.
func failed(hint, format string, args ...any) fault {
	return fault{exitFailed, fmt.Sprintf(format, args...), hint}
}

// silent ends the program with a code when everything has been said.
func silent(code int) fault { return fault{code: code} }

// explain tells standard error what went wrong, and returns the exit code.
func explain(err error) int {
	if err == nil {
		return 0
	}
	f := fault{code: exitFailed, message: err.Error()}
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

func knownVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			verbs = append(verbs, c.Name())
		}
	}
	return usage(diag.DidYouMean(args[0], verbs), "unknown verb %q", args[0])
}

// noArguments refuses words after a verb that takes none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage("see allclear help "+cmd.Name(), "%s takes no argument %q", cmd.Name(), args[0])
}

// flagFault words what is wrong with a flag, and offers the nearest known one.
func flagFault(cmd *cobra.Command, err error) error {
	var f fault
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &unknown):
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		name := "--" + unknown.GetSpecifiedName()
		return usage(diag.DidYouMean(name, known), "%s has no flag %s", cmd.CommandPath(), name)
	case errors.As(err, &invalid) && errors.Is(err, strconv.ErrSyntax):
		return usage("", "--%s: %q is not a number", invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &invalid):
		return usage("", "--%s: %v", invalid.GetFlag().Name, invalid.Unwrap())
	case errors.As(err, &missing):
		return usage("see allclear help "+cmd.Name(), "--%s needs a value", missing.GetFlag().Name)
	}
	return usage("see allclear help "+cmd.Name(), "%v", err)
}

// choice is a flag that takes one of a few words, the first when left out.
type choice struct {
	words []string
	word  string
	noun  string // what the words are, for messages
}

func oneOf(words ...string) *choice { return &choice{words, words[0], "format"} }

func (c *choice) String() string { return c.word }
func (c *choice) Type() string   { return "word" }
func (c *choice) Set(word string) error {
	for _, known := range c.words {
		if word == known {
			c.word = word
			return nil
		}
	}
	return usage(diag.DidYouMean(word, c.words), "unknown %s %q", c.noun, word)
}

// helpVerb is cobra's help with our exit code for a verb that does not exist.
func helpVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [verb]",
		Short: "Explain a verb",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || cmd == root && len(rest) > 0 {
				return knownVerb(root, args)
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}
