package render

import (
	"time"

	"allclear/generator/card"
	"allclear/generator/language"
	"allclear/generator/site"
)

// A site has social cards for the home page, for each entry that is open or announced,
// and for the newest others.

// homeCardPath returns the path of the home page's card.
func homeCardPath() string { return "cards/home.png" }

// cardPath returns the path of an entry's card.
func cardPath(e *site.Entry) string { return "cards/" + e.Kind.Folder() + "/" + e.Slug + ".png" }

// cards returns the social cards, which are drawn when their bytes are asked for. There
// are none without a site URL, since link previews need absolute addresses.
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

// cardFile returns the file of a card that newCard describes.
func (v view) cardFile(path string, newCard func() card.Card) File {
	f := File{Path: v.lang.Path(path), Append: func(into []byte) ([]byte, error) { return newCard().AppendPNG(into) }}
	if v.keyed() {
		// The settings are not part of the key: a card shows nothing of them but the texts
		// in newCard, and the fonts are part of the program.
		f.Key = func() Key { return keyOf(v.program, nil, "card", newCard()) }
	}
	return f
}

// cardLang returns what drawing a text needs to know about its language.
func cardLang(l *language.Language) card.Lang { return card.Lang{Script: l.Script(), Dir: l.Dir} }

// homeCard returns the card of the home page: the overall answer; since when and how far
// the worst that is open is; the time of all this; and at its foot the last days.
func (v siteView) homeCard() card.Card {
	a := v.answer()
	c := card.Card{
		Lang: cardLang(v.lang), Site: v.text(v.site.Title), Title: a.Sentence, TitleLang: cardLang(v.lang),
		Symbol: looks[a.Class].symbol(), Accent: v.accent(), Logo: v.cardLogo, Foot: v.dayBlocks(),
	}
	if worst := v.outageReason(); worst != nil {
		c.Details = append(c.Details, v.phaseWord(worst.Phase(v.now)), v.sinceLine(v.at(worst).duration().Start, v.now))
	}
	c.Details = append(c.Details, v.lang.Isolate(v.moment(v.now).Text))
	return c
}

// entryCard returns the card of an entry: title, phase and times, and what an incident did
// over time.
func (v entryView) entryCard() card.Card {
	e := v.entry
	c := card.Card{
		Lang: cardLang(v.lang), Site: v.text(v.site.Title), Title: v.text(e.Title), TitleLang: cardLang(v.lang),
		Symbol: looks[v.entryClass()].symbol(), Accent: v.accent(), Logo: v.cardLogo, Foot: v.laneBlocks(),
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
	if whole.End.IsZero() && !e.Notice() {
		c.Details[1] = v.sinceLine(whole.Start, time.Time{})
	}
	return c
}

// sinceLine says since when something goes on; without the date if that is the day of near.
func (v pageView) sinceLine(start, near time.Time) string {
	since := v.clockTime(start, near)
	return v.lang.Isolate(v.say(since.form("span.since"), "time", since.Text, "hour", since.hour()))
}

// accent returns the operator's accent color for a card, or "".
func (v pageView) accent() string {
	color, ok := site.ParseColor(v.site.Brand.Accent)
	if !ok {
		return ""
	}
	return color.Hex()
}
