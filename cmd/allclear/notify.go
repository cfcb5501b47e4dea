package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/deploy"
	"allclear/cmd/allclear/internal/ledger"
	"allclear/cmd/allclear/internal/post"
	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/news"
	"allclear/generator/site"
	"allclear/themes"

	"github.com/spf13/cobra"
)

// notifyFlags are the flags of notify.
type notifyFlags struct {
	readFlags
	dryRun bool
	since  string
	verify bool
	wait   time.Duration // for the site, with verify
	format string
}

// verifyWait is how long --verify waits by default.
const verifyWait = 10 * time.Second

func notifyCommand() *cobra.Command {
	var n notifyFlags
	format := newEnumFlag("text", "json")
	cmd := &cobra.Command{
		Use:   "notify",
		Short: "Send new updates to the channels of notify in site.yml",
		Long: `Send updates that are published and were not sent yet to the targets that notify:
in content/site.yml names: chat, e-mail lists, webhooks and others. Run it after the
site is live, or let publish --notify do both.

Each update is sent once to each target. A ledger keeps what was sent, so that two
runs at once, or one that was killed, send nothing twice. The first run only records
what is published. Nothing older than max_age is ever sent.

Secrets come from the environment; docs/publishing.md says which.

The exit code is 1 if something was not sent. The other targets get theirs all the
same, and the next run tries again.`,
		Example: `  allclear notify                  send what is new
  allclear notify --dry-run        show each message, and send nothing
  allclear notify --verify         send only what visitors can see already
  allclear notify --verify --wait 5m    wait for that, as after a push
  allclear notify test ops-chat    send a message that says it is a test`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			n.format = format.word
			return n.run(cmd)
		},
	}
	n.flags(cmd)
	timeFlag(cmd, &n.since, "since", "only what was published after this `time`; with --dry-run also what is too old to be sent")
	cmd.Flags().BoolVar(&n.dryRun, "dry-run", false, "show each message, and send nothing")
	cmd.Flags().BoolVar(&n.verify, "verify", false, "ask the site under url first, and send nothing that it does not show")
	cmd.Flags().DurationVar(&n.wait, "wait", verifyWait, "with --verify: how long to wait until visitors can see it")
	cmd.Flags().Var(format, "format", "how to print the result: text or json")
	cmd.AddCommand(notifyTestCommand())
	return cmd
}

// run sends what is new.
func (n notifyFlags) run(cmd *cobra.Command) error {
	v, err := n.readToNotify()
	if err != nil {
		return err
	}
	since, err := v.readTime("since", n.since, when.Past)
	if err != nil {
		return err
	}
	r, err := n.notify(cmd.Context(), cmd.OutOrStdout(), v, since)
	if err != nil {
		return err
	}
	if n.format == "json" {
		if err := printJSON(cmd.OutOrStdout(), r.record()); err != nil {
			return err
		}
	} else {
		r.print()
	}
	return r.failure()
}

// readToNotify reads the site. It is an error if the site has mistakes or no targets.
func (n notifyFlags) readToNotify() (snapshot, error) {
	v, err := n.read()
	if err != nil {
		return v, err
	}
	if v.problems.HasErrors() {
		v.printProblems()
		return v, errorf("", "%s; nothing was sent", v.problems.Tally())
	}
	return v, v.hasTargets()
}

// hasTargets returns an error if the site has nobody to notify.
func (v snapshot) hasTargets() error {
	if len(v.site.Notify.Targets) > 0 {
		return nil
	}
	return errorf("add one under notify; docs/subscribers.md has an example for each kind",
		"content/site.yml names no targets under notify, so there is nobody to send anything to")
}

// notifyRun is what a run of notify did.
type notifyRun struct {
	v       snapshot
	dryRun  bool
	blind   bool // a dry run that could not read the ledger
	json    bool
	out     io.Writer
	results []post.Result
	err     error        // of the ledger, after messages were sent
	printed map[any]bool // messages and old events that were printed as they happened
}

// notify sends what is new. An error means that nothing was sent.
func (n notifyFlags) notify(ctx context.Context, out io.Writer, v snapshot, since time.Time) (*notifyRun, error) {
	r := &notifyRun{v: v, dryRun: n.dryRun, json: n.format == "json", out: out, printed: map[any]bool{}}
	opt, err := n.options(v)
	if err != nil {
		return r, err
	}
	opt.Since = since
	if !n.dryRun {
		opt.OnMessage, opt.OnOld = r.onMessage, r.onOld
		if v.now.After(time.Now().Add(time.Minute)) {
			printNote("warning: ", targetWarning{
				"--at is in the future, so what is not published yet is sent as well", "add --dry-run to only see it",
			})
		}
	}
	if n.verify {
		if v.site.URL == "" {
			return r, errorf("set url in content/site.yml to the address of the published site",
				"the site has no url, so --verify can ask nobody")
		}
		until := time.Now().Add(n.wait)
		opt.Verify = func(ctx context.Context, e news.Event) error { return visible(ctx, v.site.URL, e, until) }
	}
	book, err := ledger.Open(ctx, v.site.Notify.Ledger, ledger.Options{
		Folder: n.source, Resolve: n.ledgerFile, Env: os.Getenv, Clock: time.Now,
	})
	switch {
	case err != nil && n.dryRun:
		printNote("warning: ", warningOf(err, "the ledger cannot be read, so everything within max_age is shown: "))
		r.blind, book = true, ledger.Empty(time.Now)
	case err != nil:
		return r, commandError(err)
	}
	defer book.Close()
	opt.Ledger = book
	r.results, err = post.Run(ctx, opt)
	switch {
	case err == nil:
		return r, ctx.Err() // after a signal, the program ends
	case r.sent() > 0: // whatever the ledger says
		r.err = err
		return r, nil
	}
	return r, commandError(err)
}

// options returns the options for package post.
func (n notifyFlags) options(v snapshot) (post.Options, error) {
	speaker, err := news.NewSpeaker(&v.site, themes.In(v.folder)(v.site.Theme))
	return post.Options{
		Site: &v.site, Speaker: speaker, At: v.now, DryRun: n.dryRun,
		Env: os.Getenv, Clock: time.Now, Version: version(), Hold: &holdExit, Wait: pause,
	}, err
}

// pause waits for a while, or until the program is to end.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// visible waits until visitors of the site under an address can see an event. If they
// cannot by then, it returns an error.
func visible(ctx context.Context, address string, e news.Event, until time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	_, id, _ := strings.Cut(e.ID, "#")
	if !strings.HasPrefix(id, "u-") {
		id = "" // a reminder, or an update that the clock wrote
	}
	return deploy.Visible(ctx, address, e.Path, id)
}

// ledgerFile resolves the path of a file: ledger, which is relative to the site's folder.
// It refuses what --out refuses, but not the site's folder itself: the ledger may be
// beside content/.
func (n notifyFlags) ledgerFile(name string) (string, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(n.source, name)
	}
	full, err := realPath(name)
	if err != nil {
		return "", errorf("", "ledger: cannot resolve %s: %s", name, reason(err))
	}
	if info, err := os.Stat(full); err == nil && info.IsDir() {
		return "", errorf("name a file in it", "ledger: %s is a folder", name)
	}
	folder := filepath.Dir(full)
	if home, err := realPath(n.source); err == nil && sameFolder(folder, home) {
		return full, nil
	}
	if _, err := siteFolder("ledger: file:", folder, n.source); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(folder, ".allclear")); err == nil {
		return "", errorf("put it beside the folder", "ledger: %s is in a folder that is published", name)
	}
	return full, nil
}

func notifyTestCommand() *cobra.Command {
	var n notifyFlags
	cmd := &cobra.Command{
		Use:   "test NAME",
		Short: "Send a message that says it is a test to one target",
		Long: `Send a message that says it is a test to one target of notify: in
content/site.yml. The ledger does not matter, and stays as it is.`,
		Example: `  allclear notify test ops-chat
  allclear notify test ops-chat --dry-run`,
		ValidArgsFunction: completeNotifyTargets(&n),
		RunE:              func(cmd *cobra.Command, args []string) error { return n.test(cmd, args) },
	}
	n.flags(cmd)
	cmd.Flags().BoolVar(&n.dryRun, "dry-run", false, "show the message, and send nothing")
	return cmd
}

// completeNotifyTargets completes the names of targets.
func completeNotifyTargets(n *notifyFlags) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		v, err := n.read()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return notifyNames(v.site.Notify), cobra.ShellCompDirectiveNoFileComp
	}
}

func notifyNames(n site.Notify) []string {
	var names []string
	for _, t := range n.Targets {
		names = append(names, t.Name)
	}
	return names
}

// test sends a test to the target that is named.
func (n notifyFlags) test(cmd *cobra.Command, args []string) error {
	v, err := n.readToNotify()
	if err != nil {
		return err
	}
	names := notifyNames(v.site.Notify)
	if len(args) != 1 {
		return usageErrorf("allclear notify test "+names[0], "name one target: %s", strings.Join(names, ", "))
	}
	i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, args[0]) })
	if i < 0 {
		return usageErrorf(diag.DidYouMean(args[0], names), "content/site.yml has no target %q under notify", args[0])
	}
	opt, err := n.options(v)
	if err != nil {
		return err
	}
	m, err := post.Test(cmd.Context(), opt, names[i])
	if err != nil {
		return commandError(err)
	}
	return printTest(cmd.OutOrStdout(), names[i], m, n.dryRun)
}
