package card

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	written "github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	pixel "golang.org/x/image/math/fixed"

	"allclear/generator/language"
)

// style is how a text is set.
type style struct {
	size float64 // in pixels
	bold bool
	lang Lang
}

// textLine is one line of a text as it is drawn: its glyphs from left to right.
type textLine struct {
	glyphs []glyph
	width  float64 // in pixels
}

// shaper makes lines of glyphs from text: it joins Arabic letters, orders those of
// Indian syllables and runs each script its own way. It serves one goroutine at a
// time, and what it made holds until it is asked again.
type shaper struct {
	faces    faces
	harfbuzz shaping.HarfbuzzShaper
	parts    shaping.Segmenter
	wrapper  shaping.LineWrapper
}

var shapers = sync.Pool{New: func() any { return &shaper{faces: faces{}} }}

// textRun is a text that is about to be set.
type textRun struct {
	style
	runes []rune
	fonts []*family
	rtl   bool
}

// newTextRun is nil where no font has the letters, or there are none.
func newTextRun(words string, s style) *textRun {
	fonts := fontsFor(words)
	words = strings.TrimSpace(renderable(words, fonts))
	if words == "" {
		return nil
	}
	return &textRun{style: s, runes: withBreaks(words), fonts: fonts, rtl: language.RunsRightToLeft(words, s.lang.Dir)}
}

// tall reports whether lines need more room than Latin ones do.
func (t *textRun) tall() bool {
	return slices.ContainsFunc(t.fonts, func(f *family) bool { return f.tall })
}

const (
	mayBreak = '\u200b' // zero width space
	noBreak  = '\u2060' // word joiner
)

// withBreaks is a text with invisible signs for where a line may end, in the two
// scripts in which Unicode's rules for that are not what readers expect. Korean has
// spaces between its words, and they stay whole. Thai has none: lines end at
// syllables, before a vowel that begins one and after one that ends one, because no
// dictionary is at hand that knows the words.
func withBreaks(text string) []rune {
	var runes []rune
	last := ' '
	for _, r := range text {
		switch {
		case (unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Hangul, last)) && inWord(r) && inWord(last):
			runes = append(runes, noBreak)
		case last != ' ' && ('เ' <= r && r <= 'ไ') || (last == 'ะ' || last == 'ๆ') && unicode.Is(unicode.Thai, r):
			runes = append(runes, mayBreak)
		}
		runes, last = append(runes, r), r
	}
	return runes
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// shape makes glyphs of a text, in the order of reading.
func (s *shaper) shape(t *textRun) []shaping.Output {
	whole := shaping.Input{
		Text: t.runes, RunEnd: len(t.runes), Direction: direction(t.rtl), Size: pixel.Int26_6(t.size * 64),
		Language: written.NewLanguage(t.lang.Script),
	}
	var runs []shaping.Output
	for _, part := range s.parts.Split(whole, fontChain{s.faces, t.fonts, t.bold}) {
		part.Language = whole.Language
		runs = append(runs, s.harfbuzz.Shape(part))
	}
	return runs
}

func direction(rtl bool) di.Direction {
	if rtl {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// lines sets a text in at most so many lines of a width in pixels. What exceeds
// them is cut, with an ellipsis. It reports whether all stands there, with no word
// broken.
func (s *shaper) lines(t *textRun, room float64, most int) ([]textLine, bool) {
	if whole, ok := s.wrapBy(t, room, most, shaping.Never); ok {
		return whole, true
	}
	lines, _ := s.wrapBy(t, room, most, shaping.WhenNecessary)
	return lines, false
}

func (s *shaper) wrapBy(t *textRun, room float64, most int, words shaping.LineBreakPolicy) ([]textLine, bool) {
	dots := *t
	dots.runes = []rune("…")
	config := shaping.WrapConfig{Direction: direction(t.rtl), TruncateAfterLines: most, Truncator: s.shape(&dots)[0], BreakPolicy: words}
	set, cut := s.wrapper.WrapParagraphF(config, pixel.Int26_6(room*64), t.runes, shaping.NewSliceIterator(s.shape(t)))
	var lines []textLine
	fits := cut == 0
	for _, runs := range set {
		l := visualLine(runs)
		lines, fits = append(lines, l), fits && l.width <= room
	}
	return lines, fits
}

// visual puts the glyphs of a line in the order of the eye.
func visualLine(runs shaping.Line) textLine {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	var l textLine
	var dot pixel.Int26_6
	for _, run := range runs {
		for _, g := range run.Glyphs {
			x, y := dot+g.XOffset, -g.YOffset
			l.glyphs = append(l.glyphs, glyph{
				face: run.Face, id: g.GlyphID, size: pixels(run.Size), x: pixels(x), y: pixels(y),
				left: pixels(x + g.XBearing), right: pixels(x + g.XBearing + g.Width),
				top: pixels(y - g.YBearing), bottom: pixels(y - g.YBearing - g.Height),
			})
			dot += g.Advance
		}
	}
	l.width = float64(dot) / 64
	return l
}

func pixels(x pixel.Int26_6) float32 { return float32(x) / 64 }

// Width returns the width of one line of a text in the regular weight, for a size, both
// in pixels. It reports false if the text has a letter that no font has, or nothing that
// can be drawn.
func Width(words string, size float64, lang Lang) (float64, bool) {
	t := newTextRun(words, style{size: size, lang: lang})
	if t == nil {
		return 0, false
	}
	set := shapers.Get().(*shaper)
	defer shapers.Put(set)
	width := pixel.Int26_6(0)
	for _, run := range set.shape(t) {
		width += run.Advance
	}
	return float64(width) / 64, true
}
