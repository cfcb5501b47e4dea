package render

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
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
		"\n:root{--accent:%s}@media screen and (prefers-color-scheme:dark){:root{--accent:%s}}",
		accent.Hex(),
		accent.Readable(site.Color{R: 1, G: 1, B: 1}, site.DarkPaper).Hex(),
	)
}

// pictureTypes maps the extensions of logos to their media types.
var pictureTypes = map[string]string{
	".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif",
	".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".ico": "image/x-icon",
}

// logoFiles returns the files of the logo for light pages, and of the one for dark pages
// if that is another one. If pages are always light or always dark, there is only one.
func logoFiles(b site.Brand) (logo, dark string) {
	logo, dark = strings.TrimPrefix(b.Logo, "/"), strings.TrimPrefix(b.LogoDark, "/")
	switch b.Scheme {
	case site.SchemeLight:
		return logo, ""
	case site.SchemeDark:
		return cmp.Or(dark, logo), ""
	}
	return logo, dark
}

// setLogos sets the addresses of the logos.
func (f *layout) setLogos(brand site.Brand, root string) {
	logo, dark := logoFiles(brand)
	if logo != "" {
		f.Logo = template.URL(root + logo)
	}
	if dark != "" {
		f.LogoDark = template.Srcset(root + (&url.URL{Path: dark}).EscapedPath())
	}
}

// embedLogos sets the logos themselves as data: URLs, for pages that are a single file.
func (b *build) embedLogos(f *layout) error {
	logo, dark := logoFiles(b.settings.site.Brand)
	light, err := b.embedded(logo)
	if err != nil {
		return err
	}
	other, err := b.embedded(dark)
	f.Logo, f.LogoDark = template.URL(light), template.Srcset(other)
	return err
}

// embedded returns a picture of content/static/ as a data: URL, or "" for no name.
func (b *build) embedded(name string) (string, error) {
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
