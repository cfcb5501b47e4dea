package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/deploy"
	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/diag"

	"github.com/spf13/cobra"
)

// targetRecord is one target in the output of publish --format json.
type targetRecord struct {
	Name      string  `json:"name"`
	To        string  `json:"to"`
	URL       string  `json:"url"`       // "" if the target has no address
	Published bool    `json:"published"` // this run published to it
	Due       *string `json:"due"`       // with --if-due: why it is due, "" if it is not; else null
	fileCounts
	Seconds  float64         `json:"seconds"`
	Live     bool            `json:"live"` // visitors get it at url
	Warnings []targetWarning `json:"warnings"`
	Error    *targetWarning  `json:"error"`
}

// fileCounts says how many files of a target changed.
type fileCounts struct {
	Uploaded  int   `json:"uploaded"`
	Removed   int   `json:"removed"`
	Unchanged int   `json:"unchanged"`
	Bytes     int64 `json:"bytes"` // of the uploaded files
}

// targetWarning is a warning or an error of a target.
type targetWarning struct {
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// publishRecord is the output of publish --format json.
type publishRecord struct {
	Build        string         `json:"build"`
	NextChangeAt *time.Time     `json:"next_change_at"` // UTC; null: no automatic change ahead
	DryRun       bool           `json:"dry_run"`
	Targets      []targetRecord `json:"targets"`
	Notify       *notifyRecord  `json:"notify"` // null without --notify, or if nothing was to be sent
}

// report prints what happened to each target, sends updates to subscribers with --notify,
// and prints what became of them. It returns an error if a target failed, or something was
// not sent.
func (p publishFlags) report(cmd *cobra.Command, v snapshot, results []deploy.Result) error {
	record := publishRecord{DryRun: p.dryRun, Targets: []targetRecord{}}
	if next := v.site.NextChange(v.now); !next.IsZero() {
		next = next.UTC()
		record.NextChangeAt = &next
	}
	failed := 0
	for _, r := range results {
		t := p.record(r)
		record.Targets = append(record.Targets, t)
		if t.Error != nil {
			failed++
		}
		if r.Build != "" {
			record.Build = r.Build
		}
		if p.format == "text" {
			p.printTarget(cmd.OutOrStdout(), r, t)
		}
	}
	var notified error
	if p.notify {
		record.Notify, notified = p.notifyAfter(cmd, v, results)
	}
	if p.format == "json" {
		if err := printJSON(cmd.OutOrStdout(), record); err != nil {
			return err
		}
	}
	if failed > 0 {
		if notified != nil {
			printNote("notify: ", warningOf(notified, ""))
		}
		return errorf("", "%d of %s failed", failed, count(len(results), "target"))
	}
	return notified
}

// record returns the record of a target.
func (p publishFlags) record(r deploy.Result) targetRecord {
	c := r.Changes
	t := targetRecord{
		Name: r.Target.Name, To: r.Target.To, URL: r.URL, Published: r.Published,
		fileCounts: fileCounts{len(c.Uploaded), len(c.Removed), c.Unchanged, c.Bytes},
		Seconds:    r.Seconds, Live: r.Live, Warnings: []targetWarning{},
	}
	if p.ifDue {
		t.Due = &r.Due
	}
	for _, note := range c.Notes {
		t.Warnings = append(t.Warnings, targetWarning{note, ""})
	}
	for _, w := range r.Warnings {
		t.Warnings = append(t.Warnings, targetWarning{w.Message, w.Hint})
	}
	if r.Err != nil {
		t.Error = &targetWarning{Message: r.Err.Error()}
		var known *remote.Error
		var ours exitError
		switch {
		case errors.As(r.Err, &known):
			t.Error.Hint = known.Hint
		case errors.As(r.Err, &ours):
			t.Error.Hint = ours.hint
		}
	}
	return t
}

// printTarget prints the result of a target: what happened to standard output, warnings
// and errors to standard error.
func (p publishFlags) printTarget(w io.Writer, r deploy.Result, t targetRecord) {
	for i, warning := range t.Warnings {
		if i+1 < len(t.Warnings) && t.Warnings[i+1].Hint == warning.Hint {
			warning.Hint = "" // the next has it
		}
		printNote(t.Name+": warning: ", warning)
	}
	if t.Error != nil {
		printNote(t.Name+": ", *t.Error)
		return
	}
	if r.Skipped {
		fmt.Fprintf(w, "%s: not due\n", t.Name)
		return
	}
	text := fmt.Sprintf("%s: %s uploaded, %d removed, %d unchanged", t.Name, count(t.Uploaded, "file"), t.Removed, t.Unchanged)
	if p.dryRun {
		text = strings.Replace(text, " uploaded", " to upload", 1)
		text = strings.Replace(text, " removed", " to remove", 1)
	}
	if r.Due != "" {
		text += "; due: " + r.Due
	}
	switch {
	case p.dryRun:
	case r.Live:
		text += "; live at " + t.URL
	default:
		text += "; not read back, since the target has no url"
	}
	fmt.Fprintf(w, "%s (%.2f s)\n", diag.Printable(text), t.Seconds)
	if p.dryRun {
		for _, path := range r.Changes.Uploaded {
			fmt.Fprintln(w, "  upload "+diag.Printable(path))
		}
		for _, path := range r.Changes.Removed {
			fmt.Fprintln(w, "  remove "+diag.Printable(path))
		}
	}
}

// printNote prints a warning or an error to standard error.
func printNote(before string, n targetWarning) {
	fmt.Fprintln(os.Stderr, before+diag.Printable(n.Message))
	if n.Hint != "" {
		fmt.Fprintln(os.Stderr, "  hint: "+diag.Printable(n.Hint))
	}
}
