package importer

import (
	"slices"

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
