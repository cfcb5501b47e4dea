package render

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	pixel "golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The face of badges and cards is Go's own, which is free and knows the Latin,
// Greek and Cyrillic scripts.
var (
	regular = sync.OnceValue(func() *sfnt.Font { return mustParse(goregular.TTF) })
	bold    = sync.OnceValue(func() *sfnt.Font { return mustParse(gobold.TTF) })
)

func mustParse(ttf []byte) *sfnt.Font {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(err) // the face is compiled in
	}
	return f
}

// measure is how wide a text is in pixels at a size in pixels. A letter that the
// face lacks counts as wide as it is high, or as half of that.
func measure(text string, size float64) float64 { return measureIn(regular(), text, size) }

func measureIn(f *sfnt.Font, text string, size float64) float64 {
	var buffer sfnt.Buffer
	total := 0.0
	for _, r := range text {
		glyph, err := f.GlyphIndex(&buffer, r)
		if err != nil || glyph == 0 {
			total += size * float64(wide(string(r))) / 2 * 1.1
			continue
		}
		advance, err := f.GlyphAdvance(&buffer, glyph, pixel.Int26_6(size*64), font.HintingNone)
		if err == nil {
			total += float64(advance) / 64
		}
	}
	return total
}

// writable reports whether the face has a letter for nearly every character of a
// text.
func writable(text string) bool {
	var buffer sfnt.Buffer
	missing, all := 0, 0
	for _, r := range text {
		all++
		if glyph, err := regular().GlyphIndex(&buffer, r); err != nil || glyph == 0 {
			missing++
		}
	}
	return missing*10 <= all
}

// canvas is a picture while it is drawn, measured in pixels.
type canvas struct{ *image.RGBA }

func newCanvas(width, height int, paper color.Color) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, width, height))}
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	return c
}

// write sets a line of text, its baseline beginning at x, y.
func (c canvas) write(f *sfnt.Font, size float64, x, y int, ink color.Color, text string) error {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return err
	}
	defer face.Close()
	d := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(ink), Face: face, Dot: pixel.P(x, y)}
	d.DrawString(text)
	return nil
}

// band paints a rectangle.
func (c canvas) band(x, y, width, height int, ink color.Color) {
	draw.Draw(c.RGBA, image.Rect(x, y, x+width, y+height), image.NewUniform(ink), image.Point{}, draw.Src)
}

// pen draws the outline of a shape.
type pen = vector.Rasterizer

// fill paints the inside of a path within a square whose corner is at x, y and
// from which the path is measured.
func (c canvas) fill(x, y, size int, ink color.Color, path func(*pen)) {
	r := vector.NewRasterizer(size, size)
	path(r)
	r.Draw(c.RGBA, image.Rect(x, y, x+size, y+size), image.NewUniform(ink), image.Point{})
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
