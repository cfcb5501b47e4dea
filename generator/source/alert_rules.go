package source

import (
	"io/fs"
	"strings"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// AlertsFile is the path of the rules for alerts, from the site's folder.
const AlertsFile = "content/alerts.yml"

// alertsKeys are the keys of alerts.yml.
var alertsKeys = []key{
	{"rules", "list", "Which alerts become incidents; the first rule that matches an alert applies."},
	{"default", "unmatched", "What an alert becomes that no rule matches: ignore (nothing, by default) or draft (the draft of a notice)."},
}

// alertRuleKeys are the keys of a rule in alerts.yml.
var alertRuleKeys = []key{
	{"match", "match", "Which alerts: labels, name, tag, summary, url or source, each with one pattern or several; all must match."},
	{"component", "ids", "The affected component, several, or all; without it the incident is a notice."},
	{"region", "ids", "The affected region, or several; without it all regions of the component."},
	{"status", "rule status", "How bad it is: degraded_performance, partial_outage or major_outage."},
	{"title", "texts", "What is wrong, as a customer would say it; by default the name of the alert."},
	{"message", "text", "The first update of the incident, in Markdown."},
	{"reopen", "duration", "An alert that fires again within this time after its end reopens the same incident."},
	{"draft", "boolean", "Incidents are written as drafts, for a person to publish."},
}

// maxRules is how many rules alerts.yml may have.
const maxRules = 500

// readAlerts reads alerts.yml, if the site has one.
func readAlerts(fsys fs.FS, d decoder, s *site.Site) {
	if _, err := fs.Stat(fsys, AlertsFile); err != nil && missing(err) {
		return
	}
	v, ok := readDataFile(fsys, AlertsFile, "", d.problems)
	if !ok || v.shape == nothing {
		return
	}
	d.each(v, alertsKeys, "alerts.yml", func(p pair) {
		switch p.name {
		case "rules":
			s.Alerts.List = d.alertRules(p)
		case "default":
			s.Alerts.Drafts = d.unmatched(p)
		}
	})
}

// unmatched reads default: whether alerts without a rule become drafts.
func (d decoder) unmatched(p pair) bool {
	word, ok := d.text(p)
	if !ok {
		return false
	}
	switch strings.ToLower(word) {
	case "ignore":
		return false
	case "draft":
		return true
	}
	d.problems.Error(p.value.pos, "bad-alert-rule", "write ignore or draft", "default cannot be %s", quoted(word))
	return false
}

// alertRules reads the list of rules.
func (d decoder) alertRules(p pair) []site.AlertRule {
	if p.shape != list {
		d.wrong(p, "a list", "write - match: {alertname: APIDown}, and below it component:, status: and title:")
		return nil
	}
	if len(p.items) > maxRules {
		d.problems.Error(p.items[maxRules].pos, "too-many", "remove some, or match several alerts with one rule",
			"alerts.yml has more than %d rules", maxRules)
		return nil
	}
	var rules []site.AlertRule
	for _, item := range p.items {
		rules = append(rules, d.alertRule(item))
	}
	return rules
}

// alertRule reads one rule.
func (d decoder) alertRule(v value) site.AlertRule {
	r := site.AlertRule{Pos: v.pos}
	d.each(v, alertRuleKeys, "a rule", func(p pair) {
		switch p.name {
		case "match":
			r.Match = d.alertMatch(p)
		case "component":
			r.Components = d.list(p)
		case "region":
			r.Regions = d.list(p)
		case "status":
			r.Status.ID, _ = d.text(p)
			r.Status.Pos = p.value.pos
		case "title":
			r.Title, r.TitlePos = d.texts(p), p.value.pos
		case "message":
			r.Message.ID, _ = d.lines(p)
			r.Message.Pos = p.value.pos
			d.alertMessage(p, r.Message.ID)
		case "reopen":
			r.Reopen, _ = d.duration(p)
		case "draft":
			r.Draft = d.boolean(p, true)
		}
	})
	if v.shape == table {
		d.checkAlertRule(v)
	}
	return r
}

// checkAlertRule reports what a rule lacks.
func (d decoder) checkAlertRule(v value) {
	component, hasComponent := v.get("component")
	status, hasStatus := v.get("status")
	switch {
	case !has(v, "match"):
		d.problems.Error(v.pos, "bad-alert-rule", `add match: {alertname: APIDown}, or match: {name: "*"} for every alert`,
			"the rule does not say which alerts it is for")
	case hasComponent && !hasStatus:
		d.problems.Error(component.pos, "bad-alert-rule", "add status: degraded_performance, partial_outage or major_outage",
			"the rule names a component and not how bad it is")
	case hasStatus && !hasComponent:
		d.problems.Error(status.pos, "bad-alert-rule", "add component:, or remove status: for a notice, which affects no component",
			"the rule says how bad it is and names no component")
	}
}

// alertMatch reads the conditions of a rule.
func (d decoder) alertMatch(p pair) []site.AlertMatch {
	if p.shape == table && len(p.keys) == 0 {
		d.problems.Error(p.value.pos, "bad-alert-rule", `add a label: match: {alertname: APIDown}, or match: {name: "*"} for every alert`,
			"the rule does not say which alerts it is for")
		return nil
	}
	if p.shape != table {
		d.wrong(p, "labels and patterns", `write match: {alertname: APIDown}, or match: {name: "*"} for every alert`)
		return nil
	}
	var match []site.AlertMatch
	for _, in := range p.keys {
		m := site.AlertMatch{Field: in.name}
		items := in.items
		if in.shape != list {
			items = []value{in.value}
		}
		for _, item := range items {
			switch item.shape {
			case text, number, boolean:
				m.Patterns = append(m.Patterns, strings.TrimSpace(item.text))
				d.alertPattern(item)
			default:
				d.wrong(pair{name: in.name, pos: in.pos, value: item}, "a pattern", "write "+in.name+": API*")
			}
		}
		if in.shape == list && len(items) == 0 {
			d.problems.Error(in.value.pos, "bad-alert-rule", "write a pattern, or remove it", "%q has no pattern and matches no alert",
				in.name)
		}
		match = append(match, m)
	}
	return match
}

// likeRegexp matches what people write in regular expressions, and hardly in names.
var likeRegexp = memo.Regexp(`\.[*+]|^\^|\$$|\\[dws.]|\([^)]*\|[^)]*\)|\[[^\]]+-[^\]]+\]`)

// alertPattern warns about a pattern that looks like a regular expression.
func (d decoder) alertPattern(v value) {
	if likeRegexp().MatchString(v.text) {
		d.problems.Warn(v.pos, "bad-alert-rule",
			"* stands for any characters and ? for one; to match one of several texts, write a list: [APIDown, APISlow]",
			"%s looks like a regular expression, and is matched letter by letter", quoted(v.text))
	}
}

// alertMessage reports a message that cannot be the text of an update.
func (d decoder) alertMessage(p pair, message string) {
	if message == "" {
		return
	}
	if problem := CheckText(message, site.Incident, false, d.languages); problem != nil {
		d.problems.Error(p.value.pos, "bad-alert-rule", problem.Hint, "%q: %s", "message", problem.Message)
	}
}
