// Palette reduces a PNG to at most 256 colors, the most frequent ones. It reads standard
// input and writes standard output.
package main

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"
	"slices"
)

func main() {
	picture, err := png.Decode(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	small := image.NewPaletted(picture.Bounds(), palette(picture))
	draw.Draw(small, small.Rect, picture, picture.Bounds().Min, draw.Src)
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(os.Stdout, small); err != nil {
		log.Fatal(err)
	}
}

// palette returns the most frequent colors of a picture, at most 256. It merges colors
// that look the same.
func palette(picture image.Image) color.Palette {
	dots := map[color.RGBA]int{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			dots[color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)]++
		}
	}
	var list []color.RGBA
	for c := range dots {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(dots[b], dots[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var chosen color.Palette
	for _, c := range list {
		if len(chosen) == 256 {
			break
		}
		if !slices.ContainsFunc(chosen, func(known color.Color) bool { return near(known.(color.RGBA), c) }) {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// near reports whether two colors look the same.
func near(a, b color.RGBA) bool {
	apart := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return apart(a.R, b.R)+apart(a.G, b.G)+apart(a.B, b.B) < 12
}
