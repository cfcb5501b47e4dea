package render_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/generator/yaml"
	"allclear/themes"
)

// everyState is a site that, at one of the moments, is in every state that pages
// have words for.
var everyState = content{
	"content/site.yml": `title: Quokka
url: https://status.example.com
timezone: Europe/Berlin
homepage: https://www.example.com
support: https://www.example.com/help
home: {days: 9}
languages: [LANG]
`,
	"content/components.yml": `regions:
  - {id: us, name: Zulu}
  - {id: eu, name: Yankee}
components:
  - {id: mail, name: Amber, since: 2025-01-01, target: 99.95}
  - {id: shop, name: Basalt, since: 2025-01-01, target: 99.95}
  - group: Garnet
    components:
      - {id: api, name: Cobalt, regions: [us, eu], since: 2025-01-01}
      - {id: web, name: Dolomite, regions: [us, eu], since: 2025-01-01}
      - {id: pay, name: Emerald, since: 2025-01-01}
      - {id: late, name: Feldspar, since: 2025-08-30}
`,
	"content/pages/about.md":        "---\ntitle: Obsidian\n---\n> [!NOTE]\n> A\n\n> [!TIP]\n> A\n\n> [!IMPORTANT]\n> A\n\n> [!WARNING]\n> A\n\n> [!CAUTION]\n> A\n",
	"content/incidents/notice-a.md": openNotice,
	"content/incidents/notice-b.md": openNotice,
	"content/incidents/notice-c.md": openNotice,
	"content/incidents/report.md": `---
title: Pumice
author: Quartz
posted: 2025-07-23 10:00
impacts:
  - {components: [api], regions: [eu], status: major_outage, start: 2025-07-19 06:32, end: 2025-07-19 07:04, downtime: 21m}
  - {components: [web], status: degraded_performance, start: 2025-07-19 07:04, end: 2025-07-20 08:20, label: Marble}
  - {components: [web], status: degraded_performance, start: 2025-07-20 10:00, end: 2025-07-20 10:20}
---
## Investigating — 2025-07-19 06:41
Text.

## Resolved — 2025-07-20 10:20
Text.

## Postmortem — 2025-07-24 10:00
Text.
`,
	"content/incidents/all.md": `---
title: Lazurite
components: all
status: major_outage
start: 2025-06-10 05:00
end: 2025-06-10 05:20:30
posted: 2025-06-10 06:10
---
## Postmortem
` + strings.Repeat("### Heading\n"+strings.Repeat("Text of a long report. ", 30)+"\n\n", 5),
	"content/incidents/region.md": `---
title: Jasper
impacts:
  - {components: [api], regions: [eu], status: partial_outage, start: 2025-06-12 05:00, end: 2025-06-12 08:00}
posted: 2025-06-12 15:00
---
`,
	"content/incidents/spoken.md": `---
title: Rhyolite
next_update: 2025-07-25 07:30
impacts:
  - {components: [api], regions: [us], status: partial_outage, start: 2025-07-25 06:32, eta: 2025-07-26 09:00}
  - {components: [mail], status: degraded_performance, start: 2025-07-25 06:32, eta: 2025-07-25 09:00}
---
Text.

## Investigating — 2025-07-25 06:33
Text.

## Identified — 2025-07-25 06:40
Text.

## Monitoring — 2025-07-25 06:50
Text.

## Resolved — 2025-07-27 09:00
Text.
`,
	"content/incidents/silent.md": `---
title: Schist
impacts:
  - {components: [shop, pay], status: major_outage, start: 2025-07-22 05:00, end: 2025-07-22 06:00}
  - {components: [mail, shop, pay, web], status: degraded_performance, start: 2025-07-25 11:00, end: 2025-07-26 14:00}
next_update: 2025-07-26 12:00
---
`,
	"content/incidents/notice.md": "---\ntitle: Tuff\nseverity: none\nstart: 2025-07-24 05:00\n---\n## Update — 2025-07-24 05:00\nText.\n\n## Resolved — 2025-07-24 09:00\nText.\n",
	"content/incidents/minor.md":  "---\ntitle: Ultramafite\nseverity: minor\nstart: 2025-07-28 05:00\nend: 2025-07-28 08:00\n---\n",
	"content/maintenance/clock.md": `---
title: Verdite
start: 2025-08-01 02:00
end: 2025-08-01 03:30
impacts:
  - {components: [api, web], eta: 2025-08-01 03:00}
---
## Plan
- [x] **One** done
- [ ] **Two** 3 of 7
- [ ] **Three**
`,
	"content/maintenance/hand.md": `---
title: Wacke
start: 2025-08-03 22:00
end: 2025-08-04 01:30
auto_complete: false
impacts:
  - {components: [mail], note: Onyx, label: Topaz}
---
## Scheduled — 2025-07-20 10:00
Text.

## Verifying — 2025-08-04 01:00
Text.

## Completed — 2025-08-04 04:10
Text.
`,
	"content/maintenance/never.md": "---\ntitle: Xenolith\nstart: 2025-08-10 02:00\nend: 2025-08-10 03:00\ncomponents: [mail, shop, api, web]\n---\n## Scheduled — 2025-07-24 09:00\nText.\n\n## Canceled — 2025-07-30 09:00\nText.\n",
}

const openNotice = "---\ntitle: Howlite\nseverity: none\nstart: 2025-05-20 05:00\n---\n## Update — 2025-05-20 05:00\nText.\n"

// called are what the operator calls things: they are the same in every language.
var called = regexp.MustCompile(`Quokka|Howlite|Lazurite|Jasper|Zulu|Yankee|Amber|Basalt|Garnet|Cobalt|Dolomite|Emerald|Feldspar|Obsidian|Pumice|Quartz|Marble|Rhyolite|Schist|Tuff|Ultramafite|Verdite|Wacke|Xenolith|Onyx|Topaz`)

// moments are when it is looked at, each with what is then on its pages.
var moments = []string{
	"2025-05-01T09:00:00Z", // nothing has happened yet
	"2025-06-10T03:10:00Z", // everything is down
	"2025-07-18T10:00:00Z", // all is well
	"2025-07-25T04:55:00Z", // two regions differ, a promise and returns are ahead
	"2025-07-25T10:00:00Z", // the promise is broken, more than three are hit, a silent incident
	"2025-07-28T03:30:00Z", // an incident that harms nothing, one that the clock began
	"2025-08-01T00:40:00Z", // a window with a plan is under way
	"2025-08-03T23:20:00Z", // a window that no clock ends, verifying
	"2025-08-04T00:10:00Z", // it overruns
	"2025-08-04T09:00:00Z", // it is over
	"2025-09-05T09:00:00Z", // long ago
}

// fact is what must stand in a page whatever its language.
type fact struct{ kind, what string }

// facts are what a page says, counted: its elements, with the links and instants
// in them; whether they hold words; numbers; names.
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

// elementFacts counts the elements of a document and those of the pieces that the
// script will put into it, and writes down their words.
func elementFacts(t *testing.T, doc *html.Node, found map[fact]int, words *strings.Builder) {
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
			words.WriteString(n.Data + "\n")
		case n.Type != html.ElementNode || n.Data == "html" || n.Data == "meta":
		default:
			what := n.Data
			for _, name := range []string{"class", "id", "href", "src", "datetime", "data-span", "data-since", "data-from", "data-at", "data-for", "value", "max", "data-c"} {
				if said, ok := attribute(n, name); ok {
					what += " " + name + "=" + said
				}
			}
			found[fact{"element", what}]++
			if text(n) != "" {
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

// translated is the site in a language at a moment: its pages, and its texts.
func translated(t *testing.T, tag, at string, over fstest.MapFS) output {
	t.Helper()
	return kept(everything(t, tag, at, over))
}

// kept are the files in which facts are looked for.
func kept(out output) output {
	maps.DeleteFunc(out, func(file string, _ []byte) bool {
		return !slices.Contains([]string{".html", ".txt", ".md"}, path.Ext(file))
	})
	return out
}

// everything is every file but the pictures.
func everything(t *testing.T, tag, at string, over fstest.MapFS) output {
	t.Helper()
	folder := fstest.MapFS{}
	for file, text := range everyState {
		folder[file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "LANG", tag))}
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	s, problems := source.Read(folder, source.Options{})
	if problems = append(problems, s.Check(now)...); problems.HasErrors() {
		t.Fatalf("%+v", problems)
	}
	theme := fs.FS(themes.Open(nil))
	if over != nil {
		theme = themes.Open(over)
	}
	files, err := render.Files(&s, theme, render.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	out := output{}
	for _, f := range files {
		if path.Ext(f.Path) == ".png" {
			continue
		}
		if out[f.Path], err = f.Bytes(); err != nil {
			t.Fatal(f.Path, err)
		}
	}
	return out
}

// lacks are the facts of an English page that another one does not have.
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

// No language says less than English: every element, link, instant, number and name
// of an English page is on the same page in each of the others, in every state.
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
					t.Errorf("%s at %s: %s lacks what the English one has:\n\t%s", tag, at, file, strings.Join(list[:min(len(list), 5)], "\n\t"))
				}
			}
		}
	}
}

// speakers are the language files of the theme.
func speakers(t *testing.T) map[string]string {
	t.Helper()
	files, err := fs.Glob(themes.Open(nil), "languages/*.yml")
	if err != nil || len(files) != 20 {
		t.Fatal(files, err)
	}
	texts := map[string]string{}
	for _, file := range files {
		data, err := fs.ReadFile(themes.Open(nil), file)
		if err != nil {
			t.Fatal(err)
		}
		texts[strings.TrimSuffix(path.Base(file), ".yml")] = string(data)
	}
	return texts
}

// A language that says everything the other way round: what is filled in comes first
// in one, last in the other. A page that asks whether there are words before a time
// forgets the whole sentence in the first.
func TestWhatIsFilledInMayStandAnywhereInASentence(t *testing.T) {
	braces := regexp.MustCompile(`\{[a-z_0-9]+\}`)
	for name, turn := range map[string]func(filled, words string) string{
		"first": func(filled, words string) string { return filled + " " + words },
		"last":  func(filled, words string) string { return words + " " + filled },
	} {
		over := rewritten(t, func(key, text string) string {
			holes := braces.FindAllString(text, -1)
			if slices.Contains(holes, "{time}") {
				holes = append([]string{"{time}"}, slices.DeleteFunc(holes, func(hole string) bool { return hole == "{time}" })...)
			}
			filled := strings.Join(holes, " ")
			if filled == "" || strings.HasPrefix(key, "date.") {
				return text
			}
			return strings.TrimSpace(turn(filled, strings.Join(strings.Fields(braces.ReplaceAllString(text, "")), " ")))
		})
		for _, at := range moments {
			english, turned := translated(t, "en", at, nil), translated(t, "en", at, over)
			for file, data := range english {
				if list := lacks(facts(t, file, data), facts(t, file, turned[file]), nil); len(list) > 0 {
					t.Errorf("%s at %s: %s lacks:\n\t%s", name, at, file, strings.Join(list[:min(len(list), 5)], "\n\t"))
				}
			}
		}
	}
}

// Every text of the language files is shown somewhere, at one of the moments.
func TestNoTextOfTheLanguageFilesIsDead(t *testing.T) {
	var keys []string
	over := rewritten(t, func(key, text string) string {
		keys = append(keys, key)
		return "‹" + key + "›" + text
	})
	shown, marked := map[string]bool{}, regexp.MustCompile(`‹([a-z_0-9.]+)›`)
	for _, at := range moments {
		for _, data := range everything(t, "en", at, over) {
			unfolded := strings.ToLower(strings.ReplaceAll(string(data), "\r\n ", "")) // headings of texts are in capitals
			for _, m := range marked.FindAllStringSubmatch(unfolded, -1) {
				shown[m[1]] = true
			}
		}
	}
	for _, key := range keys {
		if !shown[key] {
			t.Errorf("nothing shows the text %q", key)
		}
	}
}

// rewritten is a theme's English file with each of its texts made anew.
func rewritten(t *testing.T, text func(key, text string) string) fstest.MapFS {
	t.Helper()
	var root yaml.Node
	if err := yaml.NewDecoder(strings.NewReader(speakers(t)["en"])).Decode(&root); err != nil {
		t.Fatal(err)
	}
	var again func(key string, n *yaml.Node) any
	again = func(key string, n *yaml.Node) any {
		switch n.Kind {
		case yaml.MappingNode:
			all := map[string]any{}
			for i := 0; i+1 < len(n.Content); i += 2 {
				all[n.Content[i].Value] = again(strings.TrimPrefix(key+"."+n.Content[i].Value, "."), n.Content[i+1])
			}
			return all
		case yaml.SequenceNode:
			var list []string
			for _, item := range n.Content {
				list = append(list, item.Value)
			}
			return list
		}
		for _, form := range []string{".one", ".other"} { // forms are one text
			key = strings.TrimSuffix(key, form)
		}
		if key == "direction" || key == "name" {
			return n.Value
		}
		return text(key, n.Value)
	}
	data, err := json.Marshal(again("", root.Content[0])) // which is YAML
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"languages/en.yml": {Data: data}}
}

// An incident is called by what it does: now while it is open, at its worst once it is
// over. Its severity is no second word for that.
func TestAnIncidentIsCalledByItsStatus(t *testing.T) {
	for _, c := range []struct{ at, file, want string }{
		{"2025-07-25T04:55:00Z", "incidents/spoken/index.html", "Monitoring · Partial outage · since"},
		{"2025-07-25T04:55:00Z", "incidents/silent/index.html", "Investigating · Incident · since"}, // between its two impacts
		{"2025-07-25T10:00:00Z", "incidents/silent/index.html", "Investigating · Degraded · since"}, // it was a major outage before
		{"2025-07-28T03:30:00Z", "incidents/silent/index.html", "Resolved · Major outage · "},
		{"2025-07-28T03:30:00Z", "incidents/minor/index.html", "Investigating · Incident · since"},
		{"2025-08-01T00:40:00Z", "maintenance/clock/index.html", "In progress · Maintenance · "},
	} {
		doc := pagesOf(t, translated(t, "en", c.at, nil))[c.file]
		if doc == nil || !strings.Contains(text(doc), c.want) {
			t.Errorf("%s at %s does not say %q", c.file, c.at, c.want)
		}
	}
}
