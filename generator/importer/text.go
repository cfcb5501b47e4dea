package importer

import (
	"html"
	"strings"
	"unicode"

	"allclear/generator/memo"
	"allclear/generator/source"
)

// finding is something in a text that did not come over as it was.
type finding struct{ rule, value string }

var (
	htmlComment  = memo.Regexp(`(?s)<!--.*?-->`)
	shortcode    = memo.Regexp(`\{\{[<%].*?[>%]\}\}|\{%.*?%\}`)
	localPicture = memo.Regexp(`!\[([^\]\n]*)\]\(((?:[^()\s]|\([^()\s]*\))*)[^)\n]*\)`)
	localLink    = memo.Regexp(`\[([^\]\n]*)\]\(((?:[^()\s]|\([^()\s]*\))*)[^)\n]*\)`)
	lastSpaces   = memo.Regexp(`[ \t]+(\n\n|\n?\z)|([^ \t])[ \t](\n)`)
	scripts      = memo.Regexp(`(?is)<script\b.*?</script\s*>|<style\b.*?</style\s*>|<iframe\b.*?</iframe\s*>|` +
		`<noscript\b.*?</noscript\s*>|<svg\b.*?</svg\s*>`)
	blankLine = memo.Regexp(`(?m)^[ \t]+$`)
	fenceLine = memo.Regexp("^ {0,3}(```+|~~~+)")
)

// cleanText turns a foreign text into Markdown that can stand in an entry: HTML becomes
// Markdown; comments, shortcodes and pictures without an address are taken out.
func cleanText(text string) (string, []finding) {
	var found []finding
	note := func(rule, value string) {
		found = append(found, finding{rule, shorten(strings.Join(strings.Fields(value), " "), 60)})
	}
	text, kept := takeCode(plainCharacters(text))
	text = scripts().ReplaceAllStringFunc(text, func(s string) string {
		note("script", s)
		return ""
	})
	text = htmlComment().ReplaceAllStringFunc(text, func(c string) string {
		if strings.Trim(c, "<!-> \n\t") != "" {
			note("comment", c)
		}
		return ""
	})
	text = shortcode().ReplaceAllStringFunc(text, func(s string) string {
		note("shortcode", s)
		return ""
	})
	text = plainCharacters(htmlToMarkdown(text))
	text = strings.ReplaceAll(text, "<!--", `\<!--`)
	text = localPicture().ReplaceAllStringFunc(text, func(p string) string {
		m := localPicture().FindStringSubmatch(p)
		if strings.HasPrefix(m[2], "https://") || strings.HasPrefix(m[2], "http://") {
			return p
		}
		note("picture", m[2])
		return m[1]
	})
	text = localLink().ReplaceAllStringFunc(text, func(p string) string {
		m := localLink().FindStringSubmatch(p)
		if target := strings.ToLower(m[2]); strings.HasPrefix(target, "/") || strings.HasPrefix(target, "#") || usualLink(target) {
			return p
		}
		note("link", m[2])
		return m[1]
	})
	text = lastSpaces().ReplaceAllString(blankLine().ReplaceAllString(text, ""), "$1$2$3")
	text = strings.TrimRight(manyNewlines().ReplaceAllString(text, "\n\n"), "\n ")
	if text = strings.TrimLeft(text, "\n"); len(text)-len(strings.TrimLeft(text, " ")) < 4 { // else it is code
		text = strings.TrimLeft(text, " ")
	}
	return closeFence(putCode(text, kept)), found
}

// inlineTag is an element that may stand inside of a word.
var inlineTag = memo.Regexp(`(?i)</?(?:a|abbr|b|big|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|` +
	`sub|sup|u)(?:\s[^<>]*)?>`)

// plainTitle returns a title as one line without HTML and what hides in it.
func plainTitle(title string) string {
	title = htmlComment().ReplaceAllString(plainCharacters(title), "")
	title = inlineTag().ReplaceAllString(scripts().ReplaceAllString(title, " "), "")
	title = strings.ReplaceAll(html.UnescapeString(knownTag().ReplaceAllString(title, " ")), "<!--", "")
	return strings.Join(strings.Fields(plainCharacters(title)), " ")
}

// usualLink reports whether a link has a scheme that may be in content.
func usualLink(target string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if strings.HasPrefix(target, scheme) {
			return true
		}
	}
	return false
}

// plainCharacters returns a text with line ends of one kind, and without characters that
// are invisible or turn the direction of the text.
func plainCharacters(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\ufeff", "").Replace(text)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
}

// closeFence adds the end of a block of code that has none, which would swallow the
// updates below.
func closeFence(text string) string {
	open := ""
	for line := range strings.Lines(text) {
		m := fenceLine().FindStringSubmatch(strings.TrimRight(line, "\n"))
		switch {
		case m == nil:
		case open == "":
			open = m[1]
		case m[1][0] == open[0] && len(m[1]) >= len(open) && strings.Trim(strings.TrimSpace(line), "`~") == "":
			open = ""
		}
	}
	if open == "" {
		return text
	}
	return text + "\n" + open
}

// safeText returns a text that stays one text below its heading. A line that reads like
// the heading of an update becomes a quotation; a text that cannot be kept so becomes a
// block of code.
func safeText(e *Entry, text string, isReport bool, languages []string) (string, []finding) {
	var found []finding
	for range 12 {
		problem := checkText(e, text, isReport, languages)
		if problem == nil || problem.Empty {
			return text, found
		}
		quoted := ""
		if problem.Line != "" {
			quoted = quoteLine(text, problem.Line)
		}
		if quoted == "" || quoted == text {
			break
		}
		found = append(found, finding{"heading", shorten(problem.Line, 60)})
		text = quoted
	}
	return asCode(text), append(found, finding{"text", ""})
}

// checkText finds what is wrong with a text of an entry.
func checkText(e *Entry, text string, isReport bool, languages []string) *source.TextProblem {
	if e.Kind == Announcement {
		return source.CheckAnnouncement(text, languages)
	}
	return source.CheckText(text, e.Kind.siteKind(), isReport, languages)
}

// quoteLine makes a quotation of the first line that reads so, with an empty line around
// it. It returns "" if there is none.
func quoteLine(text, line string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.TrimSpace(l) != line {
			continue
		}
		quote := []string{"> " + strings.TrimSpace(strings.TrimLeft(line, "#"))}
		if i > 0 && strings.TrimSpace(lines[i-1]) != "" {
			quote = append([]string{""}, quote...)
		}
		if i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" {
			quote = append(quote, "")
		}
		return strings.Join(append(append(lines[:i:i], quote...), lines[i+1:]...), "\n")
	}
	return ""
}

// asCode returns a text as a block of code.
func asCode(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + strings.Trim(text, "\n") + "\n" + fence
}
