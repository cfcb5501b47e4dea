package render

import "strings"

// fill puts values in place of the {names} in a text, in one pass: what a value
// holds is not looked at again, and a name that value does not know stays as it
// is. A site says so many sentences that building a strings.Replacer for each of
// them was a fifth of a build.
func fill(text string, value func(name string) (string, bool)) string {
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
