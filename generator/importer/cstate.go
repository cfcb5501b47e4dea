package importer

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"allclear/generator/memo"
	"allclear/generator/site"
)

func init() { tools["cstate"] = readCState }

// cState reads a site of cState, which is made with Hugo: its configuration, and a Markdown
// file for each issue. Its documentation: https://github.com/cstate/cstate/wiki.
type cState struct {
	*registry
	base  string // the folder of the configuration
	about map[string]markdownFile

	untitled map[string]bool // categories without a title
}

// hugoConfigs are the names of Hugo's configuration.
var hugoConfigs = []string{"config.yml", "config.yaml", "config.toml", "config.json", "hugo.yml", "hugo.yaml", "hugo.toml", "hugo.json"}

func readCState(r *reader) {
	c := &cState{registry: r.newRegistry(), about: map[string]markdownFile{}, untitled: map[string]bool{}}
	config := ""
	for _, name := range r.files {
		known := slices.Contains(hugoConfigs, path.Base(name)) && !strings.Contains(name, "themes/") && !strings.Contains(name, "admin/")
		if known && (config == "" || strings.Count(name, "/") < strings.Count(config, "/")) {
			config = name
		}
	}
	if config != "" {
		c.base = path.Dir(config)
	}
	for _, name := range r.with(".md") {
		if strings.HasSuffix(name, "/_index.md") && strings.Contains(name, "/affected/") {
			if m, ok := r.markdown(name); ok {
				c.about[hugoPath(path.Base(path.Dir(name)))] = m
			}
		}
	}
	c.config(r.settings(config))
	for _, name := range r.with(".md") {
		folder := path.Base(path.Dir(name))
		inContent := strings.Contains("/"+name, "/issues/") || folder == "incident" || folder == "incidents" ||
			folder == "." && config == "" // a single file
		switch {
		case strings.EqualFold(path.Base(name), "README.md"):
		case strings.HasPrefix(path.Base(name), "_index") || strings.Contains(name, "themes/"):
		case inContent:
			c.issue(name)
		case strings.Contains("/"+name, "/content/") && !strings.Contains("/"+name, "/affected/"):
			c.otherPage(name)
		}
	}
	c.listUnlisted()
}

// config reads the configuration: settings, categories, systems and tabs.
func (c *cState) config(n *node) {
	if n == nil {
		return
	}
	k := &c.out.Site
	k.Title, k.URL = n.get("title").trimmed(), strings.TrimSuffix(webAddress(n.get("baseURL").str()), "/")
	params := n.get("params")
	k.Description = oneLine(params.get("description").str())
	if language := n.first("defaultContentLanguage", "languageCode").str(); languageTag().MatchString(language) {
		k.Languages = []string{strings.ToLower(language[:2])}
	}
	c.useZone(c.key(n, "timeZone"))
	if k.URL != "" {
		k.Redirects = []Redirect{{"/index.xml", "/history.rss"}, {"/issues/", "/history/"}, {"/affected/", "/"}}
	}
	groups := map[string]string{}
	for _, category := range params.get("categories").all() {
		name := category.get("name").trimmed()
		if category.get("untitled").isTrue() {
			c.untitled[name] = true
		} else if name != "" {
			groups[name] = c.group(name, category.get("description").str())
			if category.get("closed").isTrue() {
				c.out.Groups[len(c.out.Groups)-1].Collapsed = true
			}
		}
	}
	for _, system := range params.get("systems").all() {
		c.system(system, groups)
	}
	for _, tab := range params.get("customTabs").all() {
		name, link := tab.get("name").trimmed(), tab.first("link", "url")
		if address := webAddress(link.str()); name != "" && address != "" {
			k.Links = append(k.Links, Link{name, address})
		} else {
			c.lose(nil, "link", link, "links")
		}
	}
	n.skip("theme", "languageCode", "defaultContentLanguage", "outputs", "outputFormats", "taxonomies", "preserveTaxonomyNames",
		"buildFuture",
		"enableGitInfo", "markup", "languages", "module", "security", "permalinks", "disableKinds", "pluralizeListTitles", "minify",
		"build")
	c.leftoverAs("look", nil, params, "")
	c.leftover(nil, n)
}

var languageTag = memo.Regexp(`^[A-Za-z]{2}([-_][A-Za-z]+)?$`)

// system adds a component.
func (c *cState) system(n *node, groups map[string]string) {
	name := n.get("name").str()
	if strings.TrimSpace(name) == "" {
		return
	}
	component := Component{Name: strings.TrimSpace(name), Description: oneLine(n.get("description").str()),
		Group: groups[n.get("category").trimmed()]}
	if component.URL = webAddress(n.get("link").str()); component.URL == "" && !n.get("link").empty() {
		c.lose(nil, "address", n.get("link"), "component "+idOf(name))
	}
	if m, ok := c.about[hugoPath(name)]; ok {
		m.front.skip("title", "date")
		if body := oneLine(m.body); component.Description == "" {
			component.Description = body
		} else if body != "" && body != component.Description {
			c.otherPage(m.name)
		}
	}
	component.Aliases = []string{"/affected/" + hugoPath(name) + "/"}
	c.declare(name, component)
	if in := n.get("category"); component.Group == "" && !c.untitled[in.trimmed()] && !in.empty() {
		c.lose(nil, "no-group", in, "component "+idOf(name))
	}
	n.skip("histogram", "partial")
}

// hugoPath returns a name as Hugo has it in addresses.
func hugoPath(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("-_./+~", r):
			return r
		case r == ' ':
			return '-'
		}
		return -1
	}, strings.ToLower(strings.TrimSpace(name)))
}

// issue reads one issue.
func (c *cState) issue(name string) {
	m, ok := c.markdown(name)
	if !ok {
		return
	}
	n := m.front
	if section := n.get("section").trimmed(); section != "" && section != "issue" {
		n.take()
		c.otherPage(name)
		return
	}
	base := strings.TrimSuffix(path.Base(name), ".md")
	if slug := n.get("slug").trimmed(); slug != "" {
		base = slug
	}
	e := &Entry{from: n, Title: n.get("title").str(), Name: strings.ToLower(base), Draft: n.get("draft").isTrue()}
	e.Aliases = []string{"/issues/" + hugoPath(base) + "/"}
	for _, a := range n.get("aliases").all() {
		e.Aliases = append(e.Aliases, a.str())
	}
	for _, a := range slices.Concat(n.get("affected").all(), n.first("affectedSystems", "affectedsystems").all()) {
		if key := a.str(); strings.TrimSpace(key) != "" {
			if id := c.find(key, strings.TrimSpace(key), a); !slices.Contains(e.Components, id) {
				e.Components = append(e.Components, id)
			}
		}
	}
	n.skip("section", "automated", "modified", "type", "layout")
	informational := n.get("informational")
	if informational.isTrue() && !informational.isText {
		c.announcement(e, m)
	} else {
		c.incident(e, m)
	}
	c.leftover(e, n)
	c.add(e)
}

// otherPage reports a page that is no issue.
func (c *cState) otherPage(name string) {
	l := newLoss(nil, "other-page", nil, "")
	l.Field, l.Source = "page", Place{File: name}
	c.out.Losses = append(c.out.Losses, l)
}

// announcement reads an issue with informational: true.
func (c *cState) announcement(e *Entry, m markdownFile) {
	n := m.front
	e.Kind, e.Pinned = Announcement, n.get("pin").isTrue()
	if s, ok := parseStamp(n.get("date").str(), c.zone); ok && s.dayOnly {
		e.Posted, e.DayOnly = s.Time, true
		n.skip("date")
	} else {
		e.Posted = c.time(e, n.get("date"), "posted")
	}
	if e.Pinned {
		e.Until = c.time(e, c.key(n, "resolvedWhen"), "until")
	}
	if !e.Until.After(e.Posted) {
		e.Until = time.Time{}
	}
	e.Summary = m.body
	n.skip("resolved", "severity")
	c.key(n, "resolvedWhen").take()
}

// key returns the value of a key in any case.
func (c *cState) key(n *node, key string) *node {
	for _, item := range n.items {
		if strings.EqualFold(item.key, key) {
			return item
		}
	}
	return nil
}

// incident reads any other issue.
func (c *cState) incident(e *Entry, m markdownFile) {
	n := m.front
	e.Start = c.time(e, n.get("date"), "start")
	end := c.key(n, "resolvedWhen")
	resolved := n.get("resolved")
	isOpen := resolved != nil && resolved.text == "false" && !resolved.isText
	lookup(resolved, truths)
	if !isOpen {
		e.End = c.time(e, end, "end")
	}
	severity := n.get("severity")
	switch word := strings.ToLower(severity.trimmed()); {
	case word == "notice" && e.Start.After(c.opt.Now):
		c.window(e, severity)
	case word == "notice":
		e.Severity = site.None
	case word == "down" || word == "disrupted":
		c.harm(e, word)
	default:
		if e.Severity = site.None; severity == nil {
			severity = n
		}
		c.lose(e, "unknown-severity", severity, "severity")
	}
	c.body(e, m)
	if !isOpen && e.End.IsZero() && e.Kind == Incident {
		c.endUnknown(e)
	}
	lookup(n.get("pin"), truths)
	lookup(n.get("informational"), truths)
}

// harm sets the impact of an issue.
func (c *cState) harm(e *Entry, word string) {
	status := site.PartialOutage
	if word == "down" {
		status = site.MajorOutage
	}
	if len(e.Components) == 0 {
		e.Severity = status.Severity()
		return
	}
	e.Impacts = []Impact{{Components: e.Components, Status: status}}
	e.Components = nil
}

// window makes a maintenance of a notice that is to come, which is how cState announces one.
func (c *cState) window(e *Entry, severity *node) {
	e.Kind = Maintenance
	if c.lose(e, "kind", severity, "start"); e.End.IsZero() {
		c.lose(e, "planned", severity, "end")
		e.End = e.Start.Add(time.Hour)
	}
	if len(e.Components) > 0 {
		e.Impacts = []Impact{{Components: e.Components, Status: site.UnderMaintenance}}
		e.Components = nil
	}
}
