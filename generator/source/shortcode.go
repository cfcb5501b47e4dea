package source

import "regexp"

var shortcode = regexp.MustCompile(`\{\{[<%][^\n]*?[>%]\}\}|\{%[^\n]*?%\}`)

// shortcodes warns of what other generators would fill in: here it is text. Code
// may show it.
func (m *markdown) shortcodes() {
	text := m.judge.f.text
	for _, found := range shortcode.FindAllStringIndex(text[m.start:], -1) {
		from, to := m.start+found[0], m.start+found[1]
		if !within(m.comments, from) && !within(m.verbatim, from) && !escaped(text[m.start:from]) {
			m.judge.problems.Warn(m.judge.f.at(from, to), "shortcode", "write what it stands for, or put it in `code`",
				"this looks like a shortcode: visitors would see it exactly as written")
		}
	}
}
