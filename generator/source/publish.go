package source

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
	"allclear/generator/site"
)

// publishKeys are the keys of a target of publish in site.yml.
var publishKeys = []key{
	{"name", "text", "What the target is called in messages, and the prefix of its own environment variables."},
	{"to", "text", "Its address: dir:PATH, s3://BUCKET, sftp://USER@HOST/PATH, git+ssh://HOST/PATH#BRANCH or netlify://SITE."},
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
		samePlace := func(other site.PublishTarget) bool { return placeOf(other.To) == placeOf(t.To) }
		if i := slices.IndexFunc(targets, samePlace); i >= 0 && t.To != "" {
			d.problems.Error(t.Pos, "bad-target", "remove one of them: both would be published at once, and overwrite each other",
				"%s is the place of the target %s, too", quoted(t.To), quoted(targets[i].Name))
		}
		targets = append(targets, t)
	}
	*outer = append(*outer, withoutExcerptsOfSecrets(found)...)
	return targets
}

// withoutExcerptsOfSecrets returns only the secrets among mistakes if there are any: the
// excerpt of another mistake may show the same line.
func withoutExcerptsOfSecrets(found diag.List) diag.List {
	secret := func(p diag.Problem) bool { return p.Rule == "secret-in-content" }
	if slices.ContainsFunc(found, secret) {
		found = slices.DeleteFunc(found, func(p diag.Problem) bool { return !secret(p) })
	}
	return found
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
	if s, ok := p.value.text, p.shape == text; ok && variable().MatchString(strings.TrimSpace(s)) {
		return strings.TrimSpace(s)
	}
	return d.siteURL(p)
}

// variable matches the name of an environment variable, as a whole value.
var variable = memo.Regexp(`^\$[A-Za-z_][A-Za-z0-9_]*$`)

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
		if meant := meantTarget(s); meant != "" {
			hint = "write " + quoted(meant)
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
