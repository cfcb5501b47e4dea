package source

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// quote writes a quotation. If its first line is a marker such as [!NOTE], it is an
// alert, as on GitHub, under a word that the page fills in.
func (w *htmlWriter) quote(m *node) {
	kind, rest := alertOf(m)
	if kind == "" {
		w.wrap("<blockquote>\n", m.kids, "</blockquote>\n")
		return
	}
	w.put(`<blockquote class="alert alert-`, kind, `">`, "\n", `<p class="alert-word">`, site.AlertMark, kind, site.AlertMark, "</p>\n")
	w.wrap("", rest, "</blockquote>\n")
}

// alertOf returns the kind of an alert and the blocks below its marker. kind is "" for
// an ordinary quotation.
func alertOf(m *node) (kind string, rest []node) {
	if len(m.kids) == 0 || m.kids[0].element != paragraph {
		return "", nil
	}
	first := m.kids[0]
	end := slices.IndexFunc(first.kids, func(k node) bool { return k.element == softBreak || k.element == hardBreak })
	if end < 0 {
		end = len(first.kids)
	}
	if slices.ContainsFunc(first.kids[:end], func(k node) bool { return k.element != textNode }) {
		return "", nil
	}
	line := strings.ToLower(strings.TrimSpace(inlineText(first.kids[:end], false)))
	if kind = strings.TrimSuffix(strings.TrimPrefix(line, "[!"), "]"); line != "[!"+kind+"]" || !slices.Contains(site.Alerts, kind) {
		return "", nil
	}
	if rest = m.kids[1:]; end+1 < len(first.kids) {
		first.kids = first.kids[end+1:]
		rest = append([]node{first}, rest...)
	}
	return kind, rest
}
