package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"allclear/cmd/allclear/when"
	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

func newVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Write a new incident or maintenance window",
		Long: `Write the file of a new incident or maintenance window, and print its path. On a
terminal, what no flag says is asked for.`,
		Example: `  allclear new incident "Mail is slow" --component email --status degraded -m "We are looking into it."
  allclear new incident "Errors" --component api,web --region eu --status partial --start "06:32" --edit
  allclear new maintenance "Upgrade" --component web --start "2025-08-01 02:00" --duration 90m`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(diag.DidYouMean(args[0], []string{"incident", "maintenance"}), "cannot write a new %q", args[0])
			}
			return usage("write allclear new incident or allclear new maintenance", "what is to be new is missing")
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(newEntryVerb(site.Incident), newEntryVerb(site.Maintenance))
	return cmd
}

// writing is what the flags of new say.
type writing struct {
	reading
	kind       site.Kind
	title      string
	components []string
	regions    []string
	status     string
	severity   string
	start, end string
	duration   string
	text       string
	slug       string
	draft      bool
	edit       bool
	asks       bool // somebody is there to answer
	said       func(flag string) bool
}

func newEntryVerb(kind site.Kind) *cobra.Command {
	w := writing{kind: kind}
	cmd := &cobra.Command{
		Use:   kind.String() + " TITLE",
		Short: "Write a new " + kind.String(),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("put the title in quotes", "%d titles are given", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w.title, w.asks, w.said = strings.Join(args, ""), maySay(), cmd.Flags().Changed
			return w.run(cmd)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f := cmd.Flags()
	w.reading.flags(cmd)
	f.StringArrayVarP(&w.components, "component", "c", nil, "the `ids` of the components it touches, or all")
	f.StringArrayVar(&w.regions, "region", nil, "the `ids` of the regions it touches; left out, all of them")
	f.StringVar(&w.status, "status", "", "how they do: degraded, partial or major, or a full `status`")
	timeFlag(cmd, &w.start, "start", "the `time` at which it starts")
	timeFlag(cmd, &w.end, "end", "the `time` at which it ends")
	f.StringVarP(&w.text, "message", "m", "", "the first `text`, in Markdown; - reads standard input")
	f.StringVar(&w.slug, "slug", "", "the file's `name` and the page's address, without the date")
	f.BoolVar(&w.draft, "draft", false, "as a draft")
	f.BoolVar(&w.edit, "edit", false, "open it in $EDITOR")
	if kind == site.Maintenance {
		f.StringVar(&w.duration, "duration", "", "how `long` it is, in place of --end: 90m, 2h, 1d")
	} else {
		f.StringVar(&w.severity, "severity", "", "none, minor, major or critical, in place of what the status says")
	}
	cmd.RegisterFlagCompletionFunc("component", w.completeFrom(componentIDs))
	cmd.RegisterFlagCompletionFunc("region", w.completeFrom(regionIDs))
	cmd.RegisterFlagCompletionFunc("status", cobra.FixedCompletions(site.StatusWords(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (w *writing) completeFrom(ids func(site.Site) []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		v, err := w.read()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return ids(v.site), cobra.ShellCompDirectiveNoFileComp
	}
}

func (w writing) run(cmd *cobra.Command) error {
	v, err := w.read()
	if err != nil {
		return err
	}
	if w.asks {
		if err := w.ask(v); err != nil {
			return err
		}
	}
	d, err := w.draftOf(v)
	if err != nil {
		return err
	}
	name, err := w.create(v, d)
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), filepath.Join(w.source, filepath.FromSlash(name)))
	if !w.edit {
		return nil
	}
	if err := w.openEditor(name); err != nil {
		return err
	}
	_, problems := generator.Read(v.folder, w.options(v.now))
	if mistakes := errorsIn(problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return silent(exitFailed)
	}
	return nil
}

// draftOf is the entry that flags and answers describe, with what they name
// looked up.
func (w writing) draftOf(v view) (source.Draft, error) {
	now := w.toTheMinute(v)
	if err := w.lookUpNames(v.site); err != nil {
		return source.Draft{}, err
	}
	d := source.Draft{Kind: w.kind, Title: w.title, Components: w.components, Regions: w.regions, Status: w.status, Severity: w.severity, Hidden: w.draft}
	if strings.TrimSpace(w.title) == "" {
		return d, usage("allclear new "+w.kind.String()+` "Mail is slow"`, "the title is missing")
	}
	if err := w.checkNames(v.site); err != nil {
		return d, err
	}
	var err error
	if d.Text, err = message(w.text); err != nil {
		return d, err
	}
	rule := when.Past
	if w.kind == site.Maintenance {
		rule = when.Coming
	}
	if d.Start, err = v.readTime("start", w.start, rule); err != nil {
		return d, err
	}
	if d.Start.IsZero() {
		d.End, err = v.readTime("end", w.end, rule)
	} else {
		d.End, err = v.readEnd("end", w.end, d.Start)
	}
	if err != nil {
		return d, err
	}
	if w.kind == site.Maintenance {
		return d, w.window(&d)
	}
	if d.Severity == "none" { // a notice: its status would have no effect
		d.Status = ""
	}
	switch {
	case d.End.IsZero():
		d.Word, d.Time = site.Investigating, now
	case d.Start.IsZero():
		return d, usage("add --start", "an incident that has ended needs its start")
	}
	return d, nil
}

// window finds the length of a maintenance.
func (w writing) window(d *source.Draft) error {
	if d.Start.IsZero() {
		return usage("add --start '2025-08-01 02:00'", "a maintenance needs its start")
	}
	if w.duration != "" {
		length, err := source.ParseDuration(w.duration)
		if err != nil {
			return usage("", "--duration: %v", err)
		}
		if !d.End.IsZero() {
			return usage("keep one of the two", "--end and --duration both say when it ends")
		}
		d.End = d.Start.Add(length)
	}
	if d.End.IsZero() {
		return usage("add --end or --duration 90m", "a maintenance needs its end")
	}
	return nil
}

// lookUpNames puts ids in place of what the flags call components and regions.
func (w *writing) lookUpNames(s site.Site) error {
	list, err := targets(s, w.components)
	if err != nil {
		return err
	}
	w.components = nil
	for _, t := range list {
		if t.status != "" || len(t.regions) > 0 {
			return usage("use --status and --region", "--component: new takes components only")
		}
		w.components = append(w.components, t.component)
	}
	w.regions, err = regionsNamed(s, w.regions)
	return err
}

func (w writing) checkNames(s site.Site) error {
	if w.status != "" {
		if _, err := statusNamed("status", w.status); err != nil {
			return err
		}
	}
	if _, ok := site.ParseSeverity(w.severity); !ok && w.severity != "" {
		return usage(diag.DidYouMean(w.severity, site.SeverityWords), "--severity: unknown severity %q", w.severity)
	}
	if w.kind == site.Incident && len(w.components) > 0 && w.status == "" && w.severity != "none" {
		return usage("add --status degraded, partial or major", "how the components do is missing")
	}
	if len(w.components) == 0 && (w.status != "" || len(w.regions) > 0) {
		return usage("add --component", "which components it touches is missing")
	}
	return nil
}

func regionIDs(s site.Site) []string {
	var ids []string
	for _, r := range s.Regions {
		ids = append(ids, r.ID)
	}
	return ids
}
