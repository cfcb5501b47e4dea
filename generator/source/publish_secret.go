package source

import (
	"net/url"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
)

// secretsIn reports secrets that are written out in a target. site.yml is public wherever
// the repository is.
func (d decoder) secretsIn(v value) {
	for _, p := range v.keys {
		s := strings.TrimSpace(p.value.text)
		problem, hint := "", "remove it from here, and replace it if it was ever pushed; "+fromEnvironment
		switch u, err := url.Parse(s); {
		case variable().MatchString(s) && slices.Contains([]string{"url", "server", "secret", "token"}, p.name):
		case secretKey().MatchString(p.name) && p.shape != table:
			problem = "a secret"
		case strings.Contains(s, "$"):
			problem, hint = "a $", "a variable can only be the whole value of url; "+fromEnvironment
		case err == nil && u.User != nil && hasPassword(u), err == nil && p.name == "url" && u.User != nil:
			problem = "a password"
		case err == nil && u.User != nil && tokenAsUser().MatchString(u.User.Username()):
			problem = "what looks like a token"
		case err == nil && secretParameter(u):
			problem = "a secret"
		case err != nil && strings.Contains(s, "@") && !scpAddress().MatchString(s):
			problem = "what may be a password"
		}
		if problem != "" {
			d.hidden(p.value.pos, hint, "%q contains %s", p.name, problem)
		}
	}
}

const fromEnvironment = "publish reads secrets from the environment (docs/publishing.md says which)"

// hidden reports a secret at a place whose text no message shows.
func (d decoder) hidden(at diag.Pos, hint, format string, args ...any) {
	var one diag.List
	one.Error(at, "secret-in-content", hint, format, args...)
	one[0].Excerpt, one[0].Skipped = "…", max(0, at.Column-1)
	one[0].EndColumn = at.Column + 1
	*d.problems = append(*d.problems, one...)
}

// secretKey matches keys whose values are secrets.
var secretKey = memo.Regexp(`(?i)^(secret|token|password|passphrase|key|.*[_-](secret|token|password|key|id))$`)

// tokenAsUser matches what stands in place of a user's name where somebody put a token
// into an address.
var tokenAsUser = memo.Regexp(`^(gh[a-z]_|github_pat_|glpat-|x-token).*|^.{33,}$`)

func hasPassword(u *url.URL) bool {
	_, has := u.User.Password()
	return has
}

// secretParameter reports whether the query of an address has a parameter that is named
// like a secret.
func secretParameter(u *url.URL) bool {
	for name := range u.Query() {
		if secretKey().MatchString(name) || strings.Contains(strings.ToLower(name), "sig") {
			return true
		}
	}
	return false
}
