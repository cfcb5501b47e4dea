package alerts

import (
	"maps"
	"slices"
	"strings"

	"allclear/generator/site"
)

// ruleFor returns the first rule that matches an alert, or nil.
func ruleFor(rules []site.AlertRule, kind string, a Alert) *site.AlertRule {
	for i := range rules {
		r := &rules[i]
		if len(r.Match) > 0 && !slices.ContainsFunc(r.Match, func(m site.AlertMatch) bool { return !matches(m, kind, a) }) {
			return r
		}
	}
	return nil
}

// matches reports whether a condition of a rule holds for an alert.
func matches(m site.AlertMatch, kind string, a Alert) bool {
	values := []string{}
	switch m.Field {
	case "name":
		values = append(values, a.Name)
	case "summary":
		values = append(values, a.Summary)
	case "url":
		values = append(values, a.URL)
	case "status":
		return true // a rule is for an alert as long as it is the same
	case "source":
		values = append(values, kind)
	case "tag", "tags":
		values = append(values, a.Tags...)
	}
	if value, has := a.Labels[strings.TrimPrefix(m.Field, "labels.")]; has {
		values = append(values, value)
	}
	return slices.ContainsFunc(m.Patterns, func(pattern string) bool {
		return slices.ContainsFunc(values, func(value string) bool { return glob(pattern, value) })
	})
}

// glob reports whether a pattern matches a whole text: * stands for any characters, ? for
// one. Case matters, as it does for labels.
func glob(pattern, text string) bool {
	p, s := []rune(pattern), []rune(text)
	star, from := -1, 0 // where the last * is, and from where the rest of the text has to match
	i, j := 0, 0
	for j < len(s) {
		switch {
		case i < len(p) && p[i] == '*':
			star, from = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == s[j]):
			i, j = i+1, j+1
		case star >= 0:
			from++
			i, j = star+1, from
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}

// describe returns what a rule could match of an alert: its name, labels and tags.
func describe(a Alert) string {
	parts := []string{}
	add := func(name, value string) {
		if value != "" && len(parts) < 10 {
			parts = append(parts, oneLine(name)+": "+quoted(value))
		}
	}
	add("name", a.Name)
	for _, name := range slices.Sorted(maps.Keys(a.Labels)) {
		add(name, a.Labels[name])
	}
	for _, tag := range a.Tags {
		if !strings.ContainsAny(tag, ":=") {
			add("tag", tag)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
