package importer

import (
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/memo"
	"allclear/generator/site"
)

func init() { tools["upptime"] = readUpptime }

// upptime reads a repository of Upptime: .upptimerc.yml, and the issues in which it keeps
// its incidents, as gh or GitHub's API list them. Its documentation: https://upptime.js.org.
type upptime struct {
	*registry
	rc bool // .upptimerc.yml was read, so issues without a known component are others
}

func readUpptime(r *reader) {
	u := &upptime{registry: r.newRegistry()}
	for _, name := range r.files {
		if base := path.Base(name); base == ".upptimerc.yml" || base == ".upptimerc.yaml" {
			u.settingsOf(r.yaml(name))
			break
		}
	}
	for _, name := range r.with(".json", ".jsonl") {
		base := path.Base(name)
		generated := base == "summary.json" || strings.Contains("/"+name, "/api/") && base != "incidents.json"
		if !generated {
			u.list(r.json(name), 0)
		}
	}
	u.listUnlisted()
}

// settingsOf reads .upptimerc.yml.
func (u *upptime) settingsOf(n *node) {
	if n == nil {
		return
	}
	u.rc = true
	k, web := &u.out.Site, n.get("status-website")
	k.Title, k.Description = web.get("name").trimmed(), oneLine(web.first("introMessage", "introTitle").str())
	owner, repo := n.get("owner").str(), n.get("repo").str()
	k.URL = webAddress(web.get("cname").str())
	if k.URL == "" && slugFits(strings.ToLower(owner)) && repo != "" {
		k.URL = webAddress(strings.ToLower(owner) + ".github.io/" + repo)
	}
	for _, site := range n.get("sites").all() {
		u.site(site)
	}
	for _, item := range web.get("navbar").all() {
		name, href := item.get("title").trimmed(), item.get("href")
		if address := webAddress(strings.ReplaceAll(href.str(), "$OWNER/$REPO", owner+"/"+repo)); name != "" && address != "" {
			k.Links = append(k.Links, Link{name, address})
		} else if href.str() != "/" {
			u.lose(nil, "link", href, "links")
		}
	}
	u.leftoverAs("look", nil, web, "")
	u.leftoverAs("monitor", nil, n, "")
}

// site adds a component. Its address is published only if it is an ordinary one: not a
// secret's name, and without a password or a query, which may hold one.
func (u *upptime) site(n *node) {
	name, slug := n.get("name").trimmed(), n.get("slug").str()
	if slug == "" {
		slug = idOf(name)
	}
	c := Component{Name: name, ID: slug, Aliases: []string{"/history/" + slug + "/"}}
	address := n.get("url")
	if text := address.str(); text != "" {
		c.URL = webAddress(text)
		secret := strings.ContainsAny(text, "$?@")
		if secret {
			c.URL = ""
		}
		rule := "address"
		if secret {
			rule = "secret"
		}
		if c.URL == "" {
			l := newLoss(nil, rule, address, "component "+idOf(slug))
			l.Value = ""
			u.out.Losses = append(u.out.Losses, l)
		}
	}
	id := u.declare(slug, c)
	u.leftoverAs("monitor", nil, n, "component "+id)
}

// list takes issues from a list, or from an object that holds one.
func (u *upptime) list(n *node, depth int) {
	switch {
	case n == nil || depth > 3:
	case n.shape == list:
		for _, item := range n.items {
			u.list(item, depth+1)
		}
	case n.has("title") && n.has("number"):
		u.issue(n)
	case n.has("incidents"):
		n.skip("generatedAt")
		u.list(n.get("incidents"), depth+1)
	}
}

var (
	upptimeComment = memo.Regexp(`(?s)<!--(.*?)-->`)
	upptimeField   = memo.Regexp(`(?m)^\s*(start|end|expectedDown|expectedDegraded)\s*:\s*(.*?)\s*$`)
	upptimeTitle   = memo.Regexp(`^[^\p{L}\p{N}"'(]+`)
	commitLink     = memo.Regexp("(?s)In \\[`[0-9a-f]+`\\]\\(\\s*[^)]*?\\s*\\), ")
	inCommit       = memo.Regexp("(?s) in \\[`[0-9a-f]+`\\]\\(\\s*[^)]*?\\s*\\)")
	inBrackets     = memo.Regexp(` \((?:https?://|\$)[^)\s]*\)`)
)

// issue makes an entry of an issue with the label status or maintenance.
func (u *upptime) issue(n *node) {
	var labels []string
	for _, l := range n.get("labels").all() {
		name := l.str()
		if l.shape == object {
			name = l.get("name").str()
		}
		labels = append(labels, name)
	}
	isWindow := slices.Contains(labels, "maintenance")
	if !n.get("pull_request").empty() || len(labels) > 0 && !isWindow && !slices.Contains(labels, "status") {
		if n.get("pull_request").empty() {
			u.lose(nil, "other-issue", n.get("title"), "")
		}
		n.take()
		return
	}
	number := n.get("number").str()
	e := &Entry{from: n, Title: upptimeTitle().ReplaceAllString(n.get("title").str(), ""), Aliases: []string{"/incident/" + number + "/"}}
	created := u.time(e, n.first("createdAt", "created_at"), "start")
	closed := u.time(e, n.first("closedAt", "closed_at"), "end")
	body := n.get("body").str()
	if isWindow {
		u.window(e, body, created)
	} else {
		u.outage(e, labels, body, created)
	}
	u.comments(e, closed)
	n.skip("state", "url", "html_url", "author", "id", "node_id", "labels", "locked", "closed", "updatedAt", "updated_at", "user",
		"repository_url", "labels_url", "comments_url", "events_url", "timeline_url", "reactions", "author_association", "assignee",
		"assignees",
		"milestone", "state_reason", "stateReason", "active_lock_reason", "performed_via_github_app", "closed_by", "sub_issues_summary",
		"issue_dependencies_summary", "type", "body", "comments", "commentsList", "draft")
	u.leftover(e, n)
	u.add(e)
}

// outage reads an issue that a check opened.
func (u *upptime) outage(e *Entry, labels []string, body string, created time.Time) {
	status := site.MajorOutage
	if strings.Contains(strings.ToLower(e.Title), "degraded") {
		status = site.DegradedPerformance
	}
	name := e.Title
	for _, end := range []string{" is down", " has degraded performance"} {
		name = strings.TrimSuffix(name, end)
	}
	id := ""
	for _, l := range labels {
		if known := u.byName[l]; known != "" {
			id = known
		}
	}
	if id == "" {
		for _, c := range u.out.Components {
			if strings.EqualFold(c.Name, name) {
				id = c.ID
			}
		}
	}
	if id == "" && name != e.Title {
		id = u.find(idOf(name), name, e.from.get("title"))
	}
	if id != "" {
		e.Impacts = []Impact{{Components: []string{id}, Status: status}}
	} else {
		e.Severity = status.Severity()
	}
	e.Updates = []Update{{Status: site.Investigating, Time: created, Text: plainReport(body), from: e.from.get("body")}}
}

// plainReport returns what Upptime writes about a check without its links to commits, and
// without the address that was checked, which may be a secret.
func plainReport(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = commitLink().ReplaceAllString(text, "")
	text = inCommit().ReplaceAllString(text, "")
	return strings.TrimSpace(inBrackets().ReplaceAllString(text, ""))
}

// window reads an issue that announces maintenance: its times are in an HTML comment.
func (u *upptime) window(e *Entry, body string, created time.Time) {
	e.Kind = Maintenance
	fields := map[string]string{}
	for _, comment := range upptimeComment().FindAllStringSubmatch(body, -1) {
		for _, m := range upptimeField().FindAllStringSubmatch(comment[1], -1) {
			fields[m[1]] = m[2]
		}
	}
	instant := func(key string) time.Time {
		s, ok := parseStamp(fields[key], time.UTC)
		if !ok {
			u.lose(e, "planned", e.from.get("body"), key)
		}
		return s.Time
	}
	if e.Start = instant("start"); e.Start.IsZero() {
		e.Start = created
	}
	e.End = instant("end")
	hit := func(key string, status site.Status) {
		var ids []string
		for slug := range strings.SplitSeq(fields[key], ",") {
			if slug = strings.Trim(strings.TrimSpace(slug), `"'`); slug != "" {
				ids = append(ids, u.find(slug, slug, e.from.get("body")))
			}
		}
		if len(ids) > 0 {
			e.Impacts = append(e.Impacts, Impact{Components: ids, Status: status})
		}
	}
	hit("expectedDown", site.UnderMaintenance)
	hit("expectedDegraded", site.DegradedPerformance)
	text := upptimeComment().ReplaceAllString(body, "")
	if !created.IsZero() && created.Before(e.Start) {
		e.Updates = []Update{{Status: site.Scheduled, Time: created, Text: text, from: e.from.get("body")}}
	} else {
		e.Summary = text
	}
}

// comments reads the comments of an issue as updates. The one with which Upptime closes
// it, and the time at which it was closed, end the entry.
func (u *upptime) comments(e *Entry, closed time.Time) {
	list := e.from.get("comments")
	if list == nil || list.shape != scalar && list.empty() || list.shape == scalar {
		list = e.from.get("commentsList")
	}
	ended := time.Time{}
	for _, c := range list.all() {
		at := u.time(e, c.first("createdAt", "created_at"), "")
		text, isEnd := strings.CutPrefix(strings.TrimSpace(c.get("body").str()), "**Resolved:**")
		if at.IsZero() {
			u.undated(e, c.get("body"), "")
		}
		if at.IsZero() || strings.TrimSpace(text) == "" {
			continue
		}
		status := site.Note
		if isEnd && e.Kind == Incident {
			status, ended = site.Resolved, at
		}
		e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: plainReport(text), from: c.get("body")})
	}
	switch {
	case closed.IsZero() || e.Kind == Maintenance:
	case ended.IsZero():
		e.End = closed
	case closed.Sub(ended).Abs() > 2*time.Minute:
		e.End = closed
	}
}
