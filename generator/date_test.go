package generator_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"allclear/generator"
	"allclear/themes"
)

// Dates of digits and separators only are read differently in different places: 11/27,
// 27.11., 5.11.2026, 2026-09-16.
var bareDate = regexp.MustCompile(`(^|[^\w.:/-])` +
	`([0-3]?\d[./-][0-3]?\d[./-](\d{4}|\d\d)|\d{4}[./-]\d\d?[./-]\d\d?|[0-3]?\d/[0-3]?\d|[0-3]?\d\.[01]?\d\.)` +
	`($|[^\w:/-])`)

func TestADateOfDigitsOnlyIsSeen(t *testing.T) {
	for text, want := range map[string]bool{"11/27": true, "27.11.": true, "am 5.11.2026": true, "2026-09-16": true, "on 9/16/2026.": true,
		"27 November": false, "99.98 %": false, "18.00–22.00": false, "11月27日": false, "5. elokuuta klo 3.00": false, "v1.2.3.4": false,
		"4 of 7": false, "24/7": true} {
		if got := bareDate.MatchString(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// No page shows a date of digits and separators only, in any language.
func TestNoPageHasADateOfDigitsOnly(t *testing.T) {
	folder := copied(t, os.DirFS("testdata/sample"))
	config := folder["content/site.yml"]
	all := "languages: [" + strings.Join(builtInLanguages(t), ", ") + "]\n"
	config.Data = bytes.Replace(config.Data, []byte("languages: [en]\n"), []byte(all), 1)
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: instant(t, "2025-07-25T07:10:00Z")})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	sites := map[string]map[string][]byte{"four languages": inFour(t), "the sample": filesOf(t, result)}
	if _, ok := sites["the sample"]["zh-Hant/index.html"]; !ok {
		t.Fatal("the sample is not in all languages")
	}
	for name, files := range sites {
		for file, data := range files {
			if path.Ext(file) != ".html" {
				continue
			}
			for _, text := range shownTexts(t, data) {
				if bareDate.MatchString(text) {
					t.Errorf("%s: %s: %q", name, file, text)
				}
			}
		}
	}
}

// builtInLanguages returns the tags of all languages of the built-in theme, English first.
func builtInLanguages(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir("../themes/default/languages")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	tags := []string{"en"}
	for _, f := range files {
		if tag := strings.TrimSuffix(f.Name(), ".yml"); tag != "en" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// copied returns the files of a folder, to be changed.
func copied(t *testing.T, folder fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// shownTexts returns the texts of a page that visitors read, each with the space around it
// removed. Code, and the steps of a window, are what their author wrote.
func shownTexts(t *testing.T, page []byte) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			texts = append(texts, strings.TrimSpace(n.Data))
		case slices.Contains([]string{"script", "style", "code", "pre"}, n.Data),
			slices.Contains(n.Attr, html.Attribute{Key: "class", Val: "plan"}):
			return
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
	}
	walk(doc)
	return texts
}
