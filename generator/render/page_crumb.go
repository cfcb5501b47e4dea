package render

import "allclear/generator/site"

// breadcrumb leads from a page back to the home page. It shows how the site is, so that
// who comes from a link or a search knows it on every page.
type breadcrumb struct {
	State  *statusLabel // the overall status; nil on a page that nothing can change any more: see crumb.html
	Parent *link        // the page between the home page and this one, or nil
	Here   string       // the page's own name, if it has no parent
}

// under makes another page the parent of the page.
func (f *layout) under(name, href string) {
	if f.Crumb != nil {
		f.Crumb.Parent, f.Crumb.Here = &link{Name: name, Href: href}, ""
	}
}

// overallLabel returns the overall status with its usual word.
func (v view) overallLabel() *statusLabel {
	l := v.statusLabel(v.worst(), site.Text{})
	return &l
}

// crumbFragment returns what the clock may change in the breadcrumb.
func (v view) crumbFragment() fragment {
	now := v.overallLabel()
	return fragment{id: "_state", class: now.Class, template: "crumb-state", value: now}
}

// hasCrumb reports whether the page has a breadcrumb: every page but the home page and
// those that are served in place of others.
func (v pageView) hasCrumb() bool { return v.path != "" && v.path[len(v.path)-1] == '/' }

// underHistory makes the month in which the entry began the parent of its page. An entry in
// no list has no parent.
func (v entryPageView) underHistory(f *layout) {
	begun := lasted(v.entry, v.now).Start
	if v.entry.NoIndex {
		f.Crumb.Here = ""
		return
	}
	address := f.History // no month lists what has not begun, and there may be no page of that month
	if !begun.After(v.now) {
		address = v.href(monthPath(v.local(begun).Format("2006-01")))
	}
	f.under(v.lang.Date("month", v.local(begun)), address)
}
