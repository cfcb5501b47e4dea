package render

import (
	"allclear/generator/card"
	"allclear/generator/site"
)

// look is how a status is drawn everywhere: on pages, badges, social cards, favicons and
// in embed.js. Fills are for shapes, bars and the segments of drawings, and have a
// contrast of at least 3:1 with the page (WCAG 2.2, 1.4.11). Words have colors of their
// own with 4.5:1 (1.4.3), and so have words on a fill. No status depends on its color
// alone: shapes, and heights in bars, tell them apart without it. Each pair of colors is
// for light and for dark mode, #rrggbb. The rules of the classes in the default theme's
// style.css and the symbols in its icons.html are generated from this table:
// go test ./generator/render -run Looks -update.
type look struct {
	Fill   [2]string // the color of shapes: --f
	Word   [2]string // the color of words: --c
	On     [2]string // the color of words on the fill: --on
	Shape  string    // an SVG path in a square of 20, with absolute M, L, C and Z
	Solid  bool      // whether the shape is filled, not drawn as a line
	Height int       // the height in bars, of barHeight: the worse, the taller
}

// looks are the looks of the classes. A class is the name of a status, or of note, in the
// style sheet and in the names of icons.
var looks = map[string]look{
	"ok": {[2]string{"#0d8a72", "#3cc9a7"}, [2]string{"#0b6b58", "#4fd0ae"}, onDark,
		"M6 10.4L8.7 13.1L14.2 7.4", false, 12},
	"maint": {[2]string{"#2f6fe0", "#8fabff"}, [2]string{"#2459c9", "#9db6ff"}, onDark,
		wrench, true, 12},
	"degraded": {[2]string{"#c28a00", "#f2c94c"}, [2]string{"#7d5800", "#f2c94c"}, onAmber,
		"M6 10L14 10", false, 17},
	"partial": {[2]string{"#c2500a", "#f08a4b"}, [2]string{"#a8440a", "#f5935a"}, onDark,
		halfDisc, true, 22},
	"major": {[2]string{"#9c1230", "#e5484d"}, [2]string{"#9c1230", "#ff7d80"}, onDark,
		"M7 7L13 13M13 7L7 13", false, barHeight},
	"note": {[2]string{"#566070", "#9fa9b6"}, [2]string{"#566070", "#9fa9b6"}, onDark,
		"M10 9.6L10 13.8M10 6.4L10 6.5", false, 12},
}

var (
	// onDark are words on a fill that is dark in light mode, and light in dark mode; those
	// on amber are always dark.
	onDark, onAmber = [2]string{"#fff", "#0f1215"}, [2]string{"#16191d", "#0f1215"}

	// amberBand is the fill of degraded in the band of the overall status: with the other
	// one its shape would have a contrast of 2.8:1 with the tint.
	amberBand = [2]string{"#a87700", "#f2c94c"}

	// healthyDay are the days in bars on which nothing went wrong. There are many of them,
	// so they are paler, with at least 1.8:1; the earlier green was the color of a major
	// outage for people with protanopia.
	healthyDay = [2]string{"#8dceac", "#255f5a"}
)

const (
	// wrench and halfDisc are the shapes of maintenance and of a partial outage.
	wrench   = "M14.7 7.6C15.5 10 12.6 12.5 10 11.5L7.5 14C6.4 15 5 13.6 6 12.5L8.5 10C7.5 7.4 10 4.5 12.4 5.3L10.5 7.2L11 9L12.8 9.5Z"
	halfDisc = "M10 4.4C17.5 4.4 17.5 15.6 10 15.6Z"
)

// statusClasses are the classes of the statuses.
var statusClasses = [...]string{
	site.Operational: "ok", site.UnderMaintenance: "maint", site.DegradedPerformance: "degraded",
	site.PartialOutage: "partial", site.MajorOutage: "major",
}

// statusClass returns the class of a status.
func statusClass(s site.Status) string { return statusClasses[s] }

// severityClass returns the class of a severity: that of the status with this severity. A
// notice, which affects no component, has the class note.
func severityClass(s site.Severity) string {
	for status := site.MajorOutage; status > site.Operational; status-- {
		if status.Severity() == s {
			return statusClass(status)
		}
	}
	return "note"
}

// The pages are paper, and the band of the overall status is mixed of paper and a share of
// the fill, as style.css does it. A browser's own frame has the color of the band.
var (
	paper = [2]string{"#ffffff", "#0f1215"}
	share = [2]float64{0.07, 0.13}
)

// tint returns the background of the overall status in light (0) or dark mode (1).
func tint(class string, mode int) string {
	fill := looks[class].Fill[mode]
	if class == "degraded" {
		fill = amberBand[mode]
	}
	ground, _ := site.ParseColor(paper[mode])
	color, _ := site.ParseColor(fill)
	return ground.Mix(color, share[mode]).Hex()
}

// badge returns the background of a badge and the color of its words: the fill, or if small
// words on it cannot be read, white on the color of words.
func (l look) badge() (ground, ink string) {
	fill, _ := site.ParseColor(l.Fill[0])
	if on, _ := site.ParseColor(l.On[0]); site.Contrast(fill, on) >= site.TextContrast {
		return l.Fill[0], l.On[0]
	}
	return l.Word[0], "#fff"
}

// symbol returns the look as a social card draws it.
func (l look) symbol() card.Symbol {
	return card.Symbol{Color: l.Fill[0], Shape: l.Shape, Solid: l.Solid}
}

// favicon returns the icon of a class as SVG, for a browser's tab.
func favicon(class string) string {
	l := looks[class]
	paint := `fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"`
	if l.Solid {
		paint = `fill="#fff"`
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">` +
		`<circle cx="10" cy="10" r="9" fill="` + l.Fill[0] + `"/>` +
		`<path ` + paint + ` d="` + l.Shape + `"/></svg>`
}
