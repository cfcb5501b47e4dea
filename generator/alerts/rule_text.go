package alerts

import (
	"fmt"
	"regexp"
	"strings"

	"allclear/generator/site"
)

// fill returns a text of the rule with the fields of the alert filled in. change is
// applied to each field.
func (m meaning) fill(key, text string, change func(string) string) (string, error) {
	if !site.IsAlertTemplate(text) {
		return text, nil
	}
	t, problem, hint := site.ParseAlertTemplate(text)
	if problem != "" {
		return "", errorf(hint, "%s of the rule at %s: %s", key, at(m.rule.Pos), problem)
	}
	fields := m.alert.fields()
	for name, value := range fields {
		switch v := value.(type) {
		case string:
			fields[name] = change(v)
		case map[string]string:
			for label := range v {
				v[label] = change(v[label])
			}
		case []string:
			var tags []string
			for _, tag := range v {
				tags = append(tags, change(tag))
			}
			fields[name] = strings.Join(tags, ", ")
		}
	}
	out, err := t.Fill(fields)
	if err != nil {
		return "", errorf("the alert is "+describe(m.alert), "%s of the rule at %s cannot be filled in: %v", key, at(m.rule.Pos), err)
	}
	return out, nil
}

// texts sets the title and the message.
func (r ruling) texts(m *meaning) error {
	title := m.rule.Title.Default
	if missing := m.missing(title); missing != "" {
		m.lacks = append(m.lacks, "title: the alert has no "+missing)
		title = ""
	}
	useName := title == ""
	if useName {
		title = asTitle(m.alert.Name)
	}
	filled, err := m.fill("title", title, asTitle)
	if useName {
		filled, err = title, nil // a name that looks like a template is data
	}
	if err != nil {
		return err
	}
	if m.title = strings.Join(strings.Fields(filled), " "); m.title == "" {
		return errorf("write title: in the rule", "the alert has no name, and the rule at %s no title", at(m.rule.Pos))
	}
	for lang, text := range m.rule.Title.Other {
		if m.missing(text) != "" {
			continue
		}
		filled, err := m.fill("title", text, asTitle)
		if err != nil {
			return err
		}
		if m.titles == nil {
			m.titles = map[string]string{}
		}
		m.titles[lang] = strings.Join(strings.Fields(filled), " ")
	}
	if missing := m.missing(m.rule.Message.ID); missing != "" {
		m.lacks = append(m.lacks, "message: the alert has no "+missing)
		return nil
	}
	m.message, err = m.fill("message", m.rule.Message.ID, asMarkdown)
	return err
}

// printed matches a field of an alert that a text prints as it is.
var printed = regexp.MustCompile(`\{\{-?\s*\.(?:labels\.)?(\w+)\s*-?\}\}`)

// missing returns the name of a field that a text prints and the alert does not have, or
// "". Without it, the text would have a gap: "Trouble in". A text with a condition takes
// care of that itself.
func (m meaning) missing(text string) string {
	if !site.IsAlertTemplate(text) || strings.Contains(text, "{{if") || strings.Contains(text, "{{with") {
		return ""
	}
	fields := m.alert.fields()
	for _, found := range printed.FindAllStringSubmatch(text, -1) {
		value := m.alert.Labels[found[1]]
		if !strings.Contains(found[0], ".labels.") {
			value = strings.TrimSpace(fmt.Sprint(fields[found[1]]))
		}
		if strings.TrimSpace(value) == "" || value == "[]" {
			return found[1]
		}
	}
	return ""
}
