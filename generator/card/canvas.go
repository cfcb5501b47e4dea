package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"slices"
	"sync"

	"golang.org/x/image/vector"
)

// canvas is a card that is being drawn: a background with shapes. Positions and sizes are
// in pixels, from the top left corner.
//
// Most of a card is background. So shapes are only collected, and png draws the parts that
// have any, one after the other.
type canvas struct {
	shapes []shape
	pen    *pen
	pixels []byte          // memory for one part
	small  *image.Paletted // the picture, see withPalette
}

// shape is something on a canvas.
type shape struct {
	box  image.Rectangle // it is all within
	draw func(to *image.RGBA)
}

// cardBounds is a whole card.
var cardBounds = image.Rect(0, 0, cardWidth, cardHeight)

// canvases are canvases for cards, which take a megabyte each.
var canvases = sync.Pool{New: func() any { return &canvas{pen: &pen{}, small: image.NewPaletted(cardBounds, nil)} }}

// takeCanvas returns an empty canvas. Return it to canvases.
func takeCanvas() *canvas {
	c := canvases.Get().(*canvas)
	c.shapes = c.shapes[:0]
	return c
}

// add adds a shape, which draw draws within a box.
func (c *canvas) add(box image.Rectangle, draw func(to *image.RGBA)) {
	if box = box.Intersect(cardBounds); !box.Empty() {
		c.shapes = append(c.shapes, shape{box, draw})
	}
}

// drawLine draws a line of text whose baseline begins at x, y.
//
// It fills about a word at a time. Single glyphs would leave seams where joined letters
// meet. Much wider areas would make the rasterizer calculate with floating-point numbers,
// and the picture would depend on the processor.
func (c *canvas) drawLine(l textLine, x, y float64, ink color.Color) {
	const maxWidth = 256
	from := 0
	for i, g := range l.glyphs {
		if i+1 == len(l.glyphs) || g.blank() || g.right-l.glyphs[from].left > maxWidth {
			c.drawGlyphs(l.glyphs[from:i+1], float32(x), float32(y), ink)
			from = i + 1
		}
	}
}

// drawGlyphs draws glyphs of a line whose baseline begins at x, y.
func (c *canvas) drawGlyphs(glyphs []glyph, x, y float32, ink color.Color) {
	var box image.Rectangle
	for _, g := range glyphs {
		if !g.blank() {
			box = box.Union(image.Rect(int(x+g.left)-1, int(y+g.top)-1, int(x+g.right)+2, int(y+g.bottom)+2))
		}
	}
	if box = box.Intersect(cardBounds); box.Empty() {
		return
	}
	c.fill(box, ink, func(p *pen) {
		for _, g := range glyphs {
			g.trace(p, x-float32(box.Min.X), y-float32(box.Min.Y))
		}
	})
}

// fillRect fills a rectangle.
func (c *canvas) fillRect(x, y, width, height int, ink color.Color) {
	box := image.Rect(x, y, x+width, y+height)
	c.add(box, func(to *image.RGBA) { draw.Draw(to, box, image.NewUniform(ink), image.Point{}, draw.Src) })
}

// pen traces the outline of a shape.
type pen = vector.Rasterizer

// fill fills the shape that trace outlines. The shape is measured from the top left
// corner of clip, and what is outside clip is not drawn.
func (c *canvas) fill(clip image.Rectangle, ink color.Color, trace func(*pen)) {
	c.add(clip, func(to *image.RGBA) {
		c.pen.Reset(clip.Dx(), clip.Dy())
		trace(c.pen)
		c.pen.Draw(to, clip, image.NewUniform(ink), image.Point{})
	})
}

// png encodes the picture, fast rather than small, and appends it to into.
func (c *canvas) png(into []byte) ([]byte, error) {
	var picture image.Image = c.small
	if !c.withPalette() {
		picture = c.paint(cardBounds)
	}
	out := bytes.NewBuffer(into)
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &encoderBuffers}
	err := encoder.Encode(out, picture)
	return out.Bytes(), err
}

// buffers keeps the memory of PNG encoders, of which each takes more than a megabyte.
type buffers struct{ sync.Pool }

var encoderBuffers buffers

// Get implements png.EncoderBufferPool.
func (b *buffers) Get() *png.EncoderBuffer {
	kept, _ := b.Pool.Get().(*png.EncoderBuffer) // nil: the encoder makes one
	return kept
}

// Put implements png.EncoderBufferPool.
func (b *buffers) Put(kept *png.EncoderBuffer) { b.Pool.Put(kept) }

// parts returns the rectangles that have shapes, from top to bottom. No two of them share a
// row.
func (c *canvas) parts() []image.Rectangle {
	parts := make([]image.Rectangle, len(c.shapes))
	for i, s := range c.shapes {
		parts[i] = s.box
	}
	slices.SortFunc(parts, func(a, b image.Rectangle) int { return a.Min.Y - b.Min.Y })
	joined := parts[:0]
	for _, box := range parts {
		if n := len(joined); n > 0 && box.Min.Y < joined[n-1].Max.Y {
			joined[n-1] = joined[n-1].Union(box)
		} else {
			joined = append(joined, box)
		}
	}
	return joined
}

// paint draws a part of the picture. The result is valid until the next call.
func (c *canvas) paint(part image.Rectangle) *image.RGBA {
	size := 4 * part.Dx() * part.Dy()
	c.pixels = slices.Grow(c.pixels[:0], size)[:size]
	to := &image.RGBA{Pix: c.pixels, Stride: 4 * part.Dx(), Rect: part}
	draw.Draw(to, part, image.NewUniform(background), image.Point{}, draw.Src)
	for _, s := range c.shapes {
		if s.box.Overlaps(part) {
			s.draw(to)
		}
	}
	return to
}
