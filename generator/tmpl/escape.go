package tmpl

import (
	"bytes"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// escaper writes values in one of html/template's contexts. Most values are short texts
// that need no escaping; html/template itself escapes the others, in a small template,
// the probe, with just this context.
type escaper struct {
	plain         func(string) bool // reports whether a text needs no escaping
	safe          reflect.Type      // a type that needs no escaping in this context, or nil
	probe         *template.Template
	before, after int // the lengths of what is around the value in the probe

	mu    sync.RWMutex
	cache map[any][]byte // escaped values: the few that are on every page come first
}

// cacheLimit is how many values an escaper remembers.
const cacheLimit = 64

// contexts are the probes, each with a value in a context of its own, and the texts
// and the type that html/template leaves as they are there. An error here would be a
// hole for cross-site scripting: FuzzEscape compares every context with html/template.
var contexts = []struct {
	before, after string
	plain         func(string) bool
	safe          reflect.Type
}{
	{"", "", plainHTML, reflect.TypeFor[template.HTML]()},
	{`<a title="`, `">`, plainHTML, nil},
	{"<title>", "</title>", plainHTML, nil},
	{`<a href="`, `">`, plainURL, nil},
	{`<a href="x`, `">`, plainURL, nil},
	{`<a href="#`, `">`, plainURLPart, nil},
	{`<img srcset="`, `">`, never, nil},
	{"<style>", "</style>", never, reflect.TypeFor[template.CSS]()},
	{"<script>", "</script>", never, reflect.TypeFor[template.JS]()},
}

// escapers finds which of html/template's escapers stand for which context, by the
// names that html/template put at the end of the probe's pipeline.
var escapers = sync.OnceValue(func() map[string]*escaper {
	known := map[string]*escaper{}
	for _, c := range contexts {
		probe := template.Must(template.New("").Parse(c.before + "{{.}}" + c.after))
		probe.Execute(io.Discard, "")
		for _, n := range probe.Tree.Root.Nodes {
			if action, ok := n.(*parse.ActionNode); ok {
				_, tail := splitEscapers(action.Pipe.Cmds)
				known[tail] = &escaper{
					plain: c.plain, safe: c.safe, cache: map[any][]byte{},
					probe: probe, before: len(c.before), after: len(c.after),
				}
			}
		}
	}
	return known
})

// splitEscapers cuts html/template's escapers off the end of a pipeline, and returns
// their names, joined by "|". There are none in a pipeline that html/template has not
// escaped.
func splitEscapers(cmds []*parse.CommandNode) (own []*parse.CommandNode, escapers string) {
	for i, cmd := range cmds {
		if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && strings.HasPrefix(id.Ident, "_html_template_") {
			var names []string
			for _, c := range cmds[i:] {
				names = append(names, c.String())
			}
			return cmds[:i], strings.Join(names, "|")
		}
	}
	return cmds, ""
}

// output compiles a pipeline whose value is written, escaped for its context.
func (c *compiler) output(p *parse.PipeNode) (stmt, error) {
	own, tail := splitEscapers(p.Cmds)
	esc, known := escapers()[tail]
	if !known {
		return nil, errUnsupported
	}
	if say := c.said(own); say != nil {
		return func(x *exec, dot reflect.Value) error {
			text, err := say(x, dot)
			if err != nil {
				return err
			}
			return esc.writeText(x, text)
		}, nil
	}
	val, err := c.pipe(p, own)
	if err != nil {
		return nil, err
	}
	if val.typ == stringType {
		return func(x *exec, dot reflect.Value) error {
			v, err := val.find(x, dot)
			if err != nil {
				return err
			}
			return esc.writeText(x, v.String())
		}, nil
	}
	return func(x *exec, dot reflect.Value) error {
		v, err := val.find(x, dot)
		if err != nil {
			return err
		}
		return esc.write(x, v)
	}, nil
}

var (
	stringType = reflect.TypeFor[string]()
	boolType   = reflect.TypeFor[bool]()
	intType    = reflect.TypeFor[int]()
)

// write appends a value to the output, escaped.
func (esc *escaper) write(x *exec, v reflect.Value) error {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return errUnsupported
	case v.Type() == stringType:
		return esc.writeText(x, v.String())
	case v.Type() == esc.safe:
		x.out = append(x.out, v.String()...)
		return nil
	case v.Kind() == reflect.Int && v.NumMethod() == 0 && esc.plain("-1"):
		x.out = strconv.AppendInt(x.out, v.Int(), 10)
		return nil
	}
	escaped, err := esc.escapeSlow(v)
	x.out = append(x.out, escaped...)
	return err
}

// writeText appends a text to the output, escaped.
func (esc *escaper) writeText(x *exec, text string) error {
	if esc.plain(text) {
		x.out = append(x.out, text...)
		return nil
	}
	escaped, err := esc.escapeSlow(reflect.ValueOf(text))
	x.out = append(x.out, escaped...)
	return err
}

// escapeSlow has html/template escape a value.
func (esc *escaper) escapeSlow(v reflect.Value) ([]byte, error) {
	given := v.Interface()
	if v.Kind() == reflect.String {
		esc.mu.RLock()
		escaped, known := esc.cache[given]
		esc.mu.RUnlock()
		if known {
			return escaped, nil
		}
	}
	var out bytes.Buffer
	if err := esc.probe.Execute(&out, given); err != nil {
		return nil, err
	}
	escaped := out.Bytes()[esc.before : out.Len()-esc.after]
	if v.Kind() == reflect.String {
		esc.mu.Lock()
		defer esc.mu.Unlock()
		if len(esc.cache) < cacheLimit {
			esc.cache[given] = escaped
		}
	}
	return escaped, nil
}

// never is for contexts in which no text is written unchanged.
func never(string) bool { return false }

// plainHTML reports whether html/template writes a text unchanged between tags and in
// quoted attributes. (It escapes + so that UTF-7 is never recognized.)
func plainHTML(text string) bool {
	for i := 0; i < len(text); i++ {
		if escapedInHTML[text[i]] {
			return false
		}
	}
	return true
}

// escapedInHTML are the characters that html/template does not write as they are.
var escapedInHTML = [256]bool{0: true, '"': true, '&': true, '\'': true, '+': true, '<': true, '>': true}

// plainURLPart reports whether html/template writes a text unchanged in the query or
// the fragment of a URL. These are RFC 3986's unreserved characters.
func plainURLPart(text string) bool {
	for i := 0; i < len(text); i++ {
		if !unreserved(text[i]) {
			return false
		}
	}
	return true
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// plainURL reports whether html/template writes a text unchanged as a whole URL: it
// needs no escaping, and it has no scheme or is https. Without a colon there is no
// scheme, so javascript: never passes.
func plainURL(text string) bool {
	if rest, ok := strings.CutPrefix(text, "https://"); ok {
		text = rest
	}
	for i := 0; i < len(text); i++ {
		if c := text[i]; !unreserved(c) && c != '/' && c != '#' {
			return false
		}
	}
	return true
}
