package importer

import (
	"strconv"
	"strings"
)

// shape is the type of a value in a foreign file.
type shape uint8

const (
	nothing shape = iota
	scalar        // a text, number, true or false
	list
	object
)

// node is a value in a foreign file, which remembers whether it was read. What nobody
// read is reported as dropped. A nil node stands for a value that is not there, and all
// methods accept it.
type node struct {
	file   *foreignFile
	parent *node
	key    string // in its object, or its number in its list
	text   string // of a scalar
	items  []*node
	line   int32 // in YAML; else 0
	shape  shape
	read   bool
	isText bool // in YAML: not a number, date, true or false
}

// foreignFile is the file that a node comes from.
type foreignFile struct {
	name string
}

// get returns the value of an object's key, or nil.
func (n *node) get(key string) *node {
	if n == nil || n.shape != object {
		return nil
	}
	for _, item := range n.items {
		if item.key == key {
			return item
		}
	}
	return nil
}

// at follows several keys.
func (n *node) at(keys ...string) *node {
	for _, key := range keys {
		n = n.get(key)
	}
	return n
}

// first returns the value of the first of some keys that has one.
func (n *node) first(keys ...string) *node {
	for _, key := range keys {
		if v := n.get(key); !v.empty() {
			return v
		}
	}
	return nil
}

// has reports whether an object has a key, even without a value.
func (n *node) has(key string) bool { return n.get(key) != nil }

// empty reports whether a value is missing, null, or an empty text, list or object.
func (n *node) empty() bool {
	return n == nil || n.shape == nothing || n.shape == scalar && n.text == "" || n.shape > scalar && len(n.items) == 0
}

// str returns the text of a scalar, and notes that it was read. A list or object has none,
// and stays unread.
func (n *node) str() string {
	if n == nil || n.shape != scalar {
		return ""
	}
	n.read = true
	return n.text
}

// lookup returns what a scalar stands for among known words, which are in lower case. An
// unknown word stays unread, so that it is reported.
func lookup[V any](n *node, words map[string]V) (V, bool) {
	var none V
	if n == nil || n.shape != scalar {
		return none, false
	}
	value, known := words[strings.ToLower(strings.TrimSpace(n.text))]
	n.read = n.read || known
	return value, known
}

// truths are the words for true and false.
var truths = map[string]bool{"true": true, "yes": true, "1": true, "false": false, "no": false, "0": false}

// trimmed returns the text of a scalar as one line without spaces around it.
func (n *node) trimmed() string { return strings.Join(strings.Fields(n.str()), " ") }

// isTrue reports whether a scalar says true. One that says neither true nor false stays
// unread.
func (n *node) isTrue() bool {
	value, _ := lookup(n, truths)
	return value
}

// all returns the items of a list. A single scalar or object counts as a list of one.
func (n *node) all() []*node {
	if n.empty() {
		if n != nil {
			n.read = true
		}
		return nil
	}
	if n.shape == list {
		return n.items
	}
	return []*node{n}
}

// skip notes that the values of some keys say nothing that is not known otherwise.
func (n *node) skip(keys ...string) {
	for _, key := range keys {
		n.get(key).take()
	}
}

// take notes that a value was read, with everything in it.
func (n *node) take() {
	if n == nil {
		return
	}
	n.read = true
	for _, item := range n.items {
		item.take()
	}
}

// unread returns the values in n that nobody read. Of a list or object of which nothing
// was read it returns only itself. Values that say nothing do not count: null, false, and
// what is empty.
func (n *node) unread() []*node {
	switch {
	case n.empty() || n.read:
		return nil
	case n.shape == scalar && n.text == "false":
		return nil
	case n.shape == scalar:
		return []*node{n}
	case !n.touched():
		if n.says() {
			return []*node{n}
		}
		return nil
	}
	var found []*node
	for _, item := range n.items {
		found = append(found, item.unread()...)
	}
	return found
}

// touched reports whether n or anything in it was read.
func (n *node) touched() bool {
	if n.read {
		return true
	}
	for _, item := range n.items {
		if item.touched() {
			return true
		}
	}
	return false
}

// says reports whether n holds anything but null, false and empty values.
func (n *node) says() bool {
	if n.shape == scalar {
		return n.text != "" && n.text != "false"
	}
	for _, item := range n.items {
		if item.says() {
			return true
		}
	}
	return false
}

// release lets go of what is in n, of which only the place is needed from then on.
func (n *node) release() {
	if n == nil {
		return
	}
	for _, item := range n.items {
		item.release()
	}
	if n.text != "" && len(n.text) > 100 {
		n.text = ""
	}
	n.items = nil
}

// name returns the nearest key of an object above n, without the numbers of lists.
func (n *node) name() string {
	for ; n != nil && n.parent != nil; n = n.parent {
		if n.parent.shape == object {
			return n.key
		}
	}
	return ""
}

// pointer returns where n is in its file, as a JSON pointer (RFC 6901).
func (n *node) pointer() string {
	var parts []string
	for ; n != nil && n.parent != nil; n = n.parent {
		parts = append(parts, strings.NewReplacer("~", "~0", "/", "~1").Replace(n.key))
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString("/" + parts[i])
	}
	return b.String()
}

// place returns where n is.
func (n *node) place() Place {
	if n == nil {
		return Place{}
	}
	p := Place{File: n.file.name, Line: int(n.line)}
	if n.line == 0 {
		p.Pointer = n.pointer()
	}
	return p
}

// add appends an item to a list or object.
func (n *node) add(item *node) {
	if n.shape == list {
		item.key = strconv.Itoa(len(n.items))
	}
	item.parent, item.file = n, n.file
	n.items = append(n.items, item)
}
