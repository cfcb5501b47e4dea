package main

import (
	"io"
	"os"

	"allclear/generator/diag"

	"golang.org/x/term"
)

// isTerminal reports whether a person looks at the file.
func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// plainStyle adds nothing.
var plainStyle = diag.Style{Error: plain, Warning: plain, Bold: plain, Hint: plain}

func plain(s string) string { return s }

// styleFor is how a stream is coloured: on a terminal, unless NO_COLOR or a dumb
// terminal says otherwise (https://no-color.org).
func styleFor(f *os.File) diag.Style {
	if !isTerminal(f) || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return plainStyle
	}
	return diag.Style{Error: ink("1;31"), Warning: ink("1;33"), Bold: ink("1"), Hint: ink("36")}
}

func ink(code string) func(string) string {
	return func(s string) string { return "\x1b[" + code + "m" + s + "\x1b[0m" }
}

// editLine asks for a line on the terminal, with the keys that people expect.
// The question goes to standard error: standard output is for results. The error
// is io.EOF at Ctrl-C and Ctrl-D.
func editLine(prompt string, key func(line string, pos int, key rune) (string, int, bool)) (string, error) {
	in := int(os.Stdin.Fd())
	before, err := term.MakeRaw(in)
	if err != nil {
		return "", err
	}
	defer term.Restore(in, before)
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{os.Stdin, os.Stderr}, prompt)
	t.AutoCompleteCallback = key
	return t.ReadLine()
}
