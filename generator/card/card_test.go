package card

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// titles are long titles in many scripts, by language.
var titles = map[string]string{
	"ar":      "تأخر وصول الرسائل الإلكترونية إلى عملاء API في أوروبا بنسبة 35% منذ 06:40 صباحًا",
	"cs":      "Příliš žluťoučký kůň úpěl ďábelské ódy",
	"de":      "Verzögerungen bei der Rechnungsschnittstellenüberwachungsaufgabenverteilung",
	"el":      "Καθυστερήσεις στην αποστολή μηνυμάτων ηλεκτρονικού ταχυδρομείου",
	"fa":      "تأخیر در ارسال ایمیل\u200cها برای مشتریان اروپا",
	"he":      "עיכוב במשלוח הודעות ללקוחות API באירופה (35% מההודעות)",
	"hi":      "यूरोपीय क्षेत्र में ईमेल भेजने में देरी और कुछ अनुरोधों पर त्रुटि प्रतिक्रियाएँ",
	"ja":      "ヨーロッパリージョンのAPIで断続的なエラーが発生し、一部のメール配信が遅延していた問題について",
	"ko":      "유럽 리전에서 API 오류가 간헐적으로 발생하여 이메일 발송이 지연되었습니다",
	"th":      "การส่งอีเมลล่าช้าในภูมิภาคยุโรปและเกิดข้อผิดพลาดของระบบชำระเงินผ่านบัตรเครดิตเป็นระยะ",
	"vi":      "Lỗi không liên tục ở khu vực châu Âu và gửi thư điện tử chậm trễ",
	"zh-Hans": "欧洲区域 API 间歇性出错，部分电子邮件发送延迟，直接影响登录与付款功能",
	"zh-Hant": "歐洲區域 API 間歇性錯誤，部分電子郵件延遲寄送，直接影響登入與付款功能",
}

// Where things are on a card, in pixels.
var (
	siteArea    = image.Rect(80, 100, 1120, 190) // the symbol, and the site's name
	titleArea   = image.Rect(80, 215, 1120, 520)
	detailsArea = image.Rect(80, 522, 1120, 590)
)

// tick is the symbol of a site on which all is well.
var tick = Symbol{Color: "#177245", Shape: "M5.5 10.5L8.5 13.5L14.5 6.5"}

// of is the card of a title in a language.
func of(lang Lang, title string) Card {
	return Card{Lang: lang, Site: "Example", Title: title, TitleLang: lang, Details: []string{"Resolved", "25/07/2025"}, Symbol: tick}
}

// drawn is a card as a picture.
func drawn(t *testing.T, c Card) *image.Paletted {
	t.Helper()
	file, err := c.AppendPNG(nil)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return picture.(*image.Paletted)
}

// inked is the smallest rectangle around all that is drawn in a part of a picture.
func inked(picture *image.Paletted, in image.Rectangle) image.Rectangle {
	var ink image.Rectangle
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if picture.At(x, y) != picture.At(20, 20) {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

func same(a, b *image.Paletted, in image.Rectangle) bool {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestATitleStaysInItsPlaceInEveryScript(t *testing.T) {
	for tag, title := range titles {
		for _, times := range []int{1, 3} {
			card := drawn(t, of(langs[tag], strings.TrimSpace(strings.Repeat(title+" ", times))))
			ink := inked(card, titleArea)
			if ink.Empty() {
				t.Fatalf("%s: the title is not there", tag)
			}
			if all := inked(card, image.Rect(0, 20, 1200, 630)); all.Min.X < 76 || all.Max.X > 1124 {
				t.Errorf("%s, %d times: words run over the margin: %v", tag, times, all)
			}
			if below := image.Rect(0, ink.Max.Y, 1200, ink.Max.Y+6); !inked(card, below).Empty() || ink.Max.Y > 516 {
				t.Errorf("%s, %d times: the title touches what stands below it: %v", tag, times, ink)
			}
			rtl := langs[tag].Dir == "rtl"
			name := inked(card, siteArea)
			if rtl && (ink.Max.X < 1110 || name.Max.X < 1116) || !rtl && (ink.Min.X > 90 || name.Min.X > 84) {
				t.Errorf("%s: words do not begin at their side: %v, %v", tag, ink, name)
			}
		}
	}
}

func TestCardsHaveTheSameBytesASecondTime(t *testing.T) {
	for tag, title := range titles {
		first, err := of(langs[tag], title).AppendPNG(nil)
		second, again := of(langs[tag], title).AppendPNG(nil)
		if err != nil || again != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: the card is drawn differently a second time: %v, %v", tag, err, again)
		}
	}
}

func TestHanCharactersHaveTheFormOfTheirLanguage(t *testing.T) {
	pictures := map[string]*image.Paletted{}
	for _, tag := range []string{"ja", "zh-Hans", "zh-Hant"} {
		pictures[tag] = drawn(t, of(langs[tag], "直骨角"))
		for other, picture := range pictures {
			if other != tag && same(picture, pictures[tag], titleArea) {
				t.Errorf("直骨角 is the same in %s and in %s", tag, other)
			}
		}
	}
}

func TestWhatNoFontHasIsNotDrawn(t *testing.T) {
	if card := drawn(t, of(langs["en"], "மின்னஞ்சல் தாமதம்")); !inked(card, titleArea).Empty() || inked(card, detailsArea).Empty() {
		t.Error("a title in a script without a font draws something, or takes the rest along")
	}
	plain := drawn(t, of(langs["en"], "Mail is late"))
	if with := drawn(t, of(langs["en"], "🚀 Mail is 🐢 late 👩\u200d🔧")); !same(with, plain, titleArea) {
		t.Error("a symbol that no font has leaves a trace")
	}
	if _, ok := Width("🚀", 40, langs["en"]); ok {
		t.Error("a text without anything to draw has a width")
	}
}

// TestALongTitleIsSmaller: the capitals begin at the same height, and a title that fits
// nowhere is cut.
func TestALongTitleIsSmaller(t *testing.T) {
	top, lines := -1, 0
	for _, times := range []int{1, 4, 8, 40} {
		ink := inked(drawn(t, of(langs["en"], strings.TrimSpace(strings.Repeat("Errors on the public API ", times)))), titleArea)
		if top < 0 {
			top = ink.Min.Y
		}
		if ink.Min.Y < top-2 || ink.Min.Y > top+2 || ink.Dy() < lines {
			t.Errorf("%d times: the title is at %v, and began at %d", times, ink, top)
		}
		lines = ink.Dy()
	}
}

// Every color and shape of the statuses is a constant, so that a mistake in one is found
// here and in render, and never on the site of an operator.
func TestAMalformedSymbolIsAnErrorAndNoPanic(t *testing.T) {
	for _, s := range []Symbol{
		{Color: "", Shape: tick.Shape}, {Color: "177245", Shape: tick.Shape}, {Color: "0177245", Shape: tick.Shape},
		{Color: "#17724", Shape: tick.Shape}, {Color: "#17724g", Shape: tick.Shape}, {Color: "#1772455", Shape: tick.Shape},
		{Color: "green", Shape: tick.Shape},
		{Shape: ""}, {Shape: "L1 1"}, {Shape: "m1 1"}, {Shape: "M"}, {Shape: "M1"}, {Shape: "M1 1 1"}, {Shape: "M1 x"},
		{Shape: "M1 1L2"}, {Shape: "M1 1H5"}, {Shape: "M1 1C1 1 2 2"}, {Shape: "M1,1"}, {Shape: "M1 1Z 1"},
		{Shape: "M1 NaN"}, {Shape: "M1 Inf"}, {Shape: "M-1 1"}, {Shape: "M1 21"}, {Shape: "M1 1e99"},
		{Shape: "M1 1L5 5Z"}, {Shape: "M1 1C1 1 2 2 3 3"}, // these two are shapes to fill
	} {
		if s.Color == "" && s.Shape != tick.Shape {
			s.Color = tick.Color
		}
		if _, err := (Card{Symbol: s}).AppendPNG(nil); err == nil {
			t.Errorf("%+v: no error", s)
		}
	}
	for _, s := range []Symbol{
		{tick.Color, "M1 1", false}, {tick.Color, "M1 1L1 1", false}, {tick.Color, "M1 1Z", true}, {tick.Color, "M0 0L20 0L20 20Z", true},
		{tick.Color, "M1 1M5 5L6 6", false},
	} {
		if _, err := (Card{Symbol: s}).AppendPNG(nil); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

func TestASymbolIsADiscWithAWhiteShape(t *testing.T) {
	card := drawn(t, of(langs["en"], "Mail is late"))
	for at, want := range map[image.Point]color.Color{
		{X: 124, Y: 110}: color.RGBA{0x17, 0x72, 0x45, 0xff}, // in the disc, above the tick
		{X: 82, Y: 98}:   background,                         // in the corner of its square
		{X: 117, Y: 155}: background,                         // where the tick turns: white, which the palette does not tell from it
		{X: 600, Y: 8}:   color.RGBA{0x17, 0x72, 0x45, 0xff}, // the bar along the top
	} {
		if got := color.RGBAModel.Convert(card.At(at.X, at.Y)); got != want {
			t.Errorf("at %v the card is %v, not %v", at, got, want)
		}
	}
}

// A logo stands at the end of the first line, in the reading direction of the card; a large
// one is made smaller, and the site's name does not run into it.
func TestACardShowsTheLogo(t *testing.T) {
	logo := func(width, height int) string {
		picture := image.NewRGBA(image.Rect(0, 0, width, height))
		for i := range picture.Pix {
			picture.Pix[i] = []byte{0x24, 0x57, 0xd6, 0xff}[i%4]
		}
		var file bytes.Buffer
		if err := png.Encode(&file, picture); err != nil {
			t.Fatal(err)
		}
		return file.String()
	}
	blue := func(c Card) image.Rectangle {
		picture, found := drawn(t, c), image.Rectangle{}
		for y := range cardHeight {
			for x := range cardWidth {
				if r, g, b, _ := picture.At(x, y).RGBA(); r>>8 == 0x24 && g>>8 == 0x57 && b>>8 == 0xd6 {
					found = found.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		return found
	}
	for _, c := range []struct {
		dir           string
		width, height int
		want          image.Rectangle
	}{
		{"ltr", 160, 40, image.Rect(960, 120, 1120, 160)},
		{"rtl", 160, 40, image.Rect(80, 120, 240, 160)},
		{"ltr", 1600, 400, image.Rect(800, 100, 1120, 180)}, // both as large as there is room
		{"ltr", 100, 1000, image.Rect(1112, 100, 1120, 180)},
	} {
		one := of(Lang{"en", c.dir}, "All services are operational")
		one.Logo = logo(c.width, c.height)
		if got := blue(one); got != c.want {
			t.Errorf("%s, %d by %d: the logo is at %v, not %v", c.dir, c.width, c.height, got, c.want)
		}
	}
	long := of(Lang{"en", "ltr"}, "All services are operational")
	long.Site, long.Logo = strings.Repeat("A long name ", 20), logo(320, 80)
	if name := inked(drawn(t, long), image.Rect(200, 100, 798, 190)); name.Max.X > 780 {
		t.Errorf("the name goes to %d, beside a logo that begins at 800", name.Max.X)
	}
	broken := of(Lang{"en", "ltr"}, "All services are operational")
	broken.Logo = "not a picture"
	if got := blue(broken); !got.Empty() {
		t.Errorf("a file that is no picture is drawn at %v", got)
	}
}
