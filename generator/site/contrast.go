package site

import (
	"fmt"
	"math"
	"strconv"

	"allclear/generator/diag"
)

// Colour is an sRGB color. Each part is between 0 and 1.
type Colour struct{ R, G, B float64 }

// ParseColour reads a CSS hex colour: #2457d6 or #25d.
func ParseColour(hex string) (Colour, bool) {
	if len(hex) == 4 && hex[0] == '#' {
		hex = string([]byte{'#', hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]})
	}
	if len(hex) != 7 || hex[0] != '#' {
		return Colour{}, false
	}
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return Colour{}, false
	}
	part := func(shift int) float64 { return float64(n>>shift&0xff) / 255 }
	return Colour{part(16), part(8), part(0)}, true
}

// Hex returns the color in CSS notation: #2457d6.
func (c Colour) Hex() string {
	n := uint64(1)<<24 | byteOf(c.R)<<16 | byteOf(c.G)<<8 | byteOf(c.B)
	return "#" + strconv.FormatUint(n, 16)[1:]
}

func byteOf(part float64) uint64 { return uint64(math.Round(min(1, max(0, part)) * 255)) }

// Mix returns the color that lies a share, from 0 to 1, of the way to another one.
func (c Colour) Mix(to Colour, share float64) Colour {
	mix := func(a, b float64) float64 { return a + (b-a)*share }
	return Colour{mix(c.R, to.R), mix(c.G, to.G), mix(c.B, to.B)}
}

// luminance is the relative luminance of WCAG 2.2.
func (c Colour) luminance() float64 {
	linear := func(part float64) float64 {
		if part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Contrast returns the contrast ratio of two colors as WCAG 2.2 defines it, from 1 to 21.
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// textContrast is what WCAG 2.2 AA demands of text.
const textContrast float64 = 4.5

// LightPaper and DarkPaper are what the built-in theme writes links on: the
// darker of its two light papers and the lighter of its two dark ones.
var (
	lightPaper = Colour{246. / 255, 247. / 255, 249. / 255}
	DarkPaper  = Colour{22. / 255, 26. / 255, 31. / 255}
)

// checkAccent warns of an accent in which links on light paper are too pale to
// read. On dark paper pages lighten it by themselves.
func (s *Site) checkAccent(list *diag.List) {
	accent, ok := ParseColour(s.Brand.Accent)
	if !ok {
		return
	}
	if ratio := Contrast(accent, lightPaper); ratio < textContrast {
		list.Warn(s.Brand.AccentPos, "pale-accent",
			fmt.Sprintf("%s is the nearest darker one that can be read", accent.Readable(Colour{}, lightPaper).Hex()),
			"the accent %s has a contrast of %.1f:1 on light paper: text needs %.1f:1", s.Brand.Accent, math.Floor(ratio*10)/10,
			textContrast)
	}
}

// Readable mixes the color with as little of another as makes text in it readable on a
// paper (4.5:1, WCAG 2.2, 1.4.3).
func (c Colour) Readable(with, paper Colour) Colour {
	for share := 0.0; share < 1; share += 0.02 {
		if mixed := c.Mix(with, share).rounded(); Contrast(mixed, paper) >= textContrast {
			return mixed
		}
	}
	return with
}

// rounded is the colour as eight bits a part hold it.
func (c Colour) rounded() Colour {
	return Colour{float64(byteOf(c.R)) / 255, float64(byteOf(c.G)) / 255, float64(byteOf(c.B)) / 255}
}
