package main

import (
	"fmt"
	"os"
	"path/filepath"

	"allclear/cmd/allclear/internal/cache"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

func checkCommand() *cobra.Command {
	var r readFlags
	var strict bool
	format := newEnumFlag("text", "json", "sarif", "github")
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the content; write nothing",
		Long: `Report every mistake and every warning in the content, each with file, line, column
and how to fix it. Nothing is written.`,
		Example: `  allclear check
  allclear check --strict                 warnings fail as well
  allclear check --format github          annotations in a pull request
  allclear check --format sarif > allclear.sarif`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return check(cmd, r, format.word, strict)
		},
	}
	r.flags(cmd)
	cmd.Flags().BoolVar(&strict, "strict", false, "treat warnings as errors")
	cmd.Flags().Var(format, "format", "text, json, sarif or github")
	return cmd
}

func check(cmd *cobra.Command, r readFlags, format string, strict bool) error {
	r.cache = cache.Open(r.source).Saved()
	v, result, err := r.build(site.Hash{})
	if err != nil {
		return err
	}
	v.makePages(result.Files)
	v.problems = append(v.problems, v.warnStaleForms()...)
	v.problems.Sort()
	out := cmd.OutOrStdout()
	errors, warnings := v.problems.Count()
	switch format {
	case "json":
		err = v.problems.JSON(out)
	case "sarif":
		err = v.problems.SARIF(out, r.pathFromHere(), version())
	case "github":
		err = v.problems.GitHub(out, r.pathFromHere())
	default:
		v.problems.Print(out, styleFor(os.Stdout))
		fmt.Fprintln(out, v.resultLine())
	}
	if err != nil {
		return err
	}
	if errors > 0 || strict && warnings > 0 {
		return exitWith(exitFailed)
	}
	return nil
}

// resultLine returns the last line of check's output.
func (v snapshot) resultLine() string {
	if len(v.problems) > 0 {
		return v.problems.Tally()
	}
	files := 0
	for i := range v.site.Entries {
		if !v.site.Entries[i].Repeated {
			files++
		}
	}
	read := count(len(v.site.Components), "component") + ", " + entries(files)
	if n := len(v.site.Series); n > 0 {
		read += fmt.Sprintf(", %d series", n)
	}
	if n := len(v.site.Announcements); n > 0 {
		read += ", " + count(n, "announcement")
	}
	return "no mistakes (" + read + ")"
}

// entries returns a number of entries in words.
func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// pathFromHere returns the path from the working directory to the site's folder, with
// slashes. Services expect paths in SARIF and GitHub's format to be relative to the
// repository's root, in which check runs. It is "" if the site is elsewhere.
func (r readFlags) pathFromHere() string {
	if filepath.IsAbs(r.source) {
		here, err := os.Getwd()
		if err != nil {
			return ""
		}
		rel, err := filepath.Rel(here, r.source)
		if err != nil || !filepath.IsLocal(rel) {
			return ""
		}
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(r.source)
}
