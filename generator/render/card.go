package render

import (
	"time"

	"allclear/generator/card"
	"allclear/generator/language"
	"allclear/generator/site"
)

// A site has social cards for the home page, each entry that is open or announced, and
// the newest others.

func homeCardPath() string { return "cards/home.png" }

func cardPath(e *site.Entry) string { return "cards/" + e.Kind.Folder() + "/" + e.Slug + ".png" }

// cards are drawn when their bytes are asked for. A site without a URL has none,
// since a link preview needs an absolute address.
func (b *build) cards() ([]File, error) {
	if b.settings.url == "" {
		return nil, nil
	}
	return b.inEach(func(v siteView) []File {
		files := []File{v.cardFile(homeCardPath(), v.homeCard)}
		for _, e := range b.withCard {
			files = append(files, v.cardFile(cardPath(e), func() card.Card { return v.final(e).entryCard() }))
		}
		return files
	}), nil
}

func (v view) cardFile(path string, shown func() card.Card) File {
	f := File{Path: v.lang.Path(path), Bytes: func() ([]byte, error) { return shown().PNG() }}
	if v.keyed() {
		// The program has the fonts; nothing else of the settings shows but what is on the card.
		f.Key = func() Key { return keyOf(v.program, nil, "card", shown()) }
	}
	return f
}

// cardLang is what drawing needs of a language.
func cardLang(l *language.Language) card.Lang { return card.Lang{Script: l.Script(), Dir: l.Dir} }

func (v view) homeCard() card.Card {
	a := v.answer()
	return card.Card{
		Lang: cardLang(v.lang), Site: v.text(v.site.Title), Title: a.Sentence, TitleLang: cardLang(v.lang),
		Details: []string{v.lang.Isolate(v.moment(v.now).Text)}, Symbol: looks[a.Class].symbol(),
	}
}

func (v entryView) entryCard() card.Card {
	e := v.entry
	c := card.Card{
		Lang: cardLang(v.lang), Site: v.text(v.site.Title), Title: v.text(e.Title), TitleLang: cardLang(v.lang),
		Symbol: looks[v.entryClass()].symbol(),
	}
	if v.untranslated(e.Title) != nil {
		c.TitleLang = cardLang(v.languages[0])
	}
	phase := v.say("word." + e.Phase(v.now).String())
	whole := v.duration()
	if e.Kind == site.Maintenance {
		whole = site.Interval{Start: e.Start.Time, End: e.End.Time}
	}
	if e.Notice() {
		phase = v.tag()
	}
	c.Details = []string{phase, v.lang.Isolate(v.spanLine(whole))}
	return c
}

// spanLine is a time from one instant to another in one line.
func (v pageView) spanLine(i site.Interval) string {
	s := v.span(i, time.Time{})
	if s.To.ISO == "" {
		return s.From.Text
	}
	return s.From.Text + "–" + s.To.Text
}
