package source

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// linkTable lists what links in content can lead to.
type linkTable struct {
	pages  map[string]string // content file (incidents/2025/x.md) to its page (incidents/x/)
	static map[string]bool   // paths under content/static/
	// languages are those of the site but the first, whose pages are in folders.
	languages map[string]bool
	names     func() []string // of the content files, sorted
}

// contentLink is a link from a content file to another one, or to an address of the
// site. Whether the target is built is known only after all files are read.
type contentLink struct {
	To      string // incidents/2025/x.md
	Address string // of a link to an address of the site instead: incidents/x/
	Pos     diag.Pos
}

// linkChecker checks the links and images of one file and finds their addresses.
type linkChecker struct {
	f        file
	table    linkTable
	problems *diag.List
	links    []contentLink
	targets  int // bytes of the addresses and titles of links and images so far
	repeated int // bytes of footnotes that were written before
	spent    bool
	sought   int   // names of content files that do not exist, for which a near one was looked for
	empty    []int // where empty lines are in the text, and its end; nil: not found yet
}

// link adds a link, or only its text if the address is not allowed.
func (j *linkChecker) link(out []node, l node, written string) []node {
	dest, external, ok := j.address(l, written, "link")
	if !ok {
		return append(out, l.kids...)
	}
	l.element, l.dest, l.on = link, dest, external
	return append(out, l)
}

// image adds an image, or only its description if the address is not allowed.
func (j *linkChecker) image(out []node, i node, written string) []node {
	dest, external, ok := j.address(i, written, "image")
	if !ok {
		return append(out, node{element: textNode, text: i.text, pos: i.pos})
	}
	if strings.TrimSpace(i.text) == "" {
		j.problems.Warn(j.place(i, written), "missing-alt", "describe the image between the brackets: ![…]("+written+")",
			"the image has no description for people who cannot see it")
	}
	i.element, i.dest, i.on = image, dest, external
	return append(out, i)
}

var linkSchemes = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true}

// address converts a written address into a safe one, in which site.RootMark and
// site.IDMark stand for what only the page knows. ok is false if it is not allowed.
func (j *linkChecker) address(l node, written, what string) (dest string, external, ok bool) {
	plain := strings.TrimSpace(resolved(written))
	scheme, hasScheme := schemeOf(plain)
	switch {
	case strings.IndexFunc(plain, control) >= 0 || strings.ContainsAny(plain, "\n\t") || hasScheme && !linkSchemes[scheme]:
		j.refuse(l, written, what)
		return "", false, false
	case what == "image" && (scheme == "mailto" || scheme == "tel"):
		j.refuse(l, written, what)
		return "", false, false
	case hasScheme && (scheme == "http" || scheme == "https"):
		address := percent(plain)
		if u, err := url.Parse(address); err != nil || u.Host == "" {
			j.problems.Error(j.place(l, written), "bad-link", "write it in full, such as https://www.example.com/page",
				"%s %s names no host", what, quoted(written))
			return "", false, false
		}
		return address, true, true
	case hasScheme:
		return percent(plain), false, true
	case strings.HasPrefix(strings.ReplaceAll(plain, `\`, "/"), "//"):
		j.problems.Error(j.place(l, written), "bad-link", "write the scheme too: https:"+plain, "%s to %s has no scheme", what,
			quoted(written))
		return "", false, false
	case strings.HasPrefix(plain, "#"):
		return "#" + site.IDMark + percent(plain[1:]), false, true
	case plain == "":
		j.problems.Error(j.place(l, written), "bad-link", "write an address between the parentheses", "the %s has no address", what)
		return "", false, false
	}
	dest, ok = j.local(l, written, plain, what)
	return dest, false, ok
}

// refuse reports an address that is not allowed.
func (j *linkChecker) refuse(l node, written, what string) {
	j.problems.Error(j.place(l, written), "forbidden-link",
		"use http, https, mailto, tel or an address within the site", "%s to %s is not allowed", what, quoted(written))
}

// local resolves an address without a scheme: another content file, a static file, or a
// path under the site's root.
func (j *linkChecker) local(l node, written, plain, what string) (string, bool) {
	j.links = append(j.links, contentLink{}) // records that the result depends on which other files exist
	name, suffix := plain, ""
	if i := strings.IndexAny(plain, "?#"); i >= 0 {
		name, suffix = plain[:i], plain[i:]
	}
	if decoded, err := url.PathUnescape(name); err == nil && strings.IndexFunc(decoded, control) < 0 {
		name = decoded
	}
	rooted := strings.HasPrefix(name, "/")
	near := path.Join(j.f.folder(), name) // relative to the file, as git hosts resolve links
	if rooted {
		near = strings.TrimPrefix(path.Clean(name), "/")
	}
	near = strings.TrimPrefix(near, "content/")
	if strings.HasSuffix(name, ".md") {
		return j.contentPage(l, written, suffix, near, strings.TrimPrefix(path.Clean("/"+name), "/"))
	}
	if file, ok := strings.CutPrefix(near, "static/"); ok {
		return j.staticFile(l, written, suffix, file, what)
	}
	clean := strings.TrimPrefix(path.Clean("/"+name), "/")
	if file, ok := strings.CutPrefix(clean, "static/"); ok {
		return j.staticFile(l, written, suffix, file, what)
	}
	if what == "image" && !j.table.static[clean] && !strings.HasPrefix(clean, "badges/") {
		return j.staticFile(l, written, suffix, clean, what)
	}
	link := contentLink{Address: clean, Pos: j.place(l, written)}
	folder := strings.HasSuffix(name, "/")
	if folder && clean != "" {
		link.Address += "/"
	}
	j.links = append(j.links, link)
	switch {
	case folder && j.table.once(clean):
		return fromRoot(path.Join(clean, "index.html") + suffix), true
	case folder:
		return folderLink(clean, suffix), true
	}
	return fromRoot(clean + suffix), true
}

// contentPage resolves a link to a content file, under one of the candidate names.
func (j *linkChecker) contentPage(l node, written, suffix string, candidates ...string) (string, bool) {
	at := j.place(l, written)
	for _, name := range candidates {
		if page, ok := j.table.pages[name]; ok {
			j.links = append(j.links, contentLink{To: name, Pos: at})
			if j.table.once(page) {
				return fromRoot(page + "index.html" + suffix), true
			}
			return folderLink(strings.TrimSuffix(page, "/"), suffix), true
		}
	}
	if page, ok := j.table.occurrencePage(candidates); ok {
		j.links = append(j.links, contentLink{Address: page + "/", Pos: at})
		return folderLink(page, suffix), true
	}
	hint := "write its path from this file, such as ../incidents/2025-07-25-smtp.md"
	if j.sought++; j.sought <= maxSought && j.table.names != nil {
		if near := diag.Nearest(path.Base(candidates[0]), j.table.names()); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
	}
	j.problems.Error(at, "missing-content", hint, "there is no content file %s", quoted(written))
	return "", false
}

// staticFile resolves a link to a static file.
func (j *linkChecker) staticFile(l node, written, suffix, name, what string) (string, bool) {
	if !j.table.static[name] {
		j.problems.Error(j.place(l, written), "missing-static", "put the file in content/static/",
			"the %s %s is missing: there is no content/static/%s", what, quoted(written), name)
		return "", false
	}
	return fromRoot(name + suffix), true
}

// schemeOf returns the scheme of an address in lower case, and whether it has one.
func schemeOf(address string) (string, bool) {
	before, _, found := strings.Cut(address, ":")
	if !found || before == "" || strings.ContainsAny(before, "/?#") {
		return "", false
	}
	return strings.ToLower(before), true
}

// isHex reports whether c is a hexadecimal digit.
func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// resolved replaces the backslash escapes and entities of Markdown text, in one pass.
func resolved(s string) string {
	if !mayEscape(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && punctuation(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			n := entityLength(s[i:])
			b.WriteString(html.UnescapeString(s[i : i+n]))
			i += n - 1
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// mayEscape reports whether a text has the first character of an escape or an entity.
func mayEscape(s string) bool {
	return strings.IndexByte(s, '\\') >= 0 || strings.IndexByte(s, '&') >= 0
}

// entityLength returns the length of the entity at the start of s, or 1 if there is
// none.
func entityLength(s string) int {
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return 1
	}
	name := s[1:end]
	if strings.Trim(name, "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return 1
	}
	return end + 1
}

// punctuation reports whether c is ASCII punctuation.
func punctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z')
}

// unescape is resolved, but replaces control characters, which an entity could bring in:
// the marks in site.Prose are control characters.
func unescape(s string) string {
	if !mayEscape(s) {
		return s // the text of a file has no control characters
	}
	return strings.Map(func(r rune) rune {
		if control(r) {
			return '\ufffd'
		}
		return r
	}, resolved(s))
}
