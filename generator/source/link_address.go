package source

import (
	"strings"

	"allclear/generator/site"
)

// fromRoot returns an address within the site. On a page at the root nothing comes
// before the address, so a colon in its first part would make that a scheme, as in
// javascript:x. It is written as %3A.
func fromRoot(address string) string {
	address = percent(address)
	first, _, _ := strings.Cut(address, "/")
	first, _, _ = strings.Cut(first, "?")
	first, _, _ = strings.Cut(first, "#")
	return site.RootMark + strings.ReplaceAll(first, ":", "%3A") + address[len(first):]
}

// once reports whether only one language has the page in a folder: it is in the folder of
// a language, or an index.html of content/static/. Pages in every language link to it.
func (t linkTable) once(folder string) bool {
	language, _, _ := strings.Cut(folder, "/")
	return t.languages[language] || t.static[folder+"/index.html"]
}

// folderLink returns the address of a page that is a folder's index; "" is the site's
// root.
func folderLink(name, suffix string) string {
	if name != "" {
		name += "/"
	}
	return fromRoot(name) + site.IndexMark + percent(suffix)
}

// percent writes every byte that may not be in an address as %XX.
func percent(address string) string {
	at := 0
	for at < len(address) && address[at] != '%' && !unaddressable(address[at]) {
		at++
	}
	if at == len(address) {
		return address
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(address); i++ {
		c := address[i]
		switch {
		case c == '%' && i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2]):
			b.WriteByte(c)
		case c == '%' || unaddressable(c):
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unaddressable reports whether a byte may not be in an address.
func unaddressable(c byte) bool {
	switch c {
	case '"', '<', '>', '\\', '^', '`', '{', '|', '}':
		return true
	}
	return c <= ' ' || c >= 0x7f
}
