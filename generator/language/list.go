package language

import (
	"strings"
	"unicode"
)

// Join joins names with the language's comma: "A, B, C".
func (l *Language) Join(names []string) string {
	if l.Dir != "rtl" {
		return strings.Join(names, l.Say("list.comma"))
	}
	isolated := make([]string, len(names))
	for i, name := range names {
		isolated[i] = l.Isolate(name)
	}
	return strings.Join(isolated, l.Say("list.comma"))
}

// List joins names as a sentence does: "A, B and C".
func (l *Language) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	out, name, rest := upToName(nil, l.lastJoin(names[last]))
	for ; name != ""; out, name, rest = upToName(out, rest) {
		switch name {
		case "before":
			out = append(out, l.Join(names[:last])...)
		case "last":
			out = append(out, l.Isolate(names[last])...)
		default:
			out = keepName(out, name)
		}
	}
	return string(out)
}

// lastJoin returns the text that joins the last name of a list to those before it. Two
// languages have another word before some names, as ICU writes them: Spanish "API e Internet"
// for "y", and Hebrew without the hyphen that stands before Latin letters and digits.
func (l *Language) lastJoin(name string) string {
	text := l.message("list.last").text
	first := strings.ToLower(strings.TrimLeft(name, isolateLeftToRight+isolateRightToLeft))
	switch {
	case isLanguage(l.Tag, "es") && soundsLikeI(first):
		return strings.Replace(text, " y {last}", " e {last}", 1)
	case isLanguage(l.Tag, "he") && strings.IndexFunc(first, isHebrew) == 0:
		return strings.Replace(text, "ו־{last}", "ו{last}", 1)
	}
	return text
}

func isLanguage(tag, base string) bool {
	first, _, _ := strings.Cut(tag, "-")
	return first == base
}

// soundsLikeI reports whether a Spanish word begins with the sound of i: Internet, IA,
// historial, but not hielo.
func soundsLikeI(word string) bool {
	rest, silent := strings.CutPrefix(word, "h")
	if silent && (strings.HasPrefix(rest, "ia") || strings.HasPrefix(rest, "ie")) {
		return false
	}
	return strings.HasPrefix(rest, "i") || strings.HasPrefix(rest, "í")
}

func isHebrew(r rune) bool { return unicode.Is(unicode.Hebrew, r) }
