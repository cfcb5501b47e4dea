// Package post sends what is new on a site to the targets that notify names in site.yml,
// each update once.
//
// [Run] asks package news what is new and what it is called at each target, claims it in
// the ledger, sends it, and marks it. Targets work side by side; the failure of one never
// stops another. How a message travels is in the file of its kind: send.go for what is one
// request, email.go, bluesky.go; what an answer means is in failure.go.
package post

import (
	"context"
	"slices"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/generator/news"
	"allclear/generator/site"
)

// Options are the settings of [Run].
type Options struct {
	Site    *site.Site
	Speaker *news.Speaker // of the site
	At      time.Time     // the instant as of which it looks
	Since   time.Time     // only what was published after it; zero: all within max_age
	DryRun  bool          // send nothing, and write nothing to the ledger
	Ledger  *ledger.Ledger
	Env     func(name string) string // reads an environment variable
	Clock   func() time.Time
	Wait    func(context.Context, time.Duration)
	Version string      // of the program
	Hold    sync.Locker // is locked while the program should not exit; may be nil
	Calls
}

// Calls are functions that [Run] calls on its way. Each may be nil.
type Calls struct {
	// Verify returns an error if visitors cannot see an event yet. It is then not sent.
	Verify func(context.Context, news.Event) error
	// OnMessage and OnOld are called as soon as it is known what became of a message, one
	// call at a time, and before the ledger counts that as reported.
	OnMessage func(*Result, *Message)
	OnOld     func(*Result, ledger.Old)
}

// Message is an event on its way to a target.
type Message struct {
	news.Event
	Said    news.Message
	Verdict ledger.Verdict
	Sent    bool
	Tries   int
	Held    bool     // an earlier one failed, so it stays for the next run
	Skipped bool     // it was published before Since: only recorded, if the target is new
	TooOld  bool     // only in a dry run: it is older than max_age
	Unseen  error    // visitors cannot see it yet, so it was not sent
	Err     *failure // why it was not sent, or why nobody knows
}

// Reason returns why a message was not sent, and what to do about it, which may be "".
func (m *Message) Reason() (message, hint string) {
	if m.Err == nil {
		return "", ""
	}
	return m.Err.message, m.Err.hint
}

// Unsure reports whether a message may have arrived although nobody knows.
func (m *Message) Unsure() bool { return m.Err != nil && !m.Held && m.Err.certainty == unsure }

// Result is what happened to one target.
type Result struct {
	Target   site.NotifyTarget
	Messages []*Message   // those that are new, oldest first
	Old      []ledger.Old // of earlier runs: too old now to be sent
	New      bool         // the ledger did not know the target
	Err      error        // the target cannot be used at all

	channel *channel
}

// Run sends what is new and returns a result for each target. The error is one of the
// ledger: then nothing was sent, or what was sent could not be marked.
func Run(ctx context.Context, opt Options) ([]Result, error) {
	results := prepare(opt)
	if opt.Hold != nil {
		opt.Hold.Lock()
		defer opt.Hold.Unlock()
	}
	if opt.Verify != nil && !opt.DryRun {
		if err := verify(ctx, results, opt); err != nil {
			return results, err
		}
	}
	if err := claim(ctx, results, opt, opt.DryRun, usable); err != nil || opt.DryRun {
		return results, err
	}
	if err := claim(ctx, results, opt, true, unusable); err != nil { // which messages such a target waits for
		return results, err
	}
	return results, sendAll(ctx, results, opt)
}

// prepare opens the targets and makes the messages for each.
func prepare(opt Options) []Result {
	oldest := opt.At.Add(-opt.Site.Notify.MaxAge)
	from := oldest
	if opt.DryRun && !opt.Since.IsZero() && opt.Since.Before(from) {
		from = opt.Since
	}
	events := news.Events(opt.Site, from, opt.At)
	var results []Result
	for _, t := range opt.Site.Notify.Targets {
		r := Result{Target: t}
		if r.channel, r.Err = open(t, opt.Site, opt); opt.DryRun {
			r.Err = nil // a preview needs no secrets
		}
		for _, e := range events {
			if !e.Wanted(t) {
				continue
			}
			said, err := opt.Speaker.Say(e, t)
			if err != nil {
				r.Err = err
				break
			}
			r.Messages = append(r.Messages, &Message{
				Event: e, Said: said, TooOld: !e.At.After(oldest), Skipped: !opt.Since.IsZero() && !e.At.After(opt.Since),
			})
		}
		results = append(results, r)
	}
	return results
}

// item returns a message as the ledger sees it.
func (m *Message) item(t ledger.Target) ledger.Item {
	return ledger.Item{Target: t, IDs: append([]string{m.ID}, m.Also...), Digest: m.Digest, At: m.At, RecordOnly: m.Skipped}
}

func usable(r *Result) bool   { return r.Err == nil }
func unusable(r *Result) bool { return r.Err != nil }

// claim asks the ledger which messages this run sends to some of the targets.
func claim(ctx context.Context, results []Result, opt Options, dry bool, which func(*Result) bool) error {
	events := news.Events(opt.Site, time.Time{}, opt.At)
	ids := news.IDs(events)
	scope := ledger.Scope{At: opt.At, MaxAge: opt.Site.Notify.MaxAge, Exists: func(id string) bool { return ids[id] }}
	oldest := opt.At.Add(-scope.MaxAge)
	for _, e := range slices.Backward(events) {
		if !e.At.After(oldest) {
			scope.Before = e.At
			break
		}
	}
	var items []ledger.Item
	var messages []*Message
	for i := range results {
		r := &results[i]
		if !which(r) {
			continue
		}
		scope.Targets = append(scope.Targets, r.channel.ledger)
		for _, m := range r.Messages {
			if m.Unseen == nil && !m.TooOld {
				items, messages = append(items, m.item(r.channel.ledger)), append(messages, m)
			}
		}
	}
	if len(scope.Targets) == 0 {
		return nil
	}
	verdicts, old, err := opt.Ledger.Claim(ctx, scope, items, dry)
	if err != nil {
		return err
	}
	for i, v := range verdicts {
		messages[i].Verdict = v
	}
	for i := range results {
		if !which(&results[i]) {
			continue
		}
		results[i].New = opt.Ledger.New(results[i].Target.Name)
		results[i].Old = slices.DeleteFunc(slices.Clone(old), func(o ledger.Old) bool { return o.Target != results[i].Target.Name })
	}
	return nil
}

// verify asks for the pages of the events that this run would send, each once.
func verify(ctx context.Context, results []Result, opt Options) error {
	if err := claim(ctx, results, opt, true, usable); err != nil {
		return err
	}
	asked := map[string]error{}
	for _, r := range results {
		for _, m := range r.Messages {
			if r.Err != nil || m.Verdict != ledger.Send {
				continue
			}
			if _, known := asked[m.ID]; !known {
				asked[m.ID] = opt.Verify(ctx, m.Event)
			}
			m.Unseen = asked[m.ID]
		}
	}
	return nil
}
