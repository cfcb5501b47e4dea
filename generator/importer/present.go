package importer

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// present is a component that does not work at present, as the list of components says.
type present struct {
	component string
	status    *node
}

// now remembers the present status of a component.
func (r *reader) now(n *node, statuses map[string]site.Status, component string) {
	if status, known := lookup(n, statuses); known && status != site.Operational {
		r.present = append(r.present, present{component, n})
	}
}

// outside reports components that do not work though no open entry says so. In our format
// the status of a component follows from entries alone, so it would be lost.
func (r *reader) outside() {
	for _, p := range r.present {
		named := slices.ContainsFunc(r.out.Entries, func(e *Entry) bool {
			over := !e.End.IsZero() && !e.End.After(r.opt.Now) ||
				slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() })
			return !over && slices.ContainsFunc(e.Impacts, func(i Impact) bool { return slices.Contains(i.Components, p.component) })
		})
		if !named {
			r.lose(nil, "outside", p.status, "component "+p.component)
		}
	}
}

// emptyGroups takes out the groups without components, which cannot be written, and reports
// them.
func (r *reader) emptyGroups() {
	r.out.Groups = slices.DeleteFunc(r.out.Groups, func(g Group) bool {
		if slices.ContainsFunc(r.out.Components, func(c Component) bool { return c.Group == g.ID }) {
			return false
		}
		l := newLoss(nil, "empty-group", nil, "")
		l.Field, l.Value = "group", g.Name
		r.out.Losses = append(r.out.Losses, l)
		return true
	})
}

// stays reports the statuses that an incident leaves behind though it is over, where the
// tool says how each component was: here a component recovers with its incident.
func (r *reader) stays(e *Entry) {
	over := !e.End.IsZero() || slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() })
	if !over || e.Kind != Incident {
		return
	}
	for _, i := range e.Impacts {
		if i.End.IsZero() {
			l := newLoss(e, "stays", nil, "impacts")
			l.Field, l.Value = "status", i.Status.String()
			r.out.Losses = append(r.out.Losses, l)
		}
	}
}

// lastPage reports lists of which the last page is in none of the files: they say that there
// is a next page, and no other file says that it follows and is the last.
func (r *reader) lastPage() {
	waiting, last := map[string]*node{}, map[string]bool{}
	var order []string
	for _, n := range r.roots {
		next, previous := n.firstOf(nextPage), n.firstOf(previousPage)
		list, _, _ := strings.Cut(next, "?")
		switch {
		case next != "" && waiting[list] == nil:
			waiting[list] = n
			order = append(order, list)
		case next == "" && previous != "":
			list, _, _ = strings.Cut(previous, "?")
			last[list] = true
		case next == "" && !n.get("pagination_meta").empty():
			last[""] = true // of incident.io, which has no address of the page before
		}
	}
	for _, list := range order {
		if n := waiting[list]; !last[list] && !(last[""] && !strings.Contains(list, "/")) {
			r.problem(&Problem{Place: n.place(), Message: "this list has more pages, and the last one is in none of the files",
				Hint: "download all pages, each into a file of its own, or import what there is with --keep-going"})
		}
	}
}

// These are where the APIs of the tools name the pages around an answer.
var (
	nextPage = [][]string{{"pagination", "next"}, {"meta", "pagination", "links", "next_page"}, {"links", "next"},
		{"pagination_meta", "after"}}
	previousPage = [][]string{{"pagination", "prev"}, {"meta", "pagination", "links", "previous_page"}, {"links", "prev"}}
)

// firstOf returns the first text at some paths of keys, without noting that it was read.
func (n *node) firstOf(paths [][]string) string {
	for _, path := range paths {
		if v := n.at(path...); v != nil && v.shape == scalar && v.text != "" {
			return v.text
		}
	}
	return ""
}
