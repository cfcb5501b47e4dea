package render

import (
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"time"

	"allclear/generator/language"
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
	lang      *language.Language
	site      string
	title     string
	titleLang *language.Language // the site's first, where the title is not translated
	details   []string
	class     string
}

func (b *build) homeCardPath() string { return "cards/home.png" }

func cardPath(e *site.Entry) string { return "cards/" + e.Kind.Folder() + "/" + e.Slug + ".png" }

// cards are drawn when their bytes are asked for. A site without a URL has none,
// since a link preview needs an absolute address.
func (b *build) cards() ([]File, error) {
	if b.url == "" {
		return nil, nil
	}
	return b.inEach(func(v view) []File {
		files := []File{v.cardFile(v.homeCardPath(), v.homeCard)}
		for _, e := range b.carded {
			files = append(files, v.cardFile(cardPath(e), func() preview { return v.of(e).entryCard(e) }))
		}
		return files
	}), nil
}

func (v view) cardFile(path string, shown func() preview) File {
	f := File{Path: v.lang.Path(path), Bytes: func() ([]byte, error) { return shown().draw() }}
	if v.keyed() {
		f.Key = func() Key { return shown().key(v.program) }
	}
	return f
}

// key is the sum of all that a card depends on: what stands on it, and the program,
// in which the fonts are.
func (c preview) key(program site.Sum) (k Key) {
	h := sha256.New()
	fmt.Fprintf(h, "card %x %q %q", program, []string{c.lang.Tag, c.lang.Dir, c.titleLang.Tag, c.titleLang.Dir, c.site, c.title, c.class}, c.details)
	h.Sum(k[:0])
	return k
}

// entriesWithCards are the entries that have a card.
func (b *build) entriesWithCards() []*site.Entry {
	if b.url == "" {
		return nil
	}
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
	a := v.answer()
	return preview{v.lang, v.text(v.site.Title), a.Sentence, v.lang, []string{v.lang.Isolate(v.moment(v.now).Text)}, a.Class}
}

func (v view) entryCard(e *site.Entry) preview {
	c := preview{lang: v.lang, site: v.text(v.site.Title), title: v.text(e.Title), titleLang: v.lang, class: v.entryClass(e)}
	if v.foreign(e.Title) != nil {
		c.titleLang = v.languages[0]
	}
	phase := v.say("word." + e.Phase(v.now).String())
	whole := v.duration(e)
	if e.Kind == site.Maintenance {
		whole = site.Interval{Start: e.Start.Time, End: e.End.Time}
	}
	if e.Notice() {
		phase = v.tag(e)
	}
	c.details = []string{phase, v.lang.Isolate(v.spanLine(whole))}
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

func (c preview) draw() ([]byte, error) {
	paper := newCanvas(cardWidth, cardHeight, cardPaper)
	paper.band(0, 0, cardWidth, 16, hexColour(looks[c.class].Light))
	paper.symbol(c.class, int(c.from(cardMargin, cardSymbol)), 96, cardSymbol)
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

// symbol draws a class as a disc with its shape, in a square at x, y.
func (c canvas) symbol(class string, x, y, size int) {
	l := looks[class]
	unit := float32(size) / 20
	paint := func(tone color.Color, path func(*pen)) { c.fill(image.Rect(x, y, x+size, y+size), tone, path) }
	paint(hexColour(l.Light), disc(10*unit, 10*unit, 10*unit))
	steps := pathSteps(l.Shape)
	for _, s := range steps {
		for i := range s.points {
			s.points[i] *= unit
		}
	}
	if l.Solid {
		paint(cardWhite, solid(steps))
		return
	}
	var from []float32 // where the line is
	for _, s := range steps {
		paint(cardWhite, disc(s.points[0], s.points[1], unit))
		if s.letter == 'L' {
			paint(cardWhite, slab(from[0], from[1], s.points[0], s.points[1], unit))
		}
		from = s.points
	}
}

// solid traces the outline of a filled shape.
func solid(steps []pathStep) func(*pen) {
	return func(r *pen) {
		for _, s := range steps {
			switch at := s.points; s.letter {
			case 'M':
				r.MoveTo(at[0], at[1])
			case 'L':
				r.LineTo(at[0], at[1])
			case 'C':
				r.CubeTo(at[0], at[1], at[2], at[3], at[4], at[5])
			case 'Z':
				r.ClosePath()
			}
		}
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
