package main

import (
	"fmt"
	"io"
	"strings"

	"allclear/cmd/allclear/internal/post"
	"allclear/generator/diag"
)

// print prints what happened and was not printed yet: what was sent to standard output,
// the rest to standard error.
func (r *notifyRun) print() {
	for _, result := range r.results {
		name := result.Target.Name
		if result.Err != nil {
			printNote(name+": ", warningOf(result.Err, ""))
		}
		lines := r.lines(result)
		if len(lines) == 0 && result.Err == nil && (!result.New || r.blind) {
			fmt.Fprintln(r.out, name+": nothing new")
		}
		recorded := 0
		for _, l := range lines {
			if l.Result == resultRecorded && !r.dryRun {
				recorded++
				continue
			}
			r.printLine(name, l)
		}
		if result.New && !r.dryRun && result.Err == nil {
			fmt.Fprintln(r.out, name+": "+newTarget(recorded))
		}
	}
	if r.err != nil {
		printNote("", warningOf(r.err, "messages were sent, but the ledger does not know it: "))
	}
}

// newTarget says what the first run does for a target.
func newTarget(recorded int) string {
	if recorded == 0 {
		return "it is new; what is published from now on is sent"
	}
	return "it is new; " + pluralWas(recorded, "update") + " recorded and will not be sent, the next one will"
}

// printLine prints what happened to one message, once.
func (r *notifyRun) printLine(target string, l notifyLine) {
	if r.printed[l.of] {
		return
	}
	r.printed[l.of] = true
	w := r.out
	what := capitalize(wordOrNone(l.Status)) + ": " + l.Title + " (" + l.ID + ")"
	if l.Title == "" {
		what = l.ID // it is not published any more
	}
	switch l.Result {
	case resultSent:
		fmt.Fprintln(w, diag.Printable(target+": sent: "+what))
		return
	case resultElsewhere:
		fmt.Fprintln(w, diag.Printable(target+": another run is sending it: "+what))
		return
	case resultToSend, resultTooOld, resultRecorded:
		about := map[string]string{
			resultToSend: "to send", resultTooOld: "too old to be sent", resultRecorded: "to record only, since the target is new",
		}[l.Result]
		fmt.Fprintln(w, diag.Printable(target+": "+about+": "+what))
		fmt.Fprint(w, indented(l.Preview))
		return
	}
	about := "not sent: "
	if l.Result == resultUnsure || l.Result == resultUnknown {
		about = "nobody knows whether it arrived: "
	}
	note := targetWarning{what, ""}
	if l.Error != nil {
		note.Message, note.Hint = note.Message+": "+l.Error.Message, l.Error.Hint
	}
	if until := r.until(l); until != "" {
		note.Message += "; " + until
	}
	printNote(target+": "+about, note)
}

// until says until when later runs try again.
func (r *notifyRun) until(l notifyLine) string {
	if l.At == nil || l.Result != resultFailed && l.Result != resultWaiting && l.Result != resultUnseen {
		return ""
	}
	return "the next run tries again, until " + r.v.clock(l.At.Add(r.v.site.Notify.MaxAge))
}

// indented returns a text with four spaces before each line.
func indented(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line != "" {
			line = "    " + diag.Printable(line)
		}
		out.WriteString(line + "\n")
	}
	return out.String()
}

// failure returns an error if something was not sent.
func (r *notifyRun) failure() error {
	messages, targets := 0, 0
	for _, result := range r.results {
		if result.Err != nil {
			targets++
		}
		for _, l := range r.lines(result) {
			if l.fails {
				messages++
			}
		}
	}
	switch {
	case messages > 0:
		return errorf("", "%s: see above", pluralWas(messages, "message")+" not sent, or may not have been")
	case targets > 0:
		return errorf("", "%s cannot be used", count(targets, "target"))
	case r.err != nil:
		return errorf("", "the ledger could not be written")
	}
	return nil
}

// pluralWas returns "1 message was" or "2 messages were".
func pluralWas(n int, noun string) string {
	if n == 1 {
		return count(n, noun) + " was"
	}
	return count(n, noun) + " were"
}

// printTest prints what became of a test.
func printTest(w io.Writer, name string, m *post.Message, dryRun bool) error {
	if dryRun {
		fmt.Fprint(w, name+": to send: a test\n"+indented(m.Said.Preview))
		return nil
	}
	if text, hint := m.Reason(); text != "" {
		if m.Unsure() {
			return errorf(hint, "%s: nobody knows whether the test arrived: %s", name, text)
		}
		return errorf(hint, "%s: the test was not sent: %s", name, text)
	}
	fmt.Fprintln(w, name+": the test was sent; see whether it arrived")
	return nil
}
