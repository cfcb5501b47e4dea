package render

import (
	"encoding/base64"
	"fmt"
	"path"
	"strings"

	"allclear/generator/site"
)

// brandStyle sets the operator's accent in the style sheet: as it is on light
// paper, and lightened on dark paper until text in it can be read.
func (b *build) brandStyle() string {
	accent, ok := site.ParseColour(b.site.Brand.Accent)
	if !ok {
		return ""
	}
	return fmt.Sprintf("\n:root{--accent:%s}@media(prefers-color-scheme:dark){:root{--accent:%s}}", accent.Hex(), accent.Readable(site.Colour{R: 1, G: 1, B: 1}, site.DarkPaper).Hex())
}

// pictureTypes are the pictures that a logo may be, by the ending of its name.
var pictureTypes = map[string]string{
	".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif",
	".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".ico": "image/x-icon",
}

// logo is where a page finds the operator's logo: inside itself where the page
// is a single file. It is "" where there is none.
func (b *build) logo(root string, single bool) (string, error) {
	name := strings.TrimPrefix(b.site.Brand.Logo, "/")
	if name == "" {
		return "", nil
	}
	if !single {
		return root + name, nil
	}
	for _, s := range b.site.Static {
		if s.Path != name {
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
