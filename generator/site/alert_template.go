package site

import (
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"allclear/generator/diag"
)

// AlertFields are the fields of an alert that rules may use, the same for every source.
var AlertFields = []string{"name", "status", "summary", "url", "labels", "tags"}

// alertFunctions are the functions of text/template that rules may use. The others can
// make long texts from short ones, or are for HTML.
var alertFunctions = []string{"and", "or", "not", "eq", "ne", "index"}

// AlertTemplate is a text with fields of an alert, such as "{{.labels.region}}".
type AlertTemplate struct{ t *template.Template }

// ParseAlertTemplate parses a text with fields of an alert, in the syntax of Go's
// text/template. Of that it allows fields, if, with and a few functions. For any other
// text, it returns what is wrong, and a hint.
func ParseAlertTemplate(text string) (t AlertTemplate, problem, hint string) {
	parsed, err := template.New("").Option("missingkey=zero").Parse(text)
	if err != nil {
		return t, "the fields between {{ and }} cannot be read: " + withoutName(err), `write {{.name}} or {{.labels.region}}; ` +
			`for a label with other characters than letters, digits and _: {{index .labels "the-name"}}`
	}
	for _, other := range parsed.Templates() {
		if other.Name() != "" {
			return t, "templates cannot be defined here", "write fields only, such as {{.labels.region}}"
		}
	}
	if parsed.Tree != nil {
		problem, hint = checkTemplateNode(parsed.Root)
	}
	return AlertTemplate{parsed}, problem, hint
}

// withoutName returns an error of text/template without the template's name, which is
// empty.
func withoutName(err error) string {
	text := strings.TrimPrefix(err.Error(), "template: ")
	if _, after, found := strings.Cut(text, ": "); found && strings.HasPrefix(text, ":") {
		return after
	}
	return text
}

// IsAlertTemplate reports whether a text contains fields of an alert.
func IsAlertTemplate(text string) bool { return strings.Contains(text, "{{") }

// checkTemplateNode checks a part of a template.
func checkTemplateNode(node parse.Node) (problem, hint string) {
	var parts []parse.Node
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return "", ""
		}
		parts = n.Nodes
	case *parse.ActionNode:
		parts = []parse.Node{n.Pipe}
	case *parse.IfNode:
		parts = []parse.Node{n.Pipe, n.List, n.ElseList}
	case *parse.WithNode:
		parts = []parse.Node{n.Pipe, n.List, n.ElseList}
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return "variables cannot be used here", "write fields only, such as {{.labels.region}}"
		}
		for _, c := range n.Cmds {
			parts = append(parts, c)
		}
	case *parse.CommandNode:
		parts = n.Args
	case *parse.ChainNode:
		parts = []parse.Node{n.Node}
	case *parse.IdentifierNode:
		if !slices.Contains(alertFunctions, n.Ident) {
			return fmt.Sprintf("the function %q cannot be used here", n.Ident), diag.DidYouMean(n.Ident, alertFunctions)
		}
	case *parse.FieldNode:
		return checkTemplateField(n.Ident)
	case *parse.TextNode, *parse.StringNode, *parse.DotNode, *parse.CommentNode, *parse.NumberNode:
	default:
		return fmt.Sprintf("%q cannot be used here", node.String()), "write fields only, such as {{.labels.region}}"
	}
	for _, part := range parts {
		if problem, hint = checkTemplateNode(part); problem != "" {
			return problem, hint
		}
	}
	return "", ""
}

// checkTemplateField checks the path of a field, such as labels.region.
func checkTemplateField(path []string) (problem, hint string) {
	field := "." + strings.Join(path, ".")
	switch {
	case !slices.Contains(AlertFields, path[0]):
		if near := diag.Nearest(path[0], AlertFields); near != "" {
			return fmt.Sprintf("an alert has no field %q", field), "did you mean ." + strings.Join(append([]string{near}, path[1:]...),
				".") + "?"
		}
		return fmt.Sprintf("an alert has no field %q", field),
			"known: ." + strings.Join(AlertFields, ", .") + "; a label is .labels." + path[len(path)-1]
	case path[0] == "labels" && len(path) > 2, path[0] != "labels" && len(path) > 1:
		return fmt.Sprintf("an alert has no field %q", field), `for a label with other characters than letters, digits and _: ` +
			`{{index .labels "the-name"}}`
	}
	return "", ""
}

// maxTemplateText is how long the result of a template may be, in bytes.
const maxTemplateText = 16 << 10

// Fill returns the text with the fields of an alert filled in. A label that the alert does
// not have is empty. The error is that of a text that would be too long, or of a function
// that cannot be called with these fields.
func (t AlertTemplate) Fill(fields map[string]any) (string, error) {
	var b strings.Builder
	if err := t.t.Execute(&b, fields); err != nil {
		return "", fmt.Errorf("the fields cannot be filled in: %s", withoutName(err))
	}
	if b.Len() > maxTemplateText {
		return "", fmt.Errorf("the text would have more than %d characters", maxTemplateText)
	}
	return b.String(), nil
}
