package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/deploy"
	"allclear/cmd/allclear/internal/remote"
	"allclear/generator"
	"allclear/generator/news"
	"allclear/generator/site"
	"allclear/themes"

	"github.com/spf13/cobra"
)

// diffFlags are the flags of diff.
type diffFlags struct {
	readFlags
	against     string
	allowBroken bool
	format      string
}

func diffCommand() *cobra.Command {
	var d diffFlags
	format := newEnumFlag("text", "markdown", "json")
	cmd := &cobra.Command{
		Use:   "diff",
		Short: "Show what publishing these files would change",
		Long: `Compare these files with the published site, and show what publishing them would
change: updates, incidents, maintenance, announcements, the status of components,
the overall answer, uptime, and what feeds, calendars and notify send.

The published site is the one under url in content/site.yml. With --against, it is
another address, a folder that allclear build wrote, a state.json, or the folder of
another site, such as a checkout of the main branch.

The exit code is 1 if addresses would vanish that people may have kept: pages,
feeds and calendars. Aliases keep them. Differences alone are no error.`,
		Example: `  allclear diff
  allclear diff --format markdown > comment.md
  allclear diff --against ../main
  allclear diff --against https://status2.example.com`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d.format = format.word
			return d.run(cmd)
		},
	}
	d.flags(cmd)
	cmd.Flags().StringVar(&d.against, "against", "", "an `address or folder` to compare with; by default url in content/site.yml")
	cmd.Flags().BoolVar(&d.allowBroken, "allow-broken", false, "addresses may vanish")
	cmd.Flags().Var(format, "format", "text, markdown or json")
	return cmd
}

// run compares and prints.
func (d diffFlags) run(cmd *cobra.Command) error {
	v, result, err := d.build(site.Hash{})
	if err == nil {
		err = v.failOnErrors()
	}
	if err != nil {
		return err
	}
	before, from, err := d.published(cmd.Context(), v)
	if err != nil {
		return err
	}
	c, err := d.compare(v, &result, before)
	if err != nil {
		return err
	}
	c.From = from
	if err := c.print(cmd, v, d.format); err != nil {
		return err
	}
	if len(c.Vanished) > 0 && !d.allowBroken {
		return errorf(brokenHint, "%s would vanish", count(len(c.Vanished), "address"))
	}
	return nil
}

// brokenHint says how to keep addresses that would vanish.
const brokenHint = "keep the files, or add the old address to the aliases of what replaces it (docs/format.md); " +
	"if they may go, use --allow-broken"

// published returns the state to compare with, and where it is from. A site that is not
// published yet has an empty state.
func (d diffFlags) published(ctx context.Context, v snapshot) (state news.State, from string, err error) {
	from = d.against
	if from == "" {
		from = v.site.URL
	}
	if from == "" {
		return state, from, errorf("set url in content/site.yml, or name an address or a folder with --against",
			"the site has no url, so there is nothing to compare with")
	}
	if strings.HasPrefix(from, "https://") || strings.HasPrefix(from, "http://") {
		if err := checkURL("against", from); err != nil {
			return state, from, err
		}
		return d.publishedAt(ctx, strings.TrimSuffix(from, "/state.json"), v)
	}
	state, err = d.stateIn(from, v)
	return state, from, err
}

// publishedAt returns the state of the site under an address. Where it says what to
// correct, that is --against if the address is from there.
func (d diffFlags) publishedAt(ctx context.Context, address string, v snapshot) (state news.State, from string, err error) {
	state, err = liveState(ctx, address, v.clockNow)
	from = "url in content/site.yml"
	if d.against != "" {
		from = "--against"
	}
	var known exitError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		printNote("warning: ", targetWarning{"nothing is published at " + address + " yet: everything is new",
			"if there is a site, see whether " + from + " is its address"})
		return news.State{}, address, nil
	case errors.As(err, &known):
		err = errorf(strings.Replace(known.hint, "url in content/site.yml", from, 1), "%s", known.Error())
	}
	return state, address, err
}

// liveState reads the state of the site under an address.
func liveState(ctx context.Context, address string, now time.Time) (news.State, error) {
	state, err := deploy.LiveState(ctx, address, now)
	var known *remote.Error
	if errors.As(err, &known) {
		err = errorf(known.Hint, "%s", known.Message)
	}
	return state, err
}

// stateIn reads the state of a folder that a build wrote, of a state.json, or of the
// folder of another site, which is built in memory as of the same instant.
func (d diffFlags) stateIn(name string, v snapshot) (news.State, error) {
	info, err := os.Stat(name)
	if err != nil {
		return news.State{}, usageErrorf("name an address such as https://status.example.com, or a folder", "--against: cannot open %s: %s",
			name, reason(err))
	}
	file := name
	if info.IsDir() {
		file = filepath.Join(name, "state.json")
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			if _, err := os.Stat(filepath.Join(name, "content")); err == nil {
				return d.stateOfSite(name, v)
			}
			return news.State{}, usageErrorf("name a folder that allclear build wrote, or the folder of a site",
				"--against: %s has no state.json and no content/", name)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return news.State{}, errorf("", "cannot read %s: %s", file, reason(err))
	}
	state, err := news.Parse(data)
	if err != nil {
		return state, errorf("build that folder again, or name another one", "cannot read %s: %v", file, err)
	}
	return state, nil
}

// stateOfSite returns the state of another site's folder.
func (d diffFlags) stateOfSite(name string, v snapshot) (news.State, error) {
	other := readFlags{source: name, drafts: d.drafts, at: contentTime(v.now)}
	_, result, err := other.build(site.Hash{})
	if err != nil {
		return news.State{}, err
	}
	if result.Problems.HasErrors() {
		hint := "allclear check --source " + quotedForShell(name) + " lists them"
		return news.State{}, errorf(hint, "%s in %s", result.Problems.Tally(), name)
	}
	return stateOf(&result)
}

// contentTime returns an instant as the content's times are written.
func contentTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// stateOf returns the state of a site that was built.
func stateOf(result *generator.Result) (news.State, error) {
	file, ok := result.File("state.json")
	if !ok {
		return news.State{}, errors.New("the site has no state.json")
	}
	data, err := file.Bytes()
	if err != nil {
		return news.State{}, err
	}
	return news.Parse(data)
}

// comparison is what diff found out.
type comparison struct {
	From      string     `json:"against"`
	BuiltAt   *time.Time `json:"built_at"` // of what is published; null if nothing is
	At        time.Time  `json:"at"`       // as of which these files are compared
	Identical bool       `json:"identical"`
	news.Changes
	Notify   []notification `json:"notify"`   // what notify would send
	Vanished []string       `json:"vanished"` // addresses

	incomplete bool // an older version published it
}

// compare compares these files with a state.
func (d diffFlags) compare(v snapshot, result *generator.Result, before news.State) (comparison, error) {
	c := comparison{At: v.now.UTC()}
	now, err := stateOf(result)
	if err != nil {
		return c, err
	}
	then := now
	if !before.At.IsZero() {
		at := before.At.UTC()
		c.BuiltAt, c.incomplete = &at, !before.Complete()
		then = d.asOf(v, at, now)
	} else {
		before.Build = "none" // nothing is published, so all that is published will be new
	}
	files := make(map[string]bool, len(result.Files))
	for _, f := range result.Files {
		files[f.Path] = true
	}
	c.Changes = news.Compare(before, then, now)
	c.Vanished = news.Vanished(before, func(file string) bool { return files[file] })
	c.Notify = notifications(v, before)
	c.Identical = c.Empty() && len(c.Vanished) == 0
	return c, nil
}

// asOf returns the state of these files at the instant of the published build, or now's
// if they have none there.
func (d diffFlags) asOf(v snapshot, at time.Time, now news.State) news.State {
	if at.Equal(v.now) {
		return now
	}
	result := generator.Build(v.folder, themes.In(v.folder), d.options(at, v.clockNow))
	if result.Problems.HasErrors() {
		return now
	}
	if state, err := stateOf(&result); err == nil {
		return state
	}
	return now
}
