package site

import (
	"fmt"
	"math"
	"strconv"

	"allclear/generator/diag"
)

// Color is an sRGB color. Each component is between 0 and 1.
type Color struct{ R, G, B float64 }

// ParseColor parses a CSS hex color of three or six digits: #2457d6 or #25d. It returns
// false for anything else.
func ParseColor(hex string) (Color, bool) {
	if len(hex) == 4 && hex[0] == '#' {
		hex = string([]byte{'#', hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]})
	}
	if len(hex) != 7 || hex[0] != '#' {
		return Color{}, false
	}
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return Color{}, false
	}
	part := func(shift int) float64 { return float64(n>>shift&0xff) / 255 }
	return Color{part(16), part(8), part(0)}, true
}

// Hex returns the color in CSS notation: #2457d6.
func (c Color) Hex() string {
	n := uint64(1)<<24 | byteOf(c.R)<<16 | byteOf(c.G)<<8 | byteOf(c.B)
	return "#" + strconv.FormatUint(n, 16)[1:]
}

// byteOf returns a color component as a byte, rounded.
func byteOf(part float64) uint64 { return uint64(math.Round(min(1, max(0, part)) * 255)) }

// Mix returns a mixture of two colors. A share of 0 is the color itself, and 1 is the
// other one.
func (c Color) Mix(to Color, share float64) Color {
	mix := func(a, b float64) float64 { return a + (b-a)*share }
	return Color{mix(c.R, to.R), mix(c.G, to.G), mix(c.B, to.B)}
}

// luminance returns the relative luminance as WCAG 2.2 defines it.
func (c Color) luminance() float64 {
	linear := func(part float64) float64 {
		if part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Contrast returns the contrast ratio of two colors as WCAG 2.2 defines it, from 1 to 21.
func Contrast(a, b Color) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// TextContrast is the minimum contrast of text in WCAG 2.2, level AA (1.4.3).
const TextContrast float64 = 4.5

// lightPaper and DarkPaper are the backgrounds of the built-in theme on which links are
// hardest to read: the darker of its two light ones and the lighter of its two dark ones.
var (
	lightPaper = Color{246. / 255, 247. / 255, 249. / 255}
	DarkPaper  = Color{23. / 255, 27. / 255, 32. / 255}
)

// checkAccent warns of an accent color that is too pale for links on light paper. On
// dark paper, pages lighten it automatically.
func (s *Site) checkAccent(list *diag.List) {
	accent, ok := ParseColor(s.Brand.Accent)
	if !ok {
		return
	}
	if ratio := Contrast(accent, lightPaper); ratio < TextContrast {
		list.Warn(s.Brand.AccentPos, "pale-accent",
			fmt.Sprintf("%s is the nearest darker one that can be read", accent.Readable(Color{}, lightPaper).Hex()),
			"the accent %s has a contrast of %.1f:1 on light paper: text needs %.1f:1", s.Brand.Accent, math.Floor(ratio*10)/10,
			TextContrast)
	}
}

// Readable returns the color, mixed with as little as possible of another one, so that
// text in it is readable on a paper: a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3). It
// returns the other color if no mixture is enough.
func (c Color) Readable(with, paper Color) Color {
	for share := 0.0; share < 1; share += 0.02 {
		if mixed := c.Mix(with, share).rounded(); Contrast(mixed, paper) >= TextContrast {
			return mixed
		}
	}
	return with
}

// rounded returns the color rounded to eight bits for each component.
func (c Color) rounded() Color {
	return Color{float64(byteOf(c.R)) / 255, float64(byteOf(c.G)) / 255, float64(byteOf(c.B)) / 255}
}
