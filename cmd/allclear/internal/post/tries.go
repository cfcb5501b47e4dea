package post

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/generator/news"
)

const (
	tries     = 4                       // of each message in one run
	longest   = time.Minute             // the longest pause that a server may ask for
	spacing   = 1100 * time.Millisecond // between two messages to one target: most services take one a second
	markTries = 3                       // of writing the marks at the end
)

// sender is one run that sends to all targets side by side.
type sender struct {
	Options
	mu     sync.Mutex
	marks  []ledger.Result // those to be written at the end
	failed error           // of writing marks
}

// sendAll sends the messages that this run has claimed.
func sendAll(ctx context.Context, results []Result, opt Options) error {
	s := &sender{Options: opt}
	var wait sync.WaitGroup
	for i := range results {
		if r := &results[i]; r.Err == nil {
			s.reportOld(ctx, r)
			wait.Go(func() { s.send(ctx, r) })
		}
	}
	wait.Wait()
	if len(s.marks) > 0 {
		s.failed = writeMarks(ctx, opt, s.marks)
	}
	return s.failed
}

// reportOld reports what earlier runs left behind.
func (s *sender) reportOld(ctx context.Context, r *Result) {
	for _, o := range r.Old {
		s.mu.Lock()
		if s.OnOld != nil {
			s.OnOld(r, o)
		}
		s.mu.Unlock()
		s.mark(ctx, ledger.Item{Target: r.channel.ledger, IDs: []string{o.ID}}, ledger.Reported)
	}
}

// report reports what became of a message, and then marks it.
func (s *sender) report(ctx context.Context, r *Result, m *Message, o ledger.Outcome) {
	s.mu.Lock()
	if s.OnMessage != nil {
		s.OnMessage(r, m)
	}
	s.mu.Unlock()
	s.mark(ctx, m.item(r.channel.ledger), o)
}

// mark notes an outcome in the ledger, at once or with all others at the end.
func (s *sender) mark(ctx context.Context, item ledger.Item, o ledger.Outcome) {
	result := ledger.Result{Item: item, Outcome: o}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Ledger.Batch() {
		s.marks = append(s.marks, result)
		return
	}
	s.failed = errors.Join(s.failed, writeMarks(ctx, s.Options, []ledger.Result{result}))
}

// writeMarks writes marks to the ledger, also if the run was stopped.
func writeMarks(ctx context.Context, opt Options, marks []ledger.Result) error {
	ctx = context.WithoutCancel(ctx)
	for n := 1; ; n++ {
		err := opt.Ledger.Mark(ctx, marks...)
		if err == nil || n == markTries {
			return err
		}
		opt.Wait(ctx, time.Duration(n)*time.Second)
	}
}

// send sends the messages for one target in order. Once the target fails as a whole, the
// others stay for the next run, so that they arrive in order.
func (s *sender) send(ctx context.Context, r *Result) {
	var down *failure
	first := true
	for _, m := range r.Messages {
		switch {
		case m.Unseen != nil || m.Verdict != ledger.Send && m.Verdict != ledger.Unfinished:
			continue
		case m.Verdict == ledger.Unfinished:
			s.report(ctx, r, m, ledger.Reported)
			continue
		}
		if !first && down == nil {
			s.Wait(ctx, spacing)
		}
		first = false
		if down != nil || ctx.Err() != nil {
			m.Held, m.Err = true, down
			s.report(ctx, r, m, ledger.Released)
			continue
		}
		down = s.sendOne(ctx, r, m)
	}
}

// sendOne sends one message. It returns the failure if the target fails as a whole.
func (s *sender) sendOne(ctx context.Context, r *Result, m *Message) (down *failure) {
	ours, err := s.Ledger.Begin(context.WithoutCancel(ctx), m.item(r.channel.ledger))
	if err != nil || !ours {
		m.Verdict = ledger.Busy
		if err != nil {
			m.Err = &failure{all: true, message: "the ledger cannot be written: " + err.Error()}
		}
		s.report(ctx, r, m, ledger.Released)
		return m.Err
	}
	m.Err = r.channel.try(ctx, s.Options, m)
	m.Sent = m.Err == nil
	s.report(ctx, r, m, outcome(m.Err))
	if m.Err != nil && m.Err.all {
		return m.Err
	}
	return nil
}

// outcome returns what the ledger notes for a failure.
func outcome(f *failure) ledger.Outcome {
	switch {
	case f == nil:
		return ledger.Sent
	case f.certainty == unsure:
		return ledger.Unsure
	}
	return ledger.Failed
}

// try sends a message, and again where that can help and does no harm: if it was not sent,
// or if the target shows it only once. A message that is on its way is not cut off by a
// signal.
func (c *channel) try(ctx context.Context, opt Options, m *Message) *failure {
	doubt := false // an earlier try may have arrived
	pause := time.Second
	for m.Tries = 1; ; m.Tries++ {
		f := c.send(context.WithoutCancel(ctx), m.Said)
		if f == nil {
			return nil
		}
		doubt = doubt || f.certainty == unsure
		mayRepeat := f.certainty == notSent || c.ledger.Repeat > 0
		wait := max(f.wait, pause/2+rand.N(pause))
		if doubt {
			f.certainty = unsure
		}
		if f.wait > longest {
			f.message += "; it asks to wait " + f.wait.Round(time.Second).String()
		}
		if !f.again || !mayRepeat || m.Tries == tries || wait > longest || ctx.Err() != nil {
			return f
		}
		if opt.Wait(ctx, wait); ctx.Err() != nil {
			return f
		}
		pause *= 2
	}
}

// Test sends a message that says that it is a test to one target, whatever the ledger
// says.
func Test(ctx context.Context, opt Options, name string) (*Message, error) {
	for _, t := range opt.Site.Notify.Targets {
		if t.Name != name {
			continue
		}
		m := &Message{Event: news.TestEvent(opt.Site, opt.Clock())}
		var err error
		if m.Said, err = opt.Speaker.Say(m.Event, t); err != nil || opt.DryRun {
			return m, err
		}
		c, err := open(t, opt.Site, opt)
		if err != nil {
			return m, err
		}
		m.Err = c.try(ctx, opt, m)
		m.Sent = m.Err == nil
		return m, nil
	}
	return nil, errors.New("there is no such target")
}
