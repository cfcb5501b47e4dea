package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"allclear/generator/diag"
)

// flagGuesses maps flags of other programs to ours. The first one that the command has is
// suggested.
var flagGuesses = map[string][]string{
	"-s": {"status", "source"}, "-d": {"source"}, "--dir": {"source"}, "--folder": {"source"},
	"--path": {"source"}, "--root": {"source"}, "-C": {"source"},
	"-t": {"at"}, "-a": {"at"}, "--time": {"at"}, "--date": {"at"}, "--now": {"at"}, "--when": {"at"},
	"-o": {"out"}, "--output": {"out"}, "--dest": {"out"}, "--destination": {"out"},
	"-p": {"listen"}, "--port": {"listen"}, "--address": {"listen"}, "--addr": {"listen"},
	"--bind": {"listen"}, "--host": {"listen"}, "-l": {"listen"},
	"-u": {"base-url"}, "--url": {"base-url"}, "--baseurl": {"base-url"}, "-b": {"base-url"},
	"-f": {"format", "force"}, "--json": {"format json"}, "--sarif": {"format sarif"}, "--github": {"format github"}, "-j": {"format json"},
	"-y": {"force"}, "--yes": {"force"},
	"-n": {"count"}, "--limit": {"count"}, "--number": {"count"},
	"--text": {"message"}, "--msg": {"message"}, "--body": {"message"}, "--description": {"message"},
	"--components": {"component"}, "--service": {"component"}, "--services": {"component"}, "--affected": {"component"},
	"--regions": {"region"}, "-r": {"region"}, "--level": {"status"}, "--impact": {"status"}, "--state": {"status"},
	"--begin": {"start"}, "--from": {"start"}, "--until": {"end"}, "--to": {"end"},
	"-e": {"end"}, "--length": {"duration"}, "--for": {"duration"},
	"--werror": {"strict"}, "--browser": {"open"}, "--editor": {"edit"},
}

// flagError returns an error with a hint for a flag that cannot be parsed.
func flagError(cmd *cobra.Command, err error) error {
	var f exitError
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &unknown):
		if err := checkWordsBeforeFlags(cmd); err != nil {
			return err
		}
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = name[1:]
		}
		return usageErrorf(suggestFlag(cmd, name), "%s has no flag %s", cmd.CommandPath(), name)
	case errors.As(err, &invalid) && errors.Is(err, strconv.ErrSyntax):
		return usageErrorf("", "--%s: %q is not a number", invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &invalid):
		return usageErrorf("", "--%s: %v", invalid.GetFlag().Name, invalid.Unwrap())
	case errors.As(err, &missing):
		return usageErrorf("see allclear help "+cmd.Name(), "--%s needs a value", missing.GetFlag().Name)
	}
	return usageErrorf("see allclear help "+cmd.Name(), "%v", err)
}

// checkWordsBeforeFlags returns an error if the words before the first flag are not a
// command: "allclear resolve -m Fixed" is about resolve, not about -m. The hint keeps the
// flags.
func checkWordsBeforeFlags(cmd *cobra.Command) error {
	if !cmd.HasSubCommands() {
		return nil
	}
	words := os.Args[min(len(os.Args), 1+strings.Count(cmd.CommandPath(), " ")):]
	at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "-") })
	if at < 1 {
		return nil
	}
	var f exitError
	if err := cmd.Args(cmd, words[:at]); !errors.As(err, &f) {
		return err
	}
	if strings.HasPrefix(f.hint, "allclear ") {
		for _, w := range words[at:] {
			f.hint += " " + quotedForShell(w)
		}
	}
	return f
}

// typedValue returns the value typed after a flag, quoted for a shell, or otherwise if
// there is none.
func typedValue(flag, otherwise string) string {
	for i, word := range os.Args {
		if value, found := strings.CutPrefix(word, flag+"="); found {
			return quotedForShell(value)
		}
		if word == flag && i+1 < len(os.Args) && !strings.HasPrefix(os.Args[i+1], "-") {
			return quotedForShell(os.Args[i+1])
		}
	}
	return otherwise
}

// suggestFlag returns the hint for a flag that the command does not have.
func suggestFlag(cmd *cobra.Command, name string) string {
	takesTitle := strings.HasSuffix(cmd.Use, " TITLE")
	switch {
	case takesTitle && slices.Contains([]string{"-t", "--title", "--name", "--summary"}, name):
		return fmt.Sprintf(`the title needs no flag: %s "Mail is slow"`, cmd.CommandPath())
	case name == "--version" || name == "-v" || name == "-V":
		return "allclear version"
	}
	for _, meant := range flagGuesses[name] {
		flag, _, _ := strings.Cut(meant, " ")
		if f := cmd.Flags().Lookup(flag); f != nil {
			if value, _ := pflag.UnquoteUsage(f); value != "" && flag == meant {
				meant += " " + typedValue(name, strings.ToUpper(value))
			}
			return "write --" + meant
		}
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, "--"+f.Name)
		}
	})
	if len(name) == 2 { // a single letter is similar to all others
		return "known: " + strings.Join(known, ", ")
	}
	return diag.DidYouMean(name, known)
}
