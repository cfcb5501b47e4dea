package source

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// publishKeys are the keys of a target of publish in site.yml.
var publishKeys = []key{
	{"name", "text", "What the target is called in messages, and the prefix of its own environment variables."},
	{"to", "text", "Its address, such as dir:/srv/status/public."},
	{"url", "text", "Where visitors read this copy of the site: https://…, or $NAME for an environment variable."},
}

// maxTargets is how many targets a site may have. All of them are published side by side.
const maxTargets = 20

// publishTargets reads publish: a list of targets. Mistakes near a secret that is written
// out are not reported, because an excerpt would show it.
func (d decoder) publishTargets(p pair) []site.PublishTarget {
	if p.shape != list {
		d.wrong(p, "a list", `write - {name: main, to: "dir:/srv/status/public"}`)
		return nil
	}
	if len(p.items) > maxTargets {
		d.problems.Error(p.items[maxTargets].pos, "too-many", "remove some", "a site has at most %d targets", maxTargets)
		return nil
	}
	var found diag.List
	outer := d.problems
	d.problems = &found
	var targets []site.PublishTarget
	for _, item := range p.items {
		d.secretsIn(item)
		t := d.publishTarget(item)
		sameName := func(other site.PublishTarget) bool { return envName(other.Name) == envName(t.Name) }
		if t.Name != "" && slices.ContainsFunc(targets, sameName) {
			d.problems.Error(t.Pos, "bad-target", "give it another name", "two targets are named %s", quoted(t.Name))
		}
		targets = append(targets, t)
	}
	secret := func(p diag.Problem) bool { return p.Rule == "secret-in-content" }
	if slices.ContainsFunc(found, secret) {
		found = slices.DeleteFunc(found, func(p diag.Problem) bool { return !secret(p) })
	}
	*outer = append(*outer, found...)
	return targets
}

// publishTarget reads one target.
func (d decoder) publishTarget(v value) site.PublishTarget {
	t := site.PublishTarget{Pos: v.pos}
	d.each(v, publishKeys, "a target of publish", func(p pair) {
		switch p.name {
		case "name":
			t.Name = d.targetName(p)
		case "to":
			t.To, t.Pos = d.targetAddress(p), p.value.pos
			t.Kind, _, _ = strings.Cut(t.To, ":")
			t.Kind, _, _ = strings.Cut(t.Kind, "+")
		case "url":
			t.URL = d.targetURL(p)
		}
	})
	for _, name := range []string{"name", "to"} {
		if _, exists := v.get(name); !exists && v.shape == table {
			d.problems.Error(v.pos, "bad-target", "write {name: main, to: \"dir:/srv/status/public\"}", "the target has no %q", name)
		}
	}
	return t
}

// targetName reads the name of a target.
func (d decoder) targetName(p pair) string {
	s, ok := d.text(p)
	if ok && !(wellFormedSlug(strings.ToLower(s)) && len(s) <= 40) {
		d.problems.Error(p.value.pos, "bad-target", "write a short name such as main", "%s cannot be a target's name", quoted(s))
		return ""
	}
	return s
}

// envName returns the form of a target's name that environment variables begin with.
func envName(name string) string { return strings.ToUpper(strings.ReplaceAll(name, "-", "_")) }

// targetURL reads the address at which visitors read a target, or the variable that holds
// it.
func (d decoder) targetURL(p pair) string {
	if s, ok := p.value.text, p.shape == text; ok && variable.MatchString(strings.TrimSpace(s)) {
		return strings.TrimSpace(s)
	}
	return d.siteURL(p)
}

// variable matches the name of an environment variable, as a whole value.
var variable = regexp.MustCompile(`^\$[A-Za-z_][A-Za-z0-9_]*$`)

// targetAddress reads the address of a target.
func (d decoder) targetAddress(p pair) string {
	s, ok := d.text(p)
	if !ok {
		return ""
	}
	kind, rest, _ := strings.Cut(s, ":")
	check, known := targetKinds[kind]
	if !known {
		hint := "write one of " + strings.Join(kindExamples(), ", ")
		if near := diag.Nearest(kind, kindNames()); near != "" {
			hint = `did you mean "` + near + `:"?`
		}
		d.problems.Error(p.value.pos, "bad-target", hint, "%s is no place that allclear can publish to", quoted(s))
		return ""
	}
	if problem, hint := check(s, rest); problem != "" {
		d.problems.Error(p.value.pos, "bad-target", hint, "%s %s", quoted(s), problem)
		return ""
	}
	return s
}

// targetKinds has for each beginning of an address the function that checks the rest. It
// returns what is wrong with it and what to do, or "".
var targetKinds = map[string]func(address, rest string) (problem, hint string){
	"dir":  checkDir,
	"s3":   checkS3,
	"sftp": checkSFTP,
}

// kindNames returns the beginnings of addresses, sorted.
func kindNames() []string {
	var names []string
	for _, kind := range site.PublishKinds {
		names = append(names, kind[0])
	}
	return names
}

// kindExamples returns an example of each kind of address.
func kindExamples() []string {
	var examples []string
	for _, kind := range site.PublishKinds {
		examples = append(examples, kind[1])
	}
	return examples
}

// checkDir checks dir:PATH.
func checkDir(_, path string) (problem, hint string) {
	if path == "" || strings.HasPrefix(path, "//") {
		return "names no folder", "write dir: and the folder's path, such as dir:/srv/status/public"
	}
	return "", ""
}

// checkS3 checks s3://BUCKET/FOLDER?endpoint=URL&region=NAME.
func checkS3(address, _ string) (problem, hint string) {
	const example = `write "s3://BUCKET?endpoint=https://s3.example.net&region=eu", or without endpoint for Amazon's own`
	u, problem := parseTarget(address)
	switch {
	case problem != "":
		return problem, example
	case u.User != nil || u.Port() != "" || u.Fragment != "":
		return "is more than a bucket and a folder", example
	}
	if problem := onlyParameters(u, "endpoint", "region"); problem != "" {
		return problem, example
	}
	if endpoint := u.Query().Get("endpoint"); u.Query().Has("endpoint") {
		at, err := url.Parse(endpoint)
		if err != nil || urlProblem(endpoint, []string{"https", "http"}) != "" || strings.Trim(at.Path, "/") != "" || at.RawQuery != "" {
			return "has an endpoint that is not the address of a store", "write it in full: endpoint=https://s3.example.net"
		}
	}
	return "", ""
}

// checkSFTP checks sftp://USER@HOST:PORT/PATH.
func checkSFTP(address, _ string) (problem, hint string) {
	const example = `write "sftp://deploy@www.example.net/srv/status", or /~/status for a folder in the user's home`
	u, problem := parseTarget(address)
	switch {
	case problem != "":
	case u.User == nil || u.User.Username() == "":
		problem = "names no user"
	case strings.Trim(u.Path, "/~") == "":
		problem = "names no folder"
	case u.RawQuery != "" || u.Fragment != "":
		problem = "is more than a user, a host and a folder"
	}
	if problem == "" {
		return "", ""
	}
	return problem, example
}

// parseTarget parses an address that names a host, a bucket or a site after "://".
func parseTarget(address string) (*url.URL, string) {
	u, err := url.Parse(address)
	switch {
	case err != nil || strings.ContainsAny(address, " \t\\"):
		return nil, "is not a readable address"
	case u.Host == "":
		return nil, "names nothing after //"
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == ".." || part == "." {
			return nil, "has a folder " + part
		}
	}
	return u, ""
}

// onlyParameters returns what is wrong if an address has other parameters than these.
func onlyParameters(u *url.URL, known ...string) string {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return "has parameters that cannot be read"
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(known, name) {
			return "has an unknown parameter " + name
		}
	}
	return ""
}

// secretsIn reports secrets that are written out in a target. site.yml is public wherever
// the repository is.
func (d decoder) secretsIn(v value) {
	for _, p := range v.keys {
		s := strings.TrimSpace(p.value.text)
		problem, hint := "", "remove it from here, and replace it if it was ever pushed; "+fromEnvironment
		switch u, err := url.Parse(s); {
		case variable.MatchString(s) && slices.Contains([]string{"url", "server", "secret", "token"}, p.name):
		case secretKey.MatchString(p.name) && p.shape != table:
			problem = "a secret"
		case strings.Contains(s, "$"):
			problem, hint = "a $", "a variable can only be the whole value of url; "+fromEnvironment
		case err == nil && u.User != nil && hasPassword(u), err == nil && p.name == "url" && u.User != nil:
			problem = "a password"
		case err == nil && secretParameter(u):
			problem = "a secret"
		case err != nil && strings.Contains(s, "@"):
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
var secretKey = regexp.MustCompile(`(?i)^(secret|token|password|passphrase|key|.*[_-](secret|token|password|key|id))$`)

func hasPassword(u *url.URL) bool {
	_, has := u.User.Password()
	return has
}

// secretParameter reports whether the query of an address has a parameter that is named
// like a secret.
func secretParameter(u *url.URL) bool {
	for name := range u.Query() {
		if secretKey.MatchString(name) || strings.Contains(strings.ToLower(name), "sig") {
			return true
		}
	}
	return false
}
