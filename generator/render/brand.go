package render

import (
	"encoding/base64"
	"fmt"
	"path"
	"strings"

	"allclear/generator/site"
)

// brandStyle returns CSS that sets the operator's accent color, or "" if there is none.
// In dark mode the color is lightened until text in it is readable.
func brandStyle(brand site.Brand) string {
	accent, ok := site.ParseColor(brand.Accent)
	if !ok {
		return ""
	}
	return fmt.Sprintf(
		"\n:root{--accent:%s}@media(prefers-color-scheme:dark){:root{--accent:%s}}",
		accent.Hex(),
		accent.Readable(site.Color{R: 1, G: 1, B: 1}, site.DarkPaper).Hex(),
	)
}

// pictureTypes maps the extensions of logos to their media types.
var pictureTypes = map[string]string{
	".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif",
	".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".ico": "image/x-icon",
}

// logo returns the address of the operator's logo, or "" if there is none.
func (v pageView) logo(root string) string {
	name := strings.TrimPrefix(v.site.Brand.Logo, "/")
	if name == "" {
		return ""
	}
	return root + name
}

// embeddedLogo returns the logo as a data: URL, for pages that are a single file, or ""
// if there is none.
func (b *build) embeddedLogo() (string, error) {
	name := strings.TrimPrefix(b.settings.site.Brand.Logo, "/")
	for _, s := range b.staticFiles {
		if name == "" || s.Path != name {
			continue
		}
		data, err := s.Read()
		if err != nil {
			return "", err
		}
		return "data:" + pictureTypes[strings.ToLower(path.Ext(name))] + ";base64," + base64.StdEncoding.EncodeToString(data), nil
	}
	return "", nil
}
