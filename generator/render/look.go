package render

import (
	"allclear/generator/card"
	"allclear/generator/site"
)

// look is how a status is drawn everywhere: on pages, badges, social cards, favicons and
// in embed.js. The light color has enough contrast for white text on it (WCAG 2.2, level
// AA), and the shapes tell the statuses apart without color. The status colors in the
// default theme's style.css and the symbols in its icons.html are generated from this
// table: go test ./generator/render -run Looks -update.
type look struct {
	Light, Dark string    // the color in light and in dark mode, #rrggbb
	Tints       [2]string // the background of the overall status in light and in dark mode, #rrggbb
	Shape       string    // an SVG path in a square of 20, with absolute M, L, C and Z
	Solid       bool      // whether the shape is filled, not drawn as a line
	Height      int       // the height of a day on an uptime bar, at most barHeight; 0: the day is not drawn
	Peak        int       // the height of a week in the picture of a year, at most barHeight
}

// looks are the looks of the classes. A class is the name of a status, or of note, in the
// style sheet and in the names of icons.
var looks = map[string]look{
	"ok":       {"#177245", "#4cc38a", [2]string{"#eaf3ee", "#14231e"}, "M6 10.4L8.7 13.1L14.2 7.4", false, 0, 12},
	"maint":    {"#2f55c8", "#8fabff", [2]string{"#eceffa", "#1a2030"}, wrench, true, 8, 12},
	"degraded": {"#8a6100", "#e2b53e", [2]string{"#f6f1e6", "#231f15"}, "M6 10L14 10", false, 14, 17},
	"partial":  {"#b54708", "#f5935a", [2]string{"#f9eee7", "#241b15"}, halfDisc, true, 21, 22},
	"major":    {"#c01f2e", "#ff7d80", [2]string{"#faeaec", "#261719"}, "M7 7L13 13M13 7L7 13", false, barHeight, barHeight},
	"note":     {"#566070", "#9fa9b6", [2]string{"#f6f7f9", "#161a1f"}, "M10 9.6L10 13.8M10 6.4L10 6.5", false, 0, 12},
}

const (
	// wrench and halfDisc are the shapes of maintenance and of a partial outage.
	wrench = "M14.7 7.6C15 8.8 14.5 10.1 13.6 10.9C12.6 11.8 11.3 12 10.1 11.5L7.5 14.1C7 14.4 6.4 14.4 6 14C5.6 13.6 5.6 13 5.9 12.5" +
		"L8.5 9.9C8 8.7 8.2 7.4 9.1 6.4C9.9 5.5 11.2 5 12.4 5.3L10.5 7.2L10.9 9.1L12.8 9.5Z"
	halfDisc = "M10 4.4C13.1 4.4 15.6 6.9 15.6 10C15.6 13.1 13.1 15.6 10 15.6Z"
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

// symbol returns the look as a social card draws it.
func (l look) symbol() card.Symbol {
	return card.Symbol{Color: l.Light, Shape: l.Shape, Solid: l.Solid}
}

// favicon returns the icon of a class as SVG, for a browser's tab.
func favicon(class string) string {
	l := looks[class]
	paint := `fill="none" stroke="#fff"`
	if l.Solid {
		paint = `fill="#fff"`
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">` +
		`<circle cx="10" cy="10" r="9" fill="` + l.Light + `"/>` +
		`<path ` + paint + ` stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="` + l.Shape + `"/></svg>`
}
