package source

import (
	"net/url"
	"slices"
	"strings"

	"allclear/generator/memo"
)

// notifyVariables are the keys of a target of notify that may be the name of an
// environment variable.
var notifyVariables = []string{"url", "server", "secret", "token"}

// notifySecretsIn reports secrets that are written out in a target of notify, and names of
// environment variables where none is read.
func (d decoder) notifySecretsIn(v value) {
	name := ""
	if p, ok := v.get("name"); ok && p.shape == text && wellFormedSlug(strings.ToLower(p.value.text)) {
		name = p.value.text
	}
	for _, p := range v.keys {
		if slices.Contains(notifyVariables, p.name) && variable().MatchString(strings.TrimSpace(p.value.text)) {
			continue
		}
		if p.shape == list || p.shape == table {
			d.variablesIn(p.value)
			continue
		}
		if problem := writtenSecret(p); problem != "" {
			hint := "remove it from here, and replace it if it was ever pushed"
			if slices.Contains(notifyVariables, p.name) {
				variable := notifyVariableName(name, p.name)
				hint += "; set an environment variable " + variable + " and write " + p.name + ": $" + variable
			}
			switch {
			case problem == "a $" && slices.Contains(notifyVariables, p.name):
				hint = "write one variable and nothing else, without braces: " + p.name + ": $" + notifyVariableName(name, p.name)
			case problem == "a $":
				hint = "a variable can only be the whole value of url, server, secret or token"
			}
			d.hidden(p.value.pos, hint, "%q contains %s", p.name, problem)
		}
	}
}

// variablesIn reports names of environment variables, and secrets, in values that are read
// as they are.
func (d decoder) variablesIn(v value) {
	for _, p := range v.keys {
		if p.name != "targets" && p.shape != list && p.shape != table {
			if problem := writtenSecret(p); problem != "" {
				d.hidden(p.value.pos, "write the value itself; secrets of a ledger are read from the environment only",
					"%q contains %s", p.name, problem)
			}
		}
	}
	for _, item := range v.items {
		if item.shape == text && strings.Contains(item.text, "$") {
			d.hidden(item.pos, "a variable can only be the whole value of url, server, secret or token", "the list contains a $")
		}
	}
}

// writtenSecret returns what kind of secret a value contains, or "".
func writtenSecret(p pair) string {
	s := strings.TrimSpace(p.value.text)
	u, err := url.Parse(s)
	switch {
	case s == "":
		return ""
	case secretKey().MatchString(p.name):
		return "a secret"
	case secretAddress().MatchString(s):
		return "an address that is a secret"
	case strings.Contains(s, "$"):
		return "a $"
	case err == nil && u.User != nil && (hasPassword(u) || p.name == "url"):
		return "a password"
	case err == nil && u.User != nil && tokenAsUser().MatchString(u.User.Username()):
		return "what looks like a token"
	case err == nil && secretParameter(u):
		return "a secret"
	case err != nil && strings.Contains(s, "@") && strings.Contains(s, "://"):
		return "what may be a password"
	case tokenShape().MatchString(s):
		return "what looks like a token"
	}
	return ""
}

// secretAddress matches addresses to which everybody can post who knows them: those of
// Slack, Discord, Microsoft Teams and Google Chat, and Telegram's with the token of a bot.
var secretAddress = memo.Regexp(`(?i)^\s*(https?:)?/*([^/@]*@)?(` +
	`hooks\.slack(-gov)?\.com[:/]` +
	`|([a-z0-9-]+\.)*(discord|discordapp)\.com[^/]*/+api/.*webhooks/` +
	`|([a-z0-9-]+\.)*webhook\.office(365)?\.com[:/]|outlook\.office(365)?\.com[^/]*/+webhook` +
	`|([a-z0-9-]+\.)*logic\.azure\.(com|us|cn)[:/]|([a-z0-9-]+\.)*api\.powerplatform\.com[:/]` +
	`|chat\.googleapis\.com[:/]` +
	`|api\.telegram\.org[^/]*/+(file/+)?bot)`)

// tokenShape matches tokens of Slack, Telegram and Standard Webhooks.
var tokenShape = memo.Regexp(`\bxox[abeprs]-[0-9A-Za-z-]{10,}|\b[0-9]{8,12}:[A-Za-z0-9_-]{30,}|\bwhs[ek]c?_[A-Za-z0-9+/=]{16,}`)
