package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// expression evaluates the expressions of GitHub's workflows that ours use, as
// docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions says.
type expression struct {
	tokens []string
	vars   map[string]any
}

var expressionToken = regexp.MustCompile(`^\s*('(?:[^']|'')*'|&&|\|\||==|!=|[!(),]|[A-Za-z_][\w.*-]*)`)

func evaluate(text string, vars map[string]any) any {
	e := &expression{vars: vars}
	for text = strings.TrimSpace(text); text != ""; {
		m := expressionToken.FindStringSubmatch(text)
		if m == nil {
			panic("an expression that the test cannot read: " + text)
		}
		e.tokens, text = append(e.tokens, m[1]), text[len(m[0]):]
	}
	result := e.or()
	if len(e.tokens) > 0 {
		panic(fmt.Sprint("left over: ", e.tokens))
	}
	return result
}

// interpolate evaluates the expressions in a value of the workflow.
func interpolate(text string, vars map[string]any) string {
	return regexp.MustCompile(`\$\{\{(.*?)\}\}`).ReplaceAllStringFunc(text, func(m string) string {
		return shown(evaluate(m[3:len(m)-2], vars))
	})
}

func (e *expression) next(word string) bool {
	if len(e.tokens) == 0 || e.tokens[0] != word {
		return false
	}
	e.tokens = e.tokens[1:]
	return true
}

func (e *expression) or() any {
	left := e.and()
	for e.next("||") {
		if right := e.and(); !truthy(left) {
			left = right
		}
	}
	return left
}

func (e *expression) and() any {
	left := e.equal()
	for e.next("&&") {
		if right := e.equal(); truthy(left) {
			left = right
		}
	}
	return left
}

func (e *expression) equal() any {
	left := e.unary()
	switch {
	case e.next("=="):
		return strings.EqualFold(shown(left), shown(e.unary()))
	case e.next("!="):
		return !strings.EqualFold(shown(left), shown(e.unary()))
	}
	return left
}

func (e *expression) unary() any {
	if e.next("!") {
		return !truthy(e.unary())
	}
	if e.next("(") {
		v := e.or()
		e.next(")")
		return v
	}
	word := e.tokens[0]
	e.tokens = e.tokens[1:]
	if text, ok := strings.CutPrefix(word, "'"); ok {
		return strings.ReplaceAll(strings.TrimSuffix(text, "'"), "''", "'")
	}
	if !e.next("(") {
		return lookup(e.vars, strings.Split(word, "."))
	}
	var args []any
	for !e.next(")") {
		args = append(args, e.or())
		e.next(",")
	}
	switch word {
	case "contains":
		if list, ok := args[0].([]any); ok {
			return slices.ContainsFunc(list, func(v any) bool { return strings.EqualFold(shown(v), shown(args[1])) })
		}
		return strings.Contains(strings.ToLower(shown(args[0])), strings.ToLower(shown(args[1])))
	case "startsWith":
		return strings.HasPrefix(strings.ToLower(shown(args[0])), strings.ToLower(shown(args[1])))
	case "fromJSON":
		var v any
		if err := json.Unmarshal([]byte(shown(args[0])), &v); err != nil {
			panic(err)
		}
		return v
	case "cancelled":
		return false
	}
	panic("a function that the test does not know: " + word)
}

func lookup(v any, names []string) any {
	for i, name := range names {
		if list, ok := v.([]any); ok && name == "*" {
			var all []any
			for _, item := range list {
				all = append(all, lookup(item, names[i+1:]))
			}
			return all
		}
		table, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = table[name]
	}
	return v
}

func truthy(v any) bool { return v != nil && v != false && v != "" && v != 0.0 }

func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprint(v)
}

func TestExpressionsAreEvaluatedAsGitHubDoes(t *testing.T) {
	vars := map[string]any{"github": map[string]any{"event": map[string]any{
		"labels": []any{map[string]any{"name": "incident"}, map[string]any{"name": "x"}}, "n": 7.0}}}
	for text, want := range map[string]string{
		"github.event.n == '7' && 'yes' || 'no'":                 "yes",
		"contains(github.event.labels.*.name, 'INCIDENT')":       "true",
		"contains(github.event.none.*.name, 'incident')":         "false",
		"contains(fromJSON('[\"OWNER\"]'), 'NONE') || ''":        "",
		"!github.event.none && startsWith('### It''s', '### I')": "true",
	} {
		if got := shown(evaluate(text, vars)); got != want {
			t.Errorf("%s is %q, not %q", text, got, want)
		}
	}
}
