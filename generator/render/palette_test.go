package render

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"allclear/generator/card"
	"allclear/generator/site"
	"allclear/themes"
)

// blindness is how people see colors who lack one kind of cone, as linear sRGB. The
// matrices are those of Gustavo M. Machado, Manuel M. Oliveira and Leandro A. F.
// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
// IEEE Transactions on Visualization and Computer Graphics 15 (2009), for severity 1.0.
// People with achromatopsia see only the luminance.
var blindness = map[string][3]linearColor{
	"nothing":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia":  {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	"achromatopsia": {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
}

// seen returns a color as somebody with a kind of blindness sees it.
func seen(t *testing.T, hex, with string) lab {
	from, out := linear(color(t, hex)), linearColor{}
	for i, row := range blindness[with] {
		out[i] = min(1, max(0, row[0]*from[0]+row[1]*from[1]+row[2]*from[2]))
	}
	return out.lab()
}

func color(t *testing.T, hex string) site.Color {
	t.Helper()
	c, ok := site.ParseColor(hex)
	if !ok {
		t.Fatalf("%q is not a color", hex)
	}
	return c
}

// neighbors are what may stand side by side in a bar or a lane, from good to bad.
var neighbors = []string{"day", "ok", "maint", "degraded", "partial", "major"}

// fill returns the fill of one of the neighbors in light (0) or dark mode (1).
func fill(name string, mode int) string {
	if name == "day" {
		return healthyDay[mode]
	}
	return looks[name].Fill[mode]
}

func TestNeighborsInABarLookDifferentToPeopleWhoSeeFewerColors(t *testing.T) {
	for with := range blindness {
		for mode, scheme := range []string{"light", "dark"} {
			for i, name := range neighbors[1:] {
				far := colorDifference(seen(t, fill(neighbors[i], mode), with), seen(t, fill(name, mode), with))
				if far < 10 && with != "achromatopsia" {
					t.Errorf("%s: with %s, %s and %s are only %.1f apart", scheme, with, neighbors[i], name, far)
				}
			}
			if far := colorDifference(seen(t, fill("day", mode), with), seen(t, fill("major", mode), with)); far < 10 {
				t.Errorf("%s: with %s, a major outage is only %.1f from a healthy day", scheme, with, far)
			}
		}
	}
}

// Several fills are one grey to people who see no color, whatever the palette. Bars then
// differ in height, or for maintenance in lightness from the healthy day, and everything
// else in shape.
func TestShapeAndHeightTellStatusesApartWithoutAnyColor(t *testing.T) {
	grey := func(name string, mode int) lab { return seen(t, fill(name, mode), "achromatopsia") }
	shapes := map[string]string{}
	for _, class := range classes() {
		if other, taken := shapes[looks[class].Shape]; taken {
			t.Errorf("%s and %s have one shape", class, other)
		}
		shapes[looks[class].Shape] = class
	}
	inBars := []string{"day", "maint", "degraded", "partial", "major"}
	for i, name := range inBars[1:] {
		before, height := looks["ok"].Height, looks[name].Height
		if i > 0 {
			before = looks[inBars[i]].Height
		}
		for mode := range 2 {
			if far := colorDifference(grey("day", mode), grey(name, mode)); height-before < 5 && far < 10 {
				t.Errorf("a day of %s is %d units tall after %d, and without color %.1f from a healthy day", name, height, before, far)
			}
		}
	}
	for class, height := range map[string]int{"ok": 12, "maint": 12, "degraded": 17, "partial": 22, "major": barHeight} {
		if looks[class].Height != height {
			t.Errorf("a day of %s is %d units tall, not %d", class, looks[class].Height, height)
		}
	}
}

// Text has 4.5:1 and what carries meaning 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), on paper, on
// the wash of group heads and on the tint of the overall status.
func TestEveryStatusCanBeReadOnWhateverItStandsOn(t *testing.T) {
	wash := [2]string{variable(t, "wash")[0], variable(t, "wash")[1]}
	for mode, scheme := range []string{"light", "dark"} {
		check := func(what, fore, ground string, least float64) {
			if got := site.Contrast(color(t, fore), color(t, ground)); got < least {
				t.Errorf("%s: %s, %s on %s, has %.2f:1, less than %.1f:1", scheme, what, fore, ground, got, least)
			}
		}
		check("a healthy day", healthyDay[mode], paper[mode], 1.8)
		for class, look := range looks {
			band := look.Fill[mode]
			if class == "degraded" {
				band = amberBand[mode]
			}
			check("the shape of "+class, look.Fill[mode], paper[mode], 3)
			check("the shape of "+class+" in the band", band, tint(class, mode), 3)
			check("the word of "+class, look.Word[mode], paper[mode], 4.5)
			check("the word of "+class+" in a group's head", look.Word[mode], wash[mode], 4.5)
			check("the word of "+class+" in the band", look.Word[mode], tint(class, mode), 4.5)
			if class != "ok" { // no segment is operational
				check("a word inside "+class, look.On[mode], look.Fill[mode], 4.5)
			}
		}
		for _, ground := range []string{paper[mode], wash[mode]} {
			check("quiet words", variable(t, "soft")[mode], ground, 4.5)
			check("a link", variable(t, "accent")[mode], ground, 4.5)
		}
	}
	for class, look := range looks {
		ground, ink := look.badge()
		if got := site.Contrast(color(t, ground), color(t, ink)); got < 4.5 {
			t.Errorf("%s on the badge of %s has %.2f:1", ink, class, got)
		}
		if _, err := (card.Card{Symbol: look.symbol()}).AppendPNG(nil); err != nil || look.Solid != strings.HasSuffix(look.Shape, "Z") {
			t.Errorf("%s: the shape %s cannot be drawn (%v), or is closed and not filled", class, look.Shape, err)
		}
	}
}

// variable returns a color variable of the default theme's style sheet in light and in
// dark mode.
func variable(t *testing.T, name string) [2]string {
	t.Helper()
	style, err := fs.ReadFile(themes.Open(nil), "style.css")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`--`+name+`: ([#\d][0-9a-f]*)[;%]`).FindAllStringSubmatch(string(style), -1)
	if len(found) != 2 {
		t.Fatalf("style.css sets --%s in %v, not once for each scheme", name, found)
	}
	return [2]string{found[0][1], found[1][1]}
}

// A browser's own frame has the color of the band that the style sheet mixes below it.
func TestTheFrameOfTheBrowserHasTheColorOfTheBand(t *testing.T) {
	for mode, percent := range variable(t, "tint") {
		if want := strconv.Itoa(int(math.Round(share[mode] * 100))); percent != want {
			t.Errorf("style.css mixes %s percent, look.go %s", percent, want)
		}
	}
	if got := variable(t, "paper"); color(t, got[0]) != color(t, paper[0]) || got[1] != paper[1] {
		t.Errorf("style.css has the papers %v, look.go %v", got, paper)
	}
}
