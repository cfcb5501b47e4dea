package card

import (
	"strings"
	"testing"
)

var langs = map[string]Lang{
	"ar": {"ar-Arab", "rtl"}, "fa": {"fa-Arab", "rtl"}, "he": {"he-Hebr", "rtl"}, "hi": {"hi-Deva", "ltr"}, "th": {"th-Thai", "ltr"},
	"ja": {"ja-Jpan", "ltr"}, "ko": {"ko-Kore", "ltr"}, "zh-Hans": {"zh-Hans", "ltr"}, "zh-Hant": {"zh-Hant", "ltr"},
	"cs": {"cs-Latn", "ltr"}, "de": {"de-Latn", "ltr"}, "el": {"el-Grek", "ltr"}, "en": {"en-Latn", "ltr"}, "vi": {"vi-Latn", "ltr"},
}

func width(text string, l Lang) float64 {
	w, _ := Width(text, 40, l)
	return w
}

// wrap returns the lines of a text, as they are drawn.
func wrap(t *testing.T, text string, s style, width float64, maxLines int) ([]textLine, bool) {
	t.Helper()
	run := newTextRun(text, s)
	if run == nil {
		t.Fatalf("%q has no font", text)
	}
	return (&shaper{faces: faces{}}).wrap(run, width, maxLines)
}

func TestArabicLettersAreJoined(t *testing.T) {
	arabic := langs["ar"]
	joined, apart := width("ببب", arabic), width("ب\u200cب\u200cب", arabic)
	if joined >= apart*0.9 {
		t.Errorf("three letters are %.0f pixels wide when joined, %.0f when they are not", joined, apart)
	}
}

func TestASyllableOfHindiIsPutTogether(t *testing.T) {
	hindi := langs["hi"]
	if conjunct, letters := width("क्ष", hindi), width("क", hindi)+width("ष", hindi); conjunct >= letters*0.9 {
		t.Errorf("क्ष is %.0f pixels wide, its letters %.0f", conjunct, letters)
	}
	syllable, _ := wrap(t, "कि", style{size: 40, lang: hindi}, 400, 1)
	consonant, _ := wrap(t, "क", style{size: 40, lang: hindi}, 400, 1)
	if glyphs := syllable[0].glyphs; len(glyphs) != 2 || glyphs[1].id != consonant[0].glyphs[0].id {
		t.Errorf("the vowel of कि does not stand before its consonant: %v", glyphs)
	}
}

func TestWordsOfTwoDirectionsStandInTheOrderOfTheReader(t *testing.T) {
	hebrew := style{size: 40, lang: langs["he"]}
	mixed, _ := wrap(t, "אב API", hebrew, 1000, 1)
	latin, _ := wrap(t, "API", hebrew, 1000, 1)
	for i, g := range latin[0].glyphs {
		if mixed[0].glyphs[i].id != g.id {
			t.Fatalf("from the left, the line does not begin with its last word, in that word's own order: %v", mixed[0].glyphs)
		}
	}
}

func TestLinesEndWhereReadersExpect(t *testing.T) {
	for _, c := range []struct {
		tag, text string
		room      float64
		lines     int
		whole     bool
	}{
		{"ja", "障害が発生しました", 200, 2, true},                   // between any two characters
		{"ja", "障害が発生。", 200, 2, true},                      // but not before a full stop
		{"ko", "이메일 발송이 지연", 150, 3, true},                  // only between words
		{"th", "การส่งอีเมลล่าช้าและเกิดข้อ", 250, 3, true}, // before a vowel that begins a syllable
		{"de", "Donaudampfschifffahrt", 200, 3, false},
		{"en", "Errors on the public API", 200, 3, true},
	} {
		lines, whole := wrap(t, c.text, style{size: 40, lang: langs[c.tag]}, c.room, 9)
		if len(lines) != c.lines || whole != c.whole {
			t.Errorf("%s is set in %d lines, whole: %v", c.text, len(lines), whole)
		}
		for _, l := range lines {
			if l.width > c.room {
				t.Errorf("a line of %s is %.0f pixels wide", c.text, l.width)
			}
		}
	}
	if got := string(withBreaks("และเกิด")); got != "และ\u200bเกิด" {
		t.Errorf("%q", got)
	}
}

func TestWhatDoesNotFitEndsWithAnEllipsis(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		text := map[string]string{"en": "Errors on the public API", "ar": "تأخر وصول الرسائل الإلكترونية"}[tag]
		s := style{size: 40, lang: langs[tag]}
		lines, whole := wrap(t, strings.Repeat(text+" ", 5), s, 400, 2)
		dots, _ := wrap(t, "…", s, 400, 1)
		if whole || len(lines) != 2 || lines[1].width > 400 {
			t.Fatalf("%s: %d lines, whole: %v", tag, len(lines), whole)
		}
		end := lines[1].glyphs[len(lines[1].glyphs)-1]
		if tag == "ar" {
			end = lines[1].glyphs[0] // the left is the end
		}
		if end.id != dots[0].glyphs[0].id {
			t.Errorf("%s: the last line ends with something else", tag)
		}
	}
}
