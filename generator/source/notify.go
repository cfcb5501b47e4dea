package source

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// maxNotified is how many targets notify may have.
const maxNotified = 50

// Limits of the lengths of time in notify. What is older than a month is no news.
const (
	shortestTime = time.Minute
	longestTime  = 31 * 24 * time.Hour
	maxReminders = 5
)

// notifyExample is a whole target, for hints.
const notifyExample = "write - {name: chat, to: slack, url: $SLACK_URL} for each target"

// notify reads notify in site.yml. Like in publish, mistakes near a secret that is written
// out are not reported.
func (d decoder) notify(p pair) site.Notify {
	n := site.DefaultNotify
	n.Pos = p.pos
	var found diag.List
	outer := d.problems
	d.problems = &found
	d.variablesIn(p.value)
	d.each(p.value, notifyKeys, "notify", func(p pair) {
		switch p.name {
		case "ledger":
			n.Ledger = d.ledger(p)
		case "max_age":
			if length, ok := d.newsTime(p.name, p.value); ok {
				n.MaxAge = length
			}
		case "remind":
			n.Remind = d.reminders(p)
		case "targets":
			n.Targets = d.notifyTargets(p)
		}
	})
	if p.shape == table && !has(p.value, "targets") {
		d.problems.Error(p.pos, "bad-target", "add targets: and "+strings.TrimPrefix(notifyExample, "write "), `"notify" has no "targets"`)
	}
	*outer = append(*outer, withoutExcerptsOfSecrets(found)...)
	return n
}

// ledger reads where it is kept what was sent.
func (d decoder) ledger(p pair) string {
	s, ok := d.text(p)
	if !ok {
		return site.DefaultNotify.Ledger
	}
	const example = "write git:allclear-notified for a branch, file:/var/lib/status/notified, or s3://BUCKET/notified"
	kind, rest, _ := strings.Cut(s, ":")
	problem, hint := "", example
	switch kind {
	case "git":
		if !branchName().MatchString(rest) || strings.Contains(rest, "..") || strings.HasSuffix(rest, ".lock") {
			problem = "names no branch that can be"
		}
	case "file":
		if rest == "" || strings.HasPrefix(rest, "//") {
			problem = "names no file"
		}
	case "s3":
		problem, hint = checkS3(s, rest)
	default:
		problem = "is no place for a ledger"
	}
	if problem != "" {
		d.problems.Error(p.value.pos, "bad-target", hint, "%s %s", quoted(s), problem)
		return site.DefaultNotify.Ledger
	}
	return s
}

// newsTime reads a length of time from a minute to a month.
func (d decoder) newsTime(name string, v value) (time.Duration, bool) {
	length, ok := d.duration(pair{name: name, pos: v.pos, value: v})
	if ok && (length < shortestTime || length > longestTime) {
		d.problems.Error(v.pos, "out-of-range", "write a length within them, such as 2h", "%q must be from 1m to 31d, not %s", name, v.text)
		return 0, false
	}
	return length, ok
}

// reminders reads one length of time or a list of them. It returns them in order, the
// longest first, each once.
func (d decoder) reminders(p pair) []time.Duration {
	items := p.items
	switch {
	case p.shape == text || p.shape == number:
		items = []value{p.value}
	case p.shape != list:
		d.wrong(p, "a list", "write it as [24h, 1h]")
		return nil
	}
	if len(items) > maxReminders {
		d.problems.Error(items[maxReminders].pos, "too-many", "remove some", "a window has at most %d reminders", maxReminders)
		return nil
	}
	var lengths []time.Duration
	for _, item := range items {
		if length, ok := d.newsTime(p.name, item); ok {
			lengths = append(lengths, length)
		}
	}
	slices.SortFunc(lengths, func(a, b time.Duration) int { return int(b - a) })
	return slices.Compact(lengths)
}

// notifyNeeds reports what a notify lacks that another key of site.yml would give it.
func (d decoder) notifyNeeds(s *site.Site) {
	if len(s.Notify.Targets) == 0 {
		return
	}
	if s.URL == "" {
		d.problems.Error(s.Notify.Pos, "bad-target", "add a line url: https://status.example.com",
			"messages need the site's url, for their links")
	}
	for _, t := range s.Notify.Targets {
		if t.Kind == "websub" && t.URL == "" && s.Hub == "" {
			d.problems.Error(t.Pos, "bad-target", "add a line hub: https://hub.example.com, which feeds then name", "there is no hub")
		}
	}
}
