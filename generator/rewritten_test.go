package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"allclear/generator"
	"allclear/themes"
)

// What people really write is kept: each folder of testdata/rewritten has ten entries in the
// shape of another tool's content, and in said.txt what these said: their titles, times,
// components with their statuses, words, texts, links and old addresses. Whatever the
// shape, the page of each says all of it.
func TestWhatOtherToolsSaidIsSaid(t *testing.T) {
	lists, err := filepath.Glob("testdata/rewritten/*/said.txt")
	if err != nil || len(lists) != 5 {
		t.Fatalf("%d lists: %v", len(lists), err)
	}
	for _, list := range lists {
		t.Run(filepath.Base(filepath.Dir(list)), func(t *testing.T) {
			folder := os.DirFS(filepath.Dir(list))
			result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)})
			if result.Problems.HasErrors() {
				t.Fatal(result.Problems)
			}
			site := map[string]string{}
			for _, f := range result.Files {
				if strings.HasSuffix(f.Path, ".html") {
					data, err := f.Bytes()
					if err != nil {
						t.Fatal(err)
					}
					site[f.Path] = string(data)
				}
			}
			said, err := os.ReadFile(list)
			if err != nil {
				t.Fatal(err)
			}
			address, entries := "", 0
			for line := range strings.Lines(string(said)) {
				line = strings.TrimRight(line, "\n")
				if !strings.HasPrefix(line, " ") {
					address = line
					entries++
					if site[address+"index.html"] == "" {
						t.Errorf("there is no page %s", address)
					}
					continue
				}
				what, fact, _ := strings.Cut(strings.TrimSpace(line), " ")
				if !pageSays(site, address, what, fact) {
					t.Errorf("%s does not say the %s %q", address, what, fact)
				}
			}
			if entries < 10 {
				t.Errorf("only %d entries", entries)
			}
		})
	}
}

// kindFolders are the folders of addresses.
var kindFolders = map[string]string{"incident": "incidents/", "maintenance": "maintenance/", "announcement": "announcements/"}

// pageSays reports whether the page at an address says a fact. What a component was is in
// the table of an incident, and among the changes of a maintenance.
func pageSays(site map[string]string, address, what, fact string) bool {
	page := site[address+"index.html"]
	switch what {
	case "kind":
		return strings.HasPrefix(address, kindFolders[fact])
	case "time":
		return strings.Contains(page, `datetime="`+fact+`"`)
	case "link":
		return strings.Contains(page, `href="`+fact+`"`)
	case "old": // the page at the old address leads to the new one
		file := strings.TrimPrefix(fact, "/")
		if !strings.HasSuffix(file, ".html") {
			file += "index.html"
		}
		return file == address+"index.html" || strings.Contains(site[file], address)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return false
	}
	for n := range doc.Descendants() {
		switch {
		case what == "title" && n.Data == "h1" && plainOf(n) == fact,
			what == "word" && n.Data == "h3" && strings.Contains(plainOf(n), fact),
			what == "says" && n.Data == "main" && strings.Contains(plainOf(n), fact):
			return true
		case what == "hit" && (n.Data == "tr" || n.Data == "li" && attribute(n.Parent, "class") == "changes"):
			name, status, _ := strings.Cut(fact, "|")
			if row := plainOf(n); strings.Contains(row, name) && strings.Contains(row, status) {
				return true
			}
		}
	}
	return false
}

// plainOf returns the words of an element, with single spaces.
func plainOf(n *html.Node) string {
	var words strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			words.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(words.String()), " ")
}
