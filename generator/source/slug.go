package source

import (
	"strings"
	"unicode"
)

// reservedNames are device names, which cannot be names of files or folders on Windows.
var reservedNames = strings.Fields("con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 " +
	"lpt6 lpt7 lpt8 lpt9")

// maxSlug is the maximum length of a slug, in characters.
const maxSlug = 100

// slugProblem returns what is wrong with a slug and suggests a better one. message is ""
// for a valid slug.
func slugProblem(slug string) (message, hint string) {
	if wellFormedSlug(slug) && len(slug) <= maxSlug && !reserved(slug) {
		return "", ""
	}
	better := slugify(slug)
	if better == "" {
		better = "incident"
	}
	switch {
	case slug == "":
		return "the file has no name before its extension", "name it after its date and subject: 2025-07-25-smtp.md"
	case reserved(slug):
		return "the name " + quoted(slug) + " is reserved by Windows", "rename it, for example to " + better + "-1.md"
	case len(slug) > maxSlug:
		return "the name is longer than 100 characters", "shorten it: it is the page's address"
	}
	return "the name " + quoted(slug) + " cannot be an address: it may only contain lower-case letters, digits, - and _",
		"rename it to " + better + ".md"
}

// wellFormedSlug reports whether a slug is not empty and contains only lower-case
// letters, digits, - and _.
func wellFormedSlug(slug string) bool {
	for i := 0; i < len(slug); i++ {
		c := slug[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return slug != ""
}

// reserved reports whether a name is reserved on Windows.
func reserved(name string) bool {
	for _, r := range reservedNames {
		if strings.EqualFold(name, r) {
			return true
		}
	}
	return false
}

// latin replaces accented letters by plain ones.
var latin = strings.NewReplacer(
	"ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "ø", "o", "å", "a",
	"á", "a", "à", "a", "â", "a", "ã", "a", "ą", "a", "ç", "c", "č", "c", "ć", "c", "ď", "d",
	"é", "e", "è", "e", "ê", "e", "ë", "e", "ě", "e", "ę", "e", "ğ", "g", "í", "i", "ì", "i", "î", "i", "ï", "i", "ı", "i",
	"ł", "l", "ñ", "n", "ň", "n", "ń", "n", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ř", "r", "š", "s", "ś", "s", "ş", "s",
	"ť", "t", "ú", "u", "ù", "u", "û", "u", "ů", "u", "ý", "y", "ž", "z", "ź", "z", "ż", "z",
)

// slugify makes an address from any text: "Public API" becomes public-api. It returns ""
// if the text has no letter or digit that fits.
func slugify(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range latin.Replace(strings.ToLower(text)) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
		if b.Len() >= maxSlug-10 {
			break
		}
	}
	return b.String()
}

// Slug makes the file name of an entry, without .md, from its title: lower-case letters,
// digits, hyphens and underscores. It returns "" if the title has no letter or digit
// that fits.
func Slug(title string) string { return slugify(title) }

// anchorID makes an id for a heading. It keeps letters of any script.
func anchorID(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// identifier reports whether the id of a component or region is valid: letters, digits
// and hyphens.
func identifier(id string) bool {
	for i := 0; i < len(id); i++ {
		c := id[i] | 0x20
		if !('a' <= c && c <= 'z' || '0' <= id[i] && id[i] <= '9' || id[i] == '-') {
			return false
		}
	}
	return id != "" && len(id) <= maxSlug
}

// languageTag reports whether a tag is well formed by BCP 47: parts of letters and
// digits joined by hyphens, the first of two or three letters.
func languageTag(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3) {
			return false
		}
		for j := 0; j < len(part); j++ {
			c := part[j] | 0x20
			digit := '0' <= part[j] && part[j] <= '9'
			if !('a' <= c && c <= 'z') && (!digit || i == 0) {
				return false
			}
		}
	}
	return true
}
