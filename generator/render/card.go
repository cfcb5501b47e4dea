package render

import (
	"image/color"
	"math"
	"strings"

	"allclear/generator/site"
)

// Social cards are what a link to the site looks like in a chat: 1200 by 630
// pixels, for the home page, each entry that is open or announced, and the ten
// newest others.
const (
	cardWidth, cardHeight = 1200, 630
	cardMargin            = 80
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
	site    string
	title   string
	details []string
	status  site.Status
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
		files := []File{{Path: v.lang.in(v.homeCardPath()), Bytes: func() ([]byte, error) {
			return v.draw(preview{v.text(v.site.Title), v.answer().Sentence, []string{v.clock(v.now)}, indicated(v.state.Indicator)})
		}}}
		for _, e := range carded {
			files = append(files, File{Path: v.lang.in(cardPath(e)), Bytes: func() ([]byte, error) { return v.draw(v.entryCard(e)) }})
		}
		return files
	}), nil
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

func (v view) entryCard(e *site.Entry) preview {
	c := preview{site: v.text(v.site.Title), title: v.text(e.Title), status: severe(e.SeverityAt(v.now))}
	phase := v.say("word." + e.Phase(v.now).String())
	whole := e.Whole(v.now)
	when := v.clock(whole.Start)
	if e.Kind == site.Maintenance {
		when = v.spanText(e.Start.Time, e.End.Time)
	} else if !whole.End.IsZero() {
		when = v.spanText(whole.Start, whole.End)
	}
	c.details = []string{phase, when}
	return c
}

// severe is the status whose colour and shape a severity has.
func severe(s site.Severity) site.Status {
	return []site.Status{site.Operational, site.Operational, site.UnderMaintenance, site.DegradedPerformance, site.PartialOutage, site.MajorOutage}[s]
}

func (b *build) draw(c preview) ([]byte, error) {
	paper := newCanvas(cardWidth, cardHeight, cardPaper)
	ink := hexColour(badgeColours[c.status])
	paper.band(0, 0, cardWidth, 16, ink)
	paper.symbol(c.status, cardMargin, 96, 88)
	var failed error
	write := func(large bool, size float64, x, y int, tone color.Color, text string) {
		if !writable(text) {
			return // the face lacks this script: the shape and colour speak alone
		}
		face := regular()
		if large {
			face = bold()
		}
		if err := paper.write(face, size, x, y, tone, text); err != nil {
			failed = err
		}
	}
	write(false, 40, cardMargin+112, 154, cardGrey, fit(plain(c.site), 40, cardWidth-2*cardMargin-112))
	y := 290
	for _, line := range lay(plain(c.title), 68, cardWidth-2*cardMargin, 3) {
		write(true, 68, cardMargin, y, cardInk, line)
		y += 84
	}
	write(false, 36, cardMargin, cardHeight-70, cardGrey, fit(plain(strings.Join(c.details, "  ·  ")), 36, cardWidth-2*cardMargin))
	if failed != nil {
		return nil, failed
	}
	return paper.png()
}

// lay breaks a title into lines of a width; what exceeds the lines is cut.
func lay(text string, size float64, room float64, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && measureIn(bold(), longer, size) > room {
			lines, line = append(lines, line), word
			continue
		}
		line = longer
	}
	lines = append(lines, line)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] += "…"
	}
	for i := range lines {
		lines[i] = fit(lines[i], size*1.06, room) // the bold face is wider than the regular one
	}
	return lines
}

// fit cuts a text to a width in pixels.
func fit(text string, size float64, room float64) string {
	if measure(text, size) <= room {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && measure(string(letters)+"…", size) > room {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
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
	paint := func(tone color.Color, path func(*pen)) { c.fill(x, y, size, tone, path) }
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
