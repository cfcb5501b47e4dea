package language

import "strings"

// interpolate replaces the {names} in a text by their values, in one pass: a {name}
// in a value is not replaced, and a name that value does not know stays as it is.
// A site has so many sentences that building a strings.Replacer for each of them
// took a fifth of a build.
func interpolate(text string, value func(name string) (string, bool)) string {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + 32)
	for ; open >= 0; open = strings.IndexByte(text, '{') {
		shut := strings.IndexByte(text[open:], '}')
		if shut < 0 {
			break
		}
		filled, known := value(text[open+1 : open+shut])
		if !known {
			out.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		out.WriteString(text[:open])
		out.WriteString(filled)
		text = text[open+shut+1:]
	}
	out.WriteString(text)
	return out.String()
}
