package render

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/gif"  // the size of a GIF
	_ "image/jpeg" // the size of a JPEG
	_ "image/png"  // the size of a PNG
	"path"
	"strconv"
	"strings"

	"allclear/generator/site"
)

// logoHeight is the height of the logo on pages, in CSS pixels.
const logoHeight = 32

// logoWidth returns the width of the site's logo at logoHeight, in CSS pixels. Browsers
// keep the place free with it, so that the links beside the logo do not move when it is
// there. It is 0 if the size is unknown, or not the same for light and dark pages.
func logoWidth(s *site.Site) int {
	logo, dark := logoFiles(s.Brand)
	width := 0
	for _, file := range s.Static {
		if logo == "" || file.Path != logo && file.Path != dark {
			continue
		}
		data, err := file.Read()
		if err != nil {
			return 0
		}
		w, h := pictureSize(file.Path, data)
		if w <= 0 || h <= 0 {
			return 0
		}
		at := int(w/h*logoHeight + 0.5)
		if width != 0 && width != at {
			return 0
		}
		width = at
	}
	return width
}

// cardLogo returns the content of the site's logo for light pages, which social cards show;
// "" if there is none, or if it is of a kind that they cannot draw. An SVG is not drawn: a
// PNG of the same name beside it takes its place.
func cardLogo(s *site.Site) string {
	logo := strings.TrimPrefix(s.Brand.Logo, "/")
	if vector, isSVG := strings.CutSuffix(logo, ".svg"); isSVG {
		logo = vector + ".png"
	}
	for _, file := range s.Static {
		if logo == "" || file.Path != logo {
			continue
		}
		switch strings.ToLower(path.Ext(logo)) {
		case ".png", ".jpg", ".jpeg", ".gif":
			if data, err := file.Read(); err == nil {
				return string(data)
			}
		}
	}
	return ""
}

// pictureSize returns the width and height of a picture, or zeros if it does not say them
// in a way that we read: SVG, PNG, JPEG and GIF.
func pictureSize(name string, data []byte) (width, height float64) {
	if strings.EqualFold(path.Ext(name), ".svg") {
		return svgSize(data)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0
	}
	return float64(config.Width), float64(config.Height)
}

// svgSize returns the size that the root element of an SVG file names: its width and
// height, else those of its viewBox.
func svgSize(data []byte) (width, height float64) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := decoder.Token()
		if err != nil {
			return 0, 0
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var box []string
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "width":
				width = pixels(a.Value)
			case "height":
				height = pixels(a.Value)
			case "viewBox":
				box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
			}
		}
		if (width <= 0 || height <= 0) && len(box) == 4 {
			width, height = pixels(box[2]), pixels(box[3])
		}
		return width, height
	}
}

// pixels returns a length in CSS pixels, or 0 if it is written in another unit.
func pixels(length string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(length), "px"), 64)
	if err == nil && 0 <= n && n <= 1e6 { // not true of nan either
		return n
	}
	return 0
}
