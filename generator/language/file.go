package language

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"allclear/generator/memo"
	"allclear/generator/yaml"
)

// message is one text of a language file, or a text for each plural category, or a
// list such as the names of the months.
type message struct {
	text  string
	forms map[string]string // by plural category; "1" is the one for exactly 1
	by    string            // the argument that chooses a form; "": n
	list  []string
	line  int
}

// languageFile is a parsed language file: its messages by dotted keys.
type languageFile struct {
	messages   map[string]message
	keys       []string    // in the file's order
	duplicates []string    // keys that are in the file more than once
	bad        []yaml.Node // neither texts nor lists nor mappings
}

func filePath(tag string) string { return "languages/" + tag + ".yml" }

// readFile reads a theme's file for a language. The error wraps fs.ErrNotExist where
// there is none.
func readFile(theme fs.FS, tag string) (languageFile, error) {
	data, err := fs.ReadFile(theme, filePath(tag))
	if err != nil {
		return languageFile{}, err
	}
	f, err := parseFile(string(data))
	if err != nil {
		return f, fmt.Errorf("%s: %w", filePath(tag), err)
	}
	return f, nil
}

// parseFile parses the text of a language file. Callers must not change the result,
// which is shared.
var parseFile = memo.Func(func(text string) (languageFile, error) {
	f := languageFile{messages: map[string]message{}}
	var root yaml.Node
	if err := yaml.NewDecoder(strings.NewReader(text)).Decode(&root); err != nil {
		return f, err
	}
	for i := range root.Content {
		f.collect("", root.Content[i])
	}
	return f, nil
})

// collect adds a tree of texts under dotted keys: status: {operational: …} becomes
// status.operational. A mapping whose keys are all plural categories is one message.
func (f *languageFile) collect(key string, n *yaml.Node) {
	switch n.Kind {
	case yaml.ScalarNode:
		f.add(key, message{text: n.Value, line: n.Line})
	case yaml.SequenceNode:
		m := message{line: n.Line}
		for _, item := range n.Content {
			m.list = append(m.list, item.Value)
		}
		f.add(key, m)
	case yaml.MappingNode:
		if forms, by := pluralForms(n); forms != nil {
			f.add(key, message{forms: forms, by: by, line: n.Line})
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			f.collect(strings.TrimPrefix(key+"."+n.Content[i].Value, "."), n.Content[i+1])
		}
	default:
		f.bad = append(f.bad, *n)
	}
}

func (f *languageFile) add(key string, m message) {
	if _, known := f.messages[key]; known {
		f.duplicates = append(f.duplicates, key)
	} else {
		f.keys = append(f.keys, key)
	}
	f.messages[key] = m
}

// pluralForms returns the forms of a message with one for each plural category, and
// the argument that chooses one: {by: done, one: …, other: …}. The forms are nil if
// the mapping is something else.
func pluralForms(n *yaml.Node) (forms map[string]string, by string) {
	forms = map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, text := n.Content[i].Value, n.Content[i+1]
		switch {
		case text.Kind != yaml.ScalarNode:
			return nil, ""
		case name == "by":
			by = text.Value
		case isPluralForm(name):
			forms[name] = text.Value
		default:
			return nil, ""
		}
	}
	if forms["other"] == "" {
		return nil, ""
	}
	return forms, by
}

// exactlyOne is the form for the number 1 alone. Ukrainian needs it where a text
// says "today": its category one is that of 21 as well.
const exactlyOne = "1"

func isPluralForm(name string) bool { return name == exactlyOne || slices.Contains(categories, name) }

// number returns the name of the argument that chooses the message's plural form.
func (m message) number() string {
	if m.by != "" {
		return m.by
	}
	return "n"
}

// base returns the built-in theme without the operator's own files, and whether there
// are any. Without them, it is the theme itself.
func base(theme fs.FS) (builtIn fs.FS, hasOwn bool) {
	if layered, ok := theme.(interface{ Base() fs.FS }); ok {
		return layered.Base(), true
	}
	return theme, false
}

// layers returns the files that a language's words come from: the built-in one, then
// the operator's own, whose words replace it. There are none if neither has the
// language.
func layers(theme fs.FS, tag string) (list []languageFile, err error) {
	add := func(from fs.FS) {
		name, ok := nearest(from, tag)
		if !ok || err != nil {
			return
		}
		f, problem := readFile(from, name)
		if errors.Is(problem, fs.ErrNotExist) {
			return
		}
		list, err = append(list, f), problem
	}
	builtIn, hasOwn := base(theme)
	add(builtIn)
	if hasOwn {
		add(theme)
	}
	return list, err
}
