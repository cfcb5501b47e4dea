package render

import (
	"strings"

	"allclear/generator/site"
)

// Addresses are relative to the output folder and end in a slash, as a browser
// shows them: incidents/x/. The file behind one is its index.html.

func (b *build) entryPath(e *site.Entry) string { return e.Kind.Folder() + "/" + e.Slug + "/" }

// componentPath is the address of a component, or of a group, by its id.
func (b *build) componentPath(id string) string { return "components/" + id + "/" }

func (b *build) freePath(p *site.Page) string { return "pages/" + p.Name + "/" }

func (b *build) historyPath() string { return "history/" }

// monthPath is the archive of a month, written 2025-07.
func (b *build) monthPath(month string) string { return "history/" + month + "/" }

// in is where a path lives in a language: the first one has the root, the others
// a folder each.
func (l *Language) in(path string) string {
	if l.Default {
		return path
	}
	return l.Tag + "/" + path
}

// index is the file behind an address. Links name it, because a page that is
// opened from the disk has no server to find it.
func index(path string) string { return path + "index.html" }

// file is the file behind an address, or a file itself, in a language.
func (l *Language) file(path string) string {
	if strings.HasSuffix(path, ".html") {
		return l.in(path)
	}
	return index(l.in(path))
}

// up is the way from an address back to the output folder: "../../" from
// incidents/x/.
func up(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }
