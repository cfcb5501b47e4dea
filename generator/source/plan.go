package source

import (
	"strings"

	"allclear/generator/site"
)

// plan reads the plan of a maintenance window: its task list becomes the steps, and
// everything else the introduction.
func (r bodyReader) plan(first *site.Plan, s section) *site.Plan {
	if first != nil {
		r.problems.Error(s.at, "second-plan", "move all steps to one list", "a second plan begins here; the first is on line %d",
			first.Pos.Line)
		return first
	}
	out := &site.Plan{Pos: s.at}
	intro := section{from: s.from, to: s.from}
	found := false
	for i := range s.blocks {
		block := &s.blocks[i]
		if !found && isList(*block) && hasTasks(block) {
			found = true
			intro.to = r.lineStart(block.pos)
			out.Steps = r.steps(block)
			continue
		}
		intro.blocks = append(intro.blocks, *block)
	}
	if !found {
		r.problems.Error(s.at, "plan-without-steps", "write a list such as - [x] Checks done", "the plan has no task list")
		intro.to = s.to
	}
	out.Intro = r.prose(updateLevel, intro)
	return out
}

// steps reads the items of a task list.
func (r bodyReader) steps(list *node) []site.Step {
	var steps []site.Step
	for i := range list.kids {
		item := &list.kids[i]
		tick, ok := taskOf(item)
		if !ok {
			r.problems.Error(r.f.at(item.pos, r.f.lineEnd(r.f.at(item.pos, item.pos).Line-1)), "step-without-box",
				"write - [ ] or - [x] before it", "this step of the plan has no box")
			continue
		}
		steps = append(steps, r.step(item, tick.on))
	}
	return steps
}

// step reads one item: its first line without the checkbox, and what is below it.
func (r bodyReader) step(item *node, done bool) site.Step {
	words := item.kids[0].kids[1:]
	if len(words) > 0 && words[0].element == textNode {
		words[0].text = strings.TrimLeft(words[0].text, " ")
	}
	w := r.htmlWriter(updateLevel)
	w.all(words)
	rest := item.kids[1:]
	if len(rest) > 0 {
		w.b.WriteByte('\n')
		w.all(rest)
	}
	w.notes(r.f.at(item.pos, item.pos+1))
	text := strings.TrimSpace(inlineText(words, true))
	if more := r.plainText(rest, ""); more != "" {
		text += "\n\n" + more
	}
	step := site.Step{Done: done}
	step.Body = site.Prose{Markdown: r.stepMarkdown(item), Text: text, Markup: w.written(), Headings: w.headings,
		Definitions: r.defined(item.kids)}
	step.Body.Pos = r.f.at(item.pos, r.f.lineEnd(r.f.at(item.pos, item.pos).Line-1))
	step.Count, step.Of = r.vocab.progress(inlineText(words, false))
	return step
}

// stepMarkdown returns the source of a step after its checkbox.
func (r bodyReader) stepMarkdown(item *node) string {
	first := item.kids[0]
	line := r.f.text[item.pos:r.f.lineEnd(r.f.at(item.pos, item.pos).Line-1)]
	if i := strings.IndexByte(line, ']'); i >= 0 {
		from := item.pos + i + 1
		return strings.TrimSpace(r.markdown(from, max(from, r.endOf(&first, from))))
	}
	return strings.TrimSpace(line)
}

// endOf returns the offset of the end of the last line of a block.
func (r bodyReader) endOf(m *node, from int) int {
	last := max(from, m.pos)
	for i := range m.kids {
		last = max(last, r.endOf(&m.kids[i], from))
	}
	return r.f.lineEnd(r.f.at(last, last).Line - 1)
}

// progress finds "3 of 7" in a step's text, in one of the site's languages.
func (v vocabulary) progress(text string) (count, of int) {
	fields := strings.Fields(text)
	for i := 1; i+1 < len(fields); i++ {
		if !v.isOf(fields[i]) {
			continue
		}
		n, ok1 := digits(strings.TrimLeft(fields[i-1], "("))
		m, ok2 := digits(strings.TrimRight(fields[i+1], ".,;:!)"))
		if ok1 && ok2 && 0 < m && n <= m && m <= 1_000_000 {
			return n, m
		}
	}
	return 0, 0
}

// isOf reports whether a word may be between the two numbers of a progress.
func (v vocabulary) isOf(word string) bool {
	for _, of := range v.of {
		if strings.EqualFold(of, word) {
			return true
		}
	}
	return word == "/"
}
