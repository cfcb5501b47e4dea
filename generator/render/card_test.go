package render_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"path"
	"strings"
	"testing"

	"allclear/themes"
)

// Where things are on a card, in pixels.
var (
	cardName    = image.Rect(80, 100, 1120, 190) // the status's symbol, and the site's name
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

var spoken = map[string]string{
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

func TestATitleStaysInItsPlaceInEveryScript(t *testing.T) {
	for tag, title := range spoken {
		for _, times := range []int{1, 3} {
			card := cardOf(t, tag, strings.TrimSpace(strings.Repeat(title+" ", times)), "incidents/it")
			ink := written(card, cardTitle)
			if ink.Empty() {
				t.Fatalf("%s: the title is not there", tag)
			}
			if all := written(card, image.Rect(0, 20, 1200, 630)); all.Min.X < 76 || all.Max.X > 1124 {
				t.Errorf("%s, %d times: words run over the margin: %v", tag, times, all)
			}
			if below := image.Rect(0, ink.Max.Y, 1200, ink.Max.Y+6); !written(card, below).Empty() || ink.Max.Y > 516 {
				t.Errorf("%s, %d times: the title touches what stands below it: %v", tag, times, ink)
			}
			rtl := tag == "ar" || tag == "he" || tag == "fa"
			if name := written(card, cardName); rtl && (ink.Max.X < 1110 || name.Max.X < 1116) || !rtl &&
				(ink.Min.X > 90 || name.Min.X > 84) {
				t.Errorf("%s: words do not begin at their side: %v, %v", tag, ink, name)
			}
		}
	}
}

func TestCardsAreTheSameASecondTime(t *testing.T) {
	for tag, title := range spoken {
		const card = "cards/incidents/it.png"
		if !bytes.Equal(publishOne(t, titled(tag, title), incident, card), publishOne(t, titled(tag, title), incident, card)) {
			t.Errorf("%s: the card is drawn differently a second time", tag)
		}
	}
}

func TestHanCharactersHaveTheFormOfTheirLanguage(t *testing.T) {
	drawn := map[string]string{}
	for _, tag := range []string{"ja", "zh-Hans", "zh-Hant"} {
		card := cardOf(t, tag, "直骨角", "incidents/it").SubImage(cardTitle).(*image.Paletted)
		for other, picture := range drawn {
			if picture == inkOf(card) {
				t.Errorf("直骨角 is the same in %s and in %s", tag, other)
			}
		}
		drawn[tag] = inkOf(card)
	}
	if hongKong := cardOf(t, "zh-HK", "直骨角", "incidents/it").SubImage(cardTitle).(*image.Paletted); inkOf(hongKong) != drawn["zh-Hant"] {
		t.Error("in Hong Kong the forms are not the traditional ones")
	}
}

func TestWhatNoFontHasIsNotDrawn(t *testing.T) {
	if card := cardOf(t, "en", "மின்னஞ்சல் தாமதம்", "incidents/it"); !written(card, cardTitle).Empty() ||
		written(card, cardDetails).Empty() {
		t.Error("a title in a script without a font draws something, or takes the rest along")
	}
	plain := cardOf(t, "en", "Mail is late", "incidents/it")
	if with := cardOf(t, "en", "🚀 Mail is 🐢 late 👩\u200d🔧", "incidents/it"); inkOf(with) != inkOf(plain) {
		t.Error("a symbol that no font has leaves a trace")
	}
}

// titled is a site in one language with one incident.
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

// written is the smallest rectangle around all that differs from the paper.
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

// inkOf is where a picture is dark.
func inkOf(card *image.Paletted) string {
	var ink []byte
	for y := card.Bounds().Min.Y; y < card.Bounds().Max.Y; y++ {
		for x := card.Bounds().Min.X; x < card.Bounds().Max.X; x++ {
			ink = append(ink, color.GrayModel.Convert(card.At(x, y)).(color.Gray).Y)
		}
	}
	return string(ink)
}
