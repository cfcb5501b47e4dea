package importer

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/memo"
	"allclear/generator/site"
)

func init() { tools["statusfy"] = readStatusfy }

// statusfy reads a site of Statusfy: content/*.md, translations in content/LANGUAGE/*.md,
// and what can be seen of config.js, which is a program and is not run.
type statusfy struct {
	*registry
	names map[string]string // of systems, by id
}

func readStatusfy(r *reader) {
	s := &statusfy{registry: r.newRegistry(), names: map[string]string{}}
	for _, name := range r.files {
		if path.Base(path.Dir(name)) == "locales" && path.Ext(name) == ".json" {
			locale := r.json(name)
			for _, systems := range locale.get("systems").all() {
				for _, item := range systems.items {
					s.names[item.key] = item.str()
				}
			}
			locale.take() // the other texts are those of the theme
		}
	}
	for _, name := range r.files {
		if path.Base(name) == "config.js" {
			s.config(string(r.open(name)))
			l := newLoss(nil, "program", nil, "")
			l.Field, l.Source = path.Base(name), Place{File: name}
			r.out.Losses = append(r.out.Losses, l)
			break
		}
	}
	inFolder := slices.ContainsFunc(r.files, func(name string) bool { return strings.Contains("/"+name, "/content/") })
	translations := map[string][]string{}
	var entries []string
	for _, name := range r.with(".md") {
		_, inContent, found := strings.Cut("/"+name, "/content/")
		if !found {
			inContent = name
		}
		switch base := path.Base(name); {
		case strings.EqualFold(base, "README.md") || !found && inFolder: // of the repository
		case strings.Count(inContent, "/") == 1:
			translations[base] = append(translations[base], name)
		default:
			entries = append(entries, name)
		}
	}
	for _, name := range entries {
		s.entry(name, translations[path.Base(name)])
	}
	s.listUnlisted()
}

var (
	jsComment = memo.Regexp(`(?m)/\*[\s\S]*?\*/|(?:^|\s)//[^\n]*$`)
	jsSystems = memo.Regexp(`(?s)\bsystems\s*:\s*\[(.*?)\]`)
	jsText    = memo.Regexp(`'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"`)
)

// config reads texts of config.js: an object that a program returns.
func (s *statusfy) config(js string) {
	js = jsComment().ReplaceAllString(js, "")
	value := func(key string) string {
		m := regexp.MustCompile(`\b` + key + `\s*:\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")`).FindStringSubmatch(js)
		if m == nil {
			return ""
		}
		return strings.NewReplacer(`\'`, `'`, `\"`, `"`).Replace(m[1] + m[2])
	}
	k := &s.out.Site
	if k.Title = value("title"); k.Title == "" {
		k.Title = value("name")
	}
	k.Description, k.URL = value("description"), strings.TrimSuffix(webAddress(value("baseUrl")), "/")
	if language := value("defaultLocale"); languageTag().MatchString(language) {
		k.Languages = []string{strings.ToLower(language[:2])}
	}
	if m := jsSystems().FindStringSubmatch(js); m != nil {
		for _, id := range jsText().FindAllStringSubmatch(m[1], -1) {
			s.declare(id[1]+id[2], Component{ID: id[1] + id[2], Name: s.names[id[1]+id[2]]})
		}
	}
}

// statusfySeverities are the values of severity but for maintenance.
var statusfySeverities = map[string]site.Status{
	"major-outage": site.MajorOutage, "partial-outage": site.PartialOutage, "degraded-performance": site.DegradedPerformance,
}

// entry reads one file.
func (s *statusfy) entry(name string, translations []string) {
	m, ok := s.markdown(name)
	if !ok {
		return
	}
	n := m.front
	e := &Entry{from: n, Title: n.get("title").str(), Name: strings.TrimSuffix(path.Base(name), ".md")}
	if id := n.get("id").str(); id != "" {
		e.Aliases = []string{"/incidents/" + id + "/"}
	}
	e.Start = s.time(e, n.get("date"), "start")
	var components []string
	for _, system := range n.first("affectedsystems", "affectedSystems").all() {
		if id := system.str(); id != "" {
			name := s.names[id]
			if name == "" {
				name = id
			}
			components = append(components, s.find(id, name, system))
		}
	}
	e.Summary, e.Updates = s.body(e, m)
	severity := n.get("severity")
	status, known := lookup(severity, statusfySeverities)
	switch {
	case strings.EqualFold(severity.trimmed(), "under-maintenance"):
		s.window(e, components)
	case !known:
		e.Severity, e.Components = site.None, components
		if severity == nil {
			severity = n
		}
		s.lose(e, "unknown-severity", severity, "severity")
	case len(components) > 0:
		e.Impacts = []Impact{{Components: components, Status: status}}
	default:
		e.Severity = status.Severity()
	}
	if n.get("resolved").isTrue() && e.Kind == Incident {
		s.endUnknown(e)
	}
	for _, t := range translations {
		s.translate(e, t)
	}
	n.skip("modified")
	s.leftover(e, n)
	s.add(e)
}

// window makes a maintenance of an entry that is under maintenance.
func (s *statusfy) window(e *Entry, components []string) {
	e.Kind = Maintenance
	posted := e.Start
	if planned := s.time(e, e.from.get("scheduled"), "start"); !planned.IsZero() {
		e.Start = planned
	}
	if posted.Before(e.Start) {
		e.Posted = posted
	}
	minutes, err := strconv.Atoi(strings.TrimSpace(e.from.get("duration").str()))
	if err == nil && minutes > 0 && minutes < 100_000 {
		e.End = e.Start.Add(time.Duration(minutes) * time.Minute)
	}
	if len(components) > 0 {
		e.Impacts = []Impact{{Components: components, Status: site.UnderMaintenance}}
	}
	for i := range e.Updates {
		switch u := &e.Updates[i]; u.Status {
		case site.Resolved:
			u.Status = site.Completed
		case site.Investigating, site.Identified:
			u.Status = site.Note
		case site.Monitoring:
			u.Status = site.Verifying
		}
	}
	done := slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status == site.Completed })
	if last := len(e.Updates); e.from.get("resolved").isTrue() && !done && e.End.IsZero() && last > 0 &&
		e.Updates[0].Time.After(e.Start) {
		e.End = e.Updates[0].Time
		s.lose(e, "end", nil, "end")
	}
}

var statusfyUpdate = memo.Regexp(`(?ms)^:::\s*update\s+(.*?)\s*\|\s*(\S[^\n]*?)\s*\n(.*?)^:::\s*$`)

// body reads a text: updates between ::: update WORD | TIME and :::, and the summary.
func (s *statusfy) body(e *Entry, m markdownFile) (summary string, updates []Update) {
	text := strings.TrimRight(m.body, "\n") + "\n"
	text = regexp.MustCompile(`(?m):::$`).ReplaceAllString(text, ":::\n")
	for _, at := range statusfyUpdate().FindAllStringSubmatchIndex(text, -1) {
		u := []string{"", text[at[2]:at[3]], text[at[4]:at[5]], text[at[6]:at[7]]}
		when, ok := parseStamp(u[2], s.zone)
		if !ok {
			l := newLoss(e, "undated", nil, "")
			l.Field, l.Value = "update", shorten(strings.Join(strings.Fields(u[2]+": "+u[3]), " "), 60)
			l.Source.Line = m.line + strings.Count(text[:at[0]], "\n")
			s.out.Losses = append(s.out.Losses, l)
			continue
		}
		status, known := statusfyWords[strings.ToLower(u[1])]
		if !known {
			status = site.Note
			l := newLoss(e, "word", e.from, "summary")
			l.Field, l.Value = "update", u[1]
			s.out.Losses = append(s.out.Losses, l)
		}
		updates = append(updates, Update{Status: status, Time: when.Time, Text: strings.TrimSpace(u[3]), from: e.from})
	}
	return strings.TrimSpace(statusfyUpdate().ReplaceAllString(text, "")), updates
}

// statusfyWords are the words that Statusfy's editor offers, and those of other languages
// that its users write.
var statusfyWords = map[string]site.UpdateStatus{
	"investigating": site.Investigating, "identified": site.Identified, "monitoring": site.Monitoring, "resolved": site.Resolved,
	"update": site.Note, "completed": site.Resolved, "已解决": site.Resolved, "调查中": site.Investigating, "监控中": site.Monitoring,
	"已确认": site.Identified, "resuelto": site.Resolved, "investigando": site.Investigating, "identificado": site.Identified,
	"monitoreando": site.Monitoring,
}

// translate reads a file that translates an entry, if the new site has its language.
func (s *statusfy) translate(e *Entry, name string) {
	language := strings.ToLower(path.Base(path.Dir(name)))
	m, ok := s.markdown(name)
	if !ok || !languageTag().MatchString(language) {
		return
	}
	language = language[:2]
	if s.out.Site.Languages == nil {
		s.out.Site.Languages = []string{"en"}
	}
	if language == s.out.Site.Languages[0] {
		return
	}
	if !slices.Contains(s.out.Site.Languages, language) {
		s.out.Site.Languages = append(s.out.Site.Languages, language)
	}
	t := Translation{Language: language, Title: m.front.get("title").str(), from: m.front}
	t.Summary, t.Updates = s.body(&Entry{from: m.front}, m)
	for i := range t.Updates { // matched by word and time, and the words of another language are free
		for _, u := range e.Updates {
			if u.Time.Equal(t.Updates[i].Time) {
				t.Updates[i].Status = u.Status
			}
		}
	}
	e.Translations = append(e.Translations, t)
}
