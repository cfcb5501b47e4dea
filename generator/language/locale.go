package language

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	format "golang.org/x/text/message"
	digits "golang.org/x/text/number"
	"golang.org/x/text/unicode/bidi"

	"allclear/generator/memo"
)

// locale gives access to what Unicode's Common Locale Data Repository (CLDR), which
// golang.org/x/text carries, knows of a language. The zero locale has the plural
// category other only, and writes numbers as English does.
type locale struct{ tag language.Tag }

// parseLocale parses a BCP 47 tag. A well-formed tag with unknown parts is no error.
func parseLocale(tag string) (locale, error) {
	parsed, err := language.Parse(tag)
	if _, unknown := err.(language.ValueError); unknown {
		return locale{parsed}, nil
	}
	if err != nil {
		return locale{}, fmt.Errorf("%q is no language tag", tag)
	}
	return locale{parsed}, nil
}

// territory returns the language and the territory in which most people speak it.
func (l locale) territory() string {
	base, _ := l.tag.Base()
	territory, _ := l.tag.Region()
	return base.String() + "_" + territory.String()
}

// categories are the names of CLDR's plural categories, in its order.
var categories = []string{"zero", "one", "two", "few", "many", "other"}

var categoryNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// plural returns the plural category of a whole number.
func (l locale) plural(n int) string {
	return categoryNames[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]
}

// plurals returns the plural categories that the language has, with those of fractions.
func (l locale) plurals() []string {
	has := map[string]bool{l.plural(1_000_000): true, "other": true}
	for n := range 200 {
		has[l.plural(n)] = true
	}
	has[categoryNames[plural.Cardinal.MatchPlural(l.tag, 1, 1, 1, 5, 5)]] = true
	return slices.DeleteFunc(slices.Clone(categories), func(name string) bool { return !has[name] })
}

// single reports whether a plural category has a single number, not counting zero. A
// text for it need not say the number.
func (l locale) single(category string) bool {
	count := 0
	for n := 1; n < 200; n++ {
		if l.plural(n) == category {
			count++
		}
	}
	return count == 1
}

// number writes a whole number with the language's thousands separator. The digits
// are Latin in every language, so that they match those in reports, graphs and
// consoles.
func (l locale) number(n int) string {
	if -1000 < n && n < 1000 || -10_000 < n && n < 10_000 && l.separatesLate() {
		return strconv.Itoa(n)
	}
	return l.printer().Sprint(digits.Decimal(n))
}

// groupsFromFive says which languages separate thousands only in numbers of five
// digits and more: 3060, but 12.345. It is CLDR's minimumGroupingDigits, which
// golang.org/x/text does not have. A language's value holds for its regions, unless
// they have one of their own.
var groupsFromFive = map[string]bool{
	"be": true, "bg": true, "es": true, "es-419": false, "et": true, "hu": true, "hy": true, "it": true,
	"ka": true, "lv": true, "pl": true, "pt-PT": true, "sl": true, "sq": true,
}

func (l locale) separatesLate() bool {
	for tag := l.tag; tag != language.Und; tag = tag.Parent() {
		if late, known := groupsFromFive[tag.String()]; known {
			return late
		}
	}
	return false
}

// decimal writes a number in digits, such as 99.98, with the language's decimal mark.
func (l locale) decimal(text string) string {
	whole, fraction, ok := strings.Cut(text, ".")
	if !ok {
		return text
	}
	mark, _ := decimalMark(l)
	return whole + mark + fraction
}

// decimalMark returns what a language writes between a whole number and its decimals.
var decimalMark = memo.Func(func(l locale) (string, error) {
	return strings.Trim(l.printer().Sprint(digits.Decimal(1.5)), "15"), nil
})

func (l locale) printer() *format.Printer {
	latin, err := l.tag.SetTypeForKey("nu", "latn")
	if err != nil {
		latin = l.tag
	}
	return format.NewPrinter(latin)
}

// upper writes a text in capitals: the Turkish i keeps its dot.
func (l locale) upper(text string) string { return cases.Upper(l.tag).String(text) }

// rightToLeft reports whether the script that the language is usually written in
// runs from right to left.
func (l locale) rightToLeft() bool {
	script, _ := l.tag.Script()
	return slices.Contains([]string{"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"}, script.String())
}

// script returns the language with the script that it is usually written in.
func (l locale) script() string {
	base, _ := l.tag.Base()
	script, _ := l.tag.Script()
	return base.String() + "-" + script.String()
}

// RunsRightToLeft reports whether a text as a whole is written from right to left. That
// is so if its language is (dir is "rtl", not "ltr"), unless all of its letters are of
// scripts that run the other way.
func RunsRightToLeft(text, dir string) bool {
	left, right := false, false
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		right = right || p.Class() == bidi.L
		left = left || p.Class() == bidi.R || p.Class() == bidi.AL
	}
	if left != right {
		return left
	}
	return dir == "rtl"
}

// startsRightToLeft reports whether the first letter of a text is one of a script
// that runs from right to left.
func startsRightToLeft(text string) bool {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// nearest returns the theme's language that readers of a tag understand best: zh-Hant
// for zh-TW, pt-BR for pt. A related language is not enough: Danish does not replace
// Norwegian.
func nearest(theme fs.FS, tag string) (string, bool) {
	wanted, err := parseLocale(tag)
	if err != nil {
		return "", false
	}
	base, _ := wanted.tag.Base()
	var names []string
	var tags []language.Tag
	for _, name := range tagsIn(theme) {
		if strings.EqualFold(name, tag) {
			return name, true
		}
		known, err := parseLocale(name)
		if err != nil {
			continue
		}
		if own, _ := known.tag.Base(); own == base {
			names, tags = append(names, name), append(tags, known.tag)
		}
	}
	if len(tags) == 0 || base.String() == "und" {
		return "", false
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted.tag)
	return names[i], confidence > language.No
}

// tagsIn returns the tags of a theme's language files.
func tagsIn(theme fs.FS) []string {
	files, err := fs.Glob(theme, "languages/*.yml")
	if err != nil {
		return nil
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(file, "languages/"), ".yml")
	}
	return files
}

// Territory returns the language with its territory, as Open Graph's og:locale has it:
// pt_BR. If the tag has no territory, it is the one with most speakers: en_US for en.
func (l *Language) Territory() string { return l.locale.territory() }

// Script returns the language with its script, as BCP 47: zh-Hant for zh-HK, de-Latn for
// de. Fonts choose the forms of Han characters by it.
func (l *Language) Script() string { return l.locale.script() }
