package render

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"allclear/generator/site"
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
			needs := map[string]string{"style.css": "--f: " + look.Fill[1] + "; --on: " + look.On[1], "icons.html": look.Shape}
			if !strings.Contains(want, needs[name]) {
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

// withColors replaces the colors of the classes in a style sheet: the first rule of a class
// is for light mode, the second one for dark mode.
func withColors(style string) string {
	rules := map[string]func(mode int) string{
		"--day": func(mode int) string { return "--day: " + healthyDay[mode] + ";" },
		".degraded .hero": func(mode int) string {
			return "{ --f: " + amberBand[mode] + " }"
		},
	}
	for _, class := range classes() {
		rules["."+class] = func(mode int) string {
			look := looks[class]
			return "{ --c: " + look.Word[mode] + "; --f: " + look.Fill[mode] + "; --on: " + look.On[mode] + " }"
		}
	}
	for rule, written := range rules {
		mode := 0
		pattern := `(?m)^( *` + regexp.QuoteMeta(rule) + `(?:,[^{]*)? )\{.*\}$`
		if rule == "--day" {
			pattern = `()--day: #\w+;`
		}
		style = regexp.MustCompile(pattern).ReplaceAllStringFunc(style, func(old string) string {
			if mode++; mode > 2 {
				return old
			}
			return regexp.MustCompile(pattern).FindStringSubmatch(old)[1] + written(mode-1)
		})
	}
	return style
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

func TestEachStateHasALookOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, status := range site.Statuses {
		class := statusClass(status)
		look, known := looks[class]
		if !known || seen[class] || look.Height < 12 {
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
