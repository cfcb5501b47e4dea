package importer

import (
	"io/fs"
	"slices"
	"strings"

	"allclear/generator/diag"
)

// leaveOut takes a file out of the plan, which is a problem.
func (p *preparer) leaveOut(name, message string) {
	problem := Problem{Place: Place{File: name}, Message: "cannot be written: " + message,
		Hint: "write this one by hand, and import the rest with --keep-going"}
	if e := p.entries[name]; e != nil {
		problem.Place = e.from.place()
		p.plan.Results = slices.DeleteFunc(p.plan.Results, func(r Result) bool { return r.Path == name })
	}
	p.plan.Problems = append(p.plan.Problems, problem)
	delete(p.documents, name)
	delete(p.entries, name)
	delete(p.plan.Ledger, name)
}

// repairSettings takes the key with a mistake out of site.yml or components.yml.
func (p *preparer) repairSettings(name string, d *document, problem diag.Problem) {
	at := problem.Line
	if data := p.before(name); data > 0 {
		at -= data
	}
	owner := ""
	if at > 0 && at <= len(d.owners) {
		owner = d.owners[at-1]
	}
	if name == siteFile && p.src.Site.without(owner) || name == manifestFile && p.src.without(owner) {
		p.plan.Losses = append(p.plan.Losses, Loss{Kind: Dropped, Rule: "field", Field: owner[strings.LastIndex(owner, " ")+1:],
			Message: problem.Message, mark: owner})
		p.settings()
		return
	}
	p.leaveOut(name, problem.Message)
}

// before returns how many lines a file has already.
func (p *preparer) before(name string) int {
	if p.opt.Folder == nil {
		return 0
	}
	data, err := fs.ReadFile(p.opt.Folder, name)
	if err != nil {
		return 0
	}
	return strings.Count(strings.TrimRight(string(data), "\n"), "\n") + 1
}

// without removes the setting that a mark names. It returns false if there is none.
func (k *SiteKeys) without(mark string) bool {
	texts := map[string]*string{"url": &k.URL, "description": &k.Description, "timezone": &k.Zone, "homepage": &k.Homepage,
		"support": &k.Support, "id": &k.ID}
	if text := texts[mark]; text != nil {
		*text = ""
		return true
	}
	switch from, isRedirect := strings.CutPrefix(mark, "redirect "); {
	case isRedirect:
		k.Redirects = slices.DeleteFunc(k.Redirects, func(r Redirect) bool { return r.From == from })
	case mark == "links":
		k.Links = nil
	case mark == "footer":
		k.Footer = nil
	case mark == "languages":
		k.Languages = nil
	default:
		return false
	}
	return true
}

// without removes the key of a component that a mark names. It returns false if there is
// none, or the component needs it.
func (s *Source) without(mark string) bool {
	for i := range s.Components {
		c := &s.Components[i]
		key, ok := strings.CutPrefix(mark, "component "+c.ID+" ")
		texts := map[string]*string{"url": &c.URL, "description": &c.Description, "since": &c.Since, "until": &c.Until,
			"api_id": &c.APIID}
		switch text := texts[key]; {
		case !ok:
		case text != nil:
			*text = ""
			return true
		case key == "aliases":
			c.Aliases = nil
			return true
		}
	}
	return false
}
