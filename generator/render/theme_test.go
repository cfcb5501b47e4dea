package render_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/themes"
)

// shownFile matches a theme's file in the documentation: its name in a sentence, then its
// text in a fenced block.
var shownFile = regexp.MustCompile("(?s)`themes/quiet/([a-z.]+)`[^`]*```[a-z]+\n(.*?)```")

// documented returns the theme that docs/theming.md explains.
func documented(t *testing.T) fstest.MapFS {
	t.Helper()
	doc, err := os.ReadFile("../../docs/theming.md")
	if err != nil {
		t.Fatal(err)
	}
	theme := fstest.MapFS{}
	for _, m := range shownFile.FindAllStringSubmatch(string(doc), -1) {
		theme[m[1]] = &fstest.MapFile{Data: []byte(m[2])}
	}
	return theme
}

// themed returns the little site's home page in a theme.
func themed(t *testing.T, theme fs.FS, site string) (home, style string) {
	t.Helper()
	folder := fstest.MapFS{}
	for path, text := range little.with("content/site.yml", little["content/site.yml"]+site) {
		folder[path] = &fstest.MapFile{Data: []byte(text)}
	}
	now, _ := time.Parse(time.RFC3339, clear)
	s, _ := source.Read(folder, source.Options{})
	files, err := render.Files(&s, themes.Open(theme), render.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if f.Path == "index.html" {
			home = string(data)
		}
		if strings.HasPrefix(f.Path, "assets/style.") {
			style = string(data)
		}
	}
	return home, style
}

func TestTheThemeOfTheDocumentationWorks(t *testing.T) {
	theme := documented(t)
	if len(theme) != 2 {
		t.Fatalf("docs/theming.md shows %d files", len(theme))
	}
	home, style := themed(t, theme, "")
	if !strings.Contains(home, `<p class="quiet">No incidents in the last `) {
		t.Error("the theme's template is not used")
	}
	if !strings.Contains(style, "--heading:Georgia") || !strings.Contains(style, "--accent:") {
		t.Error("the theme's style is not added behind the built-in one")
	}
	if !strings.Contains(home, "--heading:Georgia") {
		t.Error("the single-file home page lacks the theme's style")
	}
}

func TestAnAccentIsLightenedOnDarkPaper(t *testing.T) {
	_, style := themed(t, nil, "brand: {accent: \"#2457d6\"}\n")
	accents := regexp.MustCompile(`--accent:(#[0-9a-f]+)`).FindAllStringSubmatch(style, -1)
	last := accents[len(accents)-2:]
	if last[0][1] != "#2457d6" || last[1][1] == "#2457d6" {
		t.Errorf("the accents of light and dark paper are %v", last)
	}
}
