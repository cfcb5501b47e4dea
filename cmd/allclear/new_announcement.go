package main

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

// announcementFlags are the flags of new announcement.
type announcementFlags struct {
	readFlags
	title         string
	components    []string
	posted, until string
	pinned        bool
	text          string
	slug          string
	draft, edit   bool
	noText        bool
	fromTemplate
}

// newAnnouncementCommand returns the subcommand of new for announcements.
func newAnnouncementCommand() *cobra.Command {
	var w announcementFlags
	cmd := &cobra.Command{
		Use:     "announcement TITLE",
		Aliases: []string{"announcements", "announce", "news"},
		Short:   "Write a new announcement",
		Long: `Write the file of a new announcement: a post that is neither an incident nor a
maintenance. In a terminal you are asked for whatever you leave out.`,
		Example: `  allclear new announcement "TLS 1.0 will be switched off" -c api --until 2026-12-01 --pinned -m "On 15 January …"
  allclear new announcement "Holiday hours" --posted "2026-12-20 09:00" -m -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				quoted := quotedForShell(strings.Join(args, " "))
				return usageErrorf("put it in quotes: "+cmd.CommandPath()+" "+quoted, "one title expected, got %d words", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w.title, w.isSet = strings.TrimSpace(strings.Join(args, "")), cmd.Flags().Changed
			return w.run()
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	w.addFlags(cmd)
	return cmd
}

func (w *announcementFlags) addFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	w.readFlags.flags(cmd)
	f.Lookup("at").Usage = "the `time` at which it is posted, also used as the current time (default: now)"
	f.StringArrayVarP(&w.components, "component", "c", nil, "the `components` that it is about, comma-separated, or all")
	timeFlag(cmd, &w.posted, "posted", "the `time` or date at which it becomes public (default: now)")
	timeFlag(cmd, &w.until, "until", "the `time` or date until which the home page shows it (default: 7 days after it is posted)")
	f.BoolVar(&w.pinned, "pinned", false, "show it before the other announcements")
	f.StringVarP(&w.text, "message", "m", "", "the `text`, in Markdown; - reads standard input")
	f.BoolVar(&w.noText, "no-message", false, "write it without any text")
	w.templateFlag(cmd, &w.template)
	f.StringVar(&w.slug, "slug", "", "the file's `name` and the page's address, without the date")
	f.BoolVar(&w.draft, "draft", false, "mark it as a draft")
	f.BoolVar(&w.edit, "edit", false, "open it in $EDITOR")
	cmd.RegisterFlagCompletionFunc("component", w.completeFrom(componentIDs))
}

// run asks for what is missing, writes the file, and reports what visitors will see.
func (w announcementFlags) run() error {
	v, err := w.readToWrite()
	if err != nil {
		return err
	}
	if err := w.useTemplate(v); err != nil {
		return err
	}
	if canAsk() {
		if err := w.ask(v); err != nil {
			return err
		}
	}
	d, err := w.announcement(v)
	if err != nil {
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
	i := slices.IndexFunc(after.site.Announcements, func(a site.Announcement) bool { return a.Pos.File == name })
	if i >= 0 { // otherwise it was removed in the editor
		w.report(v, after, &after.site.Announcements[i])
	}
	return nil
}

// ask asks for the title and the text, unless flags give them.
func (w *announcementFlags) ask(v snapshot) error {
	var a prompt
	if w.title == "" {
		a.line("What do you announce, in a few words?", "TLS 1.0 will be switched off", &w.title, func(s string) error {
			if s == "" {
				return errors.New("a title is needed")
			}
			return nil
		})
	}
	if !w.isSet("message") && !w.noText && !w.edit {
		a.text("What do your customers need to know?", &w.text, func(text string) error {
			if strings.TrimSpace(text) == "" {
				return errors.New("a text is needed; --no-message writes without one")
			}
			if problem := source.CheckAnnouncement(text, v.site.Languages); problem != nil {
				return errors.New(problem.Message)
			}
			return nil
		})
	}
	if len(a.steps) == 0 {
		return nil
	}
	if err := a.run(); err != nil {
		return err
	}
	w.title = strings.TrimSpace(w.title)
	return nil
}

// announcement returns what the flags and answers describe.
func (w announcementFlags) announcement(v snapshot) (source.NewAnnouncement, error) {
	d := source.NewAnnouncement{Title: w.title, Posted: w.entryTime(v), Pinned: w.pinned, Hidden: w.draft, Kept: w.kept.Keys}
	if w.title == "" {
		return d, usageErrorf(`allclear new announcement "TLS 1.0 will be switched off"`, "the title is missing")
	}
	var err error
	if d.Components, err = w.componentIDs(v); err != nil {
		return d, err
	}
	if w.posted != "" {
		if d.Posted, err = v.readDay("posted", w.posted, when.Today); err != nil {
			return d, err
		}
	}
	if d.Until, err = v.readDay("until", w.until, when.Coming); err != nil {
		return d, err
	}
	if !d.Until.IsZero() && !d.Until.After(d.Posted) {
		return d, usageErrorf("write a later time, or leave --until out to show it for 7 days",
			"--until: %s is not after the announcement is posted, %s", v.longClock(d.Until), v.longClock(d.Posted))
	}
	d.Text = w.text // as typed if it was asked for
	if w.isSet("message") && !w.textReady {
		if d.Text, err = message(w.text); err != nil {
			return d, err
		}
	}
	needed := !w.noText && !w.edit
	if strings.TrimSpace(d.Text) == "" && needed {
		return d, usageErrorf(`add -m "…", or --no-message`, "the text is missing")
	}
	switch problem := source.CheckAnnouncement(d.Text, v.site.Languages); {
	case problem == nil || problem.Empty && !needed:
		return d, nil
	case problem.Empty:
		return d, usageErrorf(problem.Hint, "%s", problem.Message)
	default:
		return d, errorf(problem.Hint, "%s; nothing was written", problem.Message)
	}
}

// componentIDs returns the ids of the components of --component.
func (w announcementFlags) componentIDs(v snapshot) ([]string, error) {
	targets, _, err := v.parseTargetFlags(w.components, nil)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range targets {
		switch {
		case t.status != "" || len(t.regions) > 0 || t.allRegion:
			return nil, usageErrorf("name the components alone: --component "+t.name(),
				"--component: an announcement changes no status, so it has neither status nor regions")
		case t.component == "all":
			return []string{"all"}, nil
		}
		for i := range v.site.Components {
			if c := &v.site.Components[i]; t.includesAt(c, v.now) && !slices.Contains(ids, c.ID) {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids, nil
}

// dateAlone matches a date without a time of day.
var dateAlone = regexp.MustCompile(`^\s*\d{4}-\d\d-\d\d\s*$`)

// readDay parses the time of a flag, or a date, which is the first instant of that day. It
// returns the zero time if the flag was not given.
func (v snapshot) readDay(flag, text string, rule when.Rule) (time.Time, error) {
	if !dateAlone.MatchString(text) {
		return v.readTime(flag, text, rule)
	}
	t, err := source.ParseDay(text, v.site.Zone)
	if err != nil {
		return t, usageErrorf("", "--%s: %v", flag, err)
	}
	return t, nil
}
