package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// proposal is a site's folder in which one file has other bytes.
type proposal struct {
	fs.FS
	name string
	data []byte
}

// Open opens the proposed bytes in place of the file's own.
func (p proposal) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	if err != nil || name != p.name {
		return f, err
	}
	info, err := f.Stat()
	f.Close()
	return proposed{info, bytes.NewReader(p.data)}, err
}

type proposed struct {
	fs.FileInfo
	*bytes.Reader
}

func (p proposed) Stat() (fs.FileInfo, error) { return proposed{p.FileInfo, p.Reader}, nil }
func (p proposed) Size() int64                { return p.Reader.Size() }
func (p proposed) Close() error               { return nil }

// tryOut reads the site as it would be with other bytes in one file. The error
// says what is wrong with them, and then nothing is to be written.
func (v view) tryOut(r reading, name string, data []byte) (view, error) {
	after := r.view(proposal{v.folder, name, data}, v.now, v.clockNow)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return after, failed("", "%s stays as it was", name)
	}
	return after, nil
}

// errorsIn are the errors in one file.
func errorsIn(problems diag.List, name string) diag.List {
	var mistakes diag.List
	for _, p := range problems {
		if p.File == name && p.Severity == diag.Error {
			mistakes = append(mistakes, p)
		}
	}
	return mistakes
}

// replaceFile puts new bytes in place of a file's, in one step.
func (r reading) replaceFile(name string, data []byte) error {
	root, err := os.OpenRoot(r.source)
	if err != nil {
		return failed("", "cannot open %s: %s", r.source, reason(err))
	}
	defer root.Close()
	mode := fs.FileMode(0o644)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	beside := path.Join(path.Dir(name), "."+path.Base(name)+".tmp")
	if err := root.WriteFile(beside, data, mode); err != nil {
		return failed("", "cannot write %s: %s", name, reason(err))
	}
	if err := root.Rename(beside, name); err != nil {
		root.Remove(beside)
		return failed("", "cannot write %s: %s", name, reason(err))
	}
	return nil
}

// openEditor opens the operator's editor on a file and waits for its end.
func (r reading) openEditor(name string) error {
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
		return failed("set EDITOR to the editor you use", "the editor %s ended with: %v", words[0], err)
	}
	return nil
}

// message is a text from a flag, in which \n is a line break since shells make it
// hard to type one; or from standard input where the flag is "-".
func message(flag string) (string, error) {
	if flag != "-" {
		return strings.ReplaceAll(flag, `\n`, "\n"), nil
	}
	data, err := io.ReadAll(io.LimitReader(os.Stdin, 1<<20))
	if err != nil {
		return "", failed("", "cannot read the text from standard input: %s", reason(err))
	}
	return string(data), nil
}

// mindText refuses a text that would not become what it is written as. One that shows
// nothing is refused only where a text is needed.
func mindText(v view, kind site.Kind, text string, isReport, needed bool) error {
	fault := source.CheckText(text, kind, isReport, v.site.Languages)
	if fault == nil || fault.Empty && !needed {
		return nil
	}
	if fault.Empty {
		return usage(fault.Hint, "%s", fault.Message)
	}
	return failed(fault.Hint, "%s; nothing was written", fault.Message)
}

// fitting is the same for a text that is being typed, where none at all is fine.
func fitting(v view, kind site.Kind, text string, isReport bool) error {
	fault := source.CheckText(text, kind, isReport, v.site.Languages)
	if fault == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	return errors.New(fault.Message)
}

// warnOfOpenBlock says, after the editor, that no update could follow.
func warnOfOpenBlock(v view, name string) {
	data, err := fs.ReadFile(v.folder, name)
	if err != nil {
		return
	}
	if fault := openBlock(name, data); fault != nil {
		style := styleFor(os.Stderr)
		fmt.Fprintf(os.Stderr, "%s %s\n  hint: %s\n", style.Warning("warning:"), diag.Printable(fault.message), diag.Printable(fault.hint))
	}
}

// openBlock is the fault of a file that ends within a block of code or HTML, or nil.
func openBlock(name string, data []byte) *fault {
	line, sign, end := source.Unclosed(data)
	if sign == "" {
		return nil
	}
	f := failed("close it with a line "+end, "%s:%d: the block that begins here with %s does not end: an update below it would be part of it", name, line, sign)
	return &f
}

// toTheMinute is the time that an entry written now bears: nobody writes seconds.
func (r reading) toTheMinute(v view) time.Time {
	if r.at != "" && !when.Relative(r.at) {
		return v.now
	}
	return v.now.Truncate(time.Minute)
}
