// Package ledger remembers which updates notify has sent to which targets, so that each is
// sent once, whoever runs notify, wherever, and however a run ends.
//
// A run claims what it is about to send, sends it, and marks it as sent ([Ledger.Claim],
// [Ledger.Begin], [Ledger.Mark]). A claim is a write that fails if somebody else wrote in
// the meantime, so two runs never have the same claim. What a run that was killed has left
// is taken over by the next one, if it was not begun, or if sending it twice does no harm.
// Otherwise nobody knows whether it arrived: it is reported once and not sent again.
//
// The ledger is one small JSON file (file.go), the same file on a branch of the repository's
// remote (git.go), or an object of an S3 store (s3.go).
package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// RunLimit is how long a run may send after its claim. It then stops by itself.
const RunLimit = 10 * time.Minute

// lease is how long a claim holds if nobody can tell whether the run that has it still
// lives. It is longer than RunLimit, since the clocks of two machines may differ.
const lease = 20 * time.Minute

// Target is a target of notify, as the ledger sees it.
type Target struct {
	Name string
	// Repeat is for how long after the first try sending an update again does no harm. It is
	// 0 where every try is one more message.
	Repeat time.Duration
}

// Item is an update that a target should get.
type Item struct {
	Target Target
	IDs    []string  // PAGE#NAME, under which it may have been sent; the first one is its own
	Digest string    // of its word and text; "" if another time makes it another item
	At     time.Time // when it was published

	RecordOnly bool // it is not to be sent in this run, only recorded if the target is new
}

// Verdict is what becomes of an item in this run.
type Verdict int

const (
	Send       Verdict = iota // this run has the claim, and sends it
	Done                      // it was sent, or will never be
	Recorded                  // the target is new: what was published before is not sent
	Busy                      // another run is sending it
	Unfinished                // a run ended while it sent this, and nobody knows whether it arrived
	Expired                   // it failed, and is older now than max_age
)

// Outcome is what became of an item that this run had claimed.
type Outcome int

const (
	Sent     Outcome = iota
	Failed           // it was not sent; a later run tries again
	Unsure           // nobody knows
	Released         // it was not begun
	Reported         // its verdict was Unfinished or Expired, and the user knows
)

// Result is an item with the outcome of sending it.
type Result struct {
	Item
	Outcome Outcome
}

// Ledger is the ledger of one run.
type Ledger struct {
	env   remote.Environment
	store store
	run   string // the id of this run
	clock func() time.Time
	alive func(run string) bool // false if a run is known to have ended
	pause func(context.Context, time.Duration)
	step  func(string)    // for tests
	began time.Time       // when this run made its claims
	fresh map[string]bool // the targets that it met for the first time
}

// Options are the settings of [Open].
type Options struct {
	Folder  string                            // of the site
	Resolve func(path string) (string, error) // resolves the path of a file: ledger, or refuses it
	Env     func(string) string
	Clock   func() time.Time

	// For tests: whether a run may still be alive, and what is called before and after each
	// write. Nil otherwise.
	Alive func(run string) bool
	Step  func(string)
}

// store holds the ledger's bytes.
type store interface {
	// read returns the bytes and their version. The error is fs.ErrNotExist if there are none.
	read(ctx context.Context) (data []byte, version string, err error)
	// write replaces a version, which is "" for none. The error is remote.ErrChanged if
	// another version is there.
	write(ctx context.Context, data []byte, version, what string) error
	// cheap reports whether a write for every message is all right.
	cheap() bool
	close() error
}

// Open opens a ledger: git:BRANCH, file:PATH or s3://BUCKET/NAME.
func Open(ctx context.Context, address string, opt Options) (*Ledger, error) {
	env := remote.Environment{Name: "notify", Get: opt.Env}
	s, err := openStore(ctx, address, opt)
	if err != nil {
		return nil, env.HideIn(err, "")
	}
	wait := func(ctx context.Context, d time.Duration) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}
	l := &Ledger{store: s, env: env, run: newRun(rand.Text()[:8]), clock: opt.Clock, alive: alive, pause: wait, step: func(string) {}}
	if opt.Alive != nil {
		l.alive = opt.Alive
	}
	if opt.Step != nil {
		l.step = opt.Step
	}
	return l, nil
}

// Empty returns a ledger that knows nothing, for a preview where the real one cannot be
// read.
func Empty(clock func() time.Time) *Ledger {
	return &Ledger{
		env: remote.Environment{Get: os.Getenv}, store: nothing{}, clock: clock, alive: alive,
		pause: func(context.Context, time.Duration) {}, step: func(string) {},
	}
}

// Close closes the ledger.
func (l *Ledger) Close() error { return l.store.close() }

// Scope says which updates a run looks at.
type Scope struct {
	Targets []Target
	At      time.Time // the instant as of which it looks
	MaxAge  time.Duration
	Before  time.Time // the date of the newest update that is too old; zero if none is
	// Exists reports whether the site has an update with this ID now, however old. Nil: it
	// has all that the ledger knows.
	Exists func(id string) bool
}

// Claim claims items and returns a verdict for each, and the items of earlier runs that
// ended without a result and are too old now: their verdict is Unfinished or Expired. These
// come again until they are marked as Reported. It is one write, or none if nothing
// changes. With dry, nothing is written.
func (l *Ledger) Claim(ctx context.Context, scope Scope, items []Item, dry bool) (verdicts []Verdict, old []Old, err error) {
	l.began = l.clock()
	l.fresh = map[string]bool{}
	err = l.change(ctx, fmt.Sprintf("notify: claim %d", len(items)), dry, func(b *book) bool {
		verdicts, old = b.claim(claimer{run: l.run, now: l.began, alive: l.alive, begin: !l.store.cheap(), Scope: scope}, items)
		for _, t := range scope.Targets {
			l.fresh[t.Name] = b.Targets[t.Name].Run == l.run
		}
		return b.changed
	})
	return verdicts, old, err
}

// New reports whether the last Claim met a target for the first time.
func (l *Ledger) New(target string) bool { return l.fresh[target] }

// Begin notes that an item is about to be sent. It returns false if it must not be: the
// run has taken too long, or another one has the claim now.
func (l *Ledger) Begin(ctx context.Context, item Item) (bool, error) {
	if l.clock().Sub(l.began) >= RunLimit {
		return false, nil
	}
	if !l.store.cheap() {
		return true, nil // the claim says so already
	}
	ours := false
	err := l.change(ctx, "notify: begin", false, func(b *book) bool {
		m, found := b.mark(item)
		if ours = found && m.Run == l.run && (m.State == claimed || m.State == sending); !ours || m.State == sending {
			return false
		}
		m.State, m.At = sending, l.clock()
		b.set(item, m)
		return true
	})
	return ours, err
}

// Mark notes what became of items. If the ledger writes all marks at the end of a run
// ([Ledger.Batch]), call it once.
func (l *Ledger) Mark(ctx context.Context, results ...Result) error {
	return l.change(ctx, fmt.Sprintf("notify: mark %d", len(results)), false, func(b *book) bool {
		b.changed = false
		for _, r := range results {
			b.finish(r, l.run, l.clock())
		}
		return b.changed
	})
}

// Batch reports whether marks should be written together, at the end of the run.
func (l *Ledger) Batch() bool { return !l.store.cheap() }

// changeTries is how often a write is tried when others write at the same time.
const changeTries = 30

// change reads the ledger, lets f change it and writes it, again and again until nobody
// else wrote in the meantime. f returns whether it changed anything, and must come to the
// same when its changes are there already: an answer to a write may get lost.
func (l *Ledger) change(ctx context.Context, what string, dry bool, f func(*book) bool) error {
	for n := 1; ; n++ {
		data, version, err := l.store.read(ctx)
		b := newBook()
		switch {
		case err == nil:
			if b, err = parse(data); err != nil {
				return err
			}
		case !errors.Is(err, fs.ErrNotExist):
			return l.env.HideIn(err, "")
		}
		if !f(b) || dry {
			return nil
		}
		if data, err = b.encode(); err != nil {
			return err
		}
		l.step("before " + what)
		err = l.store.write(ctx, data, version, what)
		l.step("after " + what)
		if err == nil || !errors.Is(err, remote.ErrChanged) || ctx.Err() != nil {
			return l.env.HideIn(err, "")
		}
		if n == changeTries {
			return remote.Errorf("see whether something else writes it, or writes of it are cached",
				"the ledger was changed by others %d times in a row", n)
		}
		l.pause(ctx, time.Duration(mathrand.IntN(5*min(n, 10)+1))*time.Millisecond)
	}
}
