package main

import (
	"io/fs"
	"os"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

func updateCommand() *cobra.Command {
	var u updateFlags
	cmd := &cobra.Command{
		Use:   "update [SLUG] STATUS",
		Short: "Add an update to an incident or maintenance",
		Long: `Add an update to an incident or a maintenance window. SLUG is any part of the
file's name that fits one open entry only; by default it is the only one that is
open. STATUS is investigating, identified, monitoring, update or resolved; for a
maintenance scheduled, in-progress, verifying, update, completed or canceled;
postmortem adds the report. In a terminal you are asked for whatever you leave out.

resolved also ends the impacts that are open. --component ends a component's
open impact and begins the next. An entry that is over is reopened only with --reopen:
the components that recovered with it are affected again, unless -c says otherwise.

--start, --end, --duration, --next-update and --title change the front matter with
the update, or without one with --silent. Nothing else in the file is changed.`,
		Example: `  allclear update resolved -m "Mail flows again."
  allclear update smtp identified -m "A disk is full." --next-update +30m
  allclear update smtp monitoring -c email=degraded -m "Slow, but it works."
  allclear update api update -c api@eu,us=partial -m "It has reached America."
  allclear update smtp investigating --reopen -m "It is back."
  allclear update upgrade scheduled --start "Sat 02:00" -m "One day later."
  allclear update upgrade update --end 05:00 -m "It takes longer."
  allclear update smtp --silent --start 06:32 --title "Mail is delayed"
  allclear update smtp postmortem -m - < report.md`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 2 {
				return usageErrorf(`put the text into -m "…"`, "%s", usageOfUpdate)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			u.isSet = cmd.Flags().Changed
			return u.run(args)
		},
		ValidArgsFunction: completeUpdate(&u.readFlags),
	}
	u.timeRule = when.Past
	u.flags(cmd)
	return cmd
}

const usageOfUpdate = `usage: allclear update [SLUG] STATUS -m "…"`

// updateFlags are the arguments and flags of update.
type updateFlags struct {
	readFlags
	slug, word string
	text       string
	components []string
	regions    []string
	start, end string
	duration   string
	nextUpdate string
	title      string
	silent     bool
	reopen     bool
	edit       bool
	fromTemplate
	asked bool // the user has answered the questions
}

func (u *updateFlags) flags(cmd *cobra.Command) {
	u.readFlags.flags(cmd)
	f := cmd.Flags()
	f.Lookup("at").Usage = "the `time` of the update, also used as the current time (default: now)"
	f.StringVarP(&u.text, "message", "m", "", "the `text`, in Markdown; - reads standard input")
	f.StringArrayVarP(&u.components, "component", "c", nil, "set a component's status from now on, as `id=status` or id@region=status")
	f.StringArrayVar(&u.regions, "region", nil, "`regions` for components given without @region, or all")
	timeFlag(cmd, &u.start, "start", "correct the start, or move the maintenance, to this `time`")
	timeFlag(cmd, &u.end, "end", "correct or move the end to this `time`")
	f.StringVar(&u.duration, "duration", "", "`length`, instead of --end: 90m, 2h, 1d")
	timeFlag(cmd, &u.nextUpdate, "next-update", "promise the next update by this `time`")
	f.StringVar(&u.title, "title", "", "correct the `title`")
	u.templateFlag(cmd, &u.template)
	f.BoolVar(&u.silent, "silent", false, "change the front matter without an update")
	f.BoolVar(&u.reopen, "reopen", false, "reopen an entry that is over")
	f.BoolVar(&u.edit, "edit", false, "open the file in $EDITOR")
	cmd.RegisterFlagCompletionFunc("component", completeIDs(&u.readFlags, componentIDs))
	cmd.RegisterFlagCompletionFunc("region", completeIDs(&u.readFlags, regionIDs))
}

// completeIDs returns a shell completion with ids of the site.
func completeIDs(r *readFlags, ids func(snapshot) []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		v, err := r.read()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return ids(v), cobra.ShellCompDirectiveNoFileComp
	}
}

// run finds the entry, adds the update to its file, and reports what visitors will see.
func (u updateFlags) run(args []string) error {
	v, err := u.readToWrite()
	if err != nil {
		return err
	}
	if err := u.parseArgs(v, args); err != nil {
		return err
	}
	e, word, err := u.findEntry(v)
	if err != nil {
		return err
	}
	if mistakes := errorsIn(v.problems, e.Pos.File); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return errorf("fix its mistakes first", "%s was not changed", e.Pos.File)
	}
	if err := u.useTemplate(v, word); err != nil {
		return err
	}
	folder, before := v.folder, e
	if e.Repeated {
		if v, e, err = u.ownFile(v, e); err != nil {
			return err
		}
	}
	a, err := u.buildUpdate(v, e, word)
	if err != nil {
		return err
	}
	if !u.silent || u.changesFrontMatter() {
		a, err = u.writeUpdate(v, e, a)
	} else if own, isNew := v.folder.(overlay); isNew {
		err = u.replaceFile(own.name, own.data)
	}
	if err != nil {
		return err
	}
	v.folder = folder
	var created []string
	if before.Repeated {
		if created, err = u.translateOwnFile(v, before, e.Pos.File); err != nil {
			return err
		}
	}
	after := u.readFolder(v.folder, v.now, v.clockNow)
	if u.edit {
		if after, err = u.editAndReread(v, e.Pos.File); err != nil {
			return err
		}
	}
	u.reportUpdate(v, after, before, a, created)
	return nil
}

// writeUpdate adds the update to the file, after checking that the result is valid and
// says what was asked for.
func (u updateFlags) writeUpdate(v snapshot, e *site.Entry, a source.Update) (source.Update, error) {
	data, err := fs.ReadFile(v.folder, e.Pos.File)
	if err != nil {
		return a, errorf("", "cannot read %s: %s", e.Pos.File, reason(err))
	}
	_, err = source.Append(data, &v.site, e, a)
	for later := time.Duration(0); err != nil && u.at == "" && later <= time.Second; later += time.Second {
		a.Time = v.now.Add(later) // something began within this minute, so be precise to the second
		_, err = source.Append(data, &v.site, e, a)
	}
	changed, _, err := u.appendUpdate(v, e, data, a)
	if err != nil {
		return a, err
	}
	return a, u.replaceFile(e.Pos.File, changed)
}

// appendUpdate adds an update to data, the file of an entry, and returns the new file and
// the site as it will be with it. If the result would have mistakes, or would not say what
// was asked for, it returns an error.
func (r readFlags) appendUpdate(v snapshot, e *site.Entry, data []byte, a source.Update) ([]byte, snapshot, error) {
	changed, err := source.Append(data, &v.site, e, a)
	if err != nil {
		return nil, v, errorf("", "%s: %v", e.Pos.File, err)
	}
	after, err := v.validate(r, e.Pos.File, changed)
	if err != nil {
		return nil, v, err
	}
	now := sameEntry(after.site, e)
	if err := checkAdded(e, now, a); err != nil {
		if open := openBlock(e.Pos.File, data); open != nil {
			return nil, v, *open
		}
		return nil, v, err
	}
	return changed, after, checkWritten(&v.site, e, now, a)
}

// editAndReread opens the file in the editor, and reads the site again afterwards.
func (u updateFlags) editAndReread(v snapshot, name string) (snapshot, error) {
	if err := u.openEditor(name); err != nil {
		return v, err
	}
	after := u.readFolder(v.folder, v.now, v.clockNow)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return after, exitWith(exitFailed)
	}
	warnOfOpenBlock(after, name)
	return after, nil
}

// updateTime returns the time of the update. It is to the minute; or to the second if,
// within this minute, the entry began or an update was written, since an update must come
// after both.
func (u updateFlags) updateTime(v snapshot, e *site.Entry) time.Time {
	at := u.entryTime(v)
	if u.at != "" {
		return at
	}
	begin, last := e.Begin(), at
	for _, update := range e.Updates {
		if update.Time.After(last) && !update.Time.After(v.now) {
			last = update.Time
		}
	}
	if (at.After(begin) || begin.After(v.now)) && !last.After(at) {
		return at
	}
	at = v.now
	if at.Equal(begin) {
		at = at.Add(time.Second)
		time.Sleep(time.Until(at)) // less than a second; an update in the future would not be published yet
	}
	return at
}

// componentIDs returns the ids of the listed components and groups, for completion.
func componentIDs(v snapshot) []string {
	var ids []string
	for _, c := range listedComponents(v.site, v.now) {
		ids = append(ids, c.ID)
	}
	for _, g := range v.site.Groups {
		ids = append(ids, g.ID)
	}
	return ids
}

// sameEntry returns the entry of s with the kind and slug of like, or an empty one.
func sameEntry(s site.Site, like *site.Entry) *site.Entry {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Kind == like.Kind && e.Slug == like.Slug {
			return e
		}
	}
	return &site.Entry{}
}

// completeUpdate returns a shell completion with slugs of open entries and the words of
// updates.
func completeUpdate(r *readFlags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		v, err := r.read()
		if err != nil || len(args) > 1 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var words []string
		state := v.site.At(v.now)
		if len(args) == 0 {
			for _, list := range [][]*site.Entry{state.Open, state.Active, state.Upcoming} {
				for _, e := range list {
					words = append(words, e.Slug+"\t"+diag.Printable(e.Title.Default))
				}
			}
		}
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			for _, w := range site.UpdateStatuses(kind) {
				words = append(words, typedWord(w))
			}
		}
		return append(words, typedWord(site.Postmortem)), cobra.ShellCompDirectiveNoFileComp
	}
}

// typedWord returns a status as it is typed: in-progress.
func typedWord(w site.UpdateStatus) string { return strings.ReplaceAll(w.String(), "_", "-") }
