package source

import (
	"slices"
	"strconv"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// body is the parsed Markdown of an entry.
type body struct {
	summary site.Prose
	plan    *site.Plan
	updates []site.Update // oldest first
	report  *site.Report
	links   []contentLink
	broken  bool       // a heading that was meant as an update or report is a mistake
	near    []nearLine // lines that look like updates, in a body without updates
}

// These are the levels of the topmost headings of a text, below those of the page around
// it.
const (
	pageLevel    = 2
	summaryLevel = 2
	reportLevel  = 3
	updateLevel  = 4
)

// section is a part of a body, from one heading that opens something to the next.
type section struct {
	title
	blocks   []node
	from, to int // offsets of its text in the file, without the heading
}

// bodyReader reads the body of one file.
type bodyReader struct {
	decoder
	f       file
	doc     document
	checker *linkChecker
	scratch *scratch

	noteSizes map[int]int // sizes of the footnotes written so far, in bytes
}

// readBody reads f.text[start:] as the body of an entry.
func readBody(f file, start int, kind site.Kind, d decoder, table linkTable) body {
	r := newBodyReader(f, start, d, table)
	defer scratches.Put(r.scratch)
	sections, near := r.sections(kind, start)
	r.checkOrder(sections)
	b := r.assemble(kind, sections)
	b.near = near
	b.links = r.checker.links
	return b
}

// newBodyReader parses f.text[start:] as Markdown. The caller must return r.scratch to
// scratches.
func newBodyReader(f file, start int, d decoder, table linkTable) bodyReader {
	r := bodyReader{decoder: d, f: f, checker: &linkChecker{f: f, table: table, problems: d.problems}, scratch: takeScratch()}
	if r.doc = parseMarkdown(f, start, r.checker, r.scratch); r.doc.footnotes != nil {
		r.noteSizes = map[int]int{}
	}
	return r
}

// sections splits the body at the headings that open an update, a report or a plan. The
// first section is the summary. An ordinary level-2 heading ends a plan. The sections are
// valid until r.scratch is returned.
func (r bodyReader) sections(kind site.Kind, start int) ([]section, []nearLine) {
	h := headingReader{decoder: r.decoder, f: r.f, kind: kind, vocab: r.vocab}
	h.updates = h.anyUpdate(r.doc.blocks)
	out := append(r.scratch.sections[:0], section{from: start, to: len(r.f.text)})
	for i := range r.doc.blocks {
		block := &r.doc.blocks[i]
		last := &out[len(out)-1]
		longer := r.doc.blocks[i-len(last.blocks) : i+1] // the blocks of a section are consecutive
		if block.element != heading {
			last.blocks = longer
			h.lines(last, block, true)
			continue
		}
		t := h.read(*block, last.opens == report)
		if t.opens == ordinary && !(last.opens == plan && block.level <= 2) {
			last.blocks = longer
			continue
		}
		last.to = r.lineStart(block.pos)
		next := section{title: t, from: r.headingEnd(block), to: len(r.f.text)}
		if t.opens == ordinary { // text after a plan belongs to the summary
			next.from, next.blocks = last.to, r.doc.blocks[i:i+1]
		}
		out = append(out, next)
	}
	r.scratch.sections = out
	r.indented(&h, out, start)
	return out, h.own
}

// lineStart returns the offset of the start of the line at an offset.
func (r bodyReader) lineStart(offset int) int {
	return strings.LastIndexByte(r.f.text[:offset], '\n') + 1
}

// headingEnd returns the offset of the text after a heading. A heading with a line of =
// or - below it ends with that line.
func (r bodyReader) headingEnd(m *node) int {
	end := m.end
	if end == m.pos || r.f.text[end-1] != '\n' {
		end = r.nextLine(end)
	}
	if !strings.HasPrefix(strings.TrimLeft(r.f.text[r.lineStart(m.pos):], " "), "#") {
		end = r.nextLine(end)
	}
	return end
}

// nextLine returns the offset of the line after the one at an offset.
func (r bodyReader) nextLine(offset int) int {
	if i := strings.IndexByte(r.f.text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(r.f.text)
}

// assemble makes the summary, the updates, the report and the plan from the sections.
func (r bodyReader) assemble(kind site.Kind, sections []section) body {
	var b body
	summary := sections[:1:1]
	whole := kind == site.Incident
	if n := countUpdates(sections); n > 0 {
		b.updates = make([]site.Update, 0, n)
	}
	for _, s := range sections[1:] {
		switch s.opens {
		case update:
			whole = false
			b.updates = append(b.updates, site.Update{Time: s.time, Status: s.word, Pos: s.at, Body: r.prose(updateLevel, s)})
		case report:
			whole = false
			b.report = r.report(b.report, s)
		case plan:
			b.plan = r.plan(b.plan, s)
		case broken:
			whole, b.broken = false, true
		case ordinary:
			summary = append(summary, s)
		}
	}
	if !whole {
		b.summary = r.prose(summaryLevel, summary...)
	} else if text := r.prose(reportLevel, summary...); !text.Empty() {
		b.report = &site.Report{Body: text, Whole: true, Pos: text.Pos}
	}
	if n := len(b.updates); n > maxUpdates {
		r.problems.Error(b.updates[maxUpdates].Pos, "too-many", "start a new file for what happens next",
			"the file has more than %d updates", maxUpdates)
		b.updates = b.updates[:maxUpdates]
	}
	b.updates = inOrder(b.updates)
	return b
}

// countUpdates returns how many of the sections are updates.
func countUpdates(sections []section) int {
	n := 0
	for i := range sections {
		if sections[i].opens == update {
			n++
		}
	}
	return n
}

// report reads a section as the report. It reports a second one as a mistake.
func (r bodyReader) report(first *site.Report, s section) *site.Report {
	if first != nil {
		r.problems.Error(s.at, "second-report", "merge the two, or use ### for the sections of one report",
			"a second report begins here; the first is on line %d", first.Pos.Line)
		return first
	}
	out := &site.Report{Body: r.prose(reportLevel, s), Pos: s.at}
	if !s.time.IsZero() {
		out.Time = site.Moment{Time: s.time, Pos: s.at}
	}
	return out
}

// inOrder sorts updates, oldest first, and sets their anchors. For updates of the same
// instant, the order of the file decides.
func inOrder(updates []site.Update) []site.Update {
	if n := len(updates); n > 1 && updates[0].Time.After(updates[n-1].Time) {
		slices.Reverse(updates)
	}
	slices.SortStableFunc(updates, func(a, b site.Update) int { return a.Time.Compare(b.Time) })
	same := 1 // how many updates up to here have this instant
	for i := range updates {
		updates[i].Anchor = site.Anchor(updates[i].Time)
		if i == 0 || !updates[i].Time.Equal(updates[i-1].Time) {
			same = 1
			continue
		}
		same++
		updates[i].Anchor += "-" + strconv.Itoa(same)
	}
	return updates
}

// prose converts sections into one text.
func (r bodyReader) prose(level int, sections ...section) site.Prose {
	w := r.htmlWriter(level)
	p := site.Prose{Pos: diag.Pos{File: r.f.path}}
	for _, s := range sections {
		w.all(s.blocks)
		p.Definitions = append(p.Definitions, r.defined(s.blocks)...)
		written := r.markdown(s.from, s.to)
		p.Markdown = joined(p.Markdown, written)
		p.Text = joined(p.Text, r.plainText(s.blocks, written))
		if p.Pos.Line == 0 && len(s.blocks) > 0 {
			text := s.text(r.f)
			from := s.from + len(text) - len(strings.TrimLeft(text, " \t\n"))
			p.Pos = r.f.at(from, len(r.f.text)) // the rest of that line
		}
	}
	w.notes(p.Pos)
	p.Markup, p.Headings = w.written(), w.headings
	return p
}

// joined returns two texts with a blank line between them.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// text returns the source of the section, without its heading.
func (s section) text(f file) string { return f.text[s.from:max(s.from, s.to)] }
