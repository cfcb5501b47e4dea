// Package importer reads what other tools keep about a status page, and writes it as
// content of our own, with a list of everything that did not come over as it was.
//
// It is pure: bytes in; entries, components, settings and losses out. [Read] reads one
// tool's files, each tool in a file of its own. [Prepare] turns that into files of
// content, compared with what the site has already, and makes sure that package source
// reads them without an error. Fetching and writing is up to the caller.
package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/memo"
)

// Options are the settings of one import.
type Options struct {
	Now               time.Time // of the import; only for what is open or to come
	RegionsFromGroups bool      // groups whose children repeat become components, and the children regions
}

// tools are the readers of each tool's files.
var tools = map[string]func(*reader){}

// Tools returns the names of the tools that [Read] knows.
func Tools() []string { return slices.Sorted(maps.Keys(tools)) }

// Read reads the files that a tool keeps or exports. The error is for an unknown tool.
// What cannot be read is in the source's Problems.
func Read(tool string, files fs.FS, opt Options) (*Source, error) {
	read := tools[tool]
	if read == nil {
		return nil, fmt.Errorf("unknown tool %q%s", tool, hint(diag.DidYouMean(tool, Tools())))
	}
	r := &reader{fsys: files, opt: opt, out: &Source{Tool: tool}, zone: time.UTC}
	r.list()
	read(r)
	r.outside()
	r.emptyGroups()
	r.lastPage()
	for _, n := range r.roots {
		if !n.touched() && n.says() {
			l := newLoss(nil, "other-file", nil, "")
			l.Field, l.Source = path.Base(n.file.name), Place{File: n.file.name}
			r.out.Losses = append(r.out.Losses, l)
			continue
		}
		r.leftover(nil, n) // what no reader knows
	}
	for _, e := range r.out.Entries {
		e.from.release()
	}
	if len(r.out.Entries) == 0 && len(r.out.Problems) == 0 {
		r.nothing(tool)
	}
	return r.out, nil
}

// nothing reports that no entry was found, if there is no component either or the files
// are those of another tool.
func (r *reader) nothing(tool string) {
	other, most := "", 0
	for _, name := range Tools() {
		o := &reader{fsys: r.fsys, files: r.files, opt: r.opt, out: &Source{Tool: name}, zone: time.UTC}
		if tools[name](o); name != tool && len(o.out.Entries) > most {
			other, most = name, len(o.out.Entries)
		}
	}
	switch {
	case other != "":
		r.problem(&Problem{Message: "there is no entry in it that " + tool + " writes",
			Hint: "it looks like " + other + ": allclear import " + other})
	case len(r.out.Components) == 0:
		r.problem(&Problem{Message: "there is nothing in it that " + tool + " writes",
			Hint: "see the section on " + tool + " in docs/moving.md"})
	}
}

// hint returns a hint with a separator before it.
func hint(text string) string {
	if text == "" {
		return ""
	}
	return "; " + text
}

// reader is the state of one [Read].
type reader struct {
	fsys      fs.FS
	files     []string // all ordinary files, sorted
	opt       Options
	out       *Source
	roots     []*node        // of all files that were read
	present   []present      // the components that do not work now
	zone      *time.Location // for times without a zone
	zoneKnown bool           // the tool's settings name that zone
}

// These keep a wrong folder, such as a home folder, from being read.
const (
	maxFiles     = 200_000
	maxPathDepth = 24
)

// list finds all files, but for those of version control and of other programs, and those
// that an import into the same folder has written.
func (r *reader) list() {
	own := r.written()
	err := fs.WalkDir(r.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			r.problem(&Problem{Place: Place{File: name}, Message: "cannot be read: " + reason(err)})
			return nil
		}
		if d.IsDir() {
			hidden := strings.HasPrefix(d.Name(), ".") || skipped[d.Name()]
			if hidden && name != "." || strings.Count(name, "/") > maxPathDepth {
				return fs.SkipDir
			}
			return nil
		}
		if own(name) {
			return nil
		}
		if r.files = append(r.files, name); len(r.files) > maxFiles {
			return errors.New("too many files")
		}
		return nil
	})
	if err != nil {
		r.problem(&Problem{Message: fmt.Sprintf("the folder holds more than %d files", maxFiles),
			Hint: "name the folder that holds only the status page"})
	}
	slices.Sort(r.files)
}

// written returns whether an earlier import has written a file, for a site that is in the
// folder of the other tool.
func (r *reader) written() func(name string) bool {
	var ledger Ledger
	data, err := fs.ReadFile(r.fsys, LedgerFile)
	if err != nil || json.Unmarshal(data, &ledger) != nil {
		return func(string) bool { return false }
	}
	return func(name string) bool {
		base := strings.TrimSuffix(name, ".md")
		_, isOwn := ledger[name]
		_, isTranslation := ledger[strings.TrimSuffix(base, path.Ext(base))+".md"]
		return isOwn || isTranslation || name == LedgerFile || name == siteFile || name == manifestFile
	}
}

// skipped are folders that hold no content of a status page, as hidden ones.
var skipped = map[string]bool{"node_modules": true, "public": true, "resources": true}

// reason returns the message of a file system's error without the path.
func reason(err error) string {
	var in *fs.PathError
	if errors.As(err, &in) {
		return in.Err.Error()
	}
	return err.Error()
}

// problem adds a problem, unless it is nil.
func (r *reader) problem(p *Problem) {
	if p != nil {
		r.out.Problems = append(r.out.Problems, *p)
	}
}

// lose reports what happened to a value. mark names the written line that has it.
func (r *reader) lose(e *Entry, rule string, n *node, mark string) {
	r.out.Losses = append(r.out.Losses, newLoss(e, rule, n, mark))
}

// newLoss makes a loss of a rule.
func newLoss(e *Entry, rule string, n *node, mark string) Loss {
	known := rules[rule]
	l := Loss{Kind: known.kind, Rule: rule, Message: known.message, Field: n.name(), Value: shown(n), Source: n.place(), entry: e,
		mark: mark}
	if rule == "secret" || rule == "hidden-entry" || rule == "monitor" {
		l.Value = ""
	}
	if n == nil && e != nil {
		l.Source = e.from.place()
	}
	if n == nil {
		l.Field = mark
	} else if n.shape == scalar {
		n.read = true // the report has it
	}
	return l
}

// anEmail is an address of a person, such as a subscriber.
var anEmail = memo.Regexp(`\S@\S`)

// shown returns the value of a scalar for the report, shortened. What may be a secret is
// not shown.
func shown(n *node) string {
	if n != nil && n.shape == object {
		return titleOf(n)
	}
	if n == nil || n.shape != scalar {
		return ""
	}
	key := strings.ToLower(n.name())
	for _, word := range []string{"secret", "token", "key", "password", "auth", "header", "webhook", "cookie", "phone"} {
		if strings.Contains(key, word) {
			return ""
		}
	}
	if strings.Contains(n.text, "://") || anEmail().MatchString(n.text) {
		return ""
	}
	return shorten(strings.Join(strings.Fields(n.text), " "), 60)
}

// undated reports an update without a time that can be read, with the beginning of its text.
func (r *reader) undated(e *Entry, text *node, mark string) {
	if !text.empty() {
		r.lose(e, "undated", text, mark)
	}
}

// orphan reports an update whose entry is in no file.
func (r *reader) orphan(text, update *node) {
	r.lose(nil, "orphan", text, "")
	update.take()
}

// titleOf returns what an object is called, or the beginning of its text, without noting
// that it was read.
func titleOf(n *node) string {
	for _, key := range []string{"title", "name", "message", "body"} {
		if v := n.get(key); v != nil && v.shape == scalar && v.text != "" &&
			!strings.Contains(v.text, "://") && !anEmail().MatchString(v.text) {
			return shorten(strings.Join(strings.Fields(v.text), " "), 60)
		}
	}
	return ""
}

// leftover reports everything in n that nobody read as dropped.
func (r *reader) leftover(e *Entry, n *node) { r.leftoverAt(e, n, "") }

// leftoverAt is like leftover, and names the written line that is closest.
func (r *reader) leftoverAt(e *Entry, n *node, mark string) { r.leftoverAs("field", e, n, mark) }

// leftoverAs is like leftoverAt, with another rule for what was dropped.
func (r *reader) leftoverAs(rule string, e *Entry, n *node, mark string) {
	for _, lost := range n.unread() {
		if lost.shape == scalar && strings.HasPrefix(lost.text, "$") {
			r.lose(e, "secret", lost, mark)
		} else {
			r.lose(e, rule, lost, mark)
		}
	}
	n.take()
}

// add adds an entry.
func (r *reader) add(e *Entry) { r.out.Entries = append(r.out.Entries, e) }

// endUnknown ends an entry that is not open and whose end nobody wrote: with its last update,
// or a minute after its start.
func (r *reader) endUnknown(e *Entry) {
	begin, last := e.Start, e.Start
	for _, u := range e.Updates {
		if u.Status.Ends() {
			return
		}
		if begin.IsZero() || u.Time.Before(begin) {
			begin = u.Time
		}
		if u.Time.After(last) {
			last = u.Time
		}
	}
	if last.IsZero() {
		return
	}
	if !last.After(begin) {
		last = last.Add(time.Minute)
	}
	e.End = last
	r.lose(e, "end", nil, "end")
}
