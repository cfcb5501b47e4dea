package headers

import (
	"mime"
	"path"
	"strings"
)

// MediaTypes maps the file extensions that a site uses to media types. Some systems do
// not know them all, or disagree.
var MediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp",
	".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".rss": "application/rss+xml",
	".jpeg": "image/jpeg", ".gif": "image/gif", ".pdf": "application/pdf", ".woff2": "font/woff2", ".md": "text/markdown; charset=utf-8",
	".atom": "application/atom+xml", ".ics": "text/calendar; charset=utf-8", ".webmanifest": "application/manifest+json",
}

// TypeOf returns the media type for a file's extension, or "" if it is unknown.
func TypeOf(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if known, ok := MediaTypes[extension]; ok {
		return known
	}
	return mime.TypeByExtension(extension)
}
