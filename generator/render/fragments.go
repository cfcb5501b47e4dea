package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"allclear/generator/tmpl"
)

// futureFragment is a part of the page as it will be from an instant on. It has no effect
// until the page's script puts it in place at that time.
type futureFragment struct {
	At    string        // the instant, as RFC 3339 in UTC
	For   string        // the id of the element whose content it replaces; "" for title, icon and colors
	Class string        // the class of that element from then on
	Open  bool          // whether to unfold the group that contains it
	Watch bool          // with For "": whether something is open from then on
	HTML  template.HTML // the new content
}

// fragment is a part of a page that the clock alone may change: the output of a template
// for one value, or for each of several children.
type fragment struct {
	id, class, template string
	value               any
	open                bool
	children            []child
}

// child is one of several values in a fragment, with its template.
type child struct {
	template string
	value    any
}

// children returns one child for each value, after one for the heading's template if that
// is not "".
func children[T any](heading, template string, values []T) []child {
	list := make([]child, 0, len(values)+1)
	if heading != "" && len(values) > 0 {
		list = append(list, child{template: heading})
	}
	for _, value := range values {
		list = append(list, child{template, value})
	}
	return list
}

// render returns the HTML of the fragment: one text for each child. The error names the
// theme.
func (p fragment) render(set *tmpl.Set) ([]string, error) {
	parts := p.children
	if p.template != "" {
		parts = []child{{p.template, p.value}}
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		text, err := execute(nil, set, part.template, part.value)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
	}
	return texts, nil
}

// futureFragments renders the fragments of a page now and at each future instant that
// pages carry, and returns those that differ from what is shown before that instant.
func (v siteView) futureFragments(set *tmpl.Set, fragments func(view) []fragment) ([]futureFragment, error) {
	return v.fragmentsAt(v.build.future.indexes, set, fragments)
}

// fragmentsAt is futureFragments for some future instants.
func (v siteView) fragmentsAt(future []*index, set *tmpl.Set, fragments func(view) []fragment) ([]futureFragment, error) {
	shown, first := map[string]futureFragment{}, map[string][]string{}
	var list []futureFragment
	for i, x := range append([]*index{v.index}, future...) {
		then := view{v.pageView, x}
		parts := fragments(then)
		if v.hasCrumb() {
			parts = append(parts, then.crumbFragment())
		}
		for _, p := range parts {
			texts, err := p.render(set)
			if err != nil {
				return nil, err
			}
			f := futureFragment{At: rfc3339(x.now), For: p.id, Class: p.class, Open: p.open, HTML: template.HTML(strings.Join(texts, ""))}
			f.Watch = p.id == "" && then.watch()
			before, known := shown[p.id]
			if i > 0 && known && before.HTML == f.HTML && before.Class == f.Class && before.Watch == f.Watch {
				continue
			}
			shown[p.id] = f
			if i == 0 {
				first[p.id] = texts
				continue
			}
			if p.children != nil {
				f.HTML = template.HTML(reuseUnchanged(texts, first[p.id]))
			}
			list = append(list, f)
		}
	}
	return list, nil
}

// reuseUnchanged joins texts. A text that the page already shows is replaced by a short
// reference to it.
func reuseUnchanged(texts, first []string) string {
	var b strings.Builder
	for _, text := range texts {
		if at := slices.Index(first, text); at >= 0 {
			fmt.Fprintf(&b, `<i data-k="%d"></i>`, at)
		} else {
			b.WriteString(text)
		}
	}
	return b.String()
}

// futureHead returns the future titles, icons and colors of a page on which nothing else
// depends on the site's state.
func (v siteView) futureHead(set *tmpl.Set, title string) ([]futureFragment, error) {
	return v.futureFragments(set, func(then view) []fragment { return []fragment{then.headFragment(then.overall(), title)} })
}
