package forms

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
	"allclear/generator/yaml"
)

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func named(id, name string) site.Component {
	return site.Component{ID: id, Name: site.Text{Default: name}}
}

func TestAChoiceBeginsWithTheIDAndHasTheNameIfThatSaysMore(t *testing.T) {
	for _, c := range []struct{ id, name, want string }{
		{"public-api", "Public API", "public-api"},
		{"web", "Dashboard", "web: Dashboard"},
		{"web", "Übersicht (neu)", "web: Übersicht (neu)"},
		{"web", "", "web"},
		{"web", "Mail: in, out", "web"},
		{"web", "${{ secrets.X }}", "web"},
		{"web", "$[[ inputs.x ]]", "web"},
		{"web", "$(touch x)", "web"},
		{"web", "a\nb", "web"},
		{"web", `"quoted"`, "web"},
		{"web", "# allclear: end", "web"},
		{"web", "- true", "web: - true"},
	} {
		if got := label(c.id, c.name); got != c.want {
			t.Errorf("%s, %q: %q, not %q", c.id, c.name, got, c.want)
		}
	}
}

func TestRetiredAndUnlistedComponentsAreNoChoice(t *testing.T) {
	retired, retiring, coming, unlisted := named("retired", ""), named("retiring", ""), named("coming", ""), named("unlisted", "")
	retired.Until, retiring.Until, coming.Since, unlisted.Unlisted = now, now.Add(time.Second), now.Add(time.Hour), true
	retired.Group = "empty"
	s := &site.Site{Components: []site.Component{retired, retiring, coming, unlisted}, Groups: []site.Group{{ID: "empty"}}}
	if c := Of(s, now); strings.Join(c.Components, " ") != "retiring coming" || len(c.Groups) != 0 {
		t.Errorf("choices: %q, groups %q", c.Components, c.Groups)
	}
}

const file = "a: 1 # mine\r\n  options: # allclear: components\r\n    - gone\r\n    # allclear: end\r\n" +
	"b: # allclear: region\r\n  # allclear: end\r\n# allclear: components\r\nno end"

func TestFillChangesWhatStandsBetweenTheComments(t *testing.T) {
	c := Choices{Components: []string{"web: Dashboard"}}
	const want = "a: 1 # mine\r\n  options: # allclear: components\r\n" +
		"    - none\r\n    - all\r\n    - \"web: Dashboard\"\r\n    # allclear: end\r\n" +
		"b: # allclear: region\r\n  # allclear: end\r\n# allclear: components\r\nno end"
	got := c.Fill([]byte(file))
	if string(got) != want {
		t.Errorf("got %q,\nnot %q", got, want)
	}
	if again := c.Fill(got); !bytes.Equal(again, got) {
		t.Errorf("a second time: %q", again)
	}
	if problems := c.Check("github", "f.yml", got); len(problems) != 0 {
		t.Errorf("it is filled in, and not up to date: %v", problems)
	}
	problems := c.Check("github", "f.yml", []byte(file))
	if len(problems) != 1 || problems[0].Line != 2 || problems[0].Message != `the form does not offer "none"` {
		t.Errorf("the file of before: %v", problems)
	}
}

// GitLab refuses more than 50 options; people write the id instead.
func TestGitLabGetsNoMoreOptionsThanItTakes(t *testing.T) {
	many := Choices{Components: make([]string, maxOptions-1)}
	if lines, _ := many.lines("gitlab-components"); len(lines) != 0 {
		t.Errorf("%d lines for %d options", len(lines), maxOptions+1)
	}
	many.Components = many.Components[1:]
	if lines, _ := many.lines("gitlab-components"); len(lines) != maxOptions+1 {
		t.Errorf("%d lines for %d options", len(lines), maxOptions)
	}
}

// Whatever a component is called, YAML reads the choice as the text that it is, and nothing
// outside the block changes.
func FuzzFill(f *testing.F) {
	for _, name := range []string{"Dashboard", "a: b", "'", "#", "- x", "? ", "\u2028", "\x85", "true", "{a", "|", "%", "@", "`", "\\n"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		c := Choices{Components: []string{label("web", name)}}
		data := c.Fill([]byte("before: x\nlist: # allclear: components\n  # allclear: end\nafter: y\n"))
		var read struct {
			Before, After string
			List          []string
		}
		if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&read); err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
		if read.Before != "x" || read.After != "y" || len(read.List) != 3 || read.List[2] != c.Components[0] {
			t.Fatalf("read as %+v from\n%s", read, data)
		}
	})
}
