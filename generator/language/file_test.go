package language

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"allclear/themes"
)

// promised are the languages that the program brings.
var promised = []string{
	"ar", "cs", "de", "en", "es", "fi", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt-BR", "sv", "tr", "uk", "zh-Hans", "zh-Hant",
}

func builtIn(t *testing.T, tag string) languageFile {
	t.Helper()
	w, err := readFile(themes.Open(nil), tag)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTheLanguagesAreThere(t *testing.T) {
	if got := tagsIn(themes.Open(nil)); !slices.Equal(got, promised) {
		t.Errorf("there are %q", got)
	}
}

func TestEveryLanguageFileIsComplete(t *testing.T) {
	english := builtIn(t, "en")
	if len(english.keys) < 200 {
		t.Fatalf("the English file has %d texts", len(english.keys))
	}
	for _, tag := range promised {
		l, err := parseLocale(tag)
		if err != nil {
			t.Fatal(err)
		}
		w := builtIn(t, tag)
		for _, f := range w.mistakes(english, l) {
			t.Errorf("%s.yml:%d: %s (%s)", tag, f.line, f.message, f.hint)
		}
		for key, want := range calendarLists {
			if list := w.messages[key].list; len(list) != want && !optional[key] {
				t.Errorf("%s.yml: %s has %d names", tag, key, len(list))
			}
		}
		wanted := map[bool]string{false: "ltr", true: "rtl"}[tag == "ar" || tag == "he"]
		if got := w.messages["direction"].text; got != wanted || l.rightToLeft() != (wanted == "rtl") {
			t.Errorf("%s.yml: the direction is %q, and %v by its script", tag, got, l.rightToLeft())
		}
	}
}

// everywhere are the texts that are the same in every language: names of
// formats, and punctuation.
var everywhere = []string{"direction", "feeds.rss", "feeds.atom", "feeds.json", "feeds.api", "change.to"}

// cognates are words that a language shares with English.
var cognates = map[string][]string{
	"de": {"Region", "Status", "Badge", "Median", "Update", "Updates", "Update {n}", "Updates {from}–{to}", "Feeds"},
	"fr": {"Important", "Maintenance", "Services", "Service", "Badge", "{n} service", "{n} services", "{n} minute",
		"{n} minutes", "Impact", "Incident", "Incidents", "{n} incident", "{n} incidents"},
	"pt-BR": {"Global", "Status", "Feeds"},
	"it":    {"Badge"},
	"nl": {"Monitoring", "Update", "Updates", "Update {n}", "Updates {from}–{to}", "{n} update", "Status", "Badge", "Feeds", "Later",
		"Impact", "Incident", "{n} incident"},
	"es": {"Feeds"},
	"pl": {"Region", "Status"},
	"cs": {"Region", "Incident", "{n} incident"},
	"sv": {"Region", "Status", "Median", "Incident", "{n} incident"},
}

func TestNoEnglishIsLeftInAnotherLanguage(t *testing.T) {
	english := builtIn(t, "en")
	for _, tag := range promised {
		if tag == "en" {
			continue
		}
		w := builtIn(t, tag)
		for _, key := range w.keys {
			if slices.Contains(everywhere, key) {
				continue
			}
			p, model := w.messages[key], english.messages[key]
			for _, own := range p.texts() {
				if worded(own) && slices.Contains(model.texts(), own) && !slices.Contains(cognates[tag], own) && !calendarName(key) {
					t.Errorf("%s.yml: %s is still %q", tag, key, own)
				}
			}
			if list := p.list; len(list) > 0 && slices.Equal(list, model.list) {
				t.Errorf("%s.yml: %s is the English list", tag, key)
			}
		}
	}
}

func TestACognateIsUsed(t *testing.T) {
	for tag, words := range cognates {
		var texts []string
		for _, p := range builtIn(t, tag).messages {
			texts = append(texts, p.texts()...)
		}
		for _, word := range words {
			if !slices.Contains(texts, word) {
				t.Errorf("%s.yml does not say %q", tag, word)
			}
		}
	}
}

// calendarName reports a key of names that may agree by chance: November.
func calendarName(key string) bool { return calendarLists[key] > 0 }

// texts are all texts of a message.
func (p message) texts() []string {
	var list []string
	if p.text != "" {
		list = append(list, p.text)
	}
	for _, form := range p.forms {
		list = append(list, form)
	}
	return append(list, p.list...)
}

// worded reports whether a text holds a word besides what is filled in. The
// signs of units, such as d and min, are none.
func worded(text string) bool {
	rest := placeholder().ReplaceAllString(text, "")
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, rest)
	return len(letters) > 3
}
