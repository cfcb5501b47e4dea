package render_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"path"
	"strings"
	"testing"

	"allclear/themes"
)

// The places of the title and the details on a card, in pixels.
var (
	cardTitle   = image.Rect(80, 215, 1120, 520)
	cardDetails = image.Rect(80, 522, 1120, 590)
)

func TestEveryLanguageHasWordsOnItsCards(t *testing.T) {
	files, err := fs.Glob(themes.Open(nil), "languages/*.yml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d languages, %v", len(files), err)
	}
	for _, file := range files {
		tag := strings.TrimSuffix(path.Base(file), ".yml")
		card := cardOf(t, tag, "503", "home")
		if written(card, cardTitle).Empty() {
			t.Errorf("%s: the home page's card does not say how things are", tag)
		}
		if card = cardOf(t, tag, "503", "incidents/it"); written(card, cardDetails).Dx() < 300 {
			t.Errorf("%s: an incident's card does not say when it was", tag)
		}
	}
}

// Some characters are written differently in Japan, in China and in Hong Kong. The rest
// of drawing is tested in package card.
func TestTheLanguageOfASiteChoosesTheFormsOfItsCards(t *testing.T) {
	drawn := map[string]string{}
	for _, tag := range []string{"ja", "zh-Hans", "zh-Hant", "zh-HK"} {
		drawn[tag] = inkOf(cardOf(t, tag, "直骨角", "incidents/it").SubImage(cardTitle).(*image.Paletted))
	}
	if drawn["ja"] == drawn["zh-Hans"] || drawn["ja"] == drawn["zh-Hant"] || drawn["zh-Hans"] == drawn["zh-Hant"] {
		t.Error("直骨角 is the same in two of three languages")
	}
	if drawn["zh-HK"] != drawn["zh-Hant"] {
		t.Error("in Hong Kong the forms are not the traditional ones")
	}
}

// titled returns a site in one language with one incident.
func titled(tag, title string) content {
	return content{
		"content/site.yml":       "title: Example\nurl: https://status.example.com\nlanguages: [" + tag + "]\n",
		"content/components.yml": "components: [{id: api, name: API}]\n",
		"content/incidents/it.md": "---\ntitle: '" + title +
			"'\ncomponents: [api]\nstatus: partial\nstart: 2025-07-25 06:32\nend: 2025-07-25 08:20\n---\n",
	}
}

func cardOf(t *testing.T, tag, title, name string) *image.Paletted {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(publishOne(t, titled(tag, title), incident, "cards/"+name+".png")))
	if err != nil {
		t.Fatal(tag, name, err)
	}
	return picture.(*image.Paletted)
}

// written returns the smallest rectangle that contains everything that differs from the
// background.
func written(card *image.Paletted, in image.Rectangle) image.Rectangle {
	var ink image.Rectangle
	paper := color.RGBAModel.Convert(card.At(20, 20))
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if color.RGBAModel.Convert(card.At(x, y)) != paper {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

// inkOf returns where an image is dark.
func inkOf(card *image.Paletted) string {
	var ink []byte
	for y := card.Bounds().Min.Y; y < card.Bounds().Max.Y; y++ {
		for x := card.Bounds().Min.X; x < card.Bounds().Max.X; x++ {
			ink = append(ink, color.GrayModel.Convert(card.At(x, y)).(color.Gray).Y)
		}
	}
	return string(ink)
}

// Cards show a logo that they can draw, and are drawn again when it changes. They do not draw
// an SVG, but a PNG of the same name beside it.
func TestCardsShowTheLogoOfTheSite(t *testing.T) {
	picture := func(gray uint8) string {
		var file bytes.Buffer
		dot := image.NewGray(image.Rect(0, 0, 64, 64))
		for i := range dot.Pix {
			dot.Pix[i] = gray
		}
		if err := png.Encode(&file, dot); err != nil {
			t.Fatal(err)
		}
		return file.String()
	}
	site := titled("en", "Errors")
	card := func(name, logo string) string {
		c := maps.Clone(site)
		c["content/site.yml"] += "brand: {logo: " + name + "}\n"
		c["content/static/"+name] = logo
		return string(publish(t, c, "2025-07-25T07:10:00Z")["cards/home.png"])
	}
	plain := card("logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>`)
	dark, pale := card("logo.png", picture(20)), card("logo.png", picture(90))
	if dark == plain || pale == plain || dark == pale {
		t.Error("the card does not show the logo")
	}
	site["content/static/logo.png"] = picture(20)
	if card("logo.svg", "<svg/>") != dark {
		t.Error("the card does not show the PNG beside an SVG")
	}
}
