package forms

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// maxOptions is how many options GitLab allows for an input. Source:
// docs.gitlab.com/ci/inputs.
const maxOptions = 50

// lines returns the lines of a block, and whether there is one of that name.
func (c Choices) lines(name string) (lines []string, known bool) {
	everything := slices.Concat([]string{"none", "all"}, c.Groups, c.Components)
	regions := append([]string{"all"}, c.Regions...)
	switch name {
	case "components": // a list of choices for GitHub's form
		return items(everything), true
	case "issue-components":
		return items(append([]string{"all"}, c.Components...)), true
	case "gitlab-components":
		return options(everything), true
	case "region": // a field that only a site with regions has
		if len(c.Regions) == 0 {
			return nil, true
		}
		return slices.Concat([]string{"region:", "  description: Region", "  type: choice", "  default: all", "  options:"},
			indented("    ", items(regions))), true
	case "region-variable":
		if len(c.Regions) == 0 {
			return nil, true
		}
		return []string{"REGION: ${{ inputs.region }}"}, true
	case "issue-regions":
		if len(c.Regions) == 0 {
			return nil, true
		}
		return slices.Concat([]string{"- type: dropdown", "  id: regions", "  attributes:", "    label: Regions",
			"    description: None chosen means all", "    multiple: true", "    options:"}, indented("      ", items(regions))), true
	case "gitlab-region":
		if len(c.Regions) == 0 {
			return nil, true
		}
		return slices.Concat([]string{"region:", "  description: Region", "  default: all"}, indented("  ", options(regions))), true
	case "gitlab-region-variable":
		if len(c.Regions) == 0 {
			return nil, true
		}
		return []string{`REGION: {value: "$[[ inputs.region ]]", expand: false}`}, true
	case "contents": // what a job that publishes and notifies may do with the repository
		if c.Ledger {
			return []string{"contents: write # notify keeps in a branch what it has sent"}, true
		}
		return []string{"contents: read"}, true
	case "gitlab-notify": // when the job runs that notifies
		if c.Notify {
			return []string{"- if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}, true
		}
		return []string{"- when: never"}, true
	case "secrets":
		for _, secret := range c.Secrets {
			lines = append(lines, secret+": ${{ secrets."+secret+" }}")
		}
		return lines, true
	}
	return nil, false
}

// options returns the options of an input of GitLab; none if it would refuse so many, so
// that people write the id.
func options(list []string) []string {
	if len(list) > maxOptions {
		return nil
	}
	return append([]string{"options:"}, indented("  ", items(list))...)
}

func items(list []string) []string {
	var lines []string
	for _, text := range list {
		lines = append(lines, item(text))
	}
	return lines
}

func indented(by string, lines []string) []string {
	var out []string
	for _, line := range lines {
		out = append(out, by+line)
	}
	return out
}

// targetSecrets are the secrets of each kind of target in publish.
var targetSecrets = map[string][]string{
	"s3":      {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"},
	"sftp":    {"SSH_PRIVATE_KEY", "SSH_KNOWN_HOSTS"},
	"git":     {"GIT_TOKEN"},
	"netlify": {"NETLIFY_AUTH_TOKEN"},
}

// secrets returns the environment variables that publish and notify read for a site, in
// the order of site.yml. If several targets are of one kind, each has its own, too.
func secrets(s *site.Site) []string {
	var list []string
	add := func(names ...string) {
		for _, name := range names {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	variables := func(values ...string) {
		for _, value := range values {
			if name, ok := strings.CutPrefix(value, "$"); ok {
				add(name)
			}
		}
	}
	kinds := map[string]int{}
	for _, t := range s.Publish {
		kinds[t.Kind]++
	}
	for _, t := range s.Publish {
		own := targetSecrets[t.Kind]
		add(own...)
		if kinds[t.Kind] > 1 {
			for _, name := range own {
				add(strings.ToUpper(strings.ReplaceAll(t.Name, "-", "_")) + "_" + name)
			}
		}
		variables(t.URL)
	}
	for _, t := range s.Notify.Targets {
		variables(t.URL, t.Server, t.Token, t.Secret)
	}
	if strings.HasPrefix(s.Notify.Ledger, "s3:") {
		add(targetSecrets["s3"]...)
		if kinds["s3"] > 0 {
			add("NOTIFY_AWS_ACCESS_KEY_ID", "NOTIFY_AWS_SECRET_ACCESS_KEY")
		}
	}
	return list
}
