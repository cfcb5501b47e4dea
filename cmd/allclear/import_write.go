package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"allclear/cmd/allclear/internal/cache"
	"allclear/generator/diag"
	"allclear/generator/importer"
)

// recordFolder returns the folder for what is downloaded from an address.
func (f importFlags) recordFolder(address string) (string, error) {
	if f.record != "" {
		return f.record, nil
	}
	host := "page"
	if u, err := url.Parse(address); err == nil {
		host = strings.Trim(strings.Map(func(r rune) rune {
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' {
				return r
			}
			return '-'
		}, strings.ToLower(u.Host+u.Path)), ".-")
	}
	dir := os.Getenv(cache.EnvVar)
	if dir == "" || dir == "off" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(user, "allclear")
	}
	return filepath.Join(dir, "import", host), nil
}

// write writes the files of a plan. New ones are never written over others.
func (f importFlags) write(plan *importer.Plan, ledger importer.Ledger) error {
	if len(plan.Files) == 0 {
		return nil
	}
	if err := os.MkdirAll(f.into, 0o755); err != nil {
		return errorf("", "cannot create the folder %s: %s", f.into, reason(err))
	}
	root, err := os.OpenRoot(f.into)
	if err != nil {
		return errorf("", "cannot open %s: %s", f.into, reason(err))
	}
	defer root.Close()
	into := readFlags{source: f.into}
	for _, file := range plan.Files {
		if err := root.MkdirAll(path.Dir(file.Path), 0o755); err != nil {
			return errorf("", "cannot create the folder %s: %s", path.Dir(file.Path), reason(err))
		}
		if file.Existed {
			err = into.replaceFile(file.Path, file.Data)
		} else {
			err = createExclusively(root, file.Path, file.Data)
		}
		if err != nil {
			return err
		}
	}
	all := maps.Clone(ledger)
	maps.Copy(all, plan.Ledger)
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return into.replaceFile(importer.LedgerFile, append(data, '\n'))
}

// createExclusively writes a file that must not exist.
func createExclusively(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return errorf("run the command again", "%s has been written meanwhile", name)
	}
	if err != nil {
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		root.Remove(name)
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	return nil
}

// importReport is the report as JSON.
type importReport struct {
	Tool     string             `json:"tool"`
	Into     string             `json:"into"`
	DryRun   bool               `json:"dry_run"`
	Summary  string             `json:"summary"`
	Files    []string           `json:"files"` // written, or to be written
	Entries  []importer.Result  `json:"entries"`
	Counts   []importer.Tally   `json:"counts"`
	Losses   []importer.Loss    `json:"losses"`
	Problems []importer.Problem `json:"problems"`
	Warnings map[string]int     `json:"warnings"` // of check about the new files, by rule
}

// print prints the report.
func (f importFlags) print(w io.Writer, tool string, plan *importer.Plan) error {
	written := 0
	for _, r := range plan.Results {
		if r.State == importer.New || r.State == importer.Updated {
			written++
		}
	}
	summary := importer.Summary(written, plan.Losses)
	if f.report == "json" {
		r := importReport{Tool: tool, Into: f.into, DryRun: f.dryRun, Summary: summary, Files: []string{}, Entries: plan.Results,
			Counts: importer.Tallies(plan.Losses), Losses: plan.Losses, Problems: plan.Problems, Warnings: plan.Warnings}
		for _, file := range plan.Files {
			r.Files = append(r.Files, file.Path)
		}
		return printJSON(w, r.withLists())
	}
	f.printFiles(w, plan)
	printLosses(w, plan.Losses)
	if written > 0 {
		fmt.Fprintln(w, diag.Printable(summary))
	}
	for _, kind := range []importer.LossKind{importer.Changed, importer.Dropped} {
		var parts []string
		for _, t := range importer.Tallies(plan.Losses) {
			if t.Kind == kind {
				parts = append(parts, t.What)
			}
		}
		if len(parts) > 0 {
			fmt.Fprintf(w, "%s: %s\n", kind, diag.Printable(strings.Join(parts, ", ")))
		}
	}
	f.printStates(w, plan)
	return nil
}

// withLists replaces lists that are nil by empty ones, which JSON shows as [].
func (r importReport) withLists() importReport {
	if r.Entries == nil {
		r.Entries = []importer.Result{}
	}
	if r.Counts == nil {
		r.Counts = []importer.Tally{}
	}
	if r.Losses == nil {
		r.Losses = []importer.Loss{}
	}
	if r.Problems == nil {
		r.Problems = []importer.Problem{}
	}
	return r
}

// printFiles prints what was written, or with --dry-run what would be, with its content.
func (f importFlags) printFiles(w io.Writer, plan *importer.Plan) {
	for _, file := range plan.Files {
		if !f.dryRun {
			continue
		}
		fmt.Fprintf(w, "== %s\n%s\n", diag.Printable(file.Path), diag.PrintableText(string(file.Data)))
	}
}

// printLosses prints a line for each loss: where it is written, what happened, and where
// it comes from.
func printLosses(w io.Writer, losses []importer.Loss) {
	for _, l := range losses {
		place, value := "content", ""
		if l.Written.File != "" {
			place = l.Written.String()
		}
		if l.Value != "" {
			value = fmt.Sprintf(" %q", l.Value)
		}
		fmt.Fprintln(w, diag.Printable(fmt.Sprintf("%s: %s %s%s: %s (%s)", place, l.Kind, l.Field, value, l.Message, l.Source)))
	}
	if len(losses) > 0 {
		fmt.Fprintln(w)
	}
}

// printStates says what was not written and why, and what to do next.
func (f importFlags) printStates(w io.Writer, plan *importer.Plan) {
	states := map[importer.State]int{}
	for _, r := range plan.Results {
		states[r.State]++
		if r.State == importer.Untouched {
			fmt.Fprintf(w, "%s was edited here and changed there: compare by hand\n", diag.Printable(r.Path))
		}
	}
	if n := states[importer.Kept]; n > 0 {
		fmt.Fprintf(w, "%s had been imported before\n", plural(n, "entry", "entries"))
	}
	if n := states[importer.Outdated]; n > 0 {
		fmt.Fprintf(w, "%s changed since: add what is new with --update\n", plural(n, "entry", "entries"))
	}
	switch n := len(plan.Problems); n {
	case 0:
	case 1:
		fmt.Fprintln(w, "1 problem, named above: what it is about was not imported")
	default:
		fmt.Fprintf(w, "%d problems, named above: what they are about was not imported\n", n)
	}
	switch {
	case len(plan.Files) == 0:
		fmt.Fprintln(w, "nothing new to write")
	case f.dryRun:
		fmt.Fprintf(w, "%s would be written into %s\n", count(len(plan.Files), "file"), diag.Printable(f.into))
	default:
		where := ""
		if f.into != "." {
			where = " --source " + quotedForShell(filepath.ToSlash(f.into))
		}
		fmt.Fprintf(w, "%s written into %s; look at them with allclear serve%s\n", count(len(plan.Files), "file"),
			diag.Printable(f.into), where)
	}
}

// plural returns a number with its noun in the right form.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
