package card

import (
	"errors"
	"image"
	"image/draw"
	_ "image/gif"  // logos
	_ "image/jpeg" // logos
	_ "image/png"  // logos
	"strings"

	"allclear/generator/memo"
)

const (
	// The room for a logo on a card, at the end of the line with the site's name.
	logoWidth, logoHeight = 320, 80

	// logoMiddle is how far the middle of a logo is from the upper edge: that of the symbol.
	logoMiddle = 96 + symbolSize/2

	// mostPixels is how large a picture may be. A larger one is not read.
	mostPixels = 16 << 20
)

// scaledLogo decodes a picture and makes it small enough for a card. It remembers results,
// since all cards of a site have the same logo.
var scaledLogo = memo.Func(func(file string) (*image.RGBA, error) {
	config, _, err := image.DecodeConfig(strings.NewReader(file))
	if err != nil {
		return nil, err
	}
	if config.Width*config.Height > mostPixels {
		return nil, errors.New("the picture is too large")
	}
	from, _, err := image.Decode(strings.NewReader(file))
	if err != nil {
		return nil, err
	}
	return shrunk(from, logoWidth, logoHeight), nil
})

// shrunk returns a picture no larger than a width and a height, in its own proportions. A
// small one keeps its size. Each pixel is the mean of those that it stands for, calculated
// with whole numbers, so that it is the same on every machine.
func shrunk(from image.Image, width, height int) *image.RGBA {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	full := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(full, full.Bounds(), from, from.Bounds().Min, draw.Src)
	if w <= width && h <= height {
		return full
	}
	if w*height > h*width {
		height = max(1, h*width/w)
	} else {
		width = max(1, w*height/h)
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			part := image.Rect(x*w/width, y*h/height, max((x+1)*w/width, x*w/width+1), max((y+1)*h/height, y*h/height+1))
			copy(small.Pix[small.PixOffset(x, y):], mean(full, part))
		}
	}
	return small
}

// mean returns the mean of the pixels of a part of a picture: red, green, blue and alpha.
func mean(of *image.RGBA, part image.Rectangle) []byte {
	var sums [4]int
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			for i, value := range of.Pix[of.PixOffset(x, y):][:4] {
				sums[i] += int(value)
			}
		}
	}
	n := part.Dx() * part.Dy()
	return []byte{byte(sums[0] / n), byte(sums[1] / n), byte(sums[2] / n), byte(sums[3] / n)}
}

// drawLogo draws the card's logo, and returns the width that it takes from the line with
// the site's name. A picture that cannot be read is not drawn.
func (c Card) drawLogo(to *canvas) float64 {
	if c.Logo == "" {
		return 0
	}
	logo, err := scaledLogo(c.Logo)
	if err != nil {
		return 0
	}
	size := logo.Bounds().Size()
	left := int(c.left(float64(cardWidth-margin-size.X), float64(size.X)))
	at := image.Rect(left, logoMiddle-size.Y/2, left+size.X, logoMiddle-size.Y/2+size.Y)
	to.add(at, func(to *image.RGBA) { draw.Draw(to, at, logo, image.Point{}, draw.Over) })
	return float64(size.X + 24)
}
