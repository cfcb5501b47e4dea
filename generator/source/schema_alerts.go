package source

import "allclear/generator/site"

// alertSchema returns the schema of a key of alerts.yml that no other file has.
func (k key) alertSchema() *schema {
	pattern := &schema{AnyOf: []*schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}}}
	switch k.Type {
	case "match":
		patterns := &schema{Type: "array", Items: pattern, MinItems: 1}
		return &schema{Type: "object", Additional: &schema{AnyOf: append(pattern.AnyOf, patterns)}}
	case "unmatched":
		return &schema{Type: "string", Enum: []string{"ignore", "draft"}}
	}
	return &schema{AnyOf: []*schema{oneWordOf(site.StatusWords()), {Type: "string", Pattern: `\{\{`}}}
}
