package render

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

// escaper writes a value in one of the contexts that html/template knows. Most
// values are short texts that need no change; the others go through html/template
// itself, by way of a tiny template that has just this context.
type escaper struct {
	plain         func(string) bool // the text stays as it is
	safe          reflect.Type      // the type of what stays as it is in this context, or nil
	tiny          *template.Template
	before, after int // the length of what stands around the value in the tiny template

	mu   sync.RWMutex
	kept map[any][]byte // what values became, for the few that stand on every page
}

// keptLength is how many values an escaper remembers.
const keptLength = 64

// contexts are tiny templates, each with a value in a context of its own, and
// which texts html/template leaves alone there.
var contexts = []struct {
	before, after string
	plain         func(string) bool
	safe          reflect.Type
}{
	{"", "", harmless, reflect.TypeFor[template.HTML]()},
	{`<a title="`, `">`, harmless, nil},
	{"<title>", "</title>", harmless, nil},
	{`<a href="`, `">`, addressed, nil},
	{`<a href="x`, `">`, addressed, nil},
	{`<a href="#`, `">`, unreserved, nil},
	{"<style>", "</style>", never, reflect.TypeFor[template.CSS]()},
	{"<script>", "</script>", never, reflect.TypeFor[template.JS]()},
}

// escapers are by the names of html/template's functions for the context.
var escapers = sync.OnceValue(func() map[string]*escaper {
	known := map[string]*escaper{}
	for _, c := range contexts {
		tiny := template.Must(template.New("").Parse(c.before + "{{.}}" + c.after))
		tiny.Execute(io.Discard, "")
		for _, n := range tiny.Tree.Root.Nodes {
			if action, ok := n.(*parse.ActionNode); ok {
				_, tail := parted(action.Pipe.Cmds)
				known[tail] = &escaper{plain: c.plain, safe: c.safe, tiny: tiny, before: len(c.before), after: len(c.after), kept: map[any][]byte{}}
			}
		}
	}
	return known
})

// parted cuts html/template's own functions off the end of a pipeline.
func parted(cmds []*parse.CommandNode) (own []*parse.CommandNode, tail string) {
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

// printed is a pipeline whose value is written, escaped for where it stands.
func (e *engraver) printed(p *parse.PipeNode) (step1, error) {
	own, tail := parted(p.Cmds)
	esc, known := escapers()[tail]
	if !known {
		return nil, errForeign
	}
	val, err := e.pipe(p, own)
	if err != nil {
		return nil, err
	}
	return func(s *sheet, dot reflect.Value) error {
		v, err := val(s, dot)
		if err != nil {
			return err
		}
		return esc.write(s, v)
	}, nil
}

var stringType = reflect.TypeFor[string]()

func (esc *escaper) write(s *sheet, v reflect.Value) error {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return errForeign
	case v.Type() == stringType:
		if text := v.String(); esc.plain(text) {
			s.out = append(s.out, text...)
			return nil
		}
	case v.Type() == esc.safe:
		s.out = append(s.out, v.String()...)
		return nil
	case v.Kind() == reflect.Int && v.NumMethod() == 0 && v.Int() >= 0 && esc.plain("0"):
		s.out = strconv.AppendInt(s.out, v.Int(), 10)
		return nil
	}
	escaped, err := esc.through(v)
	s.out = append(s.out, escaped...)
	return err
}

// through escapes a value with html/template.
func (esc *escaper) through(v reflect.Value) ([]byte, error) {
	given := v.Interface()
	if v.Kind() == reflect.String {
		esc.mu.RLock()
		escaped, known := esc.kept[given]
		esc.mu.RUnlock()
		if known {
			return escaped, nil
		}
	}
	var out bytes.Buffer
	if err := esc.tiny.Execute(&out, given); err != nil {
		return nil, err
	}
	escaped := out.Bytes()[esc.before : out.Len()-esc.after]
	if v.Kind() == reflect.String {
		esc.mu.Lock()
		defer esc.mu.Unlock()
		if len(esc.kept) < keptLength {
			esc.kept[given] = escaped
		}
	}
	return escaped, nil
}

func never(string) bool { return false }

// harmless reports a text without a character that means anything in HTML.
func harmless(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case 0, '"', '&', '\'', '+', '<', '>':
			return false
		}
	}
	return true
}

// unreserved reports a text that may stand in any part of an address.
func unreserved(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_') {
			return false
		}
	}
	return true
}

// addressed reports an address that is well written, and whose scheme is none
// or the web's.
func addressed(text string) bool {
	if rest, ok := strings.CutPrefix(text, "https://"); ok {
		text = rest
	}
	for i := 0; i < len(text); i++ {
		if c := text[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '/' || c == '#') {
			return false
		}
	}
	return true
}
