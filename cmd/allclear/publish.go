package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/deploy"
	"allclear/generator/diag"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

// publishFlags are the flags of publish.
type publishFlags struct {
	readFlags
	ifDue, dryRun bool
	allowBroken   bool
	notify        bool
	wait          time.Duration
	format        string
}

func publishCommand() *cobra.Command {
	var p publishFlags
	format := newEnumFlag("text", "json")
	cmd := &cobra.Command{
		Use:   "publish [target...]",
		Short: "Build the site, upload it to its hosts, and check what visitors get",
		Long: `Check and build the site, and bring it to the targets that publish: in
content/site.yml names, side by side. Only files that differ are sent, and only
files that allclear published are ever removed. Where a target has a url, the
command waits until visitors get the new site there. It refuses to let addresses
vanish that people may have kept.

Secrets come from the environment; docs/publishing.md says which.

The exit code is 1 if a target failed. The others are published all the same.`,
		Example: `  allclear publish                 to all targets
  allclear publish main            to one of them
  allclear publish --dry-run       show what would change
  allclear publish --notify        then send new updates to subscribers
  allclear publish --if-due        for schedules: only if something is new
  allclear publish --if-due --dry-run    say whether it is due`,
		RunE: func(cmd *cobra.Command, args []string) error {
			p.format = format.word
			return p.run(cmd, args)
		},
	}
	p.flags(cmd)
	cmd.Flags().BoolVar(&p.ifDue, "if-due", false, "end at once unless the live site differs or was to change by now")
	cmd.Flags().BoolVar(&p.dryRun, "dry-run", false, "show what would change, and publish nothing")
	cmd.Flags().BoolVar(&p.allowBroken, "allow-broken", false, "addresses of the published site may vanish")
	cmd.Flags().BoolVar(&p.notify, "notify", false, "once visitors get the site, send new updates as allclear notify does")
	cmd.Flags().DurationVar(&p.wait, "wait", 2*time.Minute, "how long to wait until visitors get the new site")
	cmd.Flags().Var(format, "format", "how to print the result: text or json")
	return cmd
}

// run publishes to the targets that are named, or to all.
func (p publishFlags) run(cmd *cobra.Command, names []string) error {
	if p.wait <= 0 {
		return usageErrorf("write a length of time such as 2m", "--wait: %v is not above zero", p.wait)
	}
	v, result, err := p.build(site.Hash{})
	if err != nil {
		return err
	}
	if p.ifDue && p.dryRun && len(v.site.Publish)+len(names) == 0 {
		return p.askHost(cmd, v, &result)
	}
	if v.problems.HasErrors() {
		v.printProblems()
		return errorf("", "%s; nothing was published", v.problems.Tally())
	}
	targets, err := chooseTargets(v.site.Publish, names)
	if err != nil {
		return err
	}
	if p.notify {
		if err := v.hasTargets(); err != nil {
			return err
		}
	}
	if !p.ifDue {
		v.printProblems()
	}
	builds := &builds{flags: p.readFlags, now: v.now, known: map[int64]func() (*deploy.Site, error){}}
	builds.known[v.now.Unix()] = sync.OnceValues(func() (*deploy.Site, error) { return deploy.NewSite(result.Files) })
	results := deploy.Run(cmd.Context(), targets, deploy.Options{
		Build: builds.at, Now: v.now, IfDue: p.ifDue, DryRun: p.dryRun, Broken: p.allowBroken, Wait: p.wait,
		Env: os.Getenv, Hold: &holdExit,
		Folder: func(name string) (string, error) { return p.targetFolder(name) },
		Log: func(target, format string, a ...any) {
			fmt.Fprintf(os.Stderr, "%s: %s\n", target, diag.Printable(fmt.Sprintf(format, a...)))
		},
	})
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	if p.ifDue && slices.ContainsFunc(results, func(r deploy.Result) bool { return !r.Skipped }) {
		v.printProblems() // a schedule that has nothing to do says nothing of them
	}
	return p.report(cmd, v, results)
}

// targetFolder resolves the folder of a dir: target, which is relative to the site's
// folder. It refuses what --out refuses.
func (p publishFlags) targetFolder(name string) (string, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(p.source, name)
	}
	return siteFolder("dir:", name, p.source)
}

// chooseTargets returns the targets with these names, or all if there are no names.
func chooseTargets(all []site.PublishTarget, names []string) ([]site.PublishTarget, error) {
	if len(all) == 0 {
		return nil, errorf(`add publish: [{name: main, to: "dir:/srv/status/public"}] to it; docs/publishing.md has other hosts`,
			"content/site.yml has no publish:, so there is nowhere to publish to")
	}
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, t := range all {
		known = append(known, t.Name)
	}
	var chosen []site.PublishTarget
	for _, name := range names {
		i := slices.IndexFunc(all, func(t site.PublishTarget) bool { return strings.EqualFold(t.Name, name) })
		switch {
		case i < 0:
			return nil, usageErrorf(diag.DidYouMean(name, known), "content/site.yml has no target %q", name)
		case !slices.Contains(chosen, all[i]):
			chosen = append(chosen, all[i])
		}
	}
	return chosen, nil
}

// builds builds the site as of several instants, each once.
type builds struct {
	flags readFlags
	now   time.Time
	mu    sync.Mutex
	known map[int64]func() (*deploy.Site, error)
}

// at returns the site as of an instant.
func (b *builds) at(t time.Time) (*deploy.Site, error) {
	b.mu.Lock()
	build := b.known[t.Unix()]
	if build == nil {
		build = sync.OnceValues(func() (*deploy.Site, error) {
			flags := b.flags
			flags.at = t.UTC().Format("2006-01-02 15:04:05 UTC")
			v, result, err := flags.build(site.Hash{})
			if err == nil && v.problems.HasErrors() {
				err = errorf("", "%s", v.problems.Tally())
			}
			if err != nil {
				return nil, err
			}
			return deploy.NewSite(result.Files)
		})
		b.known[t.Unix()] = build
	}
	b.mu.Unlock()
	return build()
}
