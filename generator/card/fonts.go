package card

import (
	"bytes"
	"embed"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// fontFiles are subsets of Google's Noto fonts (fonts/README.md says which). A file is
// parsed when a text first needs it.
//
//go:embed fonts/*.ttf fonts/*.otf
var fontFiles embed.FS

// family is a typeface in the two weights that cards use.
type family struct {
	regular, bold func() *font.Font
	scripts       []*unicode.RangeTable // the scripts that it is used for; nil: Latin, Greek and Cyrillic
	tallLines     bool                  // its letters reach further up and down, so lines need to be further apart
}

// Go's own fonts have the letters of most European languages. A text with a letter that
// they lack is set in Noto Sans as a whole, so that no word mixes two typefaces.
var (
	goFonts  = &family{regular: parsed(goregular.TTF), bold: parsed(gobold.TTF)}
	notoSans = noto("NotoSans")
	cjk      = &family{
		regular: embedded("NotoSansCJK-Medium.otf"), bold: embedded("NotoSansCJK-Medium.otf"),
		scripts: []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, fullWidth},
	}
	otherFamilies = []*family{
		cjk,
		noto("NotoSansArabic", unicode.Arabic).withTallLines(),
		noto("NotoSansDevanagari", unicode.Devanagari).withTallLines(),
		noto("NotoSansHebrew", unicode.Hebrew),
		noto("NotoSansThai", unicode.Thai).withTallLines(),
	}
)

// fullWidth is the punctuation that only Chinese, Japanese and Korean use: CJK Symbols
// and Punctuation, the Katakana middle dot and prolonged sound mark, and Halfwidth and
// Fullwidth Forms.
var fullWidth = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x3000, Hi: 0x303f, Stride: 1}, {Lo: 0x30fb, Hi: 0x30fc, Stride: 1}, {Lo: 0xff00, Hi: 0xffef, Stride: 1},
}}

func noto(name string, scripts ...*unicode.RangeTable) *family {
	return &family{regular: embedded(name + "-Regular.ttf"), bold: embedded(name + "-Bold.ttf"), scripts: scripts}
}

func (f *family) withTallLines() *family {
	f.tallLines = true
	return f
}

// isFor reports whether a letter belongs to one of the family's scripts.
func (f *family) isFor(r rune) bool { return unicode.IsOneOf(f.scripts, r) }

// has reports whether the family has a glyph for a letter.
func (f *family) has(r rune) bool {
	_, ok := f.regular().NominalGlyph(r)
	return ok
}

func (f *family) weight(bold bool) *font.Font {
	if bold {
		return f.bold()
	}
	return f.regular()
}

// embedded returns a function that parses an embedded font at its first call.
func embedded(name string) func() *font.Font {
	return sync.OnceValue(func() *font.Font {
		file, err := fontFiles.Open("fonts/" + name)
		if err != nil {
			panic(err) // it is compiled in
		}
		return mustParse(file.(opentype.Resource))
	})
}

// parsed returns a function that parses a TrueType font at its first call.
func parsed(ttf []byte) func() *font.Font {
	return sync.OnceValue(func() *font.Font { return mustParse(bytes.NewReader(ttf)) })
}

func mustParse(file opentype.Resource) *font.Font {
	loader, err := opentype.NewLoader(file)
	if err == nil {
		var f *font.Font
		if f, err = font.NewFont(loader); err == nil {
			return f
		}
	}
	panic(err) // the font is compiled in
}

// faces are the fonts that a shaper has used. A face caches glyphs and is not safe for
// use by several goroutines, so that each shaper has its own.
type faces map[*font.Font]*font.Face

func (f faces) of(name *font.Font) *font.Face {
	face := f[name]
	if face == nil {
		face = font.NewFace(name)
		f[name] = face
	}
	return face
}

// fontChain is the families that a text is set in, in order of preference.
type fontChain struct {
	faces    faces
	families []*family
	bold     bool
}

// ResolveFace returns the face of the first family that has a letter. The segmenter calls
// it for each letter. Letters that no family has were removed before, by drawable.
func (c fontChain) ResolveFace(r rune) *font.Face {
	for _, f := range c.families {
		if f.has(r) {
			return c.faces.of(f.weight(c.bold))
		}
	}
	return c.faces.of(c.families[0].weight(c.bold))
}

// fontsFor returns the families for a text, in order of preference. In a text with
// Chinese, Japanese or Korean characters, Latin letters and digits come from the CJK
// family too, as is usual there.
func fontsFor(text string) []*family {
	var used []*family
	for _, f := range otherFamilies {
		for _, r := range text {
			if f.isFor(r) && f.has(r) {
				used = append(used, f)
				break
			}
		}
	}
	if len(used) > 0 && used[0] == cjk {
		return append(used, goFonts, notoSans)
	}
	for _, r := range text {
		if !goFonts.has(r) && unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Mn) && notoSans.has(r) {
			return append([]*family{notoSans, goFonts}, used...)
		}
	}
	return append([]*family{goFonts, notoSans}, used...)
}

const (
	softHyphen      = '\u00ad'
	zeroWidthJoiner = '\u200d'
)

// drawable returns a text without the symbols that none of the fonts has, such as emoji.
// If it has a letter, a digit or an accent that none of them has, the result is "": a word
// with a letter missing is another word.
func drawable(text string, fonts []*family) string {
	var kept []rune
	removed := false // the last character
letters:
	for _, r := range text {
		switch {
		case r == softHyphen: // a line that ends there would need a hyphen
			continue
		case unicode.IsControl(r):
			r = ' '
		}
		if unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			if !removed || r != ' ' && r != zeroWidthJoiner { // a space or joiner after a removed symbol goes with it
				kept = append(kept, r)
			}
			continue
		}
		for _, f := range fonts {
			if f.has(r) {
				kept, removed = append(kept, r), false
				continue letters
			}
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r) {
			return ""
		}
		removed = true
	}
	return string(kept)
}

// glyph is a glyph of a font at its place on a line. Positions are in pixels from the
// start of the baseline; y grows downwards.
type glyph struct {
	face                     *font.Face
	id                       font.GID
	size                     float32 // of the font, in pixels
	x, y                     float32
	left, top, right, bottom float32 // the box around its outline
}

// blank reports whether there is nothing to draw, as for a space.
func (g glyph) blank() bool { return g.left == g.right }

// trace traces the outline of a glyph on a line that begins at x, y. Each product is
// rounded to float32 before it is added, because a processor that fuses the two would
// give another result.
func (g glyph) trace(p *pen, x, y float32) {
	outline, _ := g.face.GlyphDataOutline(g.id)
	scale := g.size / float32(g.face.Upem())
	x, y = x+g.x, y+g.y
	at := func(s opentype.SegmentPoint) (float32, float32) {
		return x + float32(s.X*scale), y - float32(s.Y*scale)
	}
	for i, s := range outline.Segments {
		x1, y1 := at(s.Args[0])
		x2, y2 := at(s.Args[1])
		x3, y3 := at(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				p.ClosePath()
			}
			p.MoveTo(x1, y1)
		case opentype.SegmentOpLineTo:
			p.LineTo(x1, y1)
		case opentype.SegmentOpQuadTo:
			p.QuadTo(x1, y1, x2, y2)
		case opentype.SegmentOpCubeTo:
			p.CubeTo(x1, y1, x2, y2, x3, y3)
		}
	}
	p.ClosePath()
}
