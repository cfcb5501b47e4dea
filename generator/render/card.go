package render

import (
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"time"

	"allclear/generator/site"
)

// Social cards are what a link to the site looks like in a chat: 1200 by 630
// pixels, for the home page, each entry that is open or announced, and the ten
// newest others.
const (
	cardWidth, cardHeight = 1200, 630
	cardMargin            = 80
	cardSymbol            = 88
	cardOthers            = 10
)

var (
	cardPaper = color.RGBA{0xfb, 0xfb, 0xfa, 0xff}
	cardInk   = color.RGBA{0x17, 0x1a, 0x1d, 0xff}
	cardGrey  = color.RGBA{0x57, 0x5e, 0x65, 0xff}
	cardWhite = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

// preview is what stands on one.
type preview struct {
	lang      *Language
	site      string
	title     string
	titleLang *Language // the site's first, where the title is not translated
	details   []string
	status    site.Status
}

func (b *build) homeCardPath() string { return "cards/home.png" }

func cardPath(e *site.Entry) string { return "cards/" + e.Kind.Folder() + "/" + e.Slug + ".png" }

// cards are drawn when their bytes are asked for. A site without a URL has none,
// since a link preview needs an absolute address.
func (b *build) cards() ([]File, error) {
	if b.url == "" {
		return nil, nil
	}
	b.pictured = map[*site.Entry]bool{}
	carded := b.carded()
	for _, e := range carded {
		b.pictured[e] = true
	}
	return b.inEach(func(v view) []File {
		files := []File{v.cardFile(v.homeCardPath(), v.homeCard)}
		for _, e := range carded {
			files = append(files, v.cardFile(cardPath(e), func() preview { return v.of(e).entryCard(e) }))
		}
		return files
	}), nil
}

func (v view) cardFile(path string, shown func() preview) File {
	f := File{Path: v.lang.in(path), Bytes: func() ([]byte, error) { return shown().draw() }}
	if v.keyed() {
		f.Key = func() Key { return shown().key(v.program) }
	}
	return f
}

// key is the sum of all that a card depends on: what stands on it, and the program,
// in which the fonts are.
func (c preview) key(program site.Sum) (k Key) {
	h := sha256.New()
	fmt.Fprintf(h, "card %x %q %q", program, []string{c.lang.Tag, c.lang.Dir, c.titleLang.Tag, c.titleLang.Dir, c.site, c.title, c.status.String()}, c.details)
	h.Sum(k[:0])
	return k
}

// carded are the entries that have a card.
func (b *build) carded() []*site.Entry {
	var list []*site.Entry
	others := 0
	for _, e := range b.newest {
		current := e.Open(b.now) || e.Upcoming(b.now)
		if !current {
			others++
		}
		if current || others <= cardOthers {
			list = append(list, e)
		}
	}
	return list
}

func (v view) homeCard() preview {
	return preview{v.lang, v.text(v.site.Title), v.answer().Sentence, v.lang, []string{v.lang.isolate(v.moment(v.now).Text)}, indicated(v.state.Indicator)}
}

func (v view) entryCard(e *site.Entry) preview {
	c := preview{lang: v.lang, site: v.text(v.site.Title), title: v.text(e.Title), titleLang: v.lang, status: severe(v.site.SeverityAt(e, v.now))}
	if v.foreign(e.Title) != nil {
		c.titleLang = v.languages[0]
	}
	phase := v.say("word." + e.Phase(v.now).String())
	whole := v.duration(e)
	if e.Kind == site.Maintenance {
		whole = site.Interval{Start: e.Start.Time, End: e.End.Time}
	}
	c.details = []string{phase, v.lang.isolate(v.spanLine(whole))}
	return c
}

// spanLine is a time from one instant to another in one line.
func (v view) spanLine(i site.Interval) string {
	s := v.span(i, time.Time{})
	if s.To.ISO == "" {
		return s.From.Text
	}
	return s.From.Text + "–" + s.To.Text
}

// severe is the status whose colour and shape a severity has.
func severe(s site.Severity) site.Status {
	return []site.Status{site.Operational, site.Operational, site.UnderMaintenance, site.DegradedPerformance, site.PartialOutage, site.MajorOutage}[s]
}

func (c preview) draw() ([]byte, error) {
	paper := newCanvas(cardWidth, cardHeight, cardPaper)
	paper.band(0, 0, cardWidth, 16, hexColour(badgeColours[c.status]))
	paper.symbol(c.status, int(c.from(cardMargin, cardSymbol)), 96, cardSymbol)
	set := setters.Get().(*setter)
	defer setters.Put(set)
	c.line(paper, set, c.site, 40, cardMargin+cardSymbol+24, 154)
	c.headline(paper, set)
	c.line(paper, set, strings.Join(c.details, "  ·  "), 36, cardMargin, cardHeight-70)
	return paper.png()
}

// from is where something of a width begins that stands so far from the edge at
// which reading begins.
func (c preview) from(edge, width float64) float64 {
	if c.lang.Dir == "rtl" {
		return cardWidth - edge - width
	}
	return edge
}

// line prints a text that no font can write not at all: shape and colour speak
// alone.
func (c preview) line(paper canvas, set *setter, words string, size, edge, y float64) {
	w := newPassage(words, style{size: size, lang: c.lang})
	if w == nil {
		return
	}
	lines, _ := set.lines(w, cardWidth-cardMargin-edge, 1)
	for _, l := range lines {
		paper.write(l, c.from(edge, l.width), y, cardGrey)
	}
}

// titleSizes are in pixels. A title that is too long for one, or has a word that
// is, takes the next.
var titleSizes = []struct {
	size, high, higher float64 // higher: the height of lines in scripts that need room
	lines              int
}{{68, 84, 90, 3}, {52, 66, 70, 4}, {40, 52, 56, 5}}

func (c preview) headline(paper canvas, set *setter) {
	for i, as := range titleSizes {
		w := newPassage(c.title, style{size: as.size, bold: true, lang: c.titleLang})
		if w == nil {
			return
		}
		lines, whole := set.lines(w, cardWidth-2*cardMargin, as.lines)
		if !whole && i+1 < len(titleSizes) {
			continue
		}
		high := as.high
		if w.tall() {
			high = as.higher
		}
		y := math.Round(241 + 0.72*as.size) // capitals begin at the same height
		for _, l := range lines {
			paper.write(l, c.from(cardMargin, l.width), y, cardInk)
			y += high
		}
		return
	}
}

func hexColour(hex string) color.RGBA {
	c, _ := site.ParseColour(hex)
	part := func(x float64) uint8 { return uint8(math.Round(x * 255)) }
	return color.RGBA{part(c.R), part(c.G), part(c.B), 0xff}
}

// symbol draws a status as a disc with its shape, in a square at x, y.
func (c canvas) symbol(status site.Status, x, y, size int) {
	ink := hexColour(badgeColours[status])
	unit := float32(size) / 12
	paint := func(tone color.Color, path func(*pen)) { c.fill(image.Rect(x, y, x+size, y+size), tone, path) }
	stroke := func(x1, y1, x2, y2 float32) {
		x1, y1, x2, y2 = x1*unit, y1*unit, x2*unit, y2*unit
		paint(cardWhite, slab(x1, y1, x2, y2, 0.6*unit))
		paint(cardWhite, disc(x1, y1, 0.6*unit))
		paint(cardWhite, disc(x2, y2, 0.6*unit))
	}
	paint(ink, disc(6*unit, 6*unit, 6*unit))
	switch status {
	case site.Operational:
		stroke(3.2, 6.3, 5.2, 8.3)
		stroke(5.2, 8.3, 8.9, 4)
	case site.UnderMaintenance:
		stroke(3.4, 8.6, 6.6, 5.4)
		paint(cardWhite, disc(7.8*unit, 4.2*unit, 1.9*unit))
		paint(ink, disc(8.4*unit, 3.6*unit, 0.8*unit))
		paint(ink, slab(8.4*unit, 3.6*unit, 10*unit, 2*unit, 0.8*unit))
	case site.DegradedPerformance:
		stroke(3.4, 6, 8.6, 6)
	case site.PartialOutage:
		paint(cardWhite, disc(6*unit, 6*unit, 3*unit))
		paint(ink, halfDisc(6*unit, 6*unit, 2.2*unit))
	case site.MajorOutage:
		stroke(3.9, 3.9, 8.1, 8.1)
		stroke(8.1, 3.9, 3.9, 8.1)
	}
}

// slab is a thick line of half a width to each side.
func slab(x1, y1, x2, y2, half float32) func(*pen) {
	length := float32(math.Hypot(float64(x2-x1), float64(y2-y1)))
	dx, dy := (y2-y1)/length*half, (x1-x2)/length*half
	return func(r *pen) {
		r.MoveTo(x1+dx, y1+dy)
		r.LineTo(x2+dx, y2+dy)
		r.LineTo(x2-dx, y2-dy)
		r.LineTo(x1-dx, y1-dy)
		r.ClosePath()
	}
}

// curve is how far the handles of a cubic curve lie from its ends to make a
// quarter of a circle of radius 1.
const curve = 0.5522848

func disc(x, y, radius float32) func(*pen) {
	k := radius * curve
	return func(r *pen) {
		r.MoveTo(x+radius, y)
		r.CubeTo(x+radius, y+k, x+k, y+radius, x, y+radius)
		r.CubeTo(x-k, y+radius, x-radius, y+k, x-radius, y)
		r.CubeTo(x-radius, y-k, x-k, y-radius, x, y-radius)
		r.CubeTo(x+k, y-radius, x+radius, y-k, x+radius, y)
		r.ClosePath()
	}
}

// halfDisc is the right half.
func halfDisc(x, y, radius float32) func(*pen) {
	k := radius * curve
	return func(r *pen) {
		r.MoveTo(x, y-radius)
		r.CubeTo(x+k, y-radius, x+radius, y-k, x+radius, y)
		r.CubeTo(x+radius, y+k, x+k, y+radius, x, y+radius)
		r.ClosePath()
	}
}
