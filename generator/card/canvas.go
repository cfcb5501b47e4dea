package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/vector"
)

// canvas is a picture while it is drawn, measured in pixels.
type canvas struct {
	*image.RGBA
	pen *pen
}

func newCanvas(width, height int, paper color.Color) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, width, height)), &pen{}}
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	return c
}

// write draws a line of text, its baseline beginning at x, y. It draws about a word
// at a time: where joined letters meet, no seam may show, and up to a certain size
// the rasterizer counts in whole numbers, which makes the same picture on every
// processor.
func (c canvas) write(l textLine, x, y float64, ink color.Color) {
	const most = 256
	from := 0
	for i, g := range l.glyphs {
		if i+1 == len(l.glyphs) || g.blank() || g.right-l.glyphs[from].left > most {
			c.word(l.glyphs[from:i+1], float32(x), float32(y), ink)
			from = i + 1
		}
	}
}

func (c canvas) word(glyphs []glyph, x, y float32, ink color.Color) {
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

// band paints a rectangle.
func (c canvas) band(x, y, width, height int, ink color.Color) {
	draw.Draw(c.RGBA, image.Rect(x, y, x+width, y+height), image.NewUniform(ink), image.Point{}, draw.Src)
}

// pen draws the outline of a shape.
type pen = vector.Rasterizer

// fill paints the inside of a path, which is measured from the corner of a
// rectangle and stays in it.
func (c canvas) fill(in image.Rectangle, ink color.Color, path func(*pen)) {
	c.pen.Reset(in.Dx(), in.Dy())
	path(c.pen)
	c.pen.Draw(c.RGBA, in, image.NewUniform(ink), image.Point{})
}

func (c canvas) png() ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, c.indexed()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// indexed is the picture with a palette: a fifth of the work to encode and less
// to send. Tones that differ by less than a thirty-second part count as one.
// Where it has more than a palette holds, it stays as it is.
func (c canvas) indexed() image.Image {
	small := image.NewPaletted(c.Bounds(), nil)
	var known [1 << 15]int16 // one more than the tone's place in the palette
	for i := range small.Pix {
		p := c.Pix[4*i : 4*i+4]
		tone := &known[int(p[0]>>3)<<10|int(p[1]>>3)<<5|int(p[2]>>3)]
		if *tone == 0 {
			if len(small.Palette) == 256 {
				return c.RGBA
			}
			small.Palette = append(small.Palette, color.RGBA{p[0], p[1], p[2], p[3]})
			*tone = int16(len(small.Palette))
		}
		small.Pix[i] = uint8(*tone - 1)
	}
	return small
}
