// Package card draws social cards: the pictures that chats and social networks show for
// a link to the site.
//
// A card is 1200 by 630 pixels. The same [Card] makes the same bytes on every machine:
// the fonts are compiled in (fonts/README.md says which), and nothing is rounded in a
// way that depends on the processor.
package card

import (
	"image/color"
	"math"
	"strings"
)

const (
	cardWidth, cardHeight = 1200, 630
	margin                = 80
	symbolSize            = 88
)

var (
	background = color.RGBA{0xfb, 0xfb, 0xfa, 0xff}
	black      = color.RGBA{0x17, 0x1a, 0x1d, 0xff}
	grey       = color.RGBA{0x57, 0x5e, 0x65, 0xff}
	white      = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

// Card is everything that a card shows, so that two cards with equal values have equal
// bytes.
type Card struct {
	Lang      Lang // of Site and Details; its direction is that of the card
	Site      string
	Title     string // is set smaller where it is long, and cut with an ellipsis where it is too long
	TitleLang Lang
	Details   []string // one line below the title, separated by dots
	Symbol    Symbol
	Accent    string  // the color of Site as #rrggbb, or ""
	Logo      string  // the content of a PNG, JPEG or GIF file, or ""
	Foot      []Block // what is drawn along the lower edge
}

// Block is a rectangle along the lower edge of a card, in pixels: part of a bar of days or
// of a picture of impacts.
type Block struct {
	Start, Width  int    // from the margin where reading begins; both together at most FootWidth
	Above, Height int    // above the lower edge; both together at most FootHeight
	Color         string // #rrggbb
}

// The room for the foot of a card.
const (
	FootWidth  = cardWidth - 2*margin
	FootHeight = 48
)

// Lang is the language of a text, as far as drawing depends on it.
type Lang struct {
	Script string // language and script in BCP 47, such as zh-Hant: it chooses the forms of Han characters
	Dir    string // ltr or rtl
}

// Symbol is a disc with a white shape.
type Symbol struct {
	Color string // #rrggbb
	Shape string // an SVG path in a square of 20 by 20, of absolute M, L, C and Z; a line has only M and L
	Solid bool   // the shape is filled; otherwise it is a line, 2 wide with round ends
}

// AppendPNG draws the card and appends it to into. A text with a letter that no font has is
// not drawn. The error is that of a color or a shape that cannot be parsed.
func (c Card) AppendPNG(into []byte) ([]byte, error) {
	fill, err := parseColor(c.Symbol.Color)
	if err != nil {
		return nil, err
	}
	to := takeCanvas()
	defer canvases.Put(to)
	to.fillRect(0, 0, cardWidth, 16, fill)
	if err := to.drawSymbol(c.Symbol, int(c.left(margin, symbolSize)), 96, symbolSize); err != nil {
		return nil, err
	}
	s := shapers.Get().(*shaper)
	defer shapers.Put(s)
	name := grey
	if c.Accent != "" {
		if name, err = parseColor(c.Accent); err != nil {
			return nil, err
		}
	}
	c.drawLine(to, s, line{c.Site, 40, margin + symbolSize + 24, c.drawLogo(to), 154, name})
	c.drawTitle(to, s)
	c.drawLine(to, s, line{strings.Join(c.Details, "  ·  "), 36, margin, 0, cardHeight - 70, grey})
	if err := c.drawFoot(to); err != nil {
		return nil, err
	}
	return to.png(into)
}

func (c Card) drawFoot(to *canvas) error {
	for _, b := range c.Foot {
		ink, err := parseColor(b.Color)
		if err != nil {
			return err
		}
		left := int(c.left(float64(margin+b.Start), float64(b.Width)))
		to.fillRect(left, cardHeight-b.Above-b.Height, b.Width, b.Height, ink)
	}
	return nil
}

// left returns the x of the left side of something of a width. Its distance from the edge
// of the card is indent, on the side where reading begins: the left, or for Arabic and
// Hebrew the right.
func (c Card) left(indent, width float64) float64 {
	if c.Lang.Dir == "rtl" {
		return cardWidth - indent - width
	}
	return indent
}

// line is a text on one line.
type line struct {
	text                 string
	size, indent, end, y float64 // end is how far it stays from the margin where reading ends
	ink                  color.Color
}

// drawLine draws a line, with an ellipsis if it is too long. A text that cannot be drawn
// is left away: the symbol and its color still show the status.
func (c Card) drawLine(to *canvas, s *shaper, what line) {
	t := newTextRun(what.text, style{size: what.size, lang: c.Lang})
	if t == nil {
		return
	}
	lines, _ := s.wrap(t, cardWidth-margin-what.indent-what.end, 1)
	for _, l := range lines {
		to.drawLine(l, c.left(what.indent, l.width), what.y, what.ink)
	}
}

// titleSizes are the sizes of a title in pixels, largest first. The first in which the
// whole title fits without breaking a word is taken.
var titleSizes = []struct {
	size           float64
	lineHeight     float64 // from baseline to baseline
	tallLineHeight float64 // the same for scripts that need more room
	maxLines       int
}{{68, 84, 90, 3}, {52, 66, 70, 4}, {40, 52, 56, 5}}

func (c Card) drawTitle(to *canvas, s *shaper) {
	for i, as := range titleSizes {
		t := newTextRun(c.Title, style{size: as.size, bold: true, lang: c.TitleLang})
		if t == nil {
			return
		}
		lines, fits := s.wrap(t, cardWidth-2*margin, as.maxLines)
		if !fits && i+1 < len(titleSizes) {
			continue
		}
		lineHeight := as.lineHeight
		if t.tallLines() {
			lineHeight = as.tallLineHeight
		}
		y := math.Round(241 + 0.72*as.size) // the tops of capitals are at the same height in every size
		for _, l := range lines {
			to.drawLine(l, c.left(margin, l.width), y, black)
			y += lineHeight
		}
		return
	}
}
