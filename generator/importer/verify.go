package importer

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
)

const (
	siteFile     = "content/site.yml"
	manifestFile = "content/components.yml"
)

// settings writes site.yml and components.yml, or what they lack.
func (p *preparer) settings() {
	if !p.exists {
		d := &document{}
		p.src.keys(d, func(string) bool { return false })
		p.documents[siteFile] = d
	} else if data, err := fs.ReadFile(p.opt.Folder, siteFile); err == nil {
		known := topKeys(data)
		d := &document{}
		p.src.keys(d, func(key string) bool { return known == nil || known[key] })
		p.documents[siteFile] = d
	}
	if len(p.src.Components) > 0 {
		p.documents[manifestFile] = p.src.manifest()
	}
}

// files returns the files to write, in the order of their paths. Without entries, only
// the settings and the entries at the paths in only.
func (p *preparer) files(only map[string]bool) []File {
	var files []File
	for _, name := range slices.Sorted(maps.Keys(p.documents)) {
		d := p.documents[name]
		if only != nil && p.entries[name] != nil && !only[name] {
			continue
		}
		f := File{Path: name, Data: d.bytes()}
		if p.entries[name] == nil && name != siteFile && name != manifestFile && p.there(name) {
			continue // a translation, which a person may have edited
		}
		if name == siteFile || name == manifestFile {
			var ok bool
			if f, ok = p.extended(name, d); !ok {
				continue
			}
		}
		if p.entries[name] != nil {
			f.Existed = p.there(name)
		}
		files = append(files, f)
	}
	return files
}

// there reports whether the site's folder has a file.
func (p *preparer) there(name string) bool {
	if p.opt.Folder == nil {
		return false
	}
	_, err := fs.Stat(p.opt.Folder, name)
	return err == nil
}

// extended returns site.yml or components.yml with what it lacks at its end, or as a new
// file if there is none. It returns false if there is nothing to write.
func (p *preparer) extended(name string, d *document) (File, bool) {
	if len(d.lines) == 0 {
		return File{}, false
	}
	var data []byte
	if p.opt.Folder != nil {
		data, _ = fs.ReadFile(p.opt.Folder, name)
	}
	if data == nil {
		return File{Path: name, Data: d.bytes()}, true
	}
	if name == siteFile {
		return File{Path: name, Data: appended(data, d), Existed: true}, true
	}
	indent, ok := listIndent(data)
	if !ok || len(p.src.Regions) > 0 {
		if !p.refused {
			p.plan.Problems = append(p.plan.Problems, Problem{Place: Place{File: name},
				Message: "the components of the old page cannot be added to it",
				Hint:    "import into an empty folder with --into, and copy its components.yml into this one"})
		}
		p.refused = true
		return File{}, false
	}
	items := &document{}
	p.src.items(items, indent)
	return File{Path: name, Data: appended(data, items), Existed: true}, true
}

// verify checks the folder as it would be, and repairs what was written until there are
// no errors in it. An entry that cannot be repaired is not written, and is a problem.
func (p *preparer) verify() {
	p.plan.Warnings = map[string]int{}
	for range 8 {
		wrong := p.mistakes(nil)
		if len(wrong) == 0 {
			return
		}
		for range 60 {
			only := map[string]bool{}
			for name := range wrong {
				p.repair(name, wrong[name])
				only[name] = true
			}
			if wrong = p.mistakes(only); len(wrong) == 0 {
				break
			}
		}
	}
	for name := range p.mistakes(nil) {
		p.leaveOut(name, "it cannot be written without mistakes")
	}
}

// mistakes returns the first error in each file to write, and counts the warnings.
func (p *preparer) mistakes(only map[string]bool) map[string]diag.Problem {
	wrong := map[string]diag.Problem{}
	clear(p.plan.Warnings)
	for _, problem := range p.opt.Check(NewOverlay(p.opt.Folder, p.files(only))) {
		if p.documents[problem.File] == nil {
			continue
		}
		if problem.Severity != diag.Error {
			p.plan.Warnings[problem.Rule]++
			continue
		}
		if _, there := wrong[problem.File]; !there {
			wrong[problem.File] = problem
		}
	}
	return wrong
}

// mostRepairs is how many mistakes of one file are repaired before it is given up.
const mostRepairs = 25

// repair changes a document so that it no longer has a mistake.
func (p *preparer) repair(name string, problem diag.Problem) {
	d, e := p.documents[name], p.entries[name]
	if d == nil {
		return
	}
	if p.repairs[name]++; p.repairs[name] > mostRepairs {
		p.leaveOut(name, problem.Message)
		return
	}
	if e == nil {
		p.repairSettings(name, d, problem)
		return
	}
	owner, line := "", ""
	if problem.Line > 0 && problem.Line <= len(d.lines) {
		owner, line = d.owners[problem.Line-1], d.lines[problem.Line-1]
	}
	text := e.text(owner)
	heading := d.marks[owner] == problem.Line && owner != "summary" && !(owner == "report" && len(e.Updates) == 0)
	if text == nil || heading {
		p.repairFront(e, problem)
	} else {
		p.repairText(e, owner, text, line, problem)
	}
	if p.entries[name] != nil {
		p.documents[name] = p.writing.document(e)
	}
}

// text returns the text of an entry that a mark names, or nil.
func (e *Entry) text(mark string) *string {
	switch mark {
	case "summary":
		return &e.Summary
	case "report":
		return &e.Report
	}
	for i := range e.Updates {
		if updateMark(i) == mark {
			return &e.Updates[i].Text
		}
	}
	return nil
}

var anyLink = memo.Regexp(`!?\[([^\[\]\n]*)\]\([^)\n]*\)|<([a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*)>`)

// repairText changes a line of a text, or else the whole text.
func (p *preparer) repairText(e *Entry, mark string, text *string, line string, problem diag.Problem) {
	note := func(rule, value string) {
		l := newLoss(e, rule, nil, mark)
		l.Value = shorten(strings.TrimSpace(value), 60)
		p.plan.Losses = append(p.plan.Losses, l)
	}
	before := *text
	switch problem.Rule {
	case "near-update", "missing-time", "unknown-word", "foreign-word", "unreadable-time", "second-report":
		if quoted := quoteLine(*text, strings.TrimSpace(line)); quoted != "" {
			*text = quoted
			note("heading", line)
		}
	case "forbidden-link", "bad-link", "missing-content", "missing-static", "link-to-draft", "link-to-series":
		plain := anyLink().ReplaceAllString(line, "$1$2")
		*text = strings.Replace(*text, line, plain, 1)
		note("link", line)
	case "conflict-marker":
		*text = strings.Replace(*text, line, `\`+line, 1)
		note("heading", line)
	}
	if *text != before {
		return
	}
	if strings.HasPrefix(*text, "```") && strings.HasSuffix(*text, "```") {
		p.leaveOut(e.path, problem.Message)
		return
	}
	*text = asCode(*text)
	note("text", "")
}

// repairFront changes the front matter: old addresses and ids first, then the times of
// impacts, then the impacts themselves.
func (p *preparer) repairFront(e *Entry, problem diag.Problem) {
	note := func(rule, mark, value string) {
		l := newLoss(e, rule, nil, mark)
		l.Value = value
		p.plan.Losses = append(p.plan.Losses, l)
	}
	switch problem.Rule {
	case "bad-alias", "taken-alias":
		for i, a := range e.Aliases {
			if strings.Contains(strings.ToLower(problem.Message), strings.ToLower(a)) || i == len(e.Aliases)-1 {
				e.Aliases = slices.Delete(e.Aliases, i, i+1)
				note("old-address", "aliases", a)
				return
			}
		}
	case "bad-id", "duplicate-id":
		if e.ID != "" {
			note("api-id", "id", e.ID)
			e.ID = ""
			return
		}
	case "unknown-component", "component-region", "unknown-region":
		note("no-component", "components", "")
		e.Impacts, e.Components = nil, nil
		return
	}
	timed := slices.ContainsFunc(e.Impacts, func(i Impact) bool { return !i.Start.IsZero() || !i.End.IsZero() })
	switch {
	case timed:
		note("no-time", "impacts", "")
		for i := range e.Impacts {
			e.Impacts[i].Start, e.Impacts[i].End = e.Start, e.End
		}
	case len(e.Impacts) > 0:
		note("no-time", "impacts", "")
		e.Impacts = nil
	default:
		p.leaveOut(e.path, problem.Message)
	}
}
