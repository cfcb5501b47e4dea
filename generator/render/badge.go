package render

import (
	"encoding/xml"
	"math"
	"strconv"

	"allclear/generator/card"
	"allclear/generator/diag"
	"allclear/generator/language"
)

// badge is an SVG image that shows what something is called and its status.
type badge struct {
	Label, Message string
	Class          string
	lang           *language.Language
}

// shieldsEndpoint is the JSON from which shields.io draws a badge
// (https://shields.io/badges/endpoint-badge).
type shieldsEndpoint struct {
	SchemaVersion int    `json:"schemaVersion"`
	Label         string `json:"label"`
	Message       string `json:"message"`
	Color         string `json:"color"`
	CacheSeconds  int    `json:"cacheSeconds"`
}

// badges returns the overall badge and one for each component and group, in every
// language.
func (b *build) badges() ([]File, error) {
	return b.inEach(siteView.badges), nil
}

// badges returns the badges in the view's language.
func (v siteView) badges() []File {
	a := v.answer()
	files := v.badgeFiles("overall", badge{v.text(v.site.Title), a.Sentence, a.Class, v.lang})
	for _, cs := range v.state.Components {
		is := v.componentStatus(cs)
		files = append(files, v.badgeFiles(cs.Component.ID, badge{v.text(cs.Component.Name), is.Word, is.Class, v.lang})...)
	}
	for i, g := range v.site.Groups {
		is := v.groupStatus(i)
		files = append(files, v.badgeFiles(g.ID, badge{v.text(g.Name), is.Word, is.Class, v.lang})...)
	}
	return files
}

// badgeFiles returns a badge as SVG and as JSON for shields.io, which may cache it for
// 300 seconds.
func (v pageView) badgeFiles(id string, g badge) []File {
	return []File{
		{Path: v.lang.Path("badges/" + id + ".svg"), Append: g.svg},
		{Path: v.lang.Path("badges/" + id + ".json"), Append: func(into []byte) ([]byte, error) {
			ground, _ := looks[g.Class].badge()
			return appendJSON(into, shieldsEndpoint{1, g.Label, g.Message, ground, 300})
		}},
	}
}

// The few SVG elements that a badge needs.

// svgRoot is the svg element of a badge.
type svgRoot struct {
	XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	Width   int      `xml:"width,attr"`
	Height  int      `xml:"height,attr"`
	ViewBox string   `xml:"viewBox,attr"`
	Role    string   `xml:"role,attr"`
	Label   string   `xml:"aria-label,attr"`
	Title   string   `xml:"title"`
	Paths   []svgPath
	Texts   svgTexts
}

// svgPath is a path element of SVG.
type svgPath struct {
	XMLName   xml.Name `xml:"path"`
	D         string   `xml:"d,attr"`
	Fill      string   `xml:"fill,attr"`
	Stroke    string   `xml:"stroke,attr,omitempty"`
	Width     string   `xml:"stroke-width,attr,omitempty"`
	Cap       string   `xml:"stroke-linecap,attr,omitempty"`
	Join      string   `xml:"stroke-linejoin,attr,omitempty"`
	Transform string   `xml:"transform,attr,omitempty"`
}

// svgTexts is a group of texts in one font.
type svgTexts struct {
	XMLName xml.Name `xml:"g"`
	Fill    string   `xml:"fill,attr"`
	Family  string   `xml:"font-family,attr"`
	Size    string   `xml:"font-size,attr"`
	Texts   []svgText
}

// svgText is a text element of SVG.
type svgText struct {
	XMLName xml.Name `xml:"text"`
	X       string   `xml:"x,attr"`
	Y       string   `xml:"y,attr"`
	Fill    string   `xml:"fill,attr,omitempty"` // if it is not that of the group
	Length  string   `xml:"textLength,attr"`
	Text    string   `xml:",chardata"`
}

const (
	badgeHeight = 20
	badgePad    = 7.0
	badgeIcon   = 12.0
	badgeSize   = 11.0 // font size in pixels
	badgeLetter = 80   // the longest text in characters
)

// textWidth returns the width of a text in pixels. If the fonts of the cards lack its
// letters, it is estimated from the number of columns that the text would take in a
// terminal.
func textWidth(l *language.Language, text string, size float64) float64 {
	if width, ok := card.Width(text, size, cardLang(l)); ok {
		return width
	}
	return size * float64(diag.Width(text)) / 2 * 1.1
}

// svg draws the badge. Its width fits the texts in the fonts of the cards; textLength
// makes a reader's own font take the same width.
func (g badge) svg(into []byte) ([]byte, error) {
	label, message := truncateBadge(stripControls(g.Label)), truncateBadge(stripControls(g.Message))
	labelWidth, messageWidth := textWidth(g.lang, label, badgeSize), textWidth(g.lang, message, badgeSize)
	split := math.Ceil(badgePad + labelWidth + badgePad)
	whole := math.Ceil(split + badgePad + badgeIcon + 4 + messageWidth + badgePad)
	right := "M" + coordinate(split) + " 0H" + coordinate(whole-3) + "A3 3 0 0 1 " + coordinate(whole) + " 3V17" +
		"A3 3 0 0 1 " + coordinate(whole-3) + " 20H" + coordinate(split) + "Z"
	ground, ink := looks[g.Class].badge()
	paths := []svgPath{
		{D: "M3 0H" + coordinate(split) + "V20H3A3 3 0 0 1 0 17V3A3 3 0 0 1 3 0Z", Fill: "#31373d"},
		{D: right, Fill: ground},
	}
	paths = append(paths, badgeIconPath(g.Class, ink, split+badgePad, 4))
	return appendXML(into, svgRoot{
		Width: int(whole), Height: badgeHeight, ViewBox: "0 0 " + coordinate(whole) + " 20",
		Role: "img", Label: label + g.lang.Say("list.colon") + message, Title: label + g.lang.Say("list.colon") + message, Paths: paths,
		Texts: svgTexts{Fill: "#fff", Family: "Go,Arial,Helvetica,'DejaVu Sans',sans-serif", Size: coordinate(badgeSize), Texts: []svgText{
			{X: coordinate(badgePad), Y: "14", Length: coordinate(labelWidth), Text: label},
			{X: coordinate(split + badgePad + badgeIcon + 4), Y: "14", Fill: ink, Length: coordinate(messageWidth), Text: message},
		}},
	})
}

// badgeIconPath draws the icon of a class in a color, in a square of 12 pixels at x, y.
// Icons leave room for a disc around them, which a badge does not draw, so they are
// enlarged to fill the square.
func badgeIconPath(class, ink string, x, y float64) svgPath {
	const scale = 0.9
	at := badgeIcon/2 - 10*scale
	p := svgPath{D: looks[class].Shape, Fill: "none", Stroke: ink, Width: "2", Cap: "round", Join: "round",
		Transform: "translate(" + coordinate(x+at) + " " + coordinate(y+at) + ") scale(" + coordinate(scale) + ")"}
	if looks[class].Solid {
		p.Fill, p.Stroke, p.Width, p.Cap, p.Join = ink, "", "", "", ""
	}
	return p
}

// truncateBadge shortens a text to badgeLetter characters.
func truncateBadge(text string) string {
	letters := []rune(text)
	if len(letters) <= badgeLetter {
		return text
	}
	return string(letters[:badgeLetter-1]) + "…"
}

// coordinate formats a length with at most one decimal.
func coordinate(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
