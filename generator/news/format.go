package news

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// What the kinds of messages share.

const (
	jsonType = "application/json"
	textType = "text/plain; charset=utf-8"
)

// compact encodes a value as JSON on one line, with characters as they are.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// paragraphs joins the parts of a message with blank lines between them.
func paragraphs(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "\n\n")
}

// address matches what services make a link of. It has only characters that are markup
// nowhere within an address.
var address = regexp.MustCompile(`https?://[A-Za-z0-9._~:/?#%&=+,;-]+`)

// outsideLinks changes a text, but not the addresses in it.
func outsideLinks(text string, change func(string) string) string {
	var out strings.Builder
	at := 0
	for _, found := range address.FindAllStringIndex(text, -1) {
		out.WriteString(change(text[at:found[0]]) + text[found[0]:found[1]])
		at = found[1]
	}
	return out.String() + change(text[at:])
}

// callNobody breaks what would call people: @everyone, @here, @name, <!channel> and <users/all>. An
// invisible word joiner stands in between, so the text looks the same.
func callNobody(text string) string {
	const joiner = "\u2060"
	return strings.NewReplacer("@", "@"+joiner, "<!", "<"+joiner+"!", "<@", "<"+joiner+"@"+joiner, "<#", "<"+joiner+"#",
		"<users/", "<"+joiner+"users/").Replace(text)
}

// noEncodedWord breaks what looks like an encoded word of RFC 2047, such as =?utf-8?q?=0d?=,
// with an invisible word joiner. Whoever reads a header decodes those, even to line breaks.
func noEncodedWord(text string) string { return strings.ReplaceAll(text, "=?", "=\u2060?") }

// escapeHTML escapes a text for HTML, also in attributes.
var escapeHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace
