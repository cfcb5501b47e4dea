package render_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"allclear/themes"
)

// englishKeys returns the dotted keys of the English language file. A text with plural
// forms has its own key and those of its forms.
func englishKeys(t *testing.T) []string {
	t.Helper()
	data, err := fs.ReadFile(themes.Open(nil), "languages/en.yml")
	if err != nil {
		t.Fatal(err)
	}
	var keys, path []string
	for line := range strings.Lines(string(data)) {
		m := yamlKey.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		depth := len(m[1]) / 2
		path = append(path[:depth:depth], m[2])
		keys = append(keys, strings.Join(path, "."))
	}
	return keys
}

var yamlKey = regexp.MustCompile(`^( *)([a-z_]+):`)

// said matches the keys of texts in templates.
var said = regexp.MustCompile(`\b(?:say|before|after) "([a-z._]+)"`)

func TestEveryWordOfATemplateIsInTheEnglishFile(t *testing.T) {
	theme := themes.Open(nil)
	names, err := fs.Glob(theme, "*.html")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d templates, %v", len(names), err)
	}
	known := englishKeys(t)
	for _, name := range names {
		data, err := fs.ReadFile(theme, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(data), -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s says %q, which languages/en.yml does not know", name, m[1])
			}
		}
	}
}

func TestNoPageShowsTheKeyOfAMissingWord(t *testing.T) {
	known := englishKeys(t)
	key := regexp.MustCompile(`\b[a-z_]+\.[a-z_]+\b`)
	for name, at := range instants {
		for file, doc := range pagesOf(t, publish(t, little, at)) {
			for _, found := range key.FindAllString(text(doc), -1) {
				if slices.Contains(known, found) {
					t.Errorf("%s: %s shows %q", name, file, found)
				}
			}
		}
	}
}
