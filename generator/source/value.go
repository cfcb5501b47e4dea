package source

import (
	"slices"
	"strings"

	"allclear/generator/diag"
)

// shape is the type of a value, in YAML, TOML and JSON alike.
type shape int

const (
	nothing shape = iota // a key without a value
	text                 // also dates and times: as they are written
	number
	boolean
	list
	table
	refused // reported already; not reported again
)

func (s shape) String() string {
	return [...]string{"nothing", "text", "a number", "true or false", "a list", "keys and values", "nothing readable"}[s]
}

// value is a value in front matter, the manifest or site.yml, with its position.
type value struct {
	shape shape
	text  string // of a text, number or boolean
	pos   diag.Pos
	end   int     // in TOML and JSON: the offset after the value; 0 if not known
	items []value // of a list
	keys  []pair  // of a table, in the file's order, each name once
}

// pair is a key of a table, with its position and value.
type pair struct {
	name string
	pos  diag.Pos
	value
}

// maxDepth is how deep lists and tables may be nested. The format needs five levels.
const maxDepth = 32

// get returns the value of a table's key.
func (v value) get(name string) (pair, bool) {
	for _, p := range v.keys {
		if p.name == name {
			return p, true
		}
	}
	return pair{}, false
}

// put adds a key to a table. It reports a key that exists already, with both positions.
func (v *value) put(p pair, problems *diag.List) {
	switch {
	case len(v.keys) > maxItems:
		return
	case len(v.keys) == maxItems:
		problems.Error(p.pos, "too-many", "remove some", "this table has more than %d keys", maxItems)
	case len(p.name) > maxName:
		problems.Error(p.pos, "too-long", "shorten it", "this key is longer than %d characters", maxName)
		return
	}
	if first, ok := v.get(p.name); ok {
		problems.Error(p.pos, "duplicate-key", "keep one of the two",
			"duplicate key %q; the first is on line %d", p.name, first.pos.Line)
		return
	}
	v.keys = append(v.keys, p)
}

// key is one key of the content format. The decoder, hints and schemas use the same
// keys.
type key struct {
	Name  string
	Type  string // text, texts, time, date, duration, status, severity, list, table, boolean, number, ids, url
	About string // one sentence
}

// names returns the names of keys.
func names(keys []key) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.Name
	}
	return out
}

// known reports whether a list of keys contains a name.
func known(keys []key, name string) bool {
	return slices.ContainsFunc(keys, func(k key) bool { return k.Name == name })
}

// quoted returns a value in quotes for a message, shortened if it is long.
func quoted(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return `"` + s + `"`
}
