package main

import (
	"os"

	"allclear/generator/diag"

	"golang.org/x/term"
)

// isTerminal reports whether f is a terminal.
func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// plainStyle is the style without colors.
var plainStyle = diag.Style{Error: plain, Warning: plain, Bold: plain, Hint: plain}

func plain(s string) string { return s }

// styleFor returns colors for a terminal, and plainStyle for other streams, for dumb
// terminals, and if NO_COLOR is set (https://no-color.org).
func styleFor(f *os.File) diag.Style {
	if !isTerminal(f) || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return plainStyle
	}
	return diag.Style{Error: ink("1;31"), Warning: ink("1;33"), Bold: ink("1"), Hint: ink("36")}
}

func ink(code string) func(string) string {
	return func(s string) string { return "\x1b[" + code + "m" + s + "\x1b[0m" }
}
