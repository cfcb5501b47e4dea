package source

import (
	"io/fs"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// siteFile is the path of the site's settings.
const siteFile = "content/site.yml"

// readSite reads site.yml into a Site, with defaults for missing keys. ok is false if
// the file cannot be read.
func readSite(fsys fs.FS, opt Options, problems *diag.List) (s site.Site, d decoder, ok bool) {
	s = site.Site{
		Notify: site.DefaultNotify,
		Zone:   time.UTC, Languages: []string{"en"}, Theme: "default", HomeDays: 14,
		Uptime: site.UptimeOptions{Show: true, Days: 90, Weights: site.DefaultWeights},
	}
	d = decoder{zone: s.Zone, languages: s.Languages, problems: problems}
	v, ok := readDataFile(fsys, siteFile, "create it with a line such as title: Example Status", problems)
	if !ok {
		s.URL = baseURL(opt.BaseURL, problems)
		return s, d, false
	}
	d.readLocale(v, &s)
	d.each(v, siteKeys, "site.yml", func(p pair) { d.siteKey(p, &s) })
	if _, exists := v.get("title"); !exists && v.shape == table {
		problems.Error(diag.Pos{File: siteFile}, "missing-title", "add a line title: Example Status", "the site has no title")
	}
	if opt.BaseURL != "" {
		s.URL = baseURL(opt.BaseURL, problems)
	} else if _, exists := v.get("url"); !exists && v.shape == table {
		problems.Warn(diag.Pos{File: siteFile}, "missing-url", "add a line url: https://status.example.com",
			"the site has no url, which feeds, the calendar and the API need")
	}
	d.notifyNeeds(&s)
	return s, d, true
}

// readDataFile reads site.yml or components.yml.
func readDataFile(fsys fs.FS, name, hint string, problems *diag.List) (value, bool) {
	if _, err := fs.Stat(fsys, name); err != nil && missing(err) {
		problems.Error(diag.Pos{File: name}, "missing-file", hint, "the file is missing")
		return value{}, false
	}
	f, ok := open(fsys, name, false, problems)
	if !ok {
		return value{}, false
	}
	if f.conflicts(problems) || !f.boundedData(0, len(f.text), problems) {
		return value{}, false
	}
	v, ok := readYAML(f, 0, len(f.text), problems)
	return v.bounded(problems), ok
}

// readLocale reads the languages and the zone before the other keys, which depend on
// them.
func (d *decoder) readLocale(v value, s *site.Site) {
	if p, ok := v.get("languages"); ok {
		s.Languages, s.LanguagePos = d.siteLanguages(p)
		d.languages = s.Languages
	}
	if p, ok := v.get("timezone"); ok {
		s.Zone = d.timezone(p)
		d.zone = s.Zone
	}
}

// siteLanguages reads the languages key.
func (d decoder) siteLanguages(p pair) (tags []string, at map[string]diag.Pos) {
	at = map[string]diag.Pos{}
	for _, ref := range d.list(p) {
		switch {
		case !languageTag(ref.ID):
			d.problems.Error(ref.Pos, "bad-language", "write a tag such as en, de or pt-BR", "%s is not a language tag", quoted(ref.ID))
		case ref.ID == "api":
			d.problems.Error(ref.Pos, "bad-language", "the folder api is used by the API", "%s cannot be a language here", quoted(ref.ID))
		case slices.ContainsFunc(tags, func(tag string) bool { return strings.EqualFold(tag, ref.ID) }):
			d.problems.Error(ref.Pos, "bad-language", "remove one of the two", "%s is listed twice", quoted(ref.ID))
		default:
			tags = append(tags, ref.ID)
			at[ref.ID] = ref.Pos
		}
	}
	if len(tags) == 0 {
		return []string{"en"}, at
	}
	if len(tags) > maxLanguage {
		d.problems.Error(p.value.pos, "too-many", "list only the languages that you translate into",
			"a site has at most %d languages", maxLanguage)
		return tags[:maxLanguage], at
	}
	return tags, at
}

// timezone reads the timezone key. It returns UTC for an unknown zone.
func (d decoder) timezone(p pair) *time.Location {
	name, ok := d.text(p)
	if !ok {
		return time.UTC
	}
	zone := zoneOf(name)
	if zone == nil {
		d.problems.Error(p.value.pos, "unknown-timezone", "write an IANA name such as Europe/Berlin, America/New_York or UTC",
			"unknown time zone %s", quoted(name))
		return time.UTC
	}
	return zone
}

// siteKey reads a key of site.yml.
func (d decoder) siteKey(p pair, s *site.Site) {
	switch p.name {
	case "title":
		s.Title = d.texts(p)
	case "url":
		s.URL = d.siteURL(p)
	case "description":
		s.Description = d.texts(p)
	case "homepage":
		s.Homepage = d.url(p, "http", "https", "mailto", "tel")
	case "support":
		s.Support = d.url(p, "http", "https", "mailto", "tel")
	case "hub":
		s.Hub = d.url(p, "http", "https")
	case "mirrors":
		s.Mirrors = d.mirrors(p)
	case "theme":
		s.Theme = d.theme(p)
	case "brand":
		d.each(p.value, brandKeys, "brand", func(p pair) { d.brand(p, &s.Brand) })
	case "clock":
		s.Clock = d.hours(p)
	case "links":
		s.Menu = d.menu(p, s)
	case "footer":
		s.Footer = d.menu(p, s)
	case "subscribe":
		s.Subscribe = d.channels(p, s)
	case "home":
		d.each(p.value, homeKeys, "home", func(p pair) { s.HomeDays = d.days(p, 90, s.HomeDays) })
	case "uptime":
		d.each(p.value, uptimeKeys, "uptime", func(p pair) { d.uptime(p, &s.Uptime) })
	case "reports":
		s.Reports = d.boolean(p, false)
	case "sla":
		d.each(p.value, slaKeys, "sla", func(p pair) { d.sla(p, &s.SLA) })
	case "insights":
		s.Insights = d.boolean(p, s.Insights)
	case "strings":
		s.Strings, s.StringPos = d.strings(p)
	case "id":
		s.ID = d.apiID(p)
	case "redirects":
		s.Redirects = d.redirects(p)
	case "publish":
		s.Publish = d.publishTargets(p)
	case "notify":
		s.Notify = d.notify(p)
	}
}

// siteURL reads the url key and returns it without a trailing slash.
func (d decoder) siteURL(p pair) string {
	s := d.url(p, "http", "https")
	if strings.ContainsAny(s, "?#") {
		d.problems.Error(p.value.pos, "bad-url", "write only the address of the site's root",
			"%q: %s must not have a query or a fragment", p.name, quoted(s))
		return ""
	}
	return strings.TrimRight(s, "/")
}

// baseURL checks the URL of the --base-url flag and returns it without a trailing slash.
func baseURL(s string, problems *diag.List) string {
	problem := ""
	if s != "" {
		problem = urlProblem(s, []string{"http", "https"})
	}
	if problem == "" && strings.ContainsAny(s, "?#") {
		problem = "must not have a query or a fragment"
	}
	if problem != "" {
		problems.Error(diag.Pos{File: "--base-url"}, "bad-url", "write it in full, such as https://status.example.com", "%s %s",
			quoted(s), problem)
		return ""
	}
	return strings.TrimRight(s, "/")
}

// theme reads the theme key.
func (d decoder) theme(p pair) string {
	name, ok := d.text(p)
	if ok && !wellFormedSlug(strings.ToLower(name)) {
		d.problems.Error(p.value.pos, "bad-theme", "write the name of a folder under themes/", "%s cannot be a theme's name", quoted(name))
		return "default"
	}
	if !ok {
		return "default"
	}
	return name
}

// uptime reads a key of uptime.
func (d decoder) uptime(p pair, u *site.UptimeOptions) {
	switch p.name {
	case "show":
		u.Show = d.boolean(p, u.Show)
	case "days":
		u.Days = d.days(p, 366, u.Days)
	case "groups":
		u.Groups = d.boolean(p, false)
	case "overall":
		u.Overall = d.boolean(p, false)
	case "weights":
		d.weights(p, &u.Weights)
	}
}

// weighed are the statuses that can count as downtime.
var weighed = []string{"degraded_performance", "partial_outage", "major_outage"}

// weights reads the weights of statuses.
func (d decoder) weights(p pair, w *site.Weights) {
	if p.shape != table {
		d.wrong(p, "keys and values", "write {partial_outage: 0.3, major_outage: 1}")
		return
	}
	for _, p := range p.keys {
		status, ok := site.ParseStatus(p.name)
		switch {
		case !ok:
			d.problems.Error(p.pos, "unknown-status", diag.DidYouMean(p.name, weighed), "unknown status %q", p.name)
		case status <= site.UnderMaintenance:
			d.problems.Error(p.pos, "bad-weight", "write only "+strings.Join(weighed, ", "), "%q never counts as downtime", p.name)
		default:
			w[status] = d.number(p, 0, 1, w[status])
		}
	}
}

// strings reads the operator's own texts for keys of the language files.
func (d decoder) strings(p pair) (texts map[string]site.Text, at map[string]diag.Pos) {
	if p.shape != table {
		d.wrong(p, "keys and values", "write the key of a language file and your own words for it")
		return nil, nil
	}
	texts, at = map[string]site.Text{}, map[string]diag.Pos{}
	for _, p := range p.keys {
		texts[p.name], at[p.name] = d.texts(p), p.pos
	}
	return texts, at
}
