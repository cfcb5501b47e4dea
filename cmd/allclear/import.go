package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/themes"

	"github.com/spf13/cobra"
)

// importFlags are the flags of import.
type importFlags struct {
	into, record              string
	dryRun, update, keepGoing bool
	regionsFromGroups         bool
	report                    string
}

func importCommand() *cobra.Command {
	var f importFlags
	format := newEnumFlag("text", "json")
	format.noun = "report"
	cmd := &cobra.Command{
		Use:   "import TOOL PATH|URL",
		Short: "Write a site from the content of another status page",
		Long: `Read what another tool keeps or exports, and write it as content: components.yml,
site.yml (only what is missing), and one Markdown file for each entry. Nothing
that exists is overwritten, so you can run it again to add what is new.

It reports every field that was dropped, guessed or changed, with its place there
and here.

Tools: ` + strings.Join(importer.Tools(), ", ") + `. docs/moving.md has a section for each.`,
		Example: `  allclear import statuspage https://status.example.com --into status
  allclear import cstate ../old-site --into status
  allclear import upptime ../upptime --dry-run
  gh issue list --state all --label status --limit 1000 \
    --json number,title,state,body,createdAt,closedAt,labels,comments | allclear import upptime -
  allclear import statuspage export/ --report json > losses.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return usageErrorf("allclear import TOOL PATH, where TOOL is "+strings.Join(importer.Tools(), ", "),
				"import takes a tool and what to read")
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			f.report = format.word
			return f.run(cmd, strings.ToLower(args[0]), args[1])
		},
	}
	cmd.Flags().StringVar(&f.into, "into", ".", "the site's `folder`, which holds content/ or will")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would be written, and write nothing")
	cmd.Flags().BoolVar(&f.update, "update", false, "also add what is new to entries that nobody has edited")
	cmd.Flags().BoolVar(&f.keepGoing, "keep-going", false, "leave out what cannot be read, and import the rest")
	cmd.Flags().BoolVar(&f.regionsFromGroups, "regions-from-groups", false,
		"make components of groups whose children repeat, and regions of the children")
	cmd.Flags().StringVar(&f.record, "record", "", "the `folder` that keeps what is downloaded; by default among the caches")
	cmd.Flags().Var(format, "report", "how to print the report: text or json")
	return cmd
}

// importMemory is the size in bytes above which memory is freed more often. An import of
// 10,000 incidents needs less than 450 MB with it.
const importMemory = 400 << 20

// run reads the other tool's files, and writes what is new.
func (f importFlags) run(cmd *cobra.Command, tool, from string) error {
	debug.SetGCPercent(70)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(importMemory)
	}
	files, missing, done, err := f.open(cmd.Context(), tool, from)
	if err != nil {
		return err
	}
	defer done()
	now := time.Now().UTC().Truncate(time.Second)
	src, err := importer.Read(tool, files, importer.Options{Now: now, RegionsFromGroups: f.regionsFromGroups})
	if err != nil {
		return usageErrorf("allclear help import lists the tools", "%s", err)
	}
	src.Problems = append(src.Problems, missing...)
	folder, err := f.folder()
	if err != nil {
		return err
	}
	check := func(folder fs.FS) diag.List {
		return generator.Build(folder, themes.In(folder), generator.Options{Now: now, Drafts: true, Version: version()}).Problems
	}
	if folder != nil {
		if mistakes := check(folder); mistakes.HasErrors() && hasSite(folder) {
			mistakes.Print(os.Stderr, styleFor(os.Stderr))
			return errorf("fix them first", "%s in %s; nothing was written", mistakes.Tally(), f.into)
		}
	}
	ledger, err := readLedger(folder)
	if err != nil {
		return err
	}
	plan := importer.Prepare(src, importer.PrepareOptions{Folder: folder, Update: f.update, Ledger: ledger, Check: check})
	for _, p := range plan.Problems {
		printImportProblem(from, p)
	}
	if n := len(plan.Problems); n > 0 && !f.keepGoing {
		return errorf("fix what is named above, or import the rest with --keep-going", "%s; nothing was written", count(n, "problem"))
	}
	if !f.dryRun {
		if err := f.write(plan, ledger); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), tool, plan)
}

// printImportProblem prints a problem as check does.
func printImportProblem(from string, p importer.Problem) {
	style := styleFor(os.Stderr)
	place := from
	if p.File != "" {
		place = p.Place.String()
	}
	fmt.Fprintf(os.Stderr, "%s: %s %s\n", diag.Printable(place), style.Error("error:"), diag.Printable(p.Message))
	if p.Hint != "" {
		fmt.Fprintf(os.Stderr, "  %s %s\n", style.Hint("hint:"), diag.Printable(p.Hint))
	}
}

// hasSite reports whether a folder has content already.
func hasSite(folder fs.FS) bool {
	_, err := fs.Stat(folder, "content/site.yml")
	return err == nil
}

// folder opens the site's folder. It returns nil if there is none yet.
func (f importFlags) folder() (fs.FS, error) {
	info, err := os.Stat(f.into)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.IsDir() {
		return nil, usageErrorf("name a folder", "--into: %s is not a folder", f.into)
	}
	root, err := os.OpenRoot(f.into)
	if err != nil {
		return nil, errorf("", "cannot open %s: %s", f.into, reason(err))
	}
	return rootfs.FS(root), nil
}

// readLedger reads what an earlier import wrote.
func readLedger(folder fs.FS) (importer.Ledger, error) {
	if folder == nil {
		return importer.Ledger{}, nil
	}
	data, err := fs.ReadFile(folder, importer.LedgerFile)
	if errors.Is(err, fs.ErrNotExist) {
		return importer.Ledger{}, nil
	}
	var ledger importer.Ledger
	if err == nil {
		err = json.Unmarshal(data, &ledger)
	}
	if err != nil {
		return nil, errorf("restore it from version control, or remove it: then no entry is updated", "cannot read %s: %s",
			importer.LedgerFile, reason(err))
	}
	return ledger, nil
}
