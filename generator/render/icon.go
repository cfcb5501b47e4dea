package render

// favicon draws a status as the style sheet's icons do, in colours that show on
// light and dark tabs.
func favicon(class string) string {
	drawn := favicons[class]
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="` + drawn.colour +
		`"/><path fill="` + drawn.fill + `" stroke="` + drawn.stroke + `" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="` + drawn.path + `"/></svg>`
}

var favicons = map[string]struct{ colour, fill, stroke, path string }{
	"ok":       {"#1a8651", "none", "#fff", "M6 10.4l2.7 2.7 5.5-5.7"},
	"maint":    {"#3d63d8", "none", "#fff", "M10 5.6v4.6l3 1.9"},
	"degraded": {"#9a6c00", "none", "#fff", "M6 10h8"},
	"partial":  {"#c2500c", "#fff", "none", "M10 4.6a5.4 5.4 0 0 1 0 10.8z"},
	"major":    {"#d0293a", "none", "#fff", "M7 7l6 6M13 7l-6 6"},
	"note":     {"#5a6472", "none", "#fff", "M10 9.5v4.5M10 6.2v.1"},
}
