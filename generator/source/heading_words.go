package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/site"
)

// reportSections open a report after updates; in a report they are its sections.
var reportSections = []string{"Root cause analysis", "RCA", "Retrospective", "Post-incident review"}

// statusWords maps the status words of a language, given in the order of
// site.UpdateStatus with Note after Monitoring; "|" separates synonyms.
func statusWords(list ...string) map[site.UpdateStatus][]string {
	order := []site.UpdateStatus{
		site.Investigating, site.Identified, site.Monitoring, site.Note, site.Resolved,
		site.Scheduled, site.InProgress, site.Verifying, site.Completed, site.Canceled,
	}
	out := map[site.UpdateStatus][]string{}
	for i, synonyms := range list {
		out[order[i]] = strings.Split(synonyms, "|")
	}
	return out
}

// vocabulary is the set of words that headings may have on one site. A folded word may
// mean a different status for each kind of entry: German has one word where English has
// two.
type vocabulary struct {
	words     [2]meanings      // by kind
	starting  [2][256][]string // the same words, by kind and by their first byte
	suggested [2][]string      // the words suggested in hints, by kind
	report    wordSet
	section   wordSet // names of reports that are sections inside a report
	plan      wordSet
	of        []string
}

// meanings maps folded words to statuses.
type meanings map[string]site.UpdateStatus

// of returns the status that a word means.
func (m meanings) of(word string) (status site.UpdateStatus, ok bool) {
	var room [longestHeading]byte
	status, ok = m[string(appendFolded(room[:0], strings.TrimSpace(word)))]
	return status, ok
}

// wordSet is a set of folded words.
type wordSet map[string]bool

// has reports whether a word is in the set.
func (s wordSet) has(word string) bool {
	var room [longestHeading]byte
	return s[string(appendFolded(room[:0], strings.TrimSpace(word)))]
}

// newVocabulary collects the words of English and of the site's languages. If two
// languages share a word, the first counts; English comes first.
func newVocabulary(languages []string) vocabulary {
	v := vocabulary{report: wordSet{}, section: wordSet{}, plan: wordSet{}}
	for _, name := range reportSections {
		v.section[fold(name)] = true
	}
	v.words = [2]meanings{{}, {}}
	for _, lang := range append([]string{"en"}, languages...) {
		t, ok := headingLanguages[headingLanguage(lang)]
		if !ok {
			continue
		}
		v.of = append(v.of, t.of)
		for _, name := range t.report {
			v.report[fold(name)] = true
		}
		for _, name := range t.plan {
			v.plan[fold(name)] = true
		}
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			v.add(kind, t)
		}
	}
	return v
}

// headingLanguage returns the key of a language in headingLanguages.
func headingLanguage(language string) string {
	parts := strings.Split(strings.ToLower(language), "-")
	traditional := func(part string) bool { return slices.Contains([]string{"hant", "tw", "hk", "mo"}, part) }
	if parts[0] == "zh" && slices.ContainsFunc(parts, traditional) {
		return "zh-hant"
	}
	return parts[0]
}

// asciiUmlauts replaces umlauts by the two letters used on keyboards without them: geloest.
var asciiUmlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue")

// add adds the words of a language for a kind of entry.
func (v *vocabulary) add(kind site.Kind, t headingWords) {
	for _, word := range site.UpdateStatuses(kind) {
		for i, name := range t.words[word] {
			for _, spelling := range []string{fold(name), fold(asciiUmlauts.Replace(name))} {
				if _, taken := v.words[kind][spelling]; !taken {
					v.words[kind][spelling] = word
					v.starting[kind][spelling[0]] = append(v.starting[kind][spelling[0]], spelling)
				}
			}
			if i == 0 && !slices.Contains(v.suggested[kind], name) {
				v.suggested[kind] = append(v.suggested[kind], name)
			}
		}
	}
}

// suggestedFor returns the word that hints suggest for a status: that of the first of
// the site's languages that has one.
func (v *vocabulary) suggestedFor(kind site.Kind, word site.UpdateStatus) string {
	for _, name := range v.suggested[kind] {
		if means, _ := v.words[kind].of(name); means == word {
			return name
		}
	}
	return headingLanguages["en"].words[word][0]
}

// ParseUpdateStatus parses the status word of an update heading, for a kind of entry, in
// English or in one of the languages (BCP 47 tags). Case, spaces, hyphens, apostrophes
// and accents do not matter. It returns false for any other word.
func ParseUpdateStatus(kind site.Kind, text string, languages []string) (site.UpdateStatus, bool) {
	return newVocabulary(languages).words[kind].of(text)
}

// HeadingWord returns the status word for an update heading in a language. If the
// language is unknown, the word is in English.
func HeadingWord(word site.UpdateStatus, language string) string {
	if names := headingLanguages[headingLanguage(language)].words[word]; len(names) > 0 {
		return names[0]
	}
	return headingLanguages["en"].words[word][0]
}

// reportWord returns the heading of a report in a language, or in English if the
// language is unknown.
func reportWord(language string) string {
	if names := headingLanguages[headingLanguage(language)].report; len(names) > 0 {
		return names[0]
	}
	return headingLanguages["en"].report[0]
}

// fold returns a word in the form in which words are compared: without case, spaces,
// hyphens, apostrophes, accents and the dots of the Turkish i. On an English keyboard,
// people write "Actualizacion".
func fold(word string) string { return string(appendFolded(nil, strings.TrimSpace(word))) }

// appendFolded appends a folded text.
func appendFolded[T string | []byte](to []byte, text T) []byte {
	for at := 0; at < len(text); {
		c := text[at]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(string(text[at:min(at+utf8.UTFMax, len(text))]))
			to = appendFoldedLetter(to, unicode.ToLower(r))
			at += size
			continue
		}
		switch {
		case c == ' ', c == '-', c == '_', c == '\'', c == '*':
		case 'A' <= c && c <= 'Z':
			to = append(to, c+'a'-'A')
		default:
			to = append(to, c)
		}
		at++
	}
	return to
}

// appendFoldedLetter appends a folded lower-case letter beyond ASCII.
func appendFoldedLetter(to []byte, r rune) []byte {
	switch {
	case r == '\u00a0', r == '’', r == 'ʼ', '\u0300' <= r && r <= '\u036f':
		return to
	case r < utf8.RuneSelf: // the Turkish İ, in lower case
		return append(to, byte(r))
	}
	if base, accented := unaccented[r]; accented {
		r = base
	}
	return utf8.AppendRune(to, r)
}

// unaccented maps letters with accents to letters without.
var unaccented = func() map[rune]rune {
	letters := map[rune]rune{}
	for base, accented := range map[rune]string{
		'a': "àáâãäåāăą", 'c': "çćĉċč", 'd': "ďđð", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'h': "ĥħ", 'i': "ìíîïĩīĭįı", 'j': "ĵ",
		'k': "ķ", 'l': "ĺļľŀł",
		'n': "ñńņňŉ", 'o': "òóôõöøōŏőơ", 'r': "ŕŗř", 's': "śŝşšș", 't': "ţťŧț", 'u': "ùúûüũūŭůűųư", 'w': "ŵ", 'y': "ýÿŷ", 'z': "źżž",
		'и': "й", 'і': "ї", 'е': "ё",
	} {
		for _, r := range accented {
			letters[r] = base
		}
	}
	return letters
}()
