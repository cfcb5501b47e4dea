package render

import (
	"flag"
	"io/fs"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"allclear/generator/card"
	"allclear/generator/site"
	"allclear/themes"
)

const defaultTheme = "../../themes/default/"

// The status colors in style.css and the status icons in icons.html are written from
// the table of looks, so that a page looks like its badge, its card and its favicon.
// With -update the test writes them.
func TestTheLooksInTheDefaultThemeAreWrittenFromTheTable(t *testing.T) {
	for name, write := range map[string]func(string) string{"style.css": withColors, "icons.html": withIcons} {
		old, err := os.ReadFile(defaultTheme + name)
		if err != nil {
			t.Fatal(err)
		}
		want := write(string(old))
		for class, look := range looks {
			if !strings.Contains(want, look.Light) && name == "style.css" || !strings.Contains(want, look.Shape) && name == "icons.html" {
				t.Errorf("%s has no line for %s", name, class)
			}
		}
		if want == string(old) {
			continue
		}
		if flag.Lookup("update").Value.String() != "true" {
			t.Errorf("themes/default/%s differs from the table in look.go: run go test ./generator/render -run Looks -update", name)
		} else if err := os.WriteFile(defaultTheme+name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// classes returns the classes of the table: those of the statuses, from good to bad,
// and note.
func classes() []string {
	var list []string
	for _, status := range site.Statuses {
		list = append(list, statusClass(status))
	}
	return append(list, "note")
}

// withColors replaces the two lines of a style sheet that set the colors of statuses:
// the first is for light mode, the second for dark mode.
func withColors(style string) string {
	dark := false
	return regexp.MustCompile(`(?m)^( *)--ok: .*$`).ReplaceAllStringFunc(style, func(line string) string {
		var colors []string
		for _, class := range classes() {
			color := looks[class].Light
			if dark {
				color = looks[class].Dark
			}
			colors = append(colors, "--"+class+": "+color+";")
		}
		dark = true
		return line[:strings.Index(line, "-")] + strings.Join(colors, " ")
	})
}

// withIcons replaces the symbols of statuses in a template.
func withIcons(icons string) string {
	for _, class := range classes() {
		path := `<path d="` + looks[class].Shape + `"/>`
		if looks[class].Solid {
			path = `<path class="cut" d="` + looks[class].Shape + `"/>`
		}
		line := regexp.MustCompile(`(?m)^<symbol id="_` + class + `".*$`)
		icons = line.ReplaceAllLiteralString(icons,
			`<symbol id="_`+class+`" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9"/>`+path+`</symbol>`)
	}
	return icons
}

// Badges, cards and favicons print white on the color, and the shapes can be drawn.
func TestEveryLookCanBeReadAndDrawn(t *testing.T) {
	white, _ := site.ParseColor("#ffffff")
	dark, _ := site.ParseColor("#0b0d0f")
	for class, look := range looks {
		light, ok := site.ParseColor(look.Light)
		onDark, alsoOK := site.ParseColor(look.Dark)
		if !ok || !alsoOK {
			t.Errorf("%s: %s or %s is no color", class, look.Light, look.Dark)
			continue
		}
		if site.Contrast(light, white) < 4.5 || site.Contrast(onDark, dark) < 4.5 {
			t.Errorf("%s: white on %s has a contrast of %.1f, dark on %s %.1f", class, look.Light, site.Contrast(light, white), look.Dark,
				site.Contrast(onDark, dark))
		}
		if _, err := (card.Card{Symbol: look.symbol()}).PNG(); err != nil || look.Solid != strings.HasSuffix(look.Shape, "Z") {
			t.Errorf("%s: the shape %s cannot be drawn (%v), or is closed and not filled", class, look.Shape, err)
		}
	}
}

// The color of the browser's own frame matches the background of the overall status, as
// far as people can see.
func TestTintsAreTheBackgroundsThatTheStyleSheetMixes(t *testing.T) {
	style, err := fs.ReadFile(themes.Open(nil), "style.css")
	if err != nil {
		t.Fatal(err)
	}
	papers := regexp.MustCompile(`--paper: (#[0-9a-f]+);`).FindAllStringSubmatch(string(style), 2)
	shares := regexp.MustCompile(`--tint: (\d+)%`).FindAllStringSubmatch(string(style), 2)
	if len(papers) != 2 || len(shares) != 2 {
		t.Fatalf("style.css has the papers %v and the tints %v", papers, shares)
	}
	for class, look := range looks {
		for i, ink := range []string{look.Light, look.Dark} {
			paper, ok := site.ParseColor(papers[i][1])
			color, alsoOK := site.ParseColor(ink)
			tint, known := site.ParseColor(look.Tints[i])
			if !ok || !alsoOK || !known {
				t.Fatalf("%s: %s, %s or %s is no color", class, papers[i][1], ink, look.Tints[i])
			}
			share, _ := strconv.ParseFloat(shares[i][1], 64)
			mixed := paper.Mix(color, share/100)
			far := max(math.Abs(mixed.R-tint.R), math.Abs(mixed.G-tint.G), math.Abs(mixed.B-tint.B))
			if far > 9.5/255 {
				t.Errorf("%s: the tint %s is not the background that style.css mixes, %s", class, look.Tints[i], mixed.Hex())
			}
		}
	}
}

func TestEachStateHasALookOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, status := range site.Statuses {
		class := statusClass(status)
		look, known := looks[class]
		if !known || seen[class] || look.Height == 0 && status != site.Operational {
			t.Errorf("%v has the class %q, which has no look, or is another status's", status, class)
		}
		seen[class] = true
	}
	for severity, want := range map[site.Severity]string{
		site.SeverityUnset: "note", site.None: "note", site.InMaintenance: "maint",
		site.Minor: "degraded", site.Major: "partial", site.Critical: "major",
	} {
		if got := severityClass(severity); got != want {
			t.Errorf("severity %q has the class %s, not %s", severity, got, want)
		}
	}
}
