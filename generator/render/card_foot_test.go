package render_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"
)

// The foot of the home page's card is the last 90 days: today is at the end of the reading
// direction, and the worse a day was, the taller it is.
func TestACardStandsOnTheLastDays(t *testing.T) {
	const story = "---\ntitle: It\ncomponents: [api]\nstatus: down\nstart: 2026-11-27 19:00\n---\n"
	for tag, at := range map[string][2]int{"en": {1112, 84}, "ar": {88, 1116}} { // today, and the first of the days
		out := publish(t, website.with("content/site.yml", "title: Example\nurl: https://status.example.com\nlanguages: ["+tag+"]\n").
			with("content/incidents/it.md", story), "2026-11-27T20:00:00Z")
		card := decoded(t, out["cards/home.png"])
		if got, want := colorAt(card, at[0], 585), colorOf(t, out, "major", "f"); got != want {
			t.Errorf("%s: today is %s at its top, want %s", tag, got, want)
		}
		healthy := colorAt(card, at[1], 625)
		if above := colorAt(card, at[1], 600); healthy == above || healthy != "#8dceac" {
			t.Errorf("%s: a healthy day is %s, and %s above", tag, healthy, above)
		}
		green := 0
		for x := range card.Bounds().Dx() {
			if colorAt(card, x, 625) == healthy {
				green++
			}
		}
		if green < 700 || green > 800 { // of 1040: about a quarter is gaps, so that the days can be told apart
			t.Errorf("%s: the healthy days are %d pixels wide", tag, green)
		}
	}
	plain := website.with("content/site.yml", "title: Example\nurl: https://status.example.com\nuptime: {show: false}\n")
	if got := colorAt(decoded(t, publish(t, plain, "2026-11-27T20:00:00Z")["cards/home.png"]), 1112, 625); got != "#fbfbfa" {
		t.Errorf("a site without uptime has a foot: %s", got)
	}
}

// That of an incident's card is its strip: the two services that were hit worst, one below
// the other, against time.
func TestTheCardOfAnIncidentStandsOnItsStrip(t *testing.T) {
	out := publish(t, website.with("content/site.yml", "title: Example\nurl: https://status.example.com\n").
		with("content/incidents/it.md", "---\ntitle: It\nimpacts:\n"+
			"  - {components: [website], status: degraded, start: 2026-11-27 18:00, end: 2026-11-27 18:30}\n"+
			"  - {components: [api], status: down, start: 2026-11-27 18:30, end: 2026-11-27 19:00}\n---\n"), "2026-11-27T20:00:00Z")
	card := decoded(t, out["cards/incidents/it.png"])
	for place, want := range map[image.Point]string{
		{200, 602}: colorOf(t, out, "degraded", "f"), {1000, 600}: "#fbfbfa",
		{200, 620}: "#fbfbfa", {1000, 620}: colorOf(t, out, "major", "f"),
	} {
		if got := colorAt(card, place.X, place.Y); got != want {
			t.Errorf("%v is %s, want %s", place, got, want)
		}
	}
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

func colorAt(picture image.Image, x, y int) string {
	r, g, b, _ := picture.At(x, y).RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
