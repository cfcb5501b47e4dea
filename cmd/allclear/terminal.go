package main

import (
	"os"

	"allclear/generator/diag"

	"golang.org/x/term"
)

// isTerminal reports whether a person looks at the file.
func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// plainStyle adds nothing.
var plainStyle = diag.Style{Error: plain, Warning: plain, Bold: plain, Hint: plain}

func plain(s string) string { return s }

// styleFor is how a stream is colored: on a terminal, unless NO_COLOR or a dumb
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
