package render

import (
	"net/url"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// CheckLinks reports links in texts to pages and files that the site does not have.
// Entries that are not public at now, and months to come, count as present.
func CheckLinks(s *site.Site, files []File, now time.Time) diag.List {
	if len(s.Links) == 0 {
		return nil
	}
	known := make(map[string]bool, len(files))
	for _, f := range files {
		known[f.Path] = true
	}
	pages := pageAddresses(s)
	for _, page := range pages {
		known[page+"index.html"], known[page+"index.md"] = true, true
	}
	for _, address := range oldAddresses(s) {
		known[fileAt(address)] = true
	}
	redirects, _ := ownText(s.Static, "_redirects")
	month := now.In(s.Zone).Format("2006-01")
	var problems diag.List
	for _, l := range s.Links {
		if exists(known, l.Address) || exists(known, unescaped(l.Address)) ||
			isFutureMonth(s, l.Address, month) || isRedirected(redirects, l.Address) {
			continue
		}
		hint := "write the path of its file from this one, such as ../incidents/2025-07-25-smtp.md, or an address such as /history/"
		if len(problems) < maxHinted {
			if near := diag.Nearest(strings.TrimSuffix(l.Address, "/")+"/", pages); near != "" {
				hint = "did you mean /" + near + "?"
			}
		}
		problems.Warn(l.Pos, "dead-link", hint, "the site has no page or file at /%s", l.Address)
	}
	return problems
}

// oldAddresses returns all old addresses, as in site.Redirect.
func oldAddresses(s *site.Site) []string {
	var list []string
	add := func(refs []site.Ref) {
		for _, r := range refs {
			list = append(list, r.ID)
		}
	}
	for i := range s.Entries {
		add(s.Entries[i].Aliases)
	}
	for i := range s.Announcements {
		add(s.Announcements[i].Aliases)
	}
	for i := range s.Pages {
		add(s.Pages[i].Aliases)
	}
	for i := range s.Components {
		add(s.Components[i].Aliases)
	}
	for _, r := range s.Redirects {
		add([]site.Ref{r.From})
	}
	return list
}

// unescaped returns an address as people read it: /caf%C3%A9/ is /café/.
func unescaped(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		return plain
	}
	return address
}

// maxHinted is how many dead links get a hint that looks through all pages.
const maxHinted = 20

// pageAddresses returns the addresses of all entries and announcements, and of the
// operator's own pages, in each language.
func pageAddresses(s *site.Site) []string {
	var list []string
	for n, tag := range s.Languages {
		root := ""
		if n > 0 {
			root = tag + "/"
		}
		for i := range s.Entries {
			list = append(list, root+s.Entries[i].Kind.Folder()+"/"+s.Entries[i].Slug+"/")
		}
		for i := range s.Announcements {
			list = append(list, root+s.Announcements[i].Path())
		}
		if len(s.Announcements) > 0 {
			list = append(list, root+announcementsPath())
		}
		for i := range s.Pages {
			list = append(list, root+"pages/"+s.Pages[i].Name+"/")
		}
	}
	return list
}

// exists reports whether there is a file at an address, or an index.html in the folder
// there.
func exists(known map[string]bool, address string) bool {
	if address == "" || strings.HasSuffix(address, "/") {
		return known[address+"index.html"]
	}
	return known[address] || known[address+"/index.html"]
}

// isFutureMonth reports whether an address is that of the history of this month, of the
// uptime of this year, or of a later one. The page exists as soon as something happens in
// that month, or that year begins.
func isFutureMonth(s *site.Site, address, month string) bool {
	for n, tag := range s.Languages {
		if n > 0 {
			address = strings.TrimPrefix(address, tag+"/")
		}
	}
	address = strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), "/")
	m := periodPage().FindStringSubmatch(address)
	if m == nil {
		return false
	}
	return m[1] >= month || s.Uptime.Show && m[2] != "" && m[2] >= month[:4]
}

// isRedirected reports whether a rule of the operator's _redirects matches an address, up
// to the rule's first placeholder.
func isRedirected(rules, address string) bool {
	for line := range strings.Lines(rules) {
		from, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		fixed, _, pattern := strings.Cut(from, "*")
		if before, _, found := strings.Cut(fixed, ":"); found {
			fixed, pattern = before, true
		}
		at := "/" + address
		if pattern && fixed != "" && strings.HasPrefix(at, fixed) ||
			from != "" && strings.TrimSuffix(from, "/") == strings.TrimSuffix(at, "/") {
			return true
		}
	}
	return false
}
