package render

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"allclear/generator/yaml"
)

// phrase is one text of a language file, or one for each plural category, or a
// list such as the months.
type phrase struct {
	text  string
	forms map[string]string // by plural category; "1" is the one for exactly 1
	by    string            // the name of the number that chooses a form; "": n
	list  []string
	line  int
}

// wording is a language file: its phrases by dotted keys, in its order.
type wording struct {
	phrases map[string]phrase
	keys    []string
	twice   []string    // keys that stand there twice
	bad     []yaml.Node // what is neither a text, nor a list, nor keys and values
}

func languagePath(tag string) string { return "languages/" + tag + ".yml" }

// readWording reads a theme's file for a language.
func readWording(theme fs.FS, tag string) (wording, error) {
	data, err := fs.ReadFile(theme, languagePath(tag))
	if err != nil {
		return wording{}, err
	}
	w, err := parseWording(string(data))
	if err != nil {
		return w, fmt.Errorf("%s: %w", languagePath(tag), err)
	}
	return w, nil
}

// parseWording is what a language file says.
var parseWording = remembered(func(text string) (wording, error) {
	w := wording{phrases: map[string]phrase{}}
	var root yaml.Node
	if err := yaml.NewDecoder(strings.NewReader(text)).Decode(&root); err != nil {
		return w, err
	}
	for i := range root.Content {
		w.collect("", root.Content[i])
	}
	return w, nil
})

// collect reads a tree of texts under dotted keys: status: {operational: …} is
// status.operational. A mapping whose keys are all plural categories is one text.
func (w *wording) collect(key string, n *yaml.Node) {
	switch n.Kind {
	case yaml.ScalarNode:
		w.add(key, phrase{text: n.Value, line: n.Line})
	case yaml.SequenceNode:
		p := phrase{line: n.Line}
		for _, item := range n.Content {
			p.list = append(p.list, item.Value)
		}
		w.add(key, p)
	case yaml.MappingNode:
		if forms, by := pluralForms(n); forms != nil {
			w.add(key, phrase{forms: forms, by: by, line: n.Line})
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			w.collect(strings.TrimPrefix(key+"."+n.Content[i].Value, "."), n.Content[i+1])
		}
	default:
		w.bad = append(w.bad, *n)
	}
}

func (w *wording) add(key string, p phrase) {
	if _, known := w.phrases[key]; known {
		w.twice = append(w.twice, key)
	} else {
		w.keys = append(w.keys, key)
	}
	w.phrases[key] = p
}

// pluralForms are the forms of a phrase with one for each plural category, and
// the number that they follow: {by: done, one: …, other: …}. They are nil where a
// mapping is none.
func pluralForms(n *yaml.Node) (forms map[string]string, by string) {
	forms = map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, text := n.Content[i].Value, n.Content[i+1]
		switch {
		case text.Kind != yaml.ScalarNode:
			return nil, ""
		case name == "by":
			by = text.Value
		case isForm(name):
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

// exactly is the form for the number 1 alone. Ukrainian needs it where a text says
// "today": its category one is that of 21 as well.
const exactly = "1"

func isForm(name string) bool { return name == exactly || contains(categories, name) }

// number is the name of the number that a phrase's form follows.
func (p phrase) number() string {
	if p.by != "" {
		return p.by
	}
	return "n"
}

// under is the theme below the operator's own files, or the theme itself: where
// one of them gives a language some of its words, the rest are found there.
func under(theme fs.FS) fs.FS {
	if layered, ok := theme.(interface{ Base() fs.FS }); ok {
		return layered.Base()
	}
	return theme
}

// layers are the files that give a language its words, the stronger last: the
// built-in one and the operator's own. There are none where neither knows the
// language.
func layers(theme fs.FS, tag string) (list []wording, err error) {
	add := func(from fs.FS) {
		name, ok := nearestLanguage(from, tag)
		if !ok || err != nil {
			return
		}
		w, problem := readWording(from, name)
		if errors.Is(problem, fs.ErrNotExist) {
			return
		}
		list, err = append(list, w), problem
	}
	base := under(theme)
	add(base)
	if base != theme {
		add(theme)
	}
	return list, err
}
