package generator_test

import (
	"regexp"
	"strings"
	"testing"
)

// wordsOut are words that docs/design.md replaces by plainer ones.
var wordsOut = regexp.MustCompile(`(?i)\b(mend|mends|mended|mending|verbs?|left out|told|tell the state|for now)\b`)

// TestTheDocumentationUsesPlainWords looks for the words that are out, in all pages
// but the list of words itself and old entries of the changelog.
func TestTheDocumentationUsesPlainWords(t *testing.T) {
	for name, text := range documents(t) {
		if name == "CHANGELOG.md" {
			continue
		}
		listed, fenced := false, false
		number := 0
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
