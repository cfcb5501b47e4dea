package generator_test

import (
	"go/ast"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
)

// wordsOut are words that docs/design.md replaces by plainer ones.
var wordsOut = regexp.MustCompile(`(?i)\b(mend|mends|mended|mending|verbs?|left out|told|tell the state|for now)\b`)

// TestTheDocumentationUsesPlainWords looks for the words that are out in the
// documentation, but for the list of words itself, code, and the changelog.
func TestTheDocumentationUsesPlainWords(t *testing.T) {
	for name, text := range documents(t) {
		if name == "CHANGELOG.md" {
			continue
		}
		listed, fenced, number := false, false, 0
		for line := range strings.Lines(text) {
			number++
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
			}
			if strings.HasPrefix(line, "## ") {
				listed = line == "## Words\n"
			}
			if out := wordsOut.FindString(line); out != "" && !listed && !fenced {
				t.Errorf("%s:%d: %q is out, see docs/design.md: %s", name, number, out, strings.TrimSpace(line))
			}
		}
	}
}

// TestCommentsUsePlainWords looks for them in the comments of the code.
func TestCommentsUsePlainWords(t *testing.T) {
	comments := 0
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			comments++
			// A comment may begin with the name that it explains.
			_, said, _ := strings.Cut(group.Text(), " ")
			if out := wordsOut.FindString(said); out != "" {
				t.Errorf("%s: %q is out, see docs/design.md: %s", s.path, out, group.Text())
			}
		}
	}
	if comments < 1000 {
		t.Errorf("only %d comments were looked at", comments)
	}
}

// TestWhatPeopleReadUsesPlainWords looks for them in messages, help and schemas, which
// are the texts in the code, and in the English of the pages.
func TestWhatPeopleReadUsesPlainWords(t *testing.T) {
	texts := 0
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if !ok || text.Kind != token.STRING {
				return true
			}
			texts++
			if out := wordsOut.FindString(text.Value); out != "" {
				t.Errorf("%s: %q is out, see docs/design.md: %s", s.path, out, text.Value)
			}
			return true
		})
	}
	if texts < 1000 {
		t.Errorf("only %d texts were looked at", texts)
	}
	english, err := os.ReadFile("../themes/default/languages/en.yml")
	if err != nil {
		t.Fatal(err)
	}
	if out := wordsOut.FindString(string(english)); out != "" {
		t.Errorf("themes/default/languages/en.yml: %q is out", out)
	}
}
