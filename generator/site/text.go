package site

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
)

// Text is a short text in one or several languages.
type Text struct {
	Default string            // in the site's default language
	Other   map[string]string // by language tag
}

// In returns the text in a language, or the default text if there is none.
func (t Text) In(lang string) string {
	if text, ok := t.Other[lang]; ok {
		return text
	}
	return t.Default
}

// Has reports whether the text exists in a language other than the default.
func (t Text) Has(lang string) bool {
	_, ok := t.Other[lang]
	return ok
}

// Prose is a piece of Markdown in the forms that outputs need. Its HTML is safe: it
// contains no HTML that the operator wrote, no script and no dangerous link.
type Prose struct {
	Markdown string // as written, without HTML comments and definitions
	Text     string // plain text, with a blank line between paragraphs
	Headings []Heading
	Pos      diag.Pos
	Other    map[string]Prose // translations, by language tag

	Definitions []string // of the links and footnotes that Markdown uses, as written

	// Markup is HTML with marks that HTML replaces: RootMark for the path to the
	// site's root, IDMark before every id, and IndexMark at the end of an address of
	// a folder.
	Markup string
}

// Heading is a heading in a text, for a table of contents.
type Heading struct {
	Level int    // 1 to 6
	ID    string // the id of the heading in the page
	Text  string // the heading without markup
}

// Link is a link in a text to an address of the site, such as incidents/x/.
type Link struct {
	Address string
	Pos     diag.Pos
}

// RootMark, IDMark and IndexMark are placeholders in Prose.Markup for values that depend
// on the page. They are control characters, which no safe HTML contains.
const (
	RootMark  = "\x01"
	IDMark    = "\x02"
	IndexMark = "\x03"
)

// AlertMark surrounds the kind of an alert ("> [!NOTE]") in Prose.Markup and Prose.Text.
// Outputs replace it with the word in their language.
const AlertMark = "\x04"

// Alerts lists the kinds of alerts in Markdown, the same as on GitHub.
var Alerts = []string{"note", "tip", "important", "warning", "caution"}

// HTML returns the markup for a page. root is the path or address of the site's root: ""
// or ending in a slash. ids is the prefix of every id, so that several pieces of prose
// on one page do not collide. Addresses under an absolute root end with the folder;
// relative ones end with index.html, so that they also work from a disk.
func (p Prose) HTML(root, ids string) string { return p.HTMLIn(root, "", ids) }

// HTMLIn is HTML for a page of a language with a folder of its own, such as de/: links
// to other pages lead to the pages of that language.
func (p Prose) HTMLIn(root, folder, ids string) string {
	index := "index.html"
	if strings.Contains(root, "://") {
		index = ""
	}
	return fillMarks(p.Markup, root, folder, ids, index)
}

// fillMarks replaces the marks in markup, in one pass.
func fillMarks(markup, root, folder, ids, index string) string {
	at := nextMark(markup)
	if at < 0 {
		return markup
	}
	var out strings.Builder
	out.Grow(len(markup) + 64)
	for ; at >= 0; at = nextMark(markup) {
		out.WriteString(markup[:at])
		switch markup[at : at+1] {
		case RootMark:
			out.WriteString(root)
			if folder != "" && leadsToPage(markup[at+1:]) {
				out.WriteString(folder)
			}
		case IDMark:
			out.WriteString(ids)
		case IndexMark:
			out.WriteString(index)
		}
		markup = markup[at+1:]
	}
	out.WriteString(markup)
	return out.String()
}

// nextMark returns the offset of the first mark, or -1.
func nextMark(markup string) int {
	first := -1
	for _, mark := range []byte(RootMark + IDMark + IndexMark) {
		if at := strings.IndexByte(markup, mark); at >= 0 {
			first, markup = at, markup[:at]
		}
	}
	return first
}

// leadsToPage reports whether the address at the beginning of a text is a page, not a
// file: a page's address ends with a folder.
func leadsToPage(text string) bool {
	end := strings.IndexAny(text, IndexMark+`"`)
	return end >= 0 && text[end:end+1] == IndexMark
}

// In returns the prose in a language, and true if there is a translation. Otherwise it
// returns the original and false.
func (p Prose) In(lang string) (Prose, bool) {
	if other, ok := p.Other[lang]; ok {
		return other, true
	}
	return p, false
}

// Empty reports whether nothing was written.
func (p Prose) Empty() bool { return p.Markdown == "" && p.Markup == "" }

// Blank reports whether a reader would see nothing: the text has no picture and no
// character with a shape.
func (p Prose) Blank() bool {
	if p.Markup == "" {
		return p.Markdown == ""
	}
	for rest := p.Markup; rest != ""; {
		text, tag, tagged := strings.Cut(rest, "<")
		shape := strings.IndexFunc(text, func(r rune) bool { return r == '&' || hasShape(r) })
		if shape >= 0 && (text[shape] != '&' || strings.ContainsFunc(html.UnescapeString(text[shape:]), hasShape)) {
			return false
		}
		if tagged && strings.HasPrefix(tag, "img ") {
			return false
		}
		_, rest, _ = strings.Cut(tag, ">")
	}
	return true
}

// hasShape reports whether a character is visible. U+2800 is a Braille cell without
// dots.
func hasShape(r rune) bool {
	if r < utf8.RuneSelf {
		return ' ' < r && r < 0x7f // nearly all of them
	}
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != '\u2800' &&
		!unicode.In(r, unicode.Zs, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
