package render_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"strconv"
	"strings"
	"testing"
)

func TestBadgesSayInWordsWhatTheyShow(t *testing.T) {
	for name, want := range map[string]string{
		"overall": "Little Status: Major outage: Public API (Europe)", "api": "Public API: Partial outage",
		"platform": "Platform: Partial outage", "email": "E-mail: Operational",
	} {
		out := publish(t, little, incident)
		var badge struct {
			Width int    `xml:"width,attr"`
			Label string `xml:"aria-label,attr"`
			Title string `xml:"title"`
		}
		if err := xml.Unmarshal(out["badges/"+name+".svg"], &badge); err != nil {
			t.Fatal(err)
		}
		if badge.Label != want || badge.Title != want {
			t.Errorf("the badge %s says %q and %q", name, badge.Label, badge.Title)
		}
		var shield struct{ Label, Message, Color string }
		if err := json.Unmarshal(out["badges/"+name+".json"], &shield); err != nil {
			t.Fatal(err)
		}
		if shield.Label+": "+shield.Message != want {
			t.Errorf("the shield %s says %v", name, shield)
		}
	}
}

// A cross is drawn as lines, a wrench and a triangle are filled: as everywhere on the site.
func TestTheIconOfABadgeIsThatOfThePage(t *testing.T) {
	for name, filled := range map[string]bool{"overall": false, "api": true, "email": false} {
		var badge struct {
			Paths []struct {
				Shape  string `xml:"d,attr"`
				Fill   string `xml:"fill,attr"`
				Stroke string `xml:"stroke,attr"`
			} `xml:"path"`
		}
		if err := xml.Unmarshal(publish(t, little, incident)["badges/"+name+".svg"], &badge); err != nil {
			t.Fatal(err)
		}
		icon := badge.Paths[len(badge.Paths)-1]
		if (icon.Fill != "none" && icon.Stroke == "") != filled || (icon.Fill == "none") == (icon.Stroke == "") {
			t.Errorf("the icon of the badge %s: %+v", name, icon)
		}
	}
}

func TestABadgeIsAsWideAsItsWords(t *testing.T) {
	width := func(title string) int {
		out := publish(t, content{"content/site.yml": "title: " + strconv.Quote(title) + "\n",
			"content/components.yml": "components: []\n"}, clear)
		var badge struct {
			Width int `xml:"width,attr"`
		}
		if err := xml.Unmarshal(out["badges/overall.svg"], &badge); err != nil {
			t.Fatal(err)
		}
		return badge.Width
	}
	if narrow, wide, han := width("iiiii"), width("WWWWW"), width("漢漢漢漢漢"); narrow >= wide || wide-narrow < 20 || han <= narrow {
		t.Errorf("five narrow letters make %d, five wide ones %d, five Chinese ones %d", narrow, wide, han)
	}
}

func TestCardsAreDrawnForWhatIsCurrentAndTheNewestOthers(t *testing.T) {
	many := little
	for i := range 30 {
		n := strconv.Itoa(i + 101)[1:]
		many = many.with("content/incidents/many-"+n+".md", "---\ntitle: Number "+n+
			"\ncomponents: [email]\nstatus: degraded\nstart: 2025-05-"+n+" 10:00\nend: 2025-05-"+n+" 11:00\n---\nOver.\n")
	}
	out := publish(t, many, incident)
	cards := 0
	for path, data := range out {
		if !strings.HasPrefix(path, "cards/") {
			continue
		}
		cards++
		picture, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || picture.Width != 1200 || picture.Height != 630 {
			t.Errorf("%s is %v, %v", path, picture, err)
		}
	}
	if cards != 1+3+10 { // the home page, the incident and both windows, ten others
		t.Errorf("there are %d cards", cards)
	}
	again := publish(t, many, incident)
	for path, data := range out {
		if !bytes.Equal(again[path], data) {
			t.Errorf("%s is drawn differently a second time", path)
		}
	}
}

func TestEmbedIsSmall(t *testing.T) {
	if size := len(publish(t, little, clear)["embed.js"]); size == 0 || size > 2048 {
		t.Errorf("embed.js has %d bytes", size)
	}
}
