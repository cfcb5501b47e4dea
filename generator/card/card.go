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
}

// Lang is the language of a text, as far as drawing depends on it.
type Lang struct {
	Script string // language and script in BCP 47, such as zh-Hant: it chooses the forms of Han characters
	Dir    string // ltr or rtl
}

// Symbol is a disc with a white shape.
type Symbol struct {
	Colour string // #rrggbb
	Shape  string // an SVG path in a square of 20, of absolute M, L, C and Z
	Solid  bool   // the shape is filled, not drawn as a line
}

// PNG draws the card. A text with a letter that no font has is not drawn. The error is
// that of a symbol whose colour or shape cannot be parsed.
func (c Card) PNG() ([]byte, error) {
	colour, err := parseColour(c.Symbol.Colour)
	if err != nil {
		return nil, err
	}
	to := newCanvas(cardWidth, cardHeight, background)
	to.band(0, 0, cardWidth, 16, colour)
	if err := to.symbol(c.Symbol, int(c.from(margin, symbolSize)), 96, symbolSize); err != nil {
		return nil, err
	}
	set := shapers.Get().(*shaper)
	defer shapers.Put(set)
	c.line(to, set, c.Site, 40, margin+symbolSize+24, 154)
	c.headline(to, set)
	c.line(to, set, strings.Join(c.Details, "  ·  "), 36, margin, cardHeight-70)
	return to.png()
}

// from is where something of a width begins that stands so far from the edge at
// which reading begins.
func (c Card) from(edge, width float64) float64 {
	if c.Lang.Dir == "rtl" {
		return cardWidth - edge - width
	}
	return edge
}

// line prints a text that no font can write not at all: shape and colour speak
// alone.
func (c Card) line(to canvas, set *shaper, words string, size, edge, y float64) {
	w := newTextRun(words, style{size: size, lang: c.Lang})
	if w == nil {
		return
	}
	lines, _ := set.lines(w, cardWidth-margin-edge, 1)
	for _, l := range lines {
		to.write(l, c.from(edge, l.width), y, grey)
	}
}

// titleSizes are in pixels. A title that is too long for one, or has a word that
// is, takes the next.
var titleSizes = []struct {
	size, high, higher float64 // higher: the height of lines in scripts that need room
	lines              int
}{{68, 84, 90, 3}, {52, 66, 70, 4}, {40, 52, 56, 5}}

func (c Card) headline(to canvas, set *shaper) {
	for i, as := range titleSizes {
		w := newTextRun(c.Title, style{size: as.size, bold: true, lang: c.TitleLang})
		if w == nil {
			return
		}
		lines, whole := set.lines(w, cardWidth-2*margin, as.lines)
		if !whole && i+1 < len(titleSizes) {
			continue
		}
		high := as.high
		if w.tall() {
			high = as.higher
		}
		y := math.Round(241 + 0.72*as.size) // capitals begin at the same height
		for _, l := range lines {
			to.write(l, c.from(margin, l.width), y, black)
			y += high
		}
		return
	}
}
