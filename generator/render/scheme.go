package render

import (
	"strings"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// inScheme returns a style sheet in which the visitor's preference for light or dark
// does not matter, if the operator has chosen one. Printed pages stay light.
func inScheme(style string, scheme site.Scheme) string {
	if scheme == site.SchemeAuto {
		return style
	}
	style = mediaRule().ReplaceAllStringFunc(style, func(rule string) string {
		queries := strings.Split(strings.TrimSuffix(strings.TrimPrefix(rule, "@media"), "{"), ",")
		for i, query := range queries {
			queries[i] = chosenQuery(strings.TrimSpace(query), scheme)
		}
		return "@media " + strings.Join(queries, ",") + "{"
	})
	return style + "@media not print{:root{color-scheme:" + scheme.CSS() + "}}"
}

var (
	mediaRule     = memo.Regexp(`@media[^{}]*prefers-color-scheme[^{}]*\{`)
	prefersScheme = memo.Regexp(`\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)`)
)

// chosenQuery replaces the preferred scheme in a media query: by a condition that holds on
// every screen if it is the chosen scheme, else by one that never holds.
func chosenQuery(query string, chosen site.Scheme) string {
	m := prefersScheme().FindStringSubmatch(query)
	if m == nil {
		return query
	}
	if m[1] != site.Schemes[chosen] {
		return prefersScheme().ReplaceAllLiteralString(query, "(max-width:0)")
	}
	query = prefersScheme().ReplaceAllLiteralString(query, "(min-width:0)")
	if strings.HasPrefix(query, "(") { // it names no medium, and dark paper is not printed
		query = "screen and " + query
	}
	return query
}
