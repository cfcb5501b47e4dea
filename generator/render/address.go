package render

import (
	"strconv"
	"strings"

	"allclear/generator/language"
	"allclear/generator/site"
)

// Addresses are relative to the output folder and end in a slash, as a browser
// shows them: incidents/x/. The file behind an address is its index.html.

// entryPath returns the address of an entry's page.
func entryPath(e *site.Entry) string { return e.Kind.Folder() + "/" + e.Slug + "/" }

// componentPath returns the address of the page of a component or group, by its id.
func componentPath(id string) string { return "components/" + id + "/" }

// customPath returns the address of one of the operator's own pages.
func customPath(p *site.Page) string { return "pages/" + p.Name + "/" }

// historyPath returns the address of the history's overview.
func historyPath() string { return "history/" }

// monthPath returns the address of the history of a month, such as 2025-07.
func monthPath(month string) string { return "history/" + month + "/" }

// uptimePath returns the address of the last twelve months of uptime.
func uptimePath() string { return "uptime/" }

// yearPath returns the address of the uptime in a calendar year.
func yearPath(year int) string { return uptimePath() + strconv.Itoa(year) + "/" }

// insightsPath returns the address of the page about how incidents were communicated.
func insightsPath() string { return "insights/" }

// indexFile returns the path of the file behind an address. Links name the file, so that
// they work on a page opened from disk, without a server.
func indexFile(path string) string { return path + "index.html" }

// fileIn returns the path in a language of the file behind an address. A path that ends
// in .html is that file's own.
func fileIn(l *language.Language, path string) string {
	if strings.HasSuffix(path, ".html") {
		return l.Path(path)
	}
	return indexFile(l.Path(path))
}

// rootFrom returns the relative path from an address to the output folder: "../../" from
// incidents/x/.
func rootFrom(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }
