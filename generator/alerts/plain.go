package alerts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitle is how long a title made from an alert may be, in characters.
const maxTitle = 120

// oneLine returns a text from a payload as one line of plain text: without control
// characters, without those that reverse the direction of text, and without mentions, for
// which @ becomes ＠.
func oneLine(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '@':
			b.WriteRune('＠')
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte(' ')
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c':
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// asTitle returns a text from a payload as a title. A < that would begin a tag or a comment
// becomes ‹: check refuses HTML in titles.
func asTitle(s string) string { return shorten(tag.ReplaceAllString(oneLine(s), "‹$1"), maxTitle) }

// tag matches the beginning of a tag or a comment of HTML.
var tag = regexp.MustCompile(`<([A-Za-z/!?])`)

// asMarkdown returns a text from a payload as Markdown that shows just this text, on one
// line: everything that Markdown could take for a sign has a backslash.
func asMarkdown(s string) string {
	s = shorten(oneLine(s), 1000)
	var b strings.Builder
	for i, r := range s {
		number := (r == '.' || r == ')') && strings.Trim(s[:i], "0123456789") == ""
		address := r == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www") || r == ':' && strings.HasPrefix(s[i:], "://")
		begin := i == 0 && strings.ContainsRune("-+=:", r)
		if strings.ContainsRune("\\`*_[]<>#|~&!", r) || number || address || begin {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
