package source

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// TextProblem explains why a text cannot be used for an update or a report.
type TextProblem struct {
	Empty         bool   // the text shows nothing
	Line          string // the line that reads like a heading of an update or a report, if that is the problem
	Message, Hint string
}

// These are placed around a text to see whether it affects other updates.
const (
	ownUpdate  = "## Update — 2000-01-01 00:00\n\n"
	ownReport  = "## Postmortem\n\n"
	nextUpdate = "\n\n## Update — 2000-01-01 00:01\n"
)

// CheckText checks Markdown as the text of one update of an entry of a kind, or of its
// report. It refuses a text that shows nothing, one with a block that does not end (the
// updates below would become part of the block), and one with the heading of another
// update or report. It returns nil for any other text; [Read] finds the other mistakes.
func CheckText(text string, kind site.Kind, isReport bool, languages []string) *TextProblem {
	heading := ownUpdate
	if isReport {
		heading = ownReport
	}
	text = tidy(text)
	r := textReader(heading+text+nextUpdate, 0, languages)
	defer scratches.Put(r.scratch)
	if len(r.doc.blocks) == 0 {
		return nil // the text is too large, which Read reports
	}
	if at, sign := r.unclosed(len(heading) + len(text)); sign != "" {
		return &TextProblem{
			Message: fmt.Sprintf("line %d of the text begins a block with %s and does not end it", r.f.at(at, at).Line-2, sign),
			Hint:    fmt.Sprintf("add a line %s at its end: otherwise every update below becomes part of the block", closing(sign)),
		}
	}
	sections, _ := r.sections(kind, 0)
	if line := r.foreignHeading(sections); line != "" {
		return &TextProblem{
			Line:    line,
			Message: "the text contains the heading of another update or report: " + line,
			Hint:    "remove it, and write a separate update for it",
		}
	}
	if len(sections) > 1 && r.prose(updateLevel, sections[1]).Blank() {
		return &TextProblem{Empty: true, Message: "the text is empty: it shows nothing", Hint: "write what is known and what happens next"}
	}
	return nil
}

// Unclosed finds a block at the end of an entry's file that does not end: text added to
// the file would become part of it. It returns the line, counted from 1, on which the
// block begins, the sign that begins it and the one that would end it. sign is "" if
// there is no such block.
func Unclosed(data []byte) (line int, sign, end string) {
	f := newFile("", string(data))
	_, body, ok := readFrontMatter(f, &diag.List{})
	if !ok {
		return 0, "", ""
	}
	r := textReader(f.text+nextUpdate, body, nil)
	defer scratches.Put(r.scratch)
	if len(r.doc.blocks) == 0 {
		return 0, "", ""
	}
	at, sign := r.unclosed(len(f.text))
	return r.f.at(at, at).Line, sign, closing(sign)
}

// textReader returns a reader for Markdown that is not a file of a site, from an offset
// on.
func textReader(text string, start int, languages []string) bodyReader {
	vocab := newVocabulary(languages)
	d := decoder{zone: time.UTC, languages: languages, vocab: &vocab, problems: &diag.List{}}
	return newBodyReader(newFile("", text), start, d, linkTable{})
}

// unclosed returns where a block begins that contains the heading at an offset, and the
// sign that begins it, or "".
func (r bodyReader) unclosed(end int) (at int, sign string) {
	last := r.doc.blocks[len(r.doc.blocks)-1]
	if last.element == heading && last.pos >= end {
		return 0, ""
	}
	line, _, _ := strings.Cut(r.f.text[last.pos:], "\n")
	if sign = fenceOf(line); sign != "" {
		return last.pos, sign
	}
	for _, raw := range rawBlocks {
		if strings.HasPrefix(strings.ToLower(line), raw[0]) {
			return last.pos, line[:len(raw[0])]
		}
	}
	return max(0, strings.LastIndex(r.f.text[:end], "<!--")), "<!--" // a comment, which has no node
}

// foreignHeading returns a line of a text that begins another update or report, or was
// meant to.
func (r bodyReader) foreignHeading(sections []section) string {
	line := func(at diag.Pos) string {
		text, _, _ := strings.Cut(r.f.text[r.f.lines[at.Line-1]:], "\n")
		return strings.TrimSpace(text)
	}
	for i := 2; i < len(sections)-1; i++ {
		if s := sections[i]; s.opens != ordinary && s.opens != plan {
			return line(s.at)
		}
	}
	for _, p := range *r.problems {
		if p.Severity == diag.Error && p.Rule == "near-update" {
			return line(p.Pos)
		}
	}
	return ""
}

// rawBlocks are the beginnings and ends of the HTML blocks, other than comments, that a
// blank line does not end (CommonMark 0.31.2, section 4.6, kinds 1 to 5).
var rawBlocks = [][2]string{
	{"<?", "?>"}, {"<![cdata[", "]]>"}, {"<pre", "</pre>"}, {"<script", "</script>"},
	{"<style", "</style>"}, {"<textarea", "</textarea>"}, {"<!", ">"},
}

// closing returns what ends a block that begins with a sign.
func closing(sign string) string {
	for _, raw := range rawBlocks {
		if strings.EqualFold(sign, raw[0]) {
			return raw[1]
		}
	}
	if sign == "<!--" {
		return "-->"
	}
	return sign
}
