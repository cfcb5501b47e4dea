package source

import (
	"slices"
	"strings"
)

// elsewhere maps keys of other generators and status pages to the key that we have for
// the same thing, and to a hint.
var elsewhere = map[string]struct{ ours, hint string }{
	"date":            {"start", `"date" is called "start" here`},
	"created":         {"start", `"created" is called "start" here`},
	"started":         {"start", `"started" is called "start" here`},
	"started_at":      {"start", `"started_at" is called "start" here`},
	"affected":        {"components", `"affected" is called "components" here, and takes their ids: [website]`},
	"affectedsystems": {"components", `"affectedsystems" is called "components" here, and takes their ids: [website]`},
	"systems":         {"components", `"systems" is called "components" here, and takes their ids: [website]`},
	"resolved":        {"end", `write end: TIME, or an update: ## Resolved — TIME, or of a maintenance ## Completed — TIME`},
	"resolvedwhen":    {"end", `"resolvedWhen" is called "end" here`},
	"resolved_at":     {"end", `"resolved_at" is called "end" here`},
	"ended":           {"end", `"ended" is called "end" here`},
	"informational":   {"title", `move the file to content/announcements/, with posted:; of a provider's trouble, write severity: none`},
	"pin":             {"pinned", `"pin" is called "pinned" here`},
	"section":         {"title", `remove it: the folder says what a file is, incidents/, maintenance/ or announcements/`},
	"type":            {"title", `remove it: the folder says what a file is, incidents/, maintenance/ or announcements/`},
	"layout":          {"title", `remove it: the folder says what a file is, incidents/, maintenance/ or announcements/`},
	"scheduled":       {"start", `remove it: planned work is a file in content/maintenance/, with its start and end`},
	"category":        {"tags", `"category" is called "tags" here`},
	"categories":      {"tags", `"categories" is called "tags" here`},
	"published":       {"draft", `"published: false" is "draft: true" here`},
	"lastmod":         {"start", `remove it: each update says its time in its heading`},
	"permalink":       {"title", `remove it: the name of the file is its address`},
	"redirect_from":   {"aliases", `"redirect_from" is called "aliases" here`},
	"slug":            {"title", `remove it: the name of the file is its address`},
	"summary":         {"impacts", `write it below the front matter, before the first update`},
	"topic":           {"chat", `write it at the end of url: https://ntfy.sh/TOPIC`},
	"channel":         {"chat", `"channel" is called "chat" here, for Telegram; a webhook posts to the channel that it was made for`},
	"chat_id":         {"chat", `"chat_id" is called "chat" here`},
	"webhook":         {"chat", `"webhook" is called "url" here: write url: $NAME, and set that environment variable`},
	"webhook_url":     {"chat", `"webhook_url" is called "url" here: write url: $NAME, and set that environment variable`},
	"instance":        {"chat", `"instance" is called "server" here`},
	"handle":          {"chat", `"handle" is called "from" here`},
	"list":            {"chat", `"list" is called "address" here`},
	"lang":            {"chat", `"lang" is called "language" here`},
	"tiers":           {"sla", `"tiers" belongs below sla:`},
	"exclude":         {"sla", `"exclude" belongs below sla:`},
	"description":     {"impacts", `write it below the front matter, before the first update`},
	"message":         {"impacts", `write it below the front matter, before the first update`},
}

// severitiesElsewhere maps severities of other status pages to our statuses.
var severitiesElsewhere = map[string]string{
	"down": "major_outage", "disrupted": "partial_outage", "degraded": "degraded_performance", "notice": "degraded_performance",
}

// calledHere returns the hint for a key of another generator, if our key for it is one
// of keys.
func calledHere(name string, keys []key) (hint string, ok bool) {
	other, ok := elsewhere[strings.ToLower(name)]
	return other.hint, ok && slices.ContainsFunc(keys, func(k key) bool { return k.Name == other.ours })
}
