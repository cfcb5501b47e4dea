package source

import (
	"net/url"
	"slices"
	"strings"
)

// url reads an absolute URL with one of the schemes.
func (d decoder) url(p pair, schemes ...string) string {
	s, ok := d.text(p)
	if !ok {
		return ""
	}
	if problem := urlProblem(s, schemes); problem != "" {
		hint := "write it in full, such as https://www.example.com"
		d.problems.Error(p.value.pos, "bad-url", hint, "%q: %s %s", p.name, quoted(s), problem)
		return ""
	}
	return s
}

// urlProblem returns what is wrong with a URL, or "".
func urlProblem(s string, schemes []string) string {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \t\n\"<>\\^`{|}") {
		return "is not a URL"
	}
	if u.Scheme == "" {
		return "is not an absolute URL"
	}
	if !slices.Contains(schemes, u.Scheme) {
		return "must begin with " + strings.Join(schemes, ": or ") + ":"
	}
	if web := u.Scheme == "http" || u.Scheme == "https"; web && u.Hostname() == "" || !web && u.Opaque == "" {
		return "has no address"
	}
	if u.User != nil {
		return "must not contain a user name or password"
	}
	return ""
}

// apiID reads an id that replaces the API's own.
func (d decoder) apiID(p pair) string {
	s, ok := d.text(p)
	if !ok {
		return ""
	}
	for _, r := range s {
		if !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_') || len(s) > 64 {
			d.problems.Error(p.value.pos, "bad-id", "keep the id that the old site's API gave",
				"the id %s must be at most 64 letters, digits, - and _", quoted(s))
			return ""
		}
	}
	return s
}
