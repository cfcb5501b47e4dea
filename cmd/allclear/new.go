package main

import (
	"fmt"
	"os"
	"strings"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

func newCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Write a new incident, maintenance window or announcement",
		Long: `Write the file of a new incident, maintenance window or announcement, and say what the
page will show. In a terminal you are asked for whatever you leave out.`,
		Example: `  allclear new incident "Mail is slow" --component email --status degraded -m "We are looking into it."
  allclear new incident "Errors" --component api,web --region eu --status partial --start 06:32 --edit
  allclear new incident "API errors" -c api@eu=major,web=degraded -m "We see errors."
  allclear new maintenance "Upgrade" --component web --start "tomorrow 02:00" --duration 90m -m "Nothing to do for you."
  allclear new announcement "TLS 1.0 will be switched off" --until 2026-12-01 -m "On 15 January …"`,
		Args: requireKind,
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(newEntryCommand(site.Incident), newEntryCommand(site.Maintenance), newAnnouncementCommand())
	return cmd
}

// requireKind returns an error for a new command without a kind of entry.
func requireKind(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageErrorf(`allclear new incident "Mail is slow", or allclear new maintenance "Upgrade"`,
			"say what: incident, maintenance or announcement")
	}
	if near := diag.Nearest(args[0], []string{"incident", "maintenance", "announcement"}); near != "" {
		return usageErrorf(fmt.Sprintf("did you mean %q?", near), "say what: incident, maintenance or announcement, not %q", args[0])
	}
	return usageErrorf("allclear new incident "+quotedForShell(strings.Join(args, " ")), "say what: incident, maintenance or announcement")
}

// newFlags are the flags of new.
type newFlags struct {
	readFlags
	kind        site.Kind
	title       string
	components  []string
	regions     []string
	status      string
	severity    string
	start, end  string
	nextUpdate  string
	duration    string
	text        string
	slug        string
	draft       bool
	edit        bool
	force       bool
	noText      bool
	interactive bool // questions can be asked
	fromTemplate
}

// kindAliases are other names of the two subcommands of new.
var kindAliases = map[site.Kind][]string{
	site.Incident:    {"incidents", "inc", "outage", "issue"},
	site.Maintenance: {"maint", "window", "maintenances"},
}

var newExamples = map[site.Kind]string{
	site.Incident: `  allclear new incident "Mail is slow" -c email --status degraded -m "We are looking into it."
  allclear new incident "API errors" -c api --region eu --status major --start -20m -m "We see errors."
  allclear new incident "API errors" -c api@eu=major,web=degraded -m "We see errors."
  allclear new incident "Mail was slow" -c email --status degraded --start 06:32 --end 07:10 -m "A disk was full."
  allclear new incident "Trouble at our phone provider" --severity none -m "Our own service is not affected."`,
	site.Maintenance: `  allclear new maintenance "Upgrade" -c web --start "2025-08-01 02:00" --duration 90m -m "Nothing to do for you."
  allclear new maintenance "New disks" -c email --start "tomorrow 22:00" --end 02:00 -m "Mail waits until then."`,
}

// newEntryCommand returns the subcommand of new for a kind of entry.
func newEntryCommand(kind site.Kind) *cobra.Command {
	w := newFlags{kind: kind}
	cmd := &cobra.Command{
		Use:     kind.String() + " TITLE",
		Aliases: kindAliases[kind],
		Short:   "Write a new " + kind.String(),
		Long: `Write the file of a new ` + kind.String() + `, and say what the page will show. In a terminal you
are asked for whatever you leave out.`,
		Example: newExamples[kind],
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				quoted := quotedForShell(strings.Join(args, " "))
				return usageErrorf("put it in quotes: "+cmd.CommandPath()+" "+quoted, "one title expected, got %d words", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w.title, w.interactive, w.isSet = strings.TrimSpace(strings.Join(args, "")), canAsk(), cmd.Flags().Changed
			return w.run()
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	w.addFlags(cmd)
	return cmd
}

func (w *newFlags) addFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	if w.kind == site.Incident {
		w.timeRule = when.Past
	}
	w.readFlags.flags(cmd)
	f.Lookup("at").Usage = "the `time` of the entry, also used as the current time (default: now)"
	f.StringArrayVarP(&w.components, "component", "c", nil, "affected `components`, comma-separated, or all; also api@eu=major")
	f.StringArrayVar(&w.regions, "region", nil, "affected `regions` (default: all)")
	timeFlag(cmd, &w.start, "start", "the `time` at which it starts")
	timeFlag(cmd, &w.end, "end", "the `time` at which it ends")
	f.StringVarP(&w.text, "message", "m", "", "the first `text`, in Markdown; - reads standard input")
	f.BoolVar(&w.noText, "no-message", false, "write it without any text")
	w.templateFlag(cmd, &w.template)
	f.StringVar(&w.slug, "slug", "", "the file's `name` and the page's address, without the date")
	f.BoolVar(&w.draft, "draft", false, "mark it as a draft")
	f.BoolVar(&w.edit, "edit", false, "open it in $EDITOR")
	if w.kind == site.Maintenance {
		f.StringVar(&w.status, "status", "", "the components' `status` during the work (default: maintenance)")
		f.StringVar(&w.duration, "duration", "", "`length`, instead of --end: 90m, 2h, 1d")
		f.BoolVar(&w.force, "force", false, "write it even if it is already over")
	} else {
		f.StringVar(&w.status, "status", "", "how bad it is, as a `status`: degraded, partial or major")
		f.StringVar(&w.severity, "severity", "", "`severity`: none (a notice), minor, major or critical (default: by the status)")
		timeFlag(cmd, &w.nextUpdate, "next-update", "promise the next update by this `time`")
		f.BoolVar(&w.force, "force", false, "write it even if one is already open, or if it begins in the future")
	}
	cmd.RegisterFlagCompletionFunc("component", w.completeFrom(componentIDs))
	cmd.RegisterFlagCompletionFunc("region", w.completeFrom(regionIDs))
	statuses := []string{"degraded", "partial", "major"}
	cmd.RegisterFlagCompletionFunc("status", cobra.FixedCompletions(statuses, cobra.ShellCompDirectiveNoFileComp))
}

// completeFrom returns a shell completion with ids of the site.
func (r *readFlags) completeFrom(ids func(snapshot) []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		v, err := r.read()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return ids(v), cobra.ShellCompDirectiveNoFileComp
	}
}

func regionIDs(v snapshot) []string {
	var ids []string
	for _, r := range v.site.Regions {
		ids = append(ids, r.ID)
	}
	return ids
}

// run asks for what is missing, writes the file, and reports what visitors will see.
func (w newFlags) run() error {
	v, err := w.readToWrite()
	if err != nil {
		return err
	}
	if err := w.useTemplate(v); err != nil {
		return err
	}
	if w.interactive {
		if err := w.ask(v); err != nil {
			return err
		}
	}
	d, err := w.entryDraft(v)
	if err != nil {
		return err
	}
	w.keepTemplate(&d)
	if err := w.checkPlausible(v, d); err != nil {
		return err
	}
	name, err := w.createFile(v, d)
	if err != nil {
		return err
	}
	if w.edit {
		if err := w.openEditor(name); err != nil {
			return err
		}
	}
	after := w.reread(v)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return exitWith(exitFailed)
	}
	if w.edit {
		warnOfOpenBlock(after, name)
	}
	w.reportNew(v, after, d, name)
	return nil
}

// reread reads the site again, including the new entry if it is a draft.
func (w newFlags) reread(v snapshot) snapshot {
	r := w.readFlags
	r.drafts = r.drafts || w.draft
	return r.readFolder(v.folder, v.now, v.clockNow)
}
