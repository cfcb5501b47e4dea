package source

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"allclear/generator/site"
)

// SchemaNames lists the names that [Schema] accepts.
var SchemaNames = []string{"site", "components", "incident", "maintenance", "announcement", "alerts"}

// Schema returns a JSON Schema (draft 7, which editors support) for one of SchemaNames:
// site.yml, the component manifest, or the front matter of an entry. It is generated
// from the tables that the decoder uses, so an editor suggests what Read accepts. It
// does not cover what needs more than one value, such as whether a component exists or
// an end is after its start. For an unknown name it returns nil.
func Schema(name string) ([]byte, error) {
	var s *schema
	switch name {
	case "site":
		s = object(siteKeys, "title")
	case "components":
		s = object(manifestKeys, "components")
	case "incident":
		s = object(keysOf(site.Incident), "title")
	case "maintenance":
		s = object(keysOf(site.Maintenance), "title")
		s.AnyOf = []*schema{{Required: []string{"start"}}, {Required: []string{"repeat"}}}
		s.OneOf = []*schema{{Required: []string{"end"}}, {Required: []string{"duration"}}}
	case "announcement":
		s = object(announcementKeys, "title")
	case "alerts":
		s = object(alertsKeys, "rules")
	default:
		return nil, nil
	}
	s.Dialect, s.Title = "http://json-schema.org/draft-07/schema#", "Allclear: "+name
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(s)
	return b.Bytes(), err
}

// schema is the part of JSON Schema that the format needs.
type schema struct {
	Dialect     string      `json:"$schema,omitempty"`
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description,omitempty"`
	Type        string      `json:"type,omitempty"`
	Properties  *properties `json:"properties,omitempty"`
	Names       *schema     `json:"propertyNames,omitempty"`
	Additional  any         `json:"additionalProperties,omitempty"` // false or a schema
	Required    []string    `json:"required,omitempty"`
	Items       *schema     `json:"items,omitempty"`
	MinItems    int         `json:"minItems,omitempty"`
	MinLength   int         `json:"minLength,omitempty"`
	Pattern     string      `json:"pattern,omitempty"`
	Enum        []string    `json:"enum,omitempty"`
	Minimum     *float64    `json:"minimum,omitempty"`
	Maximum     *float64    `json:"maximum,omitempty"`
	AnyOf       []*schema   `json:"anyOf,omitempty"`
	OneOf       []*schema   `json:"oneOf,omitempty"`
}

// properties are the keys of an object, in the order of the key tables.
type properties struct {
	names   []string
	schemas []*schema
}

// MarshalJSON returns an object with its keys in order.
func (p *properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, name := range p.names {
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		if err := enc.Encode(name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := enc.Encode(p.schemas[i]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// object returns the schema of a table with these keys and no others.
func object(keys []key, required ...string) *schema {
	s := &schema{Type: "object", Properties: &properties{}, Additional: false, Required: required}
	for _, k := range keys {
		child := k.schema()
		child.Description = k.About
		s.Properties.names = append(s.Properties.names, k.Name)
		s.Properties.schemas = append(s.Properties.schemas, child)
	}
	return s
}

// schema returns the schema of a key's value.
func (k key) schema() *schema {
	text := &schema{Type: "string", Pattern: `\S`}
	switch k.Type {
	case "texts":
		return &schema{AnyOf: []*schema{text, {Type: "object", Additional: text}}}
	case "time":
		return &schema{Type: "string", Pattern: `^\s*\d{4}-\d{2}-\d{2}([Tt]|[ \t]+)\d{2}:\d{2}`}
	case "date":
		return &schema{Type: "string", Pattern: `^\s*\d{4}-\d{2}-\d{2}`}
	case "duration":
		return &schema{Type: "string", Pattern: `^\s*[0-9.+]+(d|h|m|s|ms)`}
	case "url":
		return &schema{Type: "string", Pattern: `^\s*[A-Za-z]+:`}
	case "status":
		return oneWordOf(site.StatusWords())
	case "severity":
		return oneWordOf(site.SeverityWords)
	case "scheme":
		return &schema{Type: "string", Enum: site.Schemes}
	case "channel":
		return &schema{Type: "string", Enum: site.ChannelKinds}
	case "hours":
		return clockSchema()
	case "notify kind":
		return &schema{Type: "string", Enum: notifyKindNames()}
	case "news":
		news := &schema{Type: "string", Enum: site.NotifyNews}
		return &schema{AnyOf: []*schema{news, {Type: "array", Items: news}}}
	case "durations":
		one := key{Type: "duration"}.schema()
		return &schema{AnyOf: []*schema{one, {Type: "array", Items: one}}}
	case "chat":
		return &schema{AnyOf: []*schema{text, {Type: "number"}}}
	case "address":
		return &schema{Type: "string", Pattern: `^\s*(/|[A-Za-z]+:)`}
	case "ids":
		return &schema{AnyOf: []*schema{text, {Type: "array", Items: text}}}
	case "csv":
		return &schema{Type: "string", Pattern: `^\s*(content/)?(measurements/)?[^./\\][^/\\]*\.csv\s*$`}
	case "paths":
		path := &schema{Type: "string", Pattern: `^\s*/`}
		return &schema{AnyOf: []*schema{path, {Type: "array", Items: path}}}
	case "day", "days", "day list", "time list", "interval":
		return k.repeatSchema(text)
	case "boolean":
		return &schema{Type: "boolean"}
	case "number":
		return numbers(k.Name)
	case "targets":
		return &schema{Type: "array", Items: object(publishKeys, "name", "to")}
	case "list":
		return lists(k, text)
	case "table":
		return tables(k, text)
	case "match", "rule status", "unmatched":
		return k.alertSchema()
	}
	return text
}

// oneWordOf returns the schema of a word, for which case, spaces, '-' and '_' do not
// matter. Editors suggest the words in the enumeration.
func oneWordOf(words []string) *schema {
	var patterns []string
	for _, word := range words {
		var b strings.Builder
		for _, r := range fold(word) {
			b.WriteString("[" + string(r) + strings.ToUpper(string(r)) + "][ _-]*")
		}
		patterns = append(patterns, b.String())
	}
	return &schema{AnyOf: []*schema{
		{Type: "string", Enum: words},
		{Type: "string", Pattern: "^[ _-]*(" + strings.Join(patterns, "|") + ")$"},
	}}
}

// repeatSchema returns the schema of a key of repeat.
func (k key) repeatSchema(text *schema) *schema {
	oneOrMore := func(one *schema) *schema { return &schema{AnyOf: []*schema{one, {Type: "array", Items: one}}} }
	day := &schema{Type: "string", Pattern: `^\s*\d{4}-\d{2}-\d{2}\s*$`}
	switch k.Type {
	case "days":
		first, last := 1.0, 31.0
		return oneOrMore(&schema{AnyOf: []*schema{text, {Type: "number", Minimum: &first, Maximum: &last}}})
	case "interval":
		return &schema{Type: "string", Pattern: `^\s*([0-9]+\s+)?([Dd][Aa][Yy]|[Ww][Ee][Ee][Kk]|[Mm][Oo][Nn][Tt][Hh])[Ss]?\s*$`}
	case "time list":
		return oneOrMore(key{Type: "time"}.schema())
	case "day list":
		return oneOrMore(day)
	}
	return day
}

// ranges are the limits of numbers, the same as in the decoder.
var ranges = map[string][2]float64{
	"days": {1, 366}, "target": {0, 100}, "below": {0, 100}, "credit": {0, 100}, "hours": {0, 744},
}

// numbers returns the schema of a number.
func numbers(name string) *schema {
	limits := ranges[name]
	return &schema{Type: "number", Minimum: &limits[0], Maximum: &limits[1]}
}

// lists returns the schema of a list.
func lists(k key, text *schema) *schema {
	var item *schema
	component := object(componentKeys, "id")
	switch about := k.About; {
	case k.Name == "links" || k.Name == "footer":
		item = object(menuKeys, "name", "url")
	case k.Name == "subscribe":
		item = object(channelKeys, "name", "url")
	case k.Name == "targets":
		item = object(notifyTargetKeys, "name", "to")
	case k.Name == "impacts":
		item = object(impactKeys)
		item.AnyOf = []*schema{{Required: []string{"components"}}, {Required: []string{"groups"}}}
	case k.Name == "regions":
		item = object(regionKeys, "id")
	case k.Name == "measurements":
		item = object(measurementKeys, "id", "component")
	case k.Name == "tiers":
		item = object(tierKeys, "below", "credit")
	case k.Name == "rules":
		item = object(alertRuleKeys, "match")
	case k.Name == "components" && slices.Contains(groupKeys, k):
		item = component
	case k.Name == "components":
		item = &schema{AnyOf: []*schema{component, object(groupKeys, "group", "components")}}
	default:
		return &schema{AnyOf: []*schema{text, {Type: "array", Items: text}}, Description: about}
	}
	return &schema{Type: "array", Items: item}
}

// tables returns the schema of a table.
func tables(k key, text *schema) *schema {
	switch k.Name {
	case "brand":
		return object(brandKeys)
	case "notify":
		return object(notifyKeys, "targets")
	case "redirects":
		return &schema{
			Type: "object", Names: &schema{Pattern: `^\s*/`},
			Additional: &schema{Type: "string", Pattern: `^\s*(/|https:)`},
		}
	case "repeat":
		return object(repeatKeys)
	case "home":
		return object(homeKeys)
	case "uptime":
		return object(uptimeKeys)
	case "sla":
		return object(slaKeys)
	case "exclude":
		return object(excludeKeys)
	case "weights":
		zero, one := 0.0, 1.0
		return &schema{Type: "object", Names: oneWordOf(site.StatusWords()),
			Additional: &schema{Type: "number", Minimum: &zero, Maximum: &one}}
	}
	return &schema{Type: "object", Additional: &schema{AnyOf: []*schema{text, {Type: "object", Additional: text}}}}
}
