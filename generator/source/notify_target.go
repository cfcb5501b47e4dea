package source

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
	"allclear/generator/site"
)

// notifyTargets reads the targets of notify.
func (d decoder) notifyTargets(p pair) []site.NotifyTarget {
	if p.shape != list {
		d.wrong(p, "a list", notifyExample)
		return nil
	}
	if len(p.items) > maxNotified {
		d.problems.Error(p.items[maxNotified].pos, "too-many", "remove some", "a site has at most %d targets", maxNotified)
		return nil
	}
	var targets []site.NotifyTarget
	for _, item := range p.items {
		d.notifySecretsIn(item)
		t := d.notifyTarget(item)
		sameName := func(other site.NotifyTarget) bool { return envName(other.Name) == envName(t.Name) }
		if t.Name != "" && slices.ContainsFunc(targets, sameName) {
			d.problems.Error(t.Pos, "bad-target", "give it another name", "two targets are named %s", quoted(t.Name))
		}
		targets = append(targets, t)
	}
	return targets
}

// notifyTarget reads one target of notify.
func (d decoder) notifyTarget(v value) site.NotifyTarget {
	t := site.NotifyTarget{Pos: v.pos}
	if to, ok := v.get("to"); ok {
		t.Kind, t.Pos = d.notifyTo(to), to.value.pos
	}
	d.each(v, notifyTargetKeys, "a target of notify", func(p pair) {
		switch p.name {
		case "name":
			t.Name = d.targetName(p)
		case "url", "server", "token", "secret":
			d.notifyVariable(p, &t)
		case "from", "address", "chat":
			d.notifyAddress(p, &t)
		case "language":
			t.Language = d.notifyLanguage(p)
		default:
			d.notifyFilter(p, &t.Filter)
		}
	})
	if v.shape != table {
		return t
	}
	for _, name := range []string{"name", "to"} {
		if !has(v, name) {
			d.problems.Error(v.pos, "bad-target", "write {name: chat, to: slack, url: $SLACK_URL}", "the target has no %q", name)
		}
	}
	d.notifyKeysFit(v, t)
	if f := t.Filter; f.Severity > site.InMaintenance && len(f.Kinds) > 0 && !slices.Contains(f.Kinds, "incident") {
		d.problems.Error(t.Pos, "bad-target", "remove severity, or add incident to kinds",
			"this target gets nothing: only incidents have a severity")
	}
	return t
}

// notifyTo reads the kind of a target.
func (d decoder) notifyTo(p pair) string {
	s, ok := d.text(p)
	if !ok {
		return ""
	}
	if _, known := notifyKind(s); known {
		return s
	}
	folded := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(s), " ", "-"), "_", "-")
	hint := diag.DidYouMean(folded, notifyKindNames())
	if _, known := notifyKind(folded); known {
		hint = "write " + folded
	} else if ours := kindsElsewhere[folded]; ours != "" {
		hint = "write " + ours
	}
	d.problems.Error(p.value.pos, "bad-target", hint, "%s is no kind of channel that allclear can tell", quoted(s))
	return ""
}

// notifyKeysFit reports keys that a target of its kind needs and lacks, and those that it
// has no use for.
func (d decoder) notifyKeysFit(v value, t site.NotifyTarget) {
	kind, known := notifyKind(t.Kind)
	if !known {
		return
	}
	for _, name := range kind.Required {
		if !has(v, name) {
			d.problems.Error(t.Pos, "bad-target", "add "+d.notifyKeyExample(t, name), "%s needs %q", t.Kind, name)
		}
	}
	for _, p := range v.keys {
		if slices.Contains(addressKeys, p.name) && !slices.Contains(kind.Required, p.name) && !slices.Contains(kind.Optional, p.name) {
			taken := strings.Join(slices.Concat(kind.Required, kind.Optional), ", ")
			d.problems.Error(p.pos, "bad-target", "remove it; of the keys that say where, "+t.Kind+" takes "+taken,
				"%s has no %q", t.Kind, p.name)
		}
	}
}

// notifyKeyExample returns a key with an example value.
func (d decoder) notifyKeyExample(t site.NotifyTarget, name string) string {
	switch {
	case name == "chat":
		return `chat: "@example_status"`
	case name == "from" && t.Kind == "bluesky":
		return "from: status.example.com"
	case name == "from":
		return "from: status@example.com"
	case name == "address":
		return "address: status-announce@lists.example.com"
	case name == "server" && t.Kind == "mastodon":
		return "server: https://mastodon.example"
	case name == "url" && t.Kind == "ntfy":
		return "url: https://ntfy.sh/example-status"
	}
	return name + ": $" + notifyVariableName(t.Name, name) + ", and set that environment variable"
}

// notifyVariableName returns a name for the environment variable that holds a key of a
// target.
func notifyVariableName(target, name string) string {
	if target == "" {
		target = "notify"
	}
	return envName(target) + "_" + strings.ToUpper(name)
}

// notifyVariable reads a key that may be the name of an environment variable.
func (d decoder) notifyVariable(p pair, t *site.NotifyTarget) {
	s, ok := d.text(p)
	if !ok {
		return
	}
	if !variable().MatchString(s) {
		if problem := notifyURLProblem(p.name, s, t.Kind); problem != "" {
			d.problems.Error(p.value.pos, "bad-url", "write "+d.notifyKeyExample(*t, p.name), "%q: %s %s", p.name, quoted(s), problem)
			return
		}
	}
	switch p.name {
	case "url":
		t.URL = s
	case "server":
		t.Server = strings.TrimRight(s, "/")
	case "token":
		t.Token = s
	case "secret":
		t.Secret = s
	}
}

// notifyURLProblem returns what is wrong with an address that is written out, or "".
func notifyURLProblem(name, s, kind string) string {
	mailServer := name == "server" && kind == "email"
	u, err := url.Parse(s)
	switch {
	case name == "token" || name == "secret":
		return ""
	case mailServer && (err != nil || u.Scheme != "smtps" && u.Scheme != "smtp" || u.Host == ""):
		return "is not the address of a mail server"
	}
	if problem := urlProblem(s, []string{"https", "http"}); problem != "" && !mailServer {
		return problem
	}
	switch {
	case name == "server" && (strings.Trim(u.Path, "/") != "" || u.RawQuery != ""):
		return "is more than the address of a server"
	case kind == "ntfy" && strings.Trim(u.Path, "/") == "":
		return "names no topic"
	}
	return ""
}

// handle matches the handle of a Bluesky account: a domain.
var handle = memo.Regexp(`^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*$`)

// chat matches a chat of Telegram: a public name, or a number.
var chat = memo.Regexp(`^(@[A-Za-z][A-Za-z0-9_]{3,31}|-?[0-9]{1,20})$`)

// notifyAddress reads from, address or chat.
func (d decoder) notifyAddress(p pair, t *site.NotifyTarget) {
	if p.name == "chat" {
		s := strings.TrimSpace(p.value.text)
		if p.shape != number && p.shape != text || !chat().MatchString(s) {
			d.problems.Error(p.value.pos, "bad-target", `write chat: "@example_status", or the number of the chat`,
				"%s is no chat of Telegram", p.describe())
			return
		}
		t.Chat = s
		return
	}
	s, ok := d.text(p)
	if !ok {
		return
	}
	if p.name == "from" && t.Kind == "bluesky" {
		if t.From = strings.TrimPrefix(s, "@"); !handle().MatchString(t.From) {
			d.problems.Error(p.value.pos, "bad-target", "write "+d.notifyKeyExample(*t, p.name), "%s is no handle of Bluesky", quoted(s))
		}
		return
	}
	if _, err := mail.ParseAddress(s); err != nil {
		hint := "write " + d.notifyKeyExample(*t, p.name)
		if strings.Contains(s, ",") {
			hint = "write one address, such as that of a mailing list; for several, write several targets"
		}
		d.problems.Error(p.value.pos, "bad-target", hint, "%s is not an e-mail address", quoted(s))
		return
	}
	if p.name == "from" {
		t.From = s
	} else {
		t.Address = s
	}
}

// notifyLanguage reads the language of a target's messages.
func (d decoder) notifyLanguage(p pair) string {
	s, ok := d.text(p)
	if !ok {
		return ""
	}
	tag, ok := d.language(s)
	if !ok {
		d.problems.Error(p.value.pos, "unknown-language", d.languageHint(s), "%s is not one of the site's languages", quoted(s))
	}
	return tag
}

// notifyFilter reads a key of a filter. The names of components, groups and regions are
// checked when the manifest is read.
func (d decoder) notifyFilter(p pair, f *site.NotifyFilter) {
	switch p.name {
	case "components":
		f.Components = d.idsIn(p)
	case "groups":
		f.Groups = d.idsIn(p)
	case "regions":
		f.Regions = d.idsIn(p)
	case "severity":
		word, ok := d.text(p)
		if !ok {
			return
		}
		if f.Severity, ok = site.ParseSeverity(word); !ok {
			hint := diag.DidYouMean(word, site.SeverityWords)
			d.problems.Error(p.value.pos, "unknown-severity", hint, "unknown severity %s", quoted(word))
		}
	case "kinds":
		for _, ref := range d.idsIn(p) {
			if slices.Contains(site.NotifyNews, ref.ID) {
				f.Kinds = append(f.Kinds, ref.ID)
				continue
			}
			d.problems.Error(ref.Pos, "unknown-kind", diag.DidYouMean(ref.ID, site.NotifyNews), "unknown kind %s", quoted(ref.ID))
		}
	}
}

// idsIn reads a list of ids, without those that are reported as variables already.
func (d decoder) idsIn(p pair) []site.Ref {
	return slices.DeleteFunc(d.list(p), func(r site.Ref) bool { return strings.Contains(r.ID, "$") })
}
