package generator_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/themes"
)

// shownIn are the fenced blocks of a page of the documentation, in its order.
func shownIn(t *testing.T, page string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```[a-z]+\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, m[1])
	}
	return blocks
}

func TestTheExamplesOfTheLanguagesPageWork(t *testing.T) {
	blocks := shownIn(t, "../docs/languages.md")
	if len(blocks) != 5 {
		t.Fatalf("docs/languages.md shows %d examples", len(blocks))
	}
	config, components, translation, words, danish := blocks[0], blocks[1], blocks[2], blocks[3], blocks[4]
	folder := fstest.MapFS{}
	for name, text := range map[string]string{
		"content/site.yml":       strings.Replace(config, "[de, en]", "[de, en, da]", 1) + words,
		"content/components.yml": components,
		"content/incidents/delays.md": "---\ntitle: E-Mails verspätet\ncomponents: [website]\nstatus: degraded\n---\n" +
			"## Untersuchung — 2025-07-25 08:10\nEine Schlange wächst.\n",
		"content/incidents/delays.en.md": translation,
	} {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	theme := themes.Open(fstest.MapFS{"languages/da.yml": {Data: []byte(danish)}})
	result := generator.Build(folder, func(string) fs.FS { return theme },
		generator.Options{Now: time.Date(2025, 7, 25, 9, 0, 0, 0, time.UTC)})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	told := ""
	for _, p := range result.Problems {
		told += p.Message + "\n"
	}
	if !strings.Contains(told, "texts are missing here and shown in English") || !strings.Contains(told, `has no translation into "da"`) ||
		strings.Count(told, "\n") != 2 {
		t.Errorf("check tells\n%s", told)
	}
	page := map[string]string{}
	for _, f := range result.Files {
		if strings.HasSuffix(f.Path, ".html") {
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			page[f.Path] = string(data)
		}
	}
	for file, want := range map[string]string{
		"index.html": ">Archiv<", "en/index.html": ">Archive<", "da/index.html": ">Historik<",
		"components/website/index.html": "<h1>Webseite</h1>", "en/components/website/index.html": "<h1>Website</h1>",
		"en/incidents/delays/index.html": "<p>A queue grows.</p>",
		"da/incidents/delays/index.html": `lang="de" dir="ltr"><p>Eine Schlange wächst.</p>`,
	} {
		if !strings.Contains(page[file], want) {
			t.Errorf("%s does not say %s", file, want)
		}
	}
}

func TestTheLanguagesPageNamesEveryLanguage(t *testing.T) {
	text, err := os.ReadFile("../docs/languages.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir("../themes/default/languages")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if tag := strings.TrimSuffix(f.Name(), ".yml"); !strings.Contains(string(text), "`"+tag+"`") {
			t.Errorf("docs/languages.md does not name %s", tag)
		}
	}
}
