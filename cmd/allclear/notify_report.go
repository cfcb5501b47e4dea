package main

import (
	"errors"
	"slices"
	"time"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/cmd/allclear/internal/post"
	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/news"
)

// notifyRecord is the output of notify --format json.
type notifyRecord struct {
	At      time.Time            `json:"at"` // as of which it looked, UTC
	DryRun  bool                 `json:"dry_run"`
	Ledger  string               `json:"ledger"`
	Targets []notifyTargetRecord `json:"targets"`
	Error   *targetWarning       `json:"error"` // of the ledger, after messages were sent
}

// notifyTargetRecord is one target in it.
type notifyTargetRecord struct {
	Name     string                `json:"name"`
	Kind     string                `json:"kind"`
	Messages []notifyMessageRecord `json:"messages"`
	Error    *targetWarning        `json:"error"` // the target cannot be used
}

// notifyMessageRecord is one message in it.
type notifyMessageRecord struct {
	ID      string         `json:"id"`
	Kind    string         `json:"kind"`
	Status  string         `json:"status"` // investigating, resolved, …; or the kind
	Title   string         `json:"title"`
	At      *time.Time     `json:"at"` // when it was published, UTC; null if that is not known any more
	Result  string         `json:"result"`
	Preview string         `json:"preview,omitempty"`
	Error   *targetWarning `json:"error"`
}

// The results of a message.
const (
	resultSent      = "sent"
	resultToSend    = "to_send"    // a dry run
	resultRecorded  = "recorded"   // the target is new
	resultElsewhere = "in_flight"  // another run is sending it
	resultUnseen    = "not_live"   // --verify: visitors cannot see it yet
	resultFailed    = "failed"     // the next run tries again
	resultWaiting   = "waiting"    // an earlier one failed; the next run sends it
	resultUnsure    = "unsure"     // nobody knows whether it arrived; the next run tries again only where that does no harm
	resultUnknown   = "unfinished" // an earlier run ended while it sent it
	resultExpired   = "expired"    // it failed until it was too old
	resultTooOld    = "too_old"    // a dry run: it is older than max_age
)

// line is what happened to one message.
type notifyLine struct {
	notifyMessageRecord
	of    any  // the message, or the old event
	fails bool // the exit code is 1
}

// lines returns what happened to the messages for a target, without those that were sent
// earlier.
func (r *notifyRun) lines(result post.Result) []notifyLine {
	var lines []notifyLine
	for _, o := range result.Old {
		lines = append(lines, r.oldLine(o))
	}
	for _, m := range result.Messages {
		if l := r.line(result, m); l.Result != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// oldLine returns the line of an event of earlier runs.
func (r *notifyRun) oldLine(o ledger.Old) notifyLine {
	l := notifyLine{notifyMessageRecord{ID: o.ID, Result: resultExpired}, o, true}
	for _, e := range news.Events(&r.v.site, time.Time{}, r.v.now) {
		if e.ID == o.ID || slices.Contains(e.Also, o.ID) {
			l.Kind, l.Status, l.Title, l.At = e.Kind, e.Word(), e.Title, &e.At
		}
	}
	if l.Error = expiredNote; o.Verdict == ledger.Unfinished {
		l.Result, l.Error = resultUnknown, unfinishedNote
	}
	return l
}

// line returns the line of a message. Its result is "" if an earlier run has sent it.
func (r *notifyRun) line(result post.Result, m *post.Message) notifyLine {
	at := m.At.UTC()
	l := notifyLine{notifyMessageRecord{ID: m.ID, Kind: m.Kind, Status: m.Word(), Title: m.Title, At: &at}, m, false}
	l.Result, l.Error, l.fails = r.outcome(result, m)
	if r.dryRun {
		l.Preview = m.Said.Preview
	}
	return l
}

// onMessage prints what became of a message as it happens, so that nothing is lost if the
// program is killed. With JSON, only what nobody knows about is printed before the end.
func (r *notifyRun) onMessage(result *post.Result, m *post.Message) {
	l := r.line(*result, m)
	if l.Result != "" && (!r.json || l.Result == resultUnsure || l.Result == resultUnknown) {
		r.printLine(result.Target.Name, l)
	}
}

// onOld is onMessage for an event of earlier runs.
func (r *notifyRun) onOld(result *post.Result, o ledger.Old) {
	r.printLine(result.Target.Name, r.oldLine(o))
}

var (
	unfinishedNote = &targetWarning{"an earlier run ended while it was sending this, so nobody knows whether it arrived",
		"look into the channel; if it is not there, post it by hand. It is not sent again, and this is not reported again"}
	expiredNote = &targetWarning{"it failed until it was older than max_age", "post it by hand, or publish another update"}
)

// outcome returns the result of a message, "" for one that was sent by an earlier run.
func (r *notifyRun) outcome(result post.Result, m *post.Message) (string, *targetWarning, bool) {
	text, hint := m.Reason()
	why := &targetWarning{text, hint}
	switch {
	case m.TooOld:
		return resultTooOld, nil, false
	case m.Unseen != nil:
		note := warningOf(m.Unseen, "")
		return resultUnseen, &note, true
	case m.Verdict == ledger.Done:
		return "", nil, false
	case m.Verdict == ledger.Recorded && r.blind:
		return resultToSend, nil, false
	case m.Verdict == ledger.Recorded:
		return resultRecorded, nil, false
	case m.Verdict == ledger.Busy && text != "":
		return resultFailed, why, true
	case m.Verdict == ledger.Busy:
		return resultElsewhere, nil, false
	case m.Verdict == ledger.Unfinished:
		return resultUnknown, unfinishedNote, true
	case r.dryRun:
		return resultToSend, nil, false
	case m.Sent:
		return resultSent, nil, false
	case m.Unsure():
		if why.Hint == "" && !news.Idempotent(result.Target.Kind) {
			why.Hint = "look into the channel; if it is not there, post it by hand. It is not sent again"
		}
		return resultUnsure, why, true
	case m.Held || m.Err == nil:
		return resultWaiting, nil, true
	}
	return resultFailed, why, true
}

// sent returns how many messages were sent.
func (r *notifyRun) sent() int {
	n := 0
	for _, result := range r.results {
		for _, m := range result.Messages {
			if m.Sent {
				n++
			}
		}
	}
	return n
}

// record returns what happened, for JSON.
func (r *notifyRun) record() notifyRecord {
	record := notifyRecord{At: r.v.now.UTC(), DryRun: r.dryRun, Ledger: r.v.site.Notify.Ledger, Targets: []notifyTargetRecord{}}
	for _, result := range r.results {
		t := notifyTargetRecord{Name: result.Target.Name, Kind: result.Target.Kind, Messages: []notifyMessageRecord{}}
		for _, l := range r.lines(result) {
			t.Messages = append(t.Messages, l.notifyMessageRecord)
		}
		if result.Err != nil {
			note := warningOf(result.Err, "")
			t.Error = &note
		}
		record.Targets = append(record.Targets, t)
	}
	if r.err != nil {
		note := warningOf(r.err, "")
		record.Error = &note
	}
	return record
}

// warningOf returns the message of an error with its hint.
func warningOf(err error, before string) targetWarning {
	w := targetWarning{Message: before + err.Error()}
	var known *remote.Error
	var ours exitError
	switch {
	case errors.As(err, &known):
		w.Message, w.Hint = before+known.Message, known.Hint
	case errors.As(err, &ours):
		w.Hint = ours.hint
	}
	return w
}

// commandError turns an error of another package into one of this one.
func commandError(err error) error {
	var known *remote.Error
	if errors.As(err, &known) {
		return errorf(known.Hint, "%s", known.Message)
	}
	return err
}
