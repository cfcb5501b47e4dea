package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"allclear/cmd/allclear/internal/cache"
	"allclear/cmd/allclear/internal/outdir"
	"allclear/generator/diag"

	"github.com/spf13/cobra"
)

func buildCommand() *cobra.Command {
	var r readFlags
	var out string
	format := newEnumFlag("text", "json")
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the site",
		Long: `Read the content, check it, and write the site.

The output folder ends up exactly as built: files that did not change are
not touched, and those that are no longer built are removed. If anything is
wrong, the folder is left unchanged.`,
		Example: `  allclear build
  allclear build --source status --out /var/www/status
  allclear build --at "2025-08-01 02:20"      the site at another time`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("out") {
				out = filepath.Join(r.source, "public")
			}
			return build(cmd, r, out, format.word)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringVar(&out, "out", "", "write to this `folder` (default: public, in the site's folder)")
	cmd.Flags().StringVar(&r.baseURL, "base-url", "", "the site's `address`, instead of the one in site.yml")
	cmd.Flags().Var(format, "format", "how to print the summary: text or json")
	return cmd
}

// heapGrowth is how much a build's heap may grow, in percent, before garbage is
// collected. With less than Go's default of 100, ten thousand incidents fit into 400 MB
// in the same time. The environment variable GOGC overrides it.
const heapGrowth = 65

// firstHeap is the size of the heap, in MB, at which garbage is collected for the first
// time. Go would do that at 4 MB, but a small site needs more from the start, and all of
// those early collections find little.
const firstHeap = 24

// paceCollections sets when garbage is collected.
func paceCollections() {
	debug.SetGCPercent(firstHeap / 4 * 100) // 100 stands for 4 MB until there was a collection
	type garbage struct{ _ *int }           // with a pointer, so that it is collected alone
	runtime.AddCleanup(&garbage{}, func(percent int) { debug.SetGCPercent(percent) }, heapGrowth)
}

func build(cmd *cobra.Command, r readFlags, out, format string) error {
	began := time.Now()
	if os.Getenv("GOGC") == "" {
		paceCollections()
	}
	known := cache.Open(r.source)
	r.cache = known.Source()
	v, result, err := r.build(known.Program())
	if err != nil {
		return err
	}
	dir, err := outputFolder(out, r.source)
	if err != nil {
		return err
	}
	if v.problems.HasErrors() {
		return v.failWithProblems()
	}
	v.printProblems()
	progress := startProgress(len(result.Files))
	done, err := outdir.Write(cmd.Context(), dir, result.Files, outdir.Options{
		Last: known.LastBuild(dir), Hold: &holdExit, Rendered: progress.step, Log: os.Stderr,
	})
	progress.end()
	if err != nil {
		return err
	}
	known.SetLastBuild(dir, done.Last)
	known.Save()
	for _, name := range done.Kept {
		fmt.Fprintf(os.Stderr, "kept %s: the site no longer has this file, but it was edited by hand\n",
			diag.Printable(filepath.Join(out, name)))
	}
	if n := len(done.Found); n > 0 {
		fmt.Fprintf(os.Stderr, "moved %s into %s, since allclear may not have written it; look through that folder, then delete it\n",
			count(n, "file"), filepath.Join(out, done.FoundDir))
	}
	s := v.summary(done, time.Since(began))
	if format == "json" {
		return printJSON(cmd.OutOrStdout(), s)
	}
	fmt.Fprintln(cmd.OutOrStdout(), v.sentence(out, s))
	return nil
}

// summary is the output of build --format json.
type summary struct {
	Files        int        `json:"files"`
	Written      int        `json:"written"`
	Unchanged    int        `json:"unchanged"`
	Removed      int        `json:"removed"`
	Bytes        int64      `json:"bytes"`
	Seconds      float64    `json:"seconds"`
	NextChangeAt *time.Time `json:"next_change_at"` // UTC; null: no automatic change ahead
	Warnings     int        `json:"warnings"`
}

// summary returns the summary of a build that took so long.
func (v snapshot) summary(o outdir.Summary, took time.Duration) summary {
	_, warnings := v.problems.Count()
	s := summary{o.Files, o.Written, o.Unchanged, o.Removed, o.Bytes, took.Round(time.Millisecond).Seconds(), nil, warnings}
	if next := v.site.NextChange(v.now); !next.IsZero() {
		next = next.UTC()
		s.NextChangeAt = &next
	}
	return s
}

// sentence returns the summary as text. out is the output folder as the user wrote it.
func (v snapshot) sentence(out string, s summary) string {
	text := fmt.Sprintf("%s in %s: %d written, %d unchanged, %d removed", count(s.Files, "file"), out, s.Written, s.Unchanged, s.Removed)
	if s.Warnings > 0 {
		text += ", " + count(s.Warnings, "warning")
	}
	text += fmt.Sprintf(" (%.2f s)", s.Seconds)
	if s.NextChangeAt == nil {
		return text + "; no automatic changes ahead"
	}
	return text + "; next automatic change: " + v.clock(*s.NextChangeAt)
}
