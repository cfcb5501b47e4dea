package source

import "allclear/generator/memo"

// shortcode matches the template tags of other generators.
var shortcode = memo.Regexp(`\{\{[<%][^\n]*?[>%]\}\}|\{%[^\n]*?%\}`)

// shortcodes warns of template tags of other generators: here they are text. In code
// they are allowed.
func (m *markdown) shortcodes() {
	text := m.checker.f.text
	for _, found := range shortcode().FindAllStringIndex(text[m.start:], -1) {
		from, to := m.start+found[0], m.start+found[1]
		if !within(m.comments, from) && !within(m.verbatim, from) && !escaped(text[m.start:from]) {
			m.checker.problems.Warn(m.checker.f.at(from, to), "shortcode", "write the result instead, or put it in `code`",
				"this looks like a shortcode: visitors would see it exactly as written")
		}
	}
}
