package render_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
)

// The width of the logo is on the page, so that the links beside it do not move when the
// picture is there.
func TestALogoKeepsItsPlaceFree(t *testing.T) {
	var wide bytes.Buffer
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, 300, 100))); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, logo, want string }{
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="140" height="32"/>`, ` width="140" height="32"`},
		{"logo.svg", `<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0,0 64 64"/>`,
			` width="32" height="32"`},
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="140" viewBox="0 0 70 16"/>`, ` width="140" height="32"`},
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="nan" height="-1" viewBox="0 0 64 64"/>`, ` width="32" height="32"`},
		{"logo.png", wide.String(), ` width="96" height="32"`},
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9em" height="2em"/>`, `" height="32"`},
		{"logo.webp", "RIFF", `" height="32"`},
		{"logo.svg", `not a picture`, `" height="32"`},
	} {
		config := little["content/site.yml"] + "brand: {logo: " + test.name + "}\n"
		site := little.with("content/site.yml", config).with("content/static/"+test.name, test.logo)
		for _, page := range []string{"index.html", "history/index.html", "incidents/errors/index.html"} {
			_, img, found := strings.Cut(string(publish(t, site, incident)[page]), `class="name"`)
			img, _, _ = strings.Cut(img, "</a>")
			if !found || !strings.Contains(img, test.want) || strings.Contains(test.want, "width") != strings.Contains(img, "width=") {
				t.Errorf("%s, %s %.40q: %.300s", page, test.name, test.logo, img)
			}
		}
	}
}
