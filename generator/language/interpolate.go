package language

import "strings"

// upToName appends a text up to its first {name} to out, and returns the name and the text
// after it. If there is none, it appends all of the text, and the name is "". Values are
// put in place of names so, in one pass, and a {name} in a value stays as it is:
//
//	out, name, rest := upToName(nil, text)
//	for ; name != ""; out, name, rest = upToName(out, rest) {
//		switch name {
//		case "n":
//			out = append(out, …)
//		default:
//			out = keepName(out, name)
//		}
//	}
func upToName(out []byte, text string) (filled []byte, name, rest string) {
	for at := 0; ; {
		length := strings.IndexByte(text[at:], '}')
		if length < 0 {
			return append(out, text...), "", ""
		}
		shut := at + length
		if open := strings.LastIndexByte(text[:shut], '{'); open >= at && open+1 < shut {
			return append(out, text[:open]...), text[open+1 : shut], text[shut+1:]
		}
		at = shut + 1
	}
}

// keepName appends a {name} as it is to out.
func keepName(out []byte, name string) []byte {
	out = append(out, '{')
	out = append(out, name...)
	return append(out, '}')
}
