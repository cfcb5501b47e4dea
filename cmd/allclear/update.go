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

func updateVerb() *cobra.Command {
	var r reading
	var text string
	var components []string
	cmd := &cobra.Command{
		Use:   "update [SLUG] STATUS",
		Short: "Add an update to an incident or maintenance",
		Long: `Add an update to an incident or a maintenance window. SLUG is any part of the
file's name that fits one entry only; left out, it is the only one that is open.
STATUS is investigating, identified, monitoring, update or resolved; for a
maintenance scheduled, in-progress, verifying, update, completed or canceled.

resolved also ends the impacts that are open. --component ends the open impact of
a component and begins the next. No other byte of the file is touched.`,
		Example: `  allclear update resolved -m "Mail flows again."
  allclear update smtp identified -m "A disk is full."
  allclear update smtp monitoring --component email=degraded -m "Slow, but it works."
  git log -1 --format=%b | allclear update smtp update -m -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return usage("see allclear help update", "update takes a status, and perhaps part of a slug before it")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			slug := ""
			if len(args) == 2 {
				slug = args[0]
			}
			u := updating{reading: r, slug: slug, word: args[len(args)-1], text: text, components: components, asks: !cmd.Flags().Changed("message")}
			return u.run(cmd)
		},
		ValidArgsFunction: completeUpdate(&r),
	}
	r.alone = when.Past
	r.flags(cmd)
	cmd.Flags().Lookup("at").Usage = "the `time` of the update, instead of the clock"
	cmd.Flags().StringVarP(&text, "message", "m", "", "the `text`, in Markdown; - reads standard input")
	cmd.Flags().StringArrayVarP(&components, "component", "c", nil, "set a component's status from now on, as `id=status`")
	return cmd
}

type updating struct {
	reading
	slug, word string
	text       string
	components []string
	asks       bool // no text was given
}

func (u updating) run(cmd *cobra.Command) error {
	v, err := u.read()
	if err != nil {
		return err
	}
	e, err := u.find(v)
	if err != nil {
		return err
	}
	if mistakes := errorsIn(v.problems, e.Pos.File); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return failed("fix its mistakes first", "%s stays as it was", e.Pos.File)
	}
	a, err := u.addition(v, e)
	if err != nil {
		return err
	}
	data, err := fs.ReadFile(v.folder, e.Pos.File)
	if err != nil {
		return failed("", "cannot read %s: %s", e.Pos.File, reason(err))
	}
	changed, err := source.Append(data, &v.site, e, a)
	if err != nil && u.at == "" { // it began within this minute: be exact to the second
		a.Time = v.now
		changed, err = source.Append(data, &v.site, e, a)
	}
	if err != nil {
		return failed("", "%s: %v", e.Pos.File, err)
	}
	after, err := v.tryOut(u.reading, e.Pos.File, changed)
	if err != nil {
		return err
	}
	entry := entryOf(after.site, e)
	if err := added(e, entry, a); err != nil {
		return err
	}
	if err := u.replaceFile(e.Pos.File, changed); err != nil {
		return err
	}
	u.report(v, written{word: spoken(a.Word), at: a.Time, entry: entry, before: &v.site, after: &after.site, problems: after.problems})
	return nil
}

// find is the entry that is meant.
func (u updating) find(v view) (*site.Entry, error) {
	var all, open []*site.Entry
	for i := range v.site.Entries {
		e := &v.site.Entries[i]
		if e.Slug == u.slug {
			return e, nil
		}
		if !strings.Contains(e.Slug, strings.ToLower(u.slug)) {
			continue
		}
		all = append(all, e)
		if e.Open(v.now) || u.slug != "" && e.Upcoming(v.now) {
			open = append(open, e)
		}
	}
	switch {
	case len(open) == 1:
		return open[0], nil
	case u.slug == "" && len(open) == 0:
		return nil, usage("name the entry: allclear update SLUG STATUS", "nothing is open")
	case len(open) > 1:
		return nil, usage("name one of them: "+slugs(open), "%d entries are open", len(open))
	case len(all) == 1:
		return all[0], nil
	case len(all) > 1:
		return nil, usage("name one of them: "+slugs(all), "%q fits %d entries", u.slug, len(all))
	}
	var known []string
	for _, e := range v.site.Entries {
		known = append(known, e.Slug)
	}
	return nil, usage(diag.DidYouMean(u.slug, known), "no entry is called %q", u.slug)
}

func slugs(entries []*site.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Slug)
	}
	return strings.Join(list, ", ")
}

// timeFor is the time of the update: to the minute, or to the second where the
// entry began within this minute, since what begins and ends at one time was not.
func (u updating) timeFor(v view, e *site.Entry) time.Time {
	at := u.toTheMinute(v)
	if begin := e.Begin(); u.at == "" && !at.After(begin) && !begin.After(v.now) {
		at = v.now
		if at.Equal(begin) {
			at = begin.Add(time.Second)
		}
	}
	return at
}

// addition is what the flags and answers say.
func (u updating) addition(v view, e *site.Entry) (source.Addition, error) {
	a := source.Addition{Time: u.timeFor(v, e)}
	word, ok := source.ParseWord(e.Kind, u.word, v.site.Languages)
	if !ok {
		var known []string
		for _, w := range site.WordsOf(e.Kind) {
			known = append(known, strings.ReplaceAll(w.String(), "_", "-"))
		}
		hint := diag.DidYouMean(u.word, known)
		if _, other := source.ParseWord(1-e.Kind, u.word, v.site.Languages); other {
			hint = "known: " + strings.Join(known, ", ")
		}
		return a, usage(hint, "%q is no status of an update on this %s", u.word, e.Kind)
	}
	a.Word = word
	var err error
	if a.Statuses, err = statusChanges(v.site, u.components); err != nil {
		return a, err
	}
	if u.asks && maySay() {
		var q asking
		q.text(e.Title.Default+": what do you tell your customers?", &a.Text, false)
		err = q.put()
		a.Text = strings.TrimSpace(a.Text)
		return a, err
	}
	a.Text, err = message(u.text)
	return a, err
}

// statusChanges reads what --component says.
func statusChanges(s site.Site, values []string) ([]source.StatusChange, error) {
	list, err := targets(s, values)
	if err != nil {
		return nil, err
	}
	var changes []source.StatusChange
	for _, t := range list {
		if t.status == "" {
			return nil, usage("write --component "+t.component+"=degraded", "--component: %q names no status", t.component)
		}
		status, err := statusNamed("component", t.status)
		if err != nil {
			return nil, err
		}
		if len(t.regions) > 0 {
			return nil, usage("edit the file: an impact takes regions", "--component: update does not take regions")
		}
		ids := []string{t.component}
		if t.component == "all" {
			ids = componentIDs(s)
		}
		for _, id := range ids {
			changes = append(changes, source.StatusChange{Component: id, Status: status})
		}
	}
	return changes, nil
}

func componentIDs(s site.Site) []string {
	var ids []string
	for _, c := range s.Components {
		ids = append(ids, c.ID)
	}
	return ids
}

func entryOf(s site.Site, like *site.Entry) *site.Entry {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Kind == like.Kind && e.Slug == like.Slug {
			return e
		}
	}
	return &site.Entry{}
}

// added makes sure that the file now says one update more, and otherwise what it
// said: a text could itself hold headings that open updates.
func added(before, after *site.Entry, a source.Addition) error {
	texts := map[string]int{}
	said := func(u site.Update) string {
		return u.Time.String() + u.Status.String() + u.Body.Markdown + strings.Join(u.Body.Definitions, "\n")
	}
	for _, u := range after.Updates {
		texts[said(u)]++
	}
	for _, u := range before.Updates {
		texts[said(u)]--
	}
	lost := len(after.Updates) != len(before.Updates)+1
	for _, n := range texts {
		lost = lost || n < 0
	}
	sameReport := before.Report == nil || before.Report.Whole || after.Report != nil && after.Report.Body.Markdown == before.Report.Body.Markdown
	if lost || !sameReport {
		return failed("a text must not hold headings of updates, and code must be closed in the file", "the update would change other parts of %s, which stays as it was", before.Pos.File)
	}
	return nil
}

// completeUpdate offers slugs of open entries, and the words of an update.
func completeUpdate(r *reading) cobra.CompletionFunc {
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
					words = append(words, e.Slug+"\t"+e.Title.Default)
				}
			}
		}
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			for _, w := range site.WordsOf(kind) {
				words = append(words, strings.ReplaceAll(w.String(), "_", "-"))
			}
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}
