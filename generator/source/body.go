package source

import (
	"slices"
	"strconv"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// body is what the Markdown of an entry says.
type body struct {
	summary site.Prose
	plan    *site.Plan
	updates []site.Update // oldest first
	report  *site.Report
	links   []contentLink
	broken  bool       // a heading was meant as an update or report, but is a mistake
	near    []nearLine // of a body without updates: what looks like one nevertheless
}

// The levels that the topmost headings of a text get, below those of the page
// around it.
const (
	pageLevel    = 2
	summaryLevel = 2
	reportLevel  = 3
	updateLevel  = 4
)

// section is a stretch of a body from one opening heading to the next.
type section struct {
	title
	blocks   []node
	from, to int // its text, without the heading, in the file
}

// bodyReader reads the body of one file.
type bodyReader struct {
	decoder
	f     file
	doc   document
	judge *linkChecker
	desk  *scratch

	noteSizes map[int]int // of the footnotes that were written, in bytes
}

// readBody reads f.text[start:] as the body of an entry.
func readBody(f file, start int, kind site.Kind, d decoder, table linkTable) body {
	r := newBodyReader(f, start, d, table)
	defer scratches.Put(r.desk)
	sections, near := r.sections(kind, start)
	r.checkOrder(sections)
	b := r.assemble(kind, sections)
	b.near = near
	b.links = r.judge.links
	return b
}

func newBodyReader(f file, start int, d decoder, table linkTable) bodyReader {
	r := bodyReader{decoder: d, f: f, judge: &linkChecker{f: f, table: table, problems: d.problems}, desk: takeScratch()}
	if r.doc = parseMarkdown(f, start, r.judge, r.desk); r.doc.footnotes != nil {
		r.noteSizes = map[int]int{}
	}
	return r
}

// sections parts the body at the headings that open something. The first one
// is the summary; an ordinary level-2 heading ends a plan.
func (r bodyReader) sections(kind site.Kind, start int) ([]section, []nearLine) {
	h := headingReader{decoder: r.decoder, f: r.f, kind: kind, vocab: r.vocab}
	h.updates = h.anyUpdate(r.doc.blocks)
	out := []section{{from: start, to: len(r.f.text)}}
	for i := range r.doc.blocks {
		block := &r.doc.blocks[i]
		last := &out[len(out)-1]
		longer := r.doc.blocks[i-len(last.blocks) : i+1] // a section's blocks stand side by side
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
		if t.opens == ordinary { // what follows a plan belongs to the summary
			next.from, next.blocks = last.to, r.doc.blocks[i:i+1]
		}
		out = append(out, next)
	}
	r.indented(&h, out, start)
	return out, h.own
}

func (r bodyReader) lineStart(offset int) int {
	return strings.LastIndexByte(r.f.text[:offset], '\n') + 1
}

// headingEnd is where the text after a heading begins. A heading with a line of
// = or - under it ends with that line.
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

// nextLine is where the line after an offset begins.
func (r bodyReader) nextLine(offset int) int {
	if i := strings.IndexByte(r.f.text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(r.f.text)
}

// assemble makes updates, plan, report and summary of the sections.
func (r bodyReader) assemble(kind site.Kind, sections []section) body {
	var b body
	summary := []section{sections[0]}
	whole := kind == site.Incident
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

func (r bodyReader) report(first *site.Report, s section) *site.Report {
	if first != nil {
		r.problems.Error(s.at, "second-report", "make it one report, or use ### for its parts",
			"a second report begins here; the first is in line %d", first.Pos.Line)
		return first
	}
	out := &site.Report{Body: r.prose(reportLevel, s), Pos: s.at}
	if !s.time.IsZero() {
		out.Time = site.Moment{Time: s.time, Pos: s.at}
	}
	return out
}

// inOrder sorts updates oldest first. Of two at one instant the earlier is the
// one that the file's own order says.
func inOrder(updates []site.Update) []site.Update {
	if n := len(updates); n > 1 && updates[0].Time.After(updates[n-1].Time) {
		slices.Reverse(updates)
	}
	slices.SortStableFunc(updates, func(a, b site.Update) int { return a.Time.Compare(b.Time) })
	same := 1 // updates at this instant up to here
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

// prose writes sections out as one text.
func (r bodyReader) prose(level int, sections ...section) site.Prose {
	w := r.htmlWriter(level)
	p := site.Prose{Pos: diag.Pos{File: r.f.path}}
	var markdown, plain []string
	for _, s := range sections {
		w.all(s.blocks)
		p.Definitions = append(p.Definitions, r.defined(s.blocks)...)
		if text := r.markdown(s.from, s.to); text != "" {
			markdown = append(markdown, text)
		}
		if text := r.plainText(s.blocks); text != "" {
			plain = append(plain, text)
		}
		if p.Pos.Line == 0 && len(s.blocks) > 0 {
			from := s.from + len(s.text(r.f)) - len(strings.TrimLeft(s.text(r.f), " \t\n"))
			p.Pos = r.f.at(from, r.f.lineEnd(r.f.at(from, from).Line-1))
		}
	}
	w.notes(p.Pos)
	p.Markdown, p.Text = strings.Join(markdown, "\n\n"), strings.Join(plain, "\n\n")
	p.Markup, p.Headings = w.written(), w.headings
	return p
}

func (s section) text(f file) string { return f.text[s.from:max(s.from, s.to)] }
