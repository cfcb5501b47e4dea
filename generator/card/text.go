package card

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	bcp47 "github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"allclear/generator/language"
)

// style is how a text is set.
type style struct {
	size float64 // of the font, in pixels
	bold bool
	lang Lang
}

// textLine is one line of text, ready to be drawn: its glyphs from left to right.
type textLine struct {
	glyphs []glyph
	width  float64 // in pixels
}

// shaper turns text into lines of glyphs with HarfBuzz, which joins Arabic letters and
// puts the parts of Indian syllables in order. It is used by one goroutine at a time; get
// one from shapers and put it back. Its results are valid until its next call.
type shaper struct {
	faces     faces
	harfbuzz  shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	wrapper   shaping.LineWrapper
}

var shapers = sync.Pool{New: func() any { return &shaper{faces: faces{}} }}

// textRun is a text with the fonts and the direction that it will be set in.
type textRun struct {
	style
	runes []rune
	fonts []*family
	rtl   bool
}

// newTextRun returns nil if the text is empty, or has a letter that no font has.
func newTextRun(text string, s style) *textRun {
	fonts := fontsFor(text)
	text = strings.TrimSpace(drawable(text, fonts))
	if text == "" {
		return nil
	}
	return &textRun{style: s, runes: withBreaks(text), fonts: fonts, rtl: language.RunsRightToLeft(text, s.lang.Dir)}
}

// tallLines reports whether the lines must be further apart than those of Latin text.
func (t *textRun) tallLines() bool {
	return slices.ContainsFunc(t.fonts, func(f *family) bool { return f.tallLines })
}

const (
	zeroWidthSpace = '\u200b' // allows a line break
	wordJoiner     = '\u2060' // forbids one
)

// withBreaks adds invisible characters that allow or forbid a line break in the two
// scripts for which the rules of Unicode (UAX 14) are not what readers expect:
//
//   - Korean has spaces between its words. UAX 14 breaks between any two syllables; here
//     words stay whole.
//   - Thai has no spaces, and UAX 14 needs a dictionary. Without one, lines break before
//     a vowel that begins a syllable and after one that ends it.
func withBreaks(text string) []rune {
	var runes []rune
	last := ' '
	for _, r := range text {
		switch {
		case (unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Hangul, last)) && inWord(r) && inWord(last):
			runes = append(runes, wordJoiner)
		case last != ' ' && ('เ' <= r && r <= 'ไ') || (last == 'ะ' || last == 'ๆ') && unicode.Is(unicode.Thai, r):
			runes = append(runes, zeroWidthSpace)
		}
		runes, last = append(runes, r), r
	}
	return runes
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// shape returns the glyphs of a text in logical order, the order of reading. Each output
// is a part of the text in one font, script and direction.
func (s *shaper) shape(t *textRun) []shaping.Output {
	whole := shaping.Input{
		Text: t.runes, RunEnd: len(t.runes), Direction: direction(t.rtl), Size: fixed.Int26_6(t.size * 64),
		Language: bcp47.NewLanguage(t.lang.Script),
	}
	var outputs []shaping.Output
	for _, part := range s.segmenter.Split(whole, fontChain{s.faces, t.fonts, t.bold}) {
		part.Language = whole.Language
		outputs = append(outputs, s.harfbuzz.Shape(part))
	}
	return outputs
}

func direction(rtl bool) di.Direction {
	if rtl {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// wrap breaks a text into at most maxLines lines of a width in pixels. If it needs more,
// the last one ends with an ellipsis; a word that is wider than a line is broken. It
// reports whether neither was necessary.
func (s *shaper) wrap(t *textRun, width float64, maxLines int) ([]textLine, bool) {
	if lines, fits := s.wrapWith(t, width, maxLines, shaping.Never); fits {
		return lines, true
	}
	lines, _ := s.wrapWith(t, width, maxLines, shaping.WhenNecessary)
	return lines, false
}

// wrapWith is wrap with a policy for breaks within words. It reports whether the whole
// text fits.
func (s *shaper) wrapWith(t *textRun, width float64, maxLines int, withinWords shaping.LineBreakPolicy) ([]textLine, bool) {
	ellipsis := *t
	ellipsis.runes = []rune("…")
	config := shaping.WrapConfig{
		Direction: direction(t.rtl), TruncateAfterLines: maxLines, Truncator: s.shape(&ellipsis)[0], BreakPolicy: withinWords,
	}
	wrapped, truncated := s.wrapper.WrapParagraphF(config, fixed.Int26_6(width*64), t.runes, shaping.NewSliceIterator(s.shape(t)))
	var lines []textLine
	fits := truncated == 0
	for _, outputs := range wrapped {
		l := visualLine(outputs)
		lines, fits = append(lines, l), fits && l.width <= width
	}
	return lines, fits
}

// visualLine puts the glyphs of a line in visual order, from left to right.
func visualLine(logical shaping.Line) textLine {
	visual := slices.Clone(logical)
	slices.SortFunc(visual, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	var l textLine
	var origin fixed.Int26_6 // of the next glyph
	for _, part := range visual {
		for _, g := range part.Glyphs {
			x, y := origin+g.XOffset, -g.YOffset
			l.glyphs = append(l.glyphs, glyph{
				face: part.Face, id: g.GlyphID, size: pixels(part.Size), x: pixels(x), y: pixels(y),
				left: pixels(x + g.XBearing), right: pixels(x + g.XBearing + g.Width),
				top: pixels(y - g.YBearing), bottom: pixels(y - g.YBearing - g.Height),
			})
			origin += g.Advance
		}
	}
	l.width = float64(origin) / 64
	return l
}

// pixels converts from 26.6 fixed point, which counts sixty-fourths of a pixel.
func pixels(x fixed.Int26_6) float32 { return float32(x) / 64 }

// Width returns the width of a text on one line in the regular weight. The size of the
// font and the width are in pixels. It reports false if the text cannot be drawn: it is
// empty, or has a letter that no font has.
func Width(text string, size float64, lang Lang) (float64, bool) {
	t := newTextRun(text, style{size: size, lang: lang})
	if t == nil {
		return 0, false
	}
	s := shapers.Get().(*shaper)
	defer shapers.Put(s)
	width := fixed.Int26_6(0)
	for _, part := range s.shape(t) {
		width += part.Advance
	}
	return float64(width) / 64, true
}
