package main

import (
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/filelock"
	"allclear/cmd/allclear/when"
	"allclear/generator/alerts"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/themes"

	"github.com/spf13/cobra"
)

// ingestFlags are the arguments and flags of ingest.
type ingestFlags struct {
	readFlags
	kind   string // the source, or "" to recognize it
	dryRun bool
}

func ingestCommand() *cobra.Command {
	var f ingestFlags
	cmd := &cobra.Command{
		Use:   "ingest [SOURCE] < PAYLOAD",
		Short: "Turn an alert of monitoring into an incident",
		Long: `Read what monitoring sends, and open, update or resolve an incident by the rules in
content/alerts.yml. SOURCE is recognized by the payload's keys if you leave it out.
An alert that no rule matches changes nothing, and one that was read before changes
no byte. If somebody has written an update, they resolve the incident.

Sources: ` + strings.Join(alerts.Kinds(), ", ") + `.
docs/monitoring.md has a recipe for each.`,
		Example: `  allclear ingest < payload.json
  allclear ingest alertmanager --dry-run < payload.json
  allclear ingest github-issue < "$GITHUB_EVENT_PATH"`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) > 1:
				return usageErrorf("allclear ingest "+args[0]+" < payload.json",
					"ingest takes one source, and the payload from standard input")
			case len(args) == 1:
				f.kind = args[0]
				if _, err := os.Stat(f.kind); err == nil && !isKind(f.kind) {
					return usageErrorf("allclear ingest < "+quotedForShell(f.kind), "ingest reads the payload from standard input")
				}
				if !isKind(f.kind) {
					return usageErrorf(diag.DidYouMean(f.kind, alerts.Kinds()), "there is no source %q", f.kind)
				}
			}
			return nil
		},
		RunE:      func(*cobra.Command, []string) error { return f.run() },
		ValidArgs: alerts.Kinds(),
	}
	f.timeRule = when.Past
	f.flags(cmd)
	cmd.Flags().Lookup("at").Usage = "the `time` of arrival, also used as the current time (default: now)"
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "write nothing, and print what would be written")
	cmd.AddCommand(ingestMeasurementsCommand())
	return cmd
}

func isKind(word string) bool { return diag.Nearest(word, alerts.Kinds()) == word }

// lockName is the file that ingest locks while it changes the content, and lockWait is how
// long it waits for another one.
const (
	lockName = ".allclear-lock"
	lockWait = time.Minute
)

// run reads the payload and makes the changes that it leads to.
func (f ingestFlags) run() error {
	if isTerminal(os.Stdin) {
		return usageErrorf("allclear ingest < payload.json", "ingest reads the payload from standard input")
	}
	payload, err := io.ReadAll(io.LimitReader(os.Stdin, alerts.MaxPayload+1))
	if err != nil {
		return errorf("", "cannot read the payload from standard input: %s", reason(err))
	}
	events, err := alerts.Read(payload, f.kind)
	if err != nil {
		return alertError(err)
	}
	root, err := os.OpenRoot(f.source)
	if err != nil {
		return usageErrorf("use the folder that contains content/", "--source: cannot open %s: %s", f.source, reason(err))
	}
	defer root.Close()
	if _, err := openSiteDir(f.source); err != nil {
		return err
	}
	release, err := f.lock(root)
	if err != nil {
		return err
	}
	defer release()
	f.cache = &source.Cache{}
	failed := false
	for _, e := range events {
		refused, err := f.ingest(e)
		if err != nil {
			return err
		}
		failed = failed || refused
	}
	if failed {
		return exitWith(exitFailed)
	}
	return nil
}

// lock locks the site against other runs of ingest until release is called.
func (f ingestFlags) lock(root *os.Root) (release func(), err error) {
	for deadline := time.Now().Add(lockWait); ; time.Sleep(20 * time.Millisecond) {
		release, busy, err := filelock.Try(root, lockName)
		switch {
		case err != nil:
			return nil, errorf("", "cannot lock %s: %s", f.source, reason(err))
		case !busy:
			return release, nil
		case time.Now().After(deadline):
			return nil, errorf("try again; if no other one is running, delete "+lockName, "another ingest is changing %s", f.source)
		}
	}
}

// alertError returns an error of package alerts for the user.
func alertError(err error) error {
	var wrong *alerts.Error
	if errors.As(err, &wrong) {
		return errorf(wrong.Hint, "%s", wrong.Message)
	}
	return err
}

// readWithDrafts reads the site, with drafts, and the words for incidents.
func (f ingestFlags) readWithDrafts() (snapshot, alerts.Words, error) {
	var words alerts.Words
	r := f.readFlags
	r.drafts = true
	v, err := r.readToWrite()
	if err != nil {
		return v, words, err
	}
	list, err := language.Open(themes.In(v.folder)(v.site.Theme), &v.site)
	if err != nil {
		return v, words, errorf("", "cannot read the language files: %v", err)
	}
	say := list[0].Say
	words.Opened, words.Changed = say("ingest.opened"), say("ingest.changed")
	words.Again, words.Recovered = say("ingest.again"), say("ingest.recovered")
	return v, words, nil
}
