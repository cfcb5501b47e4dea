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

// fontFiles are parts of Google's Noto fonts; fonts/README.md says which. They
// stay unread until a picture has a letter of theirs.
//
//go:embed fonts/*.ttf fonts/*.otf
var fontFiles embed.FS

// family is a design of letters in the two weights that a card has.
type family struct {
	regular, bold func() *font.Font
	scripts       []*unicode.RangeTable // nil: those of Europe
	tall          bool                  // what stands above and below the letters needs room
}

// The first face is Go's own, which knows the letters of most European languages;
// where it lacks one, a text is set in the second as a whole.
var (
	goFonts  = &family{regular: parsed(goregular.TTF), bold: parsed(gobold.TTF)}
	notoSans = noto("NotoSans")
	cjk      = &family{
		regular: embedded("NotoSansCJK-Medium.otf"), bold: embedded("NotoSansCJK-Medium.otf"),
		scripts: []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, fullWidth},
	}
	others = []*family{
		cjk,
		noto("NotoSansArabic", unicode.Arabic).withTallLines(),
		noto("NotoSansDevanagari", unicode.Devanagari).withTallLines(),
		noto("NotoSansHebrew", unicode.Hebrew),
		noto("NotoSansThai", unicode.Thai).withTallLines(),
	}
)

// fullWidth is punctuation that only Chinese, Japanese and Korean use.
var fullWidth = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x3000, Hi: 0x303f, Stride: 1}, {Lo: 0x30fb, Hi: 0x30fc, Stride: 1},
	{Lo: 0xff00, Hi: 0xffef, Stride: 1}}}

func noto(name string, scripts ...*unicode.RangeTable) *family {
	return &family{regular: embedded(name + "-Regular.ttf"), bold: embedded(name + "-Bold.ttf"), scripts: scripts}
}

func (f *family) withTallLines() *family {
	f.tall = true
	return f
}

// writes reports whether a letter is of a script that the family is for.
func (f *family) writes(r rune) bool { return unicode.IsOneOf(f.scripts, r) }

// has reports whether the family has a letter.
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

// carried opens a font at its first use.
func embedded(name string) func() *font.Font {
	return sync.OnceValue(func() *font.Font {
		file, err := fontFiles.Open("fonts/" + name)
		if err != nil {
			panic(err) // it is compiled in
		}
		return mustParse(file.(opentype.Resource))
	})
}

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

// faces are fonts in use. A face remembers what it was asked, so that each
// goroutine needs its own.
type faces map[*font.Font]*font.Face

func (f faces) of(name *font.Font) *font.Face {
	face := f[name]
	if face == nil {
		face = font.NewFace(name)
		f[name] = face
	}
	return face
}

// fontChain is the families that a text is set in, the first that has a letter first.
type fontChain struct {
	faces    faces
	families []*family
	bold     bool
}

// ResolveFace is what the segmenter asks for each letter. Letters that no font has
// were removed before.
func (c fontChain) ResolveFace(r rune) *font.Face {
	for _, f := range c.families {
		if f.has(r) {
			return c.faces.of(f.weight(c.bold))
		}
	}
	return c.faces.of(c.families[0].weight(c.bold))
}

// fontsFor are the families that a text needs. Where it has Chinese, Japanese or
// Korean characters, Latin letters and digits are set in their face too, so that
// all of a line is of one make.
func fontsFor(text string) []*family {
	var used []*family
	for _, f := range others {
		for _, r := range text {
			if f.writes(r) && f.has(r) {
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
	softHyphen = '\u00ad'
	zwj        = '\u200d' // zero width joiner
)

// renderable is a text without the symbols that no font has, such as emoji. Where
// a letter is missing it is empty: a word without one would be another word.
func renderable(text string, fonts []*family) string {
	var kept []rune
	left := false
letters:
	for _, r := range text {
		switch {
		case r == softHyphen: // a line that ended there would want a hyphen
			continue
		case unicode.IsControl(r):
			r = ' '
		}
		if unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			if !left || r != ' ' && r != zwj { // what joins or follows a removed letter goes with it
				kept = append(kept, r)
			}
			continue
		}
		for _, f := range fonts {
			if f.has(r) {
				kept, left = append(kept, r), false
				continue letters
			}
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r) {
			return ""
		}
		left = true
	}
	return string(kept)
}

// glyph is a shape of a font at its place on a line. All figures are pixels,
// counted from the beginning of the line's baseline, to the right and down.
type glyph struct {
	face                     *font.Face
	id                       font.GID
	size                     float32
	x, y                     float32
	left, top, right, bottom float32 // of its ink
}

func (g glyph) blank() bool { return g.left == g.right }

// trace draws the outline of a glyph on a line that begins at x, y. The figures are
// rounded one by one, so that they are the same on every processor.
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
