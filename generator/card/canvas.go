package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"sync"

	"golang.org/x/image/vector"
)

// canvas is a picture that is being drawn. Positions and sizes are in pixels, from the
// top left corner.
type canvas struct {
	*image.RGBA
	pen   *pen
	small *image.Paletted // the picture with a palette, see withPalette
}

// canvases are empty canvases for cards, which take 4 MB each.
var canvases = sync.Pool{New: func() any {
	size := image.Rect(0, 0, cardWidth, cardHeight)
	return &canvas{image.NewRGBA(size), &pen{}, image.NewPaletted(size, nil)}
}}

// takeCanvas returns a canvas with nothing but a background. Return it to canvases.
func takeCanvas(background color.Color) *canvas {
	c := canvases.Get().(*canvas)
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	return c
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
	if box = box.Intersect(c.Bounds()); box.Empty() {
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
	draw.Draw(c.RGBA, image.Rect(x, y, x+width, y+height), image.NewUniform(ink), image.Point{}, draw.Src)
}

// pen traces the outline of a shape.
type pen = vector.Rasterizer

// fill fills the shape that trace outlines. The shape is measured from the top left
// corner of clip, and what is outside clip is not drawn.
func (c *canvas) fill(clip image.Rectangle, ink color.Color, trace func(*pen)) {
	c.pen.Reset(clip.Dx(), clip.Dy())
	trace(c.pen)
	c.pen.Draw(c.RGBA, clip, image.NewUniform(ink), image.Point{})
}

// png encodes the picture, fast rather than small.
func (c *canvas) png() ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &encoderBuffers}
	if err := encoder.Encode(&out, c.withPalette()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
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

// withPalette returns the picture with a palette, which takes a fifth of the time to
// encode and fewer bytes. Colors that are equal in the upper five bits of red, green and
// blue become one. A picture that needs more than 256 colors is returned as it is. The
// result is valid until the next call.
func (c *canvas) withPalette() image.Image {
	small := c.small
	small.Palette = small.Palette[:0]
	var index [1 << 15]int16 // by the upper five bits of each channel: 1 + the color's index in the palette, or 0
	for y := range cardHeight {
		row, to := c.Pix[y*c.Stride:][:c.Stride], small.Pix[y*small.Stride:][:small.Stride]
		if y > 0 && bytes.Equal(row, c.Pix[(y-1)*c.Stride:][:c.Stride]) { // most rows have nothing but the background
			copy(to, small.Pix[(y-1)*small.Stride:])
			continue
		}
		for x := range to {
			p := row[4*x : 4*x+4]
			entry := &index[int(p[0]>>3)<<10|int(p[1]>>3)<<5|int(p[2]>>3)]
			if *entry == 0 {
				if len(small.Palette) == 256 {
					return c.RGBA
				}
				small.Palette = append(small.Palette, color.RGBA{p[0], p[1], p[2], p[3]})
				*entry = int16(len(small.Palette))
			}
			to[x] = uint8(*entry - 1)
		}
	}
	return small
}
