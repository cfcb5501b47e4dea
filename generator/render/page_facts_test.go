package render_test

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// fact is something that a page must have in every language.
type fact struct{ kind, what string }

// facts are what a page shows, counted: its elements, with the links and instants in
// them; whether they have text; numbers; names.
func facts(t *testing.T, file string, data []byte) map[fact]int {
	t.Helper()
	found := map[fact]int{}
	words := string(data)
	if path.Ext(file) == ".html" {
		doc, err := html.Parse(strings.NewReader(words))
		if err != nil {
			t.Fatal(file, err)
		}
		var out strings.Builder
		elementFacts(t, doc, found, &out)
		words = out.String()
	}
	for _, name := range called.FindAllString(words, -1) {
		found[fact{"name", name}]++
	}
	for _, digits := range number.FindAllString(grouped.ReplaceAllString(words, "$1$2$3"), -1) {
		n, _ := strconv.Atoi(digits)
		found[fact{"number", strconv.Itoa(n)}]++
	}
	return found
}

var number, grouped = regexp.MustCompile(`\d+`), regexp.MustCompile(`(\d)[,.\x{a0}\x{202f}](\d{3})(\D|$)`)

// elementFacts counts the elements of a document and of the fragments that the script
// will insert, and collects their words.
func elementFacts(t *testing.T, doc *html.Node, found map[fact]int, words *strings.Builder) {
	for n := range doc.Descendants() {
		switch {
		case n.Data == "text" || n.Parent != nil && n.Parent.Data == "text":
			// A picture has the words for which there is room. Its labels say them all.
		case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
			words.WriteString(n.Data + "\n")
		case n.Type != html.ElementNode || n.Data == "html" || n.Data == "meta":
		default:
			what := n.Data
			for _, name := range []string{"class", "id", "href", "src", "datetime", "data-span", "data-since", "data-from", "data-at",
				"data-for", "value", "max", "data-c"} {
				if said, ok := attribute(n, name); ok {
					what += " " + name + "=" + said
				}
			}
			found[fact{"element", what}]++
			if text(n) != "" && n.Data != "g" && n.Data != "svg" {
				found[fact{"element with words", what}]++
			}
			for _, name := range []string{"aria-label", "alt"} {
				if said, _ := attribute(n, name); said != "" {
					found[fact{name, what}]++
					words.WriteString(said + "\n")
				}
			}
		}
		if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil {
			if kind, _ := attribute(n, "type"); kind == "text/html" {
				inner, err := html.Parse(strings.NewReader(n.FirstChild.Data))
				if err != nil {
					t.Fatal(err)
				}
				elementFacts(t, inner, found, words)
			}
		}
	}
}

// lacks returns the facts of an English page that another page does not have.
func lacks(english, other map[fact]int, spelled map[string]bool) []string {
	var list []string
	for f, n := range english {
		if f.kind == "number" && spelled[f.what] {
			continue // "two services" is one word in it
		}
		if other[f] < n {
			list = append(list, fmt.Sprintf("%s %q is there %d times, not %d", f.kind, f.what, other[f], n))
		}
	}
	slices.Sort(list)
	return list
}

// Every element, link, instant, number and name of an English page is on the same page in
// each other language, in every state.
func TestEveryLanguageSaysEverythingThatEnglishSays(t *testing.T) {
	for _, at := range moments {
		english := translated(t, "en", at, nil)
		for _, tag := range slices.Sorted(maps.Keys(speakers(t))) {
			spelled := map[string]bool{}
			if tag == "ar" || tag == "he" {
				spelled = map[string]bool{"1": true, "2": true}
			}
			other := translated(t, tag, at, nil)
			for file, data := range english {
				if list := lacks(facts(t, file, data), facts(t, file, other[file]), spelled); len(list) > 0 {
					t.Errorf("%s at %s: %s lacks what the English one has:\n\t%s", tag, at, file,
						strings.Join(list[:min(len(list), 5)], "\n\t"))
				}
			}
		}
	}
}
