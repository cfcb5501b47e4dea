package render

import (
	"encoding/xml"
	"math"
	"strconv"

	"allclear/generator/site"
)

// badgeColours are dark enough for white text on them (WCAG 2.2 AA).
var badgeColours = []string{"#1a7f37", "#0a58ca", "#8a5d00", "#b34700", "#c01f2d"}

// badgeShapes tell the statuses apart without colour, in a square of 12: a
// tick, a wrench, a minus, a half disc, a cross.
var badgeShapes = []string{
	"M2 6.5 4.8 9.3 10 3.2",
	"M2.2 9.8 6.4 5.6M10.2 3.4A2.6 2.6 0 1 1 8.6 1.8L7.6 3.3 8.7 4.4Z",
	"M2 6H10",
	"M6 2A4 4 0 1 1 6 10A4 4 0 1 1 6 2Z",
	"M2.6 2.6 9.4 9.4M9.4 2.6 2.6 9.4",
}

// badge is a status as a small picture: what it is about, and how that does.
type badge struct {
	Label, Message string
	Status         site.Status
	lang           *Language
}

// shield is the endpoint schema of shields.io, which draws a badge of its own.
type shield struct {
	SchemaVersion int    `json:"schemaVersion"`
	Label         string `json:"label"`
	Message       string `json:"message"`
	Color         string `json:"color"`
	CacheSeconds  int    `json:"cacheSeconds"`
}

// badges are the overall one, and one for each component and each group.
func (b *build) badges() ([]File, error) {
	return b.inEach(view.badges), nil
}

// badges are those in one language.
func (v view) badges() []File {
	files := v.badgeFiles("overall", badge{v.text(v.site.Title), v.overallWords(), indicated(v.state.Indicator), v.lang})
	for _, cs := range v.state.Components {
		files = append(files, v.badgeFiles(cs.Component.ID, badge{v.text(cs.Component.Name), v.shown(cs.Status, cs.Label), cs.Status, v.lang})...)
	}
	for i, g := range v.site.Groups {
		status := v.state.Groups[i]
		files = append(files, v.badgeFiles(g.ID, badge{v.text(g.Name), v.say("status." + status.String()), status, v.lang})...)
	}
	return files
}

// indicated is the status whose colour and shape an overall answer has.
func indicated(i site.Indicator) site.Status {
	return []site.Status{site.Operational, site.UnderMaintenance, site.DegradedPerformance, site.PartialOutage, site.MajorOutage}[i]
}

// overallKeys are the keys of the field's fixed answers, which the API gives in
// English.
var overallKeys = map[string]string{
	"All Systems Operational": "none", "Service Under Maintenance": "maintenance", "Partially Degraded Service": "degraded",
	"Minor Service Outage": "minor", "Partial System Outage": "major", "Major System Outage": "critical",
}

// overallWords are the fixed answer in the language.
func (v view) overallWords() string { return v.say("overall." + overallKeys[v.state.Description]) }

func (v view) badgeFiles(id string, g badge) []File {
	return []File{
		{Path: v.lang.in("badges/" + id + ".svg"), Bytes: g.svg},
		{Path: v.lang.in("badges/" + id + ".json"), Bytes: func() ([]byte, error) {
			return encodeJSON(shield{1, g.Label, g.Message, badgeColours[g.Status], 300})
		}},
	}
}

// The few elements of SVG that a badge is made of.

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

type svgTexts struct {
	XMLName xml.Name `xml:"g"`
	Fill    string   `xml:"fill,attr"`
	Family  string   `xml:"font-family,attr"`
	Size    string   `xml:"font-size,attr"`
	Texts   []svgText
}

type svgText struct {
	XMLName xml.Name `xml:"text"`
	X       string   `xml:"x,attr"`
	Y       string   `xml:"y,attr"`
	Length  string   `xml:"textLength,attr"`
	Text    string   `xml:",chardata"`
}

const (
	badgeHeight = 20
	badgePad    = 7.0
	badgeIcon   = 12.0
	badgeSize   = 11.0 // of the text
	badgeLetter = 80   // the longest text, in characters
)

// svg draws the badge as wide as its words are in a real face; textLength holds
// the reader's own face to that width.
func (g badge) svg() ([]byte, error) {
	label, message := short(plain(g.Label)), short(plain(g.Message))
	labelWidth, messageWidth := g.lang.measure(label, badgeSize), g.lang.measure(message, badgeSize)
	split := math.Ceil(badgePad + labelWidth + badgePad)
	whole := math.Ceil(split + badgePad + badgeIcon + 4 + messageWidth + badgePad)
	paths := []svgPath{
		{D: "M3 0H" + coordinate(split) + "V20H3A3 3 0 0 1 0 17V3A3 3 0 0 1 3 0Z", Fill: "#31373d"},
		{D: "M" + coordinate(split) + " 0H" + coordinate(whole-3) + "A3 3 0 0 1 " + coordinate(whole) + " 3V17A3 3 0 0 1 " + coordinate(whole-3) + " 20H" + coordinate(split) + "Z", Fill: badgeColours[g.Status]},
	}
	paths = append(paths, shape(g.Status, split+badgePad, 4)...)
	return encodeXML(svgRoot{
		Width: int(whole), Height: badgeHeight, ViewBox: "0 0 " + coordinate(whole) + " 20",
		Role: "img", Label: label + g.lang.Say("list.colon") + message, Title: label + g.lang.Say("list.colon") + message, Paths: paths,
		Texts: svgTexts{Fill: "#fff", Family: "Go,Arial,Helvetica,'DejaVu Sans',sans-serif", Size: coordinate(badgeSize), Texts: []svgText{
			{X: coordinate(badgePad), Y: "14", Length: coordinate(labelWidth), Text: label},
			{X: coordinate(split + badgePad + badgeIcon + 4), Y: "14", Length: coordinate(messageWidth), Text: message},
		}},
	})
}

// shape draws a status in white, in a square of 12 at x, y.
func shape(status site.Status, x, y float64) []svgPath {
	place := "translate(" + coordinate(x) + " " + coordinate(y) + ")"
	paths := []svgPath{{D: badgeShapes[status], Fill: "none", Stroke: "#fff", Width: "1.8", Cap: "round", Join: "round", Transform: place}}
	if status == site.PartialOutage {
		paths = append(paths, svgPath{D: "M6 2A4 4 0 1 1 6 10Z", Fill: "#fff", Transform: place})
	}
	return paths
}

// short cuts a text that no badge could hold.
func short(text string) string {
	letters := []rune(text)
	if len(letters) <= badgeLetter {
		return text
	}
	return string(letters[:badgeLetter-1]) + "…"
}

// coordinate writes a length with at most one decimal.
func coordinate(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
