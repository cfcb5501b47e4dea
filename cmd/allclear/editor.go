package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
)

// openEditor opens a file of the site in the user's editor, and waits until the editor
// exits.
func (r readFlags) openEditor(name string) error {
	editor := os.Getenv("VISUAL")
	if editor == "" {
		editor = os.Getenv("EDITOR")
	}
	if editor == "" {
		editor = map[bool]string{true: "notepad", false: "vi"}[runtime.GOOS == "windows"]
	}
	words := append(strings.Fields(editor), filepath.Join(r.source, filepath.FromSlash(name)))
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return errorf("set EDITOR to the editor you use", "the editor %s failed: %v", words[0], err)
	}
	return nil
}

// warnOfOpenBlock prints a warning if the edited file ends within a block of code or
// HTML, since the next update could not be appended.
func warnOfOpenBlock(v snapshot, name string) {
	data, err := fs.ReadFile(v.folder, name)
	if err != nil {
		return
	}
	if err := openBlock(name, data); err != nil {
		style := styleFor(os.Stderr)
		fmt.Fprintf(os.Stderr, "%s %s\n  hint: %s\n", style.Warning("warning:"), diag.Printable(err.message), diag.Printable(err.hint))
	}
}

// openBlock returns an error if the file ends within a block of code or HTML, else nil.
func openBlock(name string, data []byte) *exitError {
	line, sign, end := source.Unclosed(data)
	if sign == "" {
		return nil
	}
	f := errorf("close it with a line "+end,
		"%s:%d: the block opened here with %s is not closed: an update below it would become part of it", name, line, sign)
	return &f
}
