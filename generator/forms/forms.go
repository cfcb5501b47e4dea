// Package forms fills in the forms at git hosts, by which people without a terminal write
// incidents: what they offer comes from the site. In a host's file, what is filled in
// stands between two comments, "# allclear: NAME" at the end of a line and "# allclear: end";
// the rest of the file belongs to its owner.
package forms

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// Choices are what the forms of a site offer, and what their jobs need.
type Choices struct {
	Components []string // each begins with the id: "public-api", or "web: Dashboard and website"
	Groups     []string // likewise
	Regions    []string // likewise
	Secrets    []string // the environment variables that publish and notify read
	Notify     bool     // site.yml has targets for notify
	Ledger     bool     // notify keeps what it has sent in a branch of the repository
}

// Of returns the choices of a site at t: components that are neither unlisted nor retired,
// groups that have some, and regions.
func Of(s *site.Site, t time.Time) Choices {
	var c Choices
	inGroup := map[string]bool{}
	for i := range s.Components {
		own := &s.Components[i]
		if own.Unlisted || !own.Until.IsZero() && !own.Until.After(t) {
			continue
		}
		c.Components = append(c.Components, label(own.ID, own.Name.Default))
		inGroup[own.Group] = true
	}
	for _, g := range s.Groups {
		if inGroup[g.ID] {
			c.Groups = append(c.Groups, label(g.ID, g.Name.Default))
		}
	}
	for _, r := range s.Regions {
		c.Regions = append(c.Regions, label(r.ID, r.Name.Default))
	}
	c.Secrets = secrets(s)
	c.Notify = len(s.Notify.Targets) > 0
	c.Ledger = c.Notify && strings.HasPrefix(s.Notify.Ledger, "git:")
	return c
}

// label returns the choice for an id: with its name, unless that says the same. GitHub
// separates several choices by commas, and both hosts have signs for expressions: a name
// with such a sign is not written.
func label(id, name string) string {
	code := strings.ContainsAny(name, `,:$#"\[]{}`) || !utf8.ValidString(name) ||
		strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
	if code || name == "" || name != strings.TrimSpace(name) || fold(name) == fold(id) {
		return id
	}
	return id + ": " + name
}

// fold returns a name without what sets it apart from its id.
func fold(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
}

// block is a part of a file that is filled in.
type block struct {
	name     string
	from, to int    // its lines, without the two comments
	indent   string // of its lines: that of the last comment
}

// begin matches the comment before a block.
var begin = regexp.MustCompile(`(?:^|\s)# allclear: ([a-z-]+)\s*$`)

const end = "# allclear: end"

// blocks returns the blocks of a file with a known name.
func (c Choices) blocks(lines []string) []block {
	var list []block
	for i := 0; i < len(lines); i++ {
		m := begin.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		if _, known := c.lines(m[1]); !known {
			continue
		}
		to := i + 1
		for to < len(lines) && !begin.MatchString(lines[to]) {
			to++
		}
		if to < len(lines) && strings.TrimSpace(lines[to]) == end {
			list = append(list, block{m[1], i + 1, to, lines[to][:strings.Index(lines[to], end)]})
		}
	}
	return list
}

// Offers reports whether a host's file has blocks to fill in.
func (c Choices) Offers(data []byte) bool {
	return len(c.blocks(strings.Split(string(data), "\n"))) > 0
}

// Fill returns a host's file with its blocks filled in. Everything else stays as it is.
func (c Choices) Fill(data []byte) []byte {
	lines := strings.Split(string(data), "\n")
	var out []string
	done := 0
	for _, b := range c.blocks(lines) {
		out = append(out, lines[done:b.from]...)
		ending := ""
		if strings.HasSuffix(lines[b.to], "\r") {
			ending = "\r"
		}
		for _, line := range c.block(b) {
			out = append(out, line+ending)
		}
		done = b.to
	}
	return []byte(strings.Join(append(out, lines[done:]...), "\n"))
}

// block returns the lines of a block.
func (c Choices) block(b block) []string {
	lines, _ := c.lines(b.name)
	var out []string
	for _, line := range lines {
		out = append(out, b.indent+line)
	}
	return out
}

// Check warns about each block of a host's file that is not what Fill makes of it. host is
// the word for --host.
func (c Choices) Check(host, file string, data []byte) diag.List {
	var problems diag.List
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	for _, b := range c.blocks(lines) {
		have, want := lines[b.from:b.to], c.block(b)
		if slices.Equal(have, want) {
			continue
		}
		what, line := difference(b.name, have, want)
		text := lines[b.from+line]
		column := len(text) - len(strings.TrimLeft(text, " \t")) + 1
		pos := diag.Pos{File: file, Line: b.from + line + 1, Column: column, EndColumn: len([]rune(text)) + 1}
		problems.Warn(pos, "stale-form", "bring the forms up to date: allclear init --host "+host+" --refresh", "%s", what)
	}
	return problems
}

// difference says how a block differs from what it should be, and in which of its lines;
// -1 stands for the comment before it.
func difference(name string, have, want []string) (what string, line int) {
	missing := slices.IndexFunc(want, func(s string) bool { return isChoice(s) && !slices.Contains(have, s) })
	extra := slices.IndexFunc(have, func(s string) bool { return isChoice(s) && !slices.Contains(want, s) })
	switch secret := name == "secrets"; {
	case strings.Contains(name, "region") && len(have) == 0:
		return "the form has no field for regions, which the site has", -1
	case strings.Contains(name, "region") && len(want) == 0:
		return "the form has a field for regions, which the site does not have", 0
	case name == "contents" && strings.Contains(strings.Join(want, ""), "write"):
		return "the job may not write to the branch in which notify keeps what it has sent", -1
	case name == "gitlab-notify" && strings.Contains(strings.Join(want, ""), "never"):
		return "the job that notifies runs, and site.yml has nobody to notify", -1
	case name == "gitlab-notify":
		return "the job that notifies does not run", -1
	case name == "contents":
		return "the job may write to the repository, and needs to read it only", -1
	case secret && missing >= 0:
		return "the job does not get the secret " + choice(want[missing]), -1
	case secret && extra >= 0:
		return "the job gets the secret " + choice(have[extra]) + ", which site.yml does not use", extra
	case missing >= 0:
		return "the form does not offer " + choice(want[missing]), -1
	case extra >= 0:
		return "the form offers " + choice(have[extra]) + ", which the site does not have", extra
	}
	return "this is not as the site's files say", -1
}

// isChoice reports whether a line is a choice or a secret.
func isChoice(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "- ") && !strings.HasPrefix(line, "- type:") || strings.Contains(line, "${{ secrets.")
}

// choice returns what a line offers, in quotes.
func choice(line string) string {
	line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
	if name, _, ok := strings.Cut(line, ": ${{"); ok {
		line = name
	}
	return `"` + strings.Trim(line, `"`) + `"`
}

// item returns a line of a list in YAML.
func item(text string) string { return "- " + source.WriteText(text) }
