package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"allclear/generator/source"
)

// shorten cuts a text to so many characters, between words if possible.
func shorten(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// ids gives out ids that differ from each other, also in lower case.
type ids map[string]bool

// take returns an id made from the first name that gives one, with a number if it is taken.
func (taken ids) take(names ...string) string {
	base := ""
	for _, name := range names {
		if base = strings.ReplaceAll(source.Slug(name), "_", "-"); strings.Trim(base, "-") != "" {
			break
		}
	}
	if base = strings.Trim(base, "-"); base == "" {
		base = "component"
	}
	if reservedIDs[base] {
		base += "-1"
	}
	id := base
	for n := 2; taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}

// reservedIDs are ids that the format or Windows needs itself.
var reservedIDs = map[string]bool{"all": true, "overall": true, "con": true, "prn": true, "aux": true, "nul": true}

func init() {
	for _, device := range []string{"com", "lpt"} {
		for n := range 9 {
			reservedIDs[device+strconv.Itoa(n+1)] = true
		}
	}
}

// apiID reports whether a text can be an id in the API.
func apiID(text string) bool {
	for _, c := range []byte(text) {
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return text != "" && len(text) <= 64
}

// slugFits reports whether a text can be the name of an entry's file as it is.
func slugFits(text string) bool {
	for _, c := range []byte(text) {
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return text != "" && len(text) <= 100
}

// webAddress returns a text as an address of the web, with https:// where the scheme is
// missing, or "" if it is none, or may hold a secret.
func webAddress(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text, " $\"'<>\\\n") {
		return ""
	}
	if !strings.Contains(text, "://") {
		if !strings.Contains(text, ".") || strings.HasPrefix(text, "/") || strings.HasPrefix(text, ".") {
			return ""
		}
		text = "https://" + text
	}
	rest, ok := strings.CutPrefix(text, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(text, "http://")
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	if !ok || strings.Contains(host, "@") || host == "" || strings.Trim(host, ".") == "" || strings.HasPrefix(host, ":") {
		return ""
	}
	return text
}
