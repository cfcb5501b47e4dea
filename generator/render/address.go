package render

import (
	"strings"

	"allclear/generator/language"
	"allclear/generator/site"
)

// Addresses are relative to the output folder and end in a slash, as a browser
// shows them: incidents/x/. The file behind one is its index.html.

func entryPath(e *site.Entry) string { return e.Kind.Folder() + "/" + e.Slug + "/" }

// componentPath is the address of a component, or of a group, by its id.
func componentPath(id string) string { return "components/" + id + "/" }

func customPath(p *site.Page) string { return "pages/" + p.Name + "/" }

func historyPath() string { return "history/" }

// monthPath is the archive of a month, written 2025-07.
func monthPath(month string) string { return "history/" + month + "/" }

// indexFile is the file behind an address. Links name it, because a page that is
// opened from the disk has no server to find it.
func indexFile(path string) string { return path + "index.html" }

// fileIn is the file behind an address, or a file itself, in a language.
func fileIn(l *language.Language, path string) string {
	if strings.HasSuffix(path, ".html") {
		return l.Path(path)
	}
	return indexFile(l.Path(path))
}

// up is the way from an address back to the output folder: "../../" from
// incidents/x/.
func rootFrom(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }
