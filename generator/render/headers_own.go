package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/site"
)

// Limits of a _headers file. Cloudflare Pages ignores all rules after the hundredth
// (https://developers.cloudflare.com/pages/configuration/headers/).
const (
	headerRulesLimit = 100
	ownHeadersLimit  = 512 << 10
)

// alwaysSent are the headers that the site sends with every file.
var alwaysSent = []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"}

// ownHeaders returns the operator's static/_headers, or "" if there is none.
func ownHeaders(static []site.Static) (string, error) { return ownText(static, "_headers") }

// ownText returns a text file of the operator's, or "" if there is none. The error is one
// of reading, or says that the file is larger than ownHeadersLimit.
func ownText(static []site.Static, name string) (string, error) {
	i := slices.IndexFunc(static, func(own site.Static) bool { return own.Path == name })
	if i < 0 {
		return "", nil
	}
	f, err := static[i].Open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, ownHeadersLimit+1))
	if err == nil && len(text) > ownHeadersLimit {
		err = fmt.Errorf("it is larger than 512 KB")
	}
	return strings.TrimPrefix(string(text), "\ufeff"), err
}

// CheckHeaders reports mistakes in static/_headers, whose rules are added to the
// generated ones.
func CheckHeaders(s *site.Site) diag.List {
	const file = "content/static/_headers"
	var problems diag.List
	text, err := ownHeaders(s.Static)
	if err != nil {
		problems.Error(
			diag.Pos{File: file},
			"bad-headers",
			"check that it is a short text file, and that you may read it",
			"the file cannot be read: %v",
			err,
		)
		return problems
	}
	path, rules := "", 0
	for n, line := range strings.Split(text, "\n") {
		word := strings.TrimSpace(line)
		at := diag.Pos{
			File:      file,
			Line:      n + 1,
			Column:    1 + strings.Index(line, word),
			EndColumn: 1 + strings.Index(line, word) + len([]rune(word)),
		}
		switch name, _, named := strings.Cut(word, ":"); {
		case word == "" || strings.HasPrefix(word, "#"):
		case line[0] != ' ' && line[0] != '\t':
			path = word
			rules++
			if !strings.HasPrefix(path, "/") {
				problems.Error(
					at,
					"bad-headers",
					"begin the line with / for a path, or with two spaces for a header",
					"this is neither a path nor a header",
				)
			}
		case path == "":
			problems.Error(at, "bad-headers", "write the path above it, such as /*", "the header has no path above it")
		case !named:
			problems.Error(at, "bad-headers", "write Name: value", "the header has no value")
		case strings.TrimSpace(name) == "":
			problems.Error(at, "bad-headers", "write Name: value", "the header has no name")
		case !isHeaderName(strings.TrimSpace(name)):
			problems.Error(at, "bad-headers", "write Name: value", "%q cannot be the name of a header", strings.TrimSpace(name))
		case path == "/*" && isAlwaysSent(name):
			problems.Warn(
				at,
				"repeated-header",
				"remove the line, or name a narrower path than /*",
				"the site sends %s with every file already, and a browser then gets both",
				strings.TrimSpace(name),
			)
		}
	}
	if ours := countHeaderRules(s); rules > 0 && ours+rules > headerRulesLimit {
		problems.Warn(diag.Pos{File: file}, "too-many-headers", fmt.Sprintf("keep %d at most", headerRulesLimit-ours),
			"with the site's own there are %d rules, and Cloudflare Pages reads only the first %d", ours+rules, headerRulesLimit)
	}
	return problems
}

// isHeaderName reports whether a word is a token, which names of headers are (RFC 9110,
// section 5.6.2).
func isHeaderName(word string) bool {
	other := func(c rune) bool {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", c)
	}
	return !strings.ContainsFunc(word, other)
}

// CheckRedirects reports markers of an unfinished git merge in static/_redirects.
func CheckRedirects(s *site.Site) diag.List {
	const file = "content/static/_redirects"
	var problems diag.List
	text, err := ownText(s.Static, "_redirects")
	if err != nil {
		problems.Error(
			diag.Pos{File: file},
			"bad-redirects",
			"check that it is a short text file, and that you may read it",
			"the file cannot be read: %v",
			err,
		)
	}
	for n, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") {
			problems.Error(
				diag.Pos{File: file, Line: n + 1, Column: 1, EndColumn: 1 + len([]rune(strings.TrimRight(line, "\r")))},
				"conflict-marker",
				"keep the correct side, or parts of both, and delete the three marker lines",
				"an unresolved merge conflict",
			)
			break
		}
	}
	return problems
}

// countHeaderRules returns the number of rules that the site has without the operator's.
func countHeaderRules(s *site.Site) int {
	st := &settings{site: s}
	for i, tag := range s.Languages {
		st.languages = append(st.languages, &language.Language{Tag: tag, Default: i == 0})
	}
	return len(headerRules(st, s.Static))
}

// isAlwaysSent reports whether the site sends a header with every file.
func isAlwaysSent(name string) bool {
	return slices.ContainsFunc(alwaysSent, func(ours string) bool { return strings.EqualFold(ours, strings.TrimSpace(name)) })
}
