// Package headers knows the HTTP headers that a site's files are sent with: the rules of
// its _headers file, and media types.
package headers

import (
	"net/http"
	"strings"
)

// Rules are the rules of a _headers file, in the format of Netlify and Cloudflare
// Pages: a path, which may contain * and :name, followed by indented headers.
type Rules []rule

// rule sets headers for the paths that match a pattern.
type rule struct {
	pattern string
	headers [][2]string
}

// Parse parses a _headers file. It ignores lines that it does not understand.
func Parse(text []byte) Rules {
	var rules Rules
	for line := range strings.Lines(string(text)) {
		word := strings.TrimSpace(line)
		if word == "" || strings.HasPrefix(word, "#") {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			rules = append(rules, rule{pattern: word})
			continue
		}
		if name, value, ok := strings.Cut(word, ":"); ok && len(rules) > 0 {
			last := &rules[len(rules)-1]
			last.headers = append(last.headers, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
	}
	return rules
}

// Set sets the headers of all rules that match path.
func (rules Rules) Set(h http.Header, path string) {
	for _, r := range rules {
		if !matches(r.pattern, path) {
			continue
		}
		for _, pair := range r.headers {
			h.Set(pair[0], pair[1])
		}
	}
}

// matches reports whether path matches pattern, in which * stands for any text and :name
// for one part of a path.
func matches(pattern, path string) bool {
	if pattern == "" {
		return path == ""
	}
	switch pattern[0] {
	case '*':
		for i := 0; i <= len(path); i++ {
			if matches(pattern[1:], path[i:]) {
				return true
			}
		}
		return false
	case ':':
		_, rest, more := strings.Cut(pattern, "/")
		part, left, deeper := strings.Cut(path, "/")
		return part != "" && more == deeper && (!more || matches("/"+rest, "/"+left))
	}
	return path != "" && path[0] == pattern[0] && matches(pattern[1:], path[1:])
}
