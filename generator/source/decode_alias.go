package source

import (
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"allclear/generator/site"
)

// aliases reads a list of old addresses, or a single one. The ID of each is
// written as in [site.Redirect].
func (d decoder) aliases(p pair) []site.Ref {
	var refs []site.Ref
	seen := map[string]bool{}
	for _, ref := range d.list(p) {
		address, ok := d.oldAddress(ref)
		switch {
		case !ok:
		case seen[address]:
			d.problems.Warn(ref.Pos, "repeated-item", "remove one of the two", "%s is the same address as one above it", quoted(ref.ID))
		default:
			seen[address] = true
			refs = append(refs, site.Ref{ID: address, Pos: ref.Pos})
		}
	}
	return refs
}

// oldAddress checks an old address and returns it decoded, with a "/" at its end unless
// it names an .html file.
func (d decoder) oldAddress(written site.Ref) (string, bool) {
	decoded, problem, hint := decodedPath(written.ID)
	if problem == "" && strings.HasPrefix(strings.ToLower(decoded), "/.allclear") {
		problem, hint = "is one of allclear's own files", "remove it"
	}
	if problem != "" {
		d.problems.Error(written.Pos, "bad-alias", hint, "the old address %s %s", quoted(written.ID), problem)
		return "", false
	}
	return canonicalPath(decoded), true
}

// decodedPath is the path of an address within the site, percent-decoded, or what is
// wrong with it.
func decodedPath(s string) (decoded, problem, hint string) {
	const example = "write its path only, such as /issues/2019-07-25-smtp/"
	switch {
	case strings.Contains(s, "://") || strings.HasPrefix(s, "//"):
		return "", "is on another site", example
	case !strings.HasPrefix(s, "/"):
		return "", "does not begin with /", "write it from the site's root: /" + s
	case strings.ContainsAny(s, "?#"):
		return "", "has a query or a fragment", "write " + s[:strings.IndexAny(s, "?#")] + " without what follows"
	}
	decoded, err := url.PathUnescape(s)
	if err != nil {
		return "", "has a % that encodes nothing", "write %25 for the character %"
	}
	for _, part := range strings.Split(strings.Trim(decoded, "/"), "/") {
		if part == "." || part == ".." {
			return "", "may lead out of the site", "write it without . and .."
		}
		if versionControl(part) {
			return "", "has a folder in which version control keeps its own files", "remove it; no host shows what stands there"
		}
	}
	trimmed := strings.TrimSuffix(strings.TrimPrefix(decoded, "/"), "/")
	switch {
	case strings.Contains(decoded, "//"):
		return "", "has a part without a name", "write one / between two names"
	case strings.Count(decoded, "/") != strings.Count(s, "/"):
		return "", "has an encoded /", "write / where one folder ends and the next begins"
	case !utf8.ValidString(decoded) || trimmed != "" && !portable(trimmed) || len(decoded) > maxAddress ||
		strings.Count(decoded, "/") > maxFolders:
		return "", "cannot be a file on every system", "remove it, and serve it by a line in content/static/_redirects"
	}
	return decoded, "", ""
}

// An old address is at most maxAddress bytes long and has at most maxFolders slashes.
const (
	maxAddress = 800
	maxFolders = 32
)

// canonicalPath writes a path in one way only: with a "/" at its end, unless it names an
// .html file; the index.html of a folder is the folder.
func canonicalPath(address string) string {
	if strings.HasSuffix(address, "/index.html") {
		address = strings.TrimSuffix(address, "index.html")
	}
	if strings.HasSuffix(address, "/") || strings.EqualFold(path.Ext(address), ".html") {
		return address
	}
	return address + "/"
}

// redirects reads the old addresses of site.yml, each with the address that it leads to.
func (d decoder) redirects(p pair) []site.Redirect {
	const example = "write each as an old address and a new one: {/index.xml: /history.rss}"
	if p.shape != table {
		d.wrong(p, "keys and values", example)
		return nil
	}
	var list []site.Redirect
	for _, one := range p.keys {
		from, ok := d.oldAddress(site.Ref{ID: one.name, Pos: one.pos})
		if _, there := d.text(one); !ok || !there {
			continue
		}
		if to, known := d.newAddress(one); known {
			list = append(list, site.Redirect{
				From:   site.Ref{ID: from, Pos: one.pos},
				Folder: strings.HasSuffix(one.name, "/") || strings.HasSuffix(one.name, "/index.html"),
				To:     site.Ref{ID: to, Pos: one.value.pos},
			})
		}
	}
	return list
}

// newAddress reads what an old address leads to: a path of the site, perhaps with a
// fragment, or an https: URL. A path is returned decoded; a fragment and a URL have no
// character that may not be in an address, since they are written into _redirects.
func (d decoder) newAddress(p pair) (string, bool) {
	to, fragment, within := strings.Cut(strings.TrimSpace(p.text), "#")
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
		problem := urlProblem(p.text, []string{"https"})
		if problem != "" {
			d.problems.Error(p.value.pos, "bad-url", "write a path of the site, such as /history/, or an address that begins with https://",
				"%q: %s %s", p.name, quoted(p.text), problem)
			return "", false
		}
		return "https" + percent(strings.TrimSpace(p.text)[len("https"):]), true // the scheme may be in capitals
	}
	decoded, problem, hint := decodedPath(to)
	if problem != "" {
		d.problems.Error(p.value.pos, "bad-url", hint, "the address %s %s", quoted(p.text), problem)
		return "", false
	}
	if within {
		decoded += "#" + percent(fragment)
	}
	return decoded, true
}

// OldAddress returns an address in the one form that [site.Redirect] has, or false if it
// cannot be an old address.
func OldAddress(address string) (string, bool) {
	decoded, problem, _ := decodedPath(address)
	if problem != "" || strings.HasPrefix(strings.ToLower(decoded), "/.allclear") {
		return "", false
	}
	return canonicalPath(decoded), true
}
