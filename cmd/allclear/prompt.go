package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"allclear/generator/diag"

	"charm.land/huh/v2"
)

// prompt asks questions in the terminal, one after the other. This is the only file that
// imports the library for forms.
type prompt struct {
	steps []step
	after []func() // called after the last answer
}

// step is one question. It is skipped if skip returns true, which is called after the
// questions before it are answered.
type step struct {
	field huh.Field
	skip  func() bool
	plain func(in *eofReader) // prepares the field for plain lines; may be nil
}

// option is an answer to choose from: the value that a flag would take, and its label.
type option struct{ word, shown string }

// canAsk reports whether the program can ask questions: standard input and standard error
// are a terminal.
func canAsk() bool { return isTerminal(os.Stdin) && isTerminal(os.Stderr) }

// never is the skip function of a question that is always asked.
func never() bool { return false }

// line asks for a line of text. check validates the answer. The example is shown as a
// placeholder.
func (a *prompt) line(text, example string, answer *string, check func(string) error) {
	field := huh.NewInput().Title(text).Placeholder(example).Value(answer).
		Validate(func(s string) error { return check(strings.TrimSpace(s)) })
	a.steps = append(a.steps, step{field, never, nil})
}

// text asks for a text of several lines. check validates the answer.
func (a *prompt) text(text string, answer *string, check func(string) error) {
	field := huh.NewText().Title(diag.Printable(text)).Lines(4).ShowLineNumbers(false).Value(answer).Validate(check)
	a.steps = append(a.steps, step{field, never, nil})
}

// choose asks for one of the options, and stores its word.
func (a *prompt) choose(text string, offers []option, word *string, skip func() bool) {
	field := huh.NewSelect[string]().Title(diag.Printable(text)).Options(formOptions(offers)...).Value(word)
	a.steps = append(a.steps, step{field, skip, nil})
}

// chooseMany asks for one or more of the options. The exclusive one cannot be combined
// with others. Pressing Enter without a selection chooses the line under the cursor, as
// most people expect. The function that it returns returns the chosen words, and can be
// called at any time.
func (a *prompt) chooseMany(text string, offers []option, exclusive string, skip func() bool) func() []string {
	var words []string
	checkExclusive := func(words []string) error {
		if len(words) > 1 && slices.Contains(words, exclusive) {
			return errors.New("choose either this one or the others")
		}
		return nil
	}
	field := huh.NewMultiSelect[string]().Title(text + " (space to select)").Options(formOptions(offers)...).Value(&words).
		Height(min(len(offers), 10) + 2).Validate(checkExclusive)
	inLines := func(in *eofReader) { // without a cursor, Enter alone cannot choose a line
		field.Title(text).Validate(func(words []string) error {
			if len(words) == 0 && !in.ended {
				return errors.New("choose at least one")
			}
			return checkExclusive(words)
		})
	}
	a.steps = append(a.steps, step{field, skip, inLines})
	return func() []string {
		if len(words) > 0 {
			return words
		}
		if word, ok := field.Hovered(); ok {
			return []string{word}
		}
		return nil
	}
}

// formOptions converts options for the library.
func formOptions(offers []option) []huh.Option[string] {
	var list []huh.Option[string]
	for _, o := range offers {
		list = append(list, huh.NewOption(diag.Printable(o.shown), o.word))
	}
	return list
}

// run asks the questions. If the user cancels, it returns an error that ends the program
// with code 1 and prints nothing.
func (a *prompt) run() error {
	if len(a.steps) == 0 {
		return nil
	}
	err := a.runForm()
	switch {
	case err == nil:
		for _, f := range a.after {
			f()
		}
		return nil
	case errors.Is(err, huh.ErrUserAborted), errors.Is(err, io.ErrUnexpectedEOF):
		return exitWith(exitFailed)
	}
	return errorf("use flags instead: see --help", "cannot show questions on this terminal: %v", err)
}

// runForm asks in one form, so that the user can go back. It asks in plain lines for
// screen readers, if ACCESSIBLE is set, and on terminals that cannot draw.
func (a *prompt) runForm() error {
	if os.Getenv("ACCESSIBLE") != "" || os.Getenv("TERM") == "dumb" {
		return a.runInLines()
	}
	var groups []*huh.Group
	for _, s := range a.steps {
		groups = append(groups, huh.NewGroup(s.field).WithHideFunc(s.skip))
	}
	return form(groups...).Run()
}

// runInLines asks one question per line of plain text.
func (a *prompt) runInLines() error {
	in := &eofReader{from: os.Stdin}
	for _, s := range a.steps {
		if s.skip() {
			continue
		}
		if s.plain != nil {
			s.plain(in)
		}
		if err := form(huh.NewGroup(s.field)).WithAccessible(true).WithInput(in).Run(); err != nil {
			return err
		}
		if in.ended {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

// form returns a form with our theme and keys, drawn on standard error.
func form(groups ...*huh.Group) *huh.Form {
	keys := huh.NewDefaultKeyMap()
	keys.MultiSelect.Toggle.SetHelp("space", "select")
	return huh.NewForm(groups...).WithKeyMap(keys).WithTheme(huh.ThemeFunc(huh.ThemeBase16)).WithOutput(os.Stderr)
}

// eofReader records the end of the input, which the library takes for an empty answer.
type eofReader struct {
	from  io.Reader
	ended bool
}

func (e *eofReader) Read(p []byte) (int, error) {
	n, err := e.from.Read(p)
	e.ended = e.ended || err != nil
	return n, err
}
