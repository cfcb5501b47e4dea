package language

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/themes"
)

// open opens the only language of a site, with the built-in theme or files over it.
func open(t *testing.T, tag string, over fstest.MapFS, said map[string]site.Text) *Language {
	t.Helper()
	theme := themes.Open(nil)
	if over != nil {
		theme = themes.Open(over)
	}
	list, err := Open(theme, &site.Site{Languages: []string{tag}, Strings: said})
	if err != nil {
		t.Fatal(err)
	}
	return list[0]
}

func TestATagFindsTheNearestLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"de": "de", "de-AT": "de", "de-CH": "de", "pt": "pt-BR", "pt-PT": "pt-BR", "pt-br": "pt-BR", "en-GB": "en", "fr-CA": "fr",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-Hant-TW": "zh-Hant",
		"iw": "he", "da": "", "nb": "", "sr": "", "x-own": "",
	} {
		if got, _ := nearest(themes.Open(nil), tag); got != want {
			t.Errorf("%s finds %q, not %q", tag, got, want)
		}
		if l := open(t, tag, nil, nil); l.Tag != tag {
			t.Errorf("%s became %s", tag, l.Tag)
		}
	}
}

func TestALanguageWithoutWordsSpeaksEnglishAndKeepsItsDirection(t *testing.T) {
	for tag, dir := range map[string]string{"da": "ltr", "fa": "rtl", "ur": "rtl"} {
		l := open(t, tag, nil, nil)
		if l.Dir != dir || l.Say("nav.history") != "History" {
			t.Errorf("%s runs %s and says %q", tag, l.Dir, l.Say("nav.history"))
		}
	}
}

// plain returns a text without the isolates of Unicode's bidirectional algorithm.
func plain(text string) string {
	return strings.NewReplacer(isolateLeftToRight, "", isolateRightToLeft, "", isolateTo, "").Replace(text)
}

func TestNumbersArePluralAndWrittenAsTheLanguageDoes(t *testing.T) {
	for _, c := range []struct{ tag, got, want string }{
		{"en", open(t, "en", nil, nil).Say("services", "n", 1), "1 service"},
		{"de", open(t, "de", nil, nil).Say("services", "n", 1234), "1.234 Dienste"},
		{"es", open(t, "es", nil, nil).Say("services", "n", 3060), "3060 servicios"},
		{"es", open(t, "es", nil, nil).Say("services", "n", 12345), "12.345 servicios"},
		{"es", open(t, "es-MX", nil, nil).Say("services", "n", 3060), "3,060 servicios"},
		{"it", open(t, "it-CH", nil, nil).Say("services", "n", 3060), "3060 servizi"},
		{"pt", open(t, "pt-BR", nil, nil).Say("services", "n", 3060), "3.060 serviços"},
		{"pt", open(t, "pt-PT", nil, nil).Say("services", "n", 3060), "3060 serviços"},
		{"pl", open(t, "pl", nil, nil).Say("services", "n", 3060), "3060 usług"},
		{"fr", open(t, "fr", nil, nil).Say("run.steps", "done", 1, "n", 3), "1 étape sur 3 terminée"},
		{"fr", open(t, "fr", nil, nil).Say("run.healthy", "healthy", 4, "n", 5), "4 services sur 5 opérationnels"},
		{"hi", open(t, "hi", nil, nil).Say("run.steps", "done", 1, "n", 3), "3 में से 1 चरण पूरा"},
		{"en", open(t, "en", nil, nil).Say("run.steps", "done", 1, "n", 3), "1 of 3 steps done"},
		{"uk", open(t, "uk", nil, nil).Say("home.days", "n", 1), "Сьогодні"},
		{"uk", open(t, "uk", nil, nil).Say("home.days", "n", 21), "Останній 21 день"},
		{"de", open(t, "de", nil, nil).Percent("99.98"), "99,98\u00a0%"},
		{"tr", open(t, "tr", nil, nil).Percent("99.98"), "%99,98"},
		{"pl", open(t, "pl", nil, nil).Say("services", "n", 3), "3 usługi"},
		{"pl", open(t, "pl", nil, nil).Say("services", "n", 12), "12 usług"},
		{"uk", open(t, "uk", nil, nil).Say("services", "n", 21), "21 сервіс"},
		{"ar", open(t, "ar", nil, nil).Say("services", "n", 2), "خدمتان"},
		{"ar", open(t, "ar", nil, nil).Say("services", "n", 11), "11 خدمة"},
		{"ar", open(t, "ar", nil, nil).Percent("99.98"), "99.98%"},
		{"ja", open(t, "ja", nil, nil).Say("services", "n", 5), "5 件のサービス"},
		{"de", open(t, "de", nil, nil).Duration(26*time.Hour + 3*time.Minute), "1\u00a0Tag 2\u00a0Std. 3\u00a0Min."},
		{"de", open(t, "de", nil, nil).List([]string{"A", "B", "C"}), "A, B und C"},
		{"ja", open(t, "ja", nil, nil).List([]string{"A", "B", "C"}), "A、B、C"},
		{"es", open(t, "es", nil, nil).List([]string{"API", "Correo"}), "API y Correo"},
		{"es", open(t, "es", nil, nil).List([]string{"API", "Internet"}), "API e Internet"},
		{"es", open(t, "es-MX", nil, nil).List([]string{"API", "Histórico"}), "API e Histórico"},
		{"es", open(t, "es", nil, nil).List([]string{"API", "IA"}), "API e IA"},
		{"es", open(t, "es", nil, nil).List([]string{"API", "Hielo"}), "API y Hielo"},
		{"he", plain(open(t, "he", nil, nil).List([]string{"API", "דואר"})), "API ודואר"},
		{"he", plain(open(t, "he", nil, nil).List([]string{"API", "SSO"})), "API ו־SSO"},
		{"he", plain(open(t, "he", nil, nil).List([]string{"API", "2 נוספים"})), "API ו־2 נוספים"},
		{"ar", plain(open(t, "ar", nil, nil).Duration(49 * time.Hour)), "يومان 1\u00a0س"},
		{"ar", plain(open(t, "ar", nil, nil).Duration(73 * time.Hour)), "3\u00a0أيام 1\u00a0س"},
		{"he", plain(open(t, "he", nil, nil).Duration(25 * time.Hour)), "יום 1\u00a0שע׳"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", c.tag, c.got, c.want)
		}
	}
}

func TestADateIsWrittenAsTheLanguageDoes(t *testing.T) {
	at := time.Date(2025, 7, 25, 6, 41, 0, 0, time.UTC)
	for tag, want := range map[string]string{
		"en": "25 July 2025, 06:41", "de": "25. Juli 2025, 06:41", "ja": "2025年7月25日 6:41", "pl": "25 lipca 2025, 06:41",
		"he": "25 ביולי 2025, 6:41", "fi": "25. heinäkuuta 2025 klo\u00a06.41",
	} {
		if got := open(t, tag, nil, nil).Date("moment", at); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
	if got := open(t, "pl", nil, nil).Date("month", at); got != "lipiec 2025" {
		t.Errorf("a Polish month that stands alone is %q", got)
	}
}

func TestTheFirstOfAMonthIsAnOrdinalWhereTheLanguageHasOne(t *testing.T) {
	at := time.Date(2025, 8, 1, 22, 0, 0, 0, time.UTC)
	for tag, want := range map[string]string{"fr": "1er août", "it": "1º agosto", "pt-BR": "1º de agosto", "es": "1 de agosto",
		"de": "1. August"} {
		if got := open(t, tag, nil, nil).Date("long", at); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

func TestANameKeepsItsPlaceInTextFromRightToLeft(t *testing.T) {
	l := open(t, "ar", nil, nil)
	inner := l.Say("answer.in", "what", "تسليم البريد", "regions", "أوروبا")
	if got := l.Say("answer.major_outage", "what", inner); !strings.Contains(got, isolateRightToLeft+isolateRightToLeft+"تسليم") {
		t.Errorf("an Arabic name with its region is laid out as if it were Latin: %q", got)
	}
	if got := l.Say("answer.major_outage", "what", "Public API"); !strings.Contains(got, isolateLeftToRight+"Public API"+isolateTo) {
		t.Errorf("a Latin name is not kept apart: %q", got)
	}
}

func TestOperatorsReplaceSingleStrings(t *testing.T) {
	l := open(t, "de", nil, map[string]site.Text{
		"nav.history": {Default: "Archiv"}, "services.one": {Default: "ein einziger Dienst"}, "home.as_of": {Default: "Zuletzt geprüft"},
	})
	if got := l.Say("nav.history"); got != "Archiv" {
		t.Errorf("the history is called %q", got)
	}
	if one, two := l.Say("services", "n", 1), l.Say("services", "n", 2); one != "ein einziger Dienst" || two != "2 Dienste" {
		t.Errorf("services are %q and %q", one, two)
	}
	if before := l.Before("home.as_of"); before != "Zuletzt geprüft " {
		t.Errorf("a text without a place for the time goes before it: %q", before)
	}
}

func TestALanguageIsAddedWithOneFile(t *testing.T) {
	danish := fstest.MapFS{"languages/da.yml": {Data: []byte("name: Dansk\nnav: {history: Historik}\n" +
		"services: {one: \"{n} tjeneste\", other: \"{n} tjenester\"}\n")}}
	l := open(t, "da", danish, nil)
	if l.Say("nav.history") != "Historik" || l.Say("services", "n", 2) != "2 tjenester" || l.Say("nav.subscribe") != "Subscribe" {
		t.Error("the file's words, or English where it has none, are not said")
	}
	own := fstest.MapFS{"languages/de.yml": {Data: []byte("nav: {history: Archiv}\n")}}
	if l := open(t, "de-AT", own, nil); l.Say("nav.history") != "Archiv" || l.Say("nav.subscribe") != "Abonnieren" {
		t.Error("a file over a built-in language does not leave it its other words")
	}
}

func TestCheckTellsWhatALanguageLacks(t *testing.T) {
	check := func(tag, file string, said map[string]site.Text) string {
		s := &site.Site{
			Languages: []string{tag}, Theme: "own", Strings: said,
			LanguagePos: map[string]diag.Pos{tag: {File: "content/site.yml", Line: 3}},
		}
		over := fstest.MapFS{}
		if file != "" {
			over["languages/"+tag+".yml"] = &fstest.MapFile{Data: []byte(file)}
		}
		var told strings.Builder
		for _, p := range Check(themes.Open(over), s) {
			told.WriteString(p.File + ": " + p.Severity.String() + ": " + p.Message + " (" + p.Hint + ")\n")
		}
		return told.String()
	}
	for _, c := range []struct {
		tag, file string
		said      map[string]site.Text
		want      string
	}{
		{"de", "", nil, ""},
		{"da", "", nil, `content/site.yml: warning: there are no words in "da"`},
		{"da", "nav: {history: Historik}\n", nil, "texts are missing here and shown in English"},
		{"da", "nav: {histroy: Historik}\n", nil, `no text has the key "nav.histroy" (did you mean "nav.history"?)`},
		{"da", "home: {as_of: Lige nu}\n", nil, `"home.as_of" lacks {time}`},
		{"da", "home: {as_of: \"{tid}\"}\n", nil, `"home.as_of" has the unknown placeholder {tid}`},
		{"da", "services: {other: \"{n} tjenester\"}\n", nil, `error: "services" has no form for one (this language has one, other)`},
		{"da", "run: {steps: {by: dome, one: \"{done} af {n} trin\", other: \"{done} af {n} trin\"}}\n", nil,
			`"run.steps" has no number {dome} to choose a form by`},
		{"da", "span: {since: \"siden {time}\"}\n", nil, `error: the text "span.since" has a new name (write ` +
			`span.since.clock and span.since.date)`},
		{"de", "", map[string]site.Text{"span.since": {Default: "seit {time}"}},
			`error: the text "span.since" has a new name (write span.since.clock and span.since.date)`},
		{"de", "", map[string]site.Text{"span.since.clock": {Default: "seit kurzem"}}, `error: "span.since.clock" lacks {time}`},
		{"de", "", map[string]site.Text{"auto.scheduled": {Default: "Von {start} bis {end}"}},
			`has the unknown placeholder {start} (write {span})`},
		{"de", "", map[string]site.Text{"services.other": {Default: "Dienste"}}, `"services.other" lacks {n}`},
		{"de", "", map[string]site.Text{"services.one": {Default: "ein Dienst"}, "home.days.1": {Default: "Nur heute"},
			"footer.zone": {Default: "Berliner Zeit"}}, ""},
		{"ja", "", map[string]site.Text{"services.one": {Default: "サービス"}},
			`"services.one" is a form that ja does not have (this language has other)`},
		{"he", "", map[string]site.Text{"run.steps.one": {Default: "אחד מתוך {n}"}}, ""},
		{"de", "", map[string]site.Text{"nav.history.one": {Default: "x"}}, `no text has the key "nav.history.one"`},
		{"da", "date: {months: [januar]}\n", nil, `"date.months" has 1 names, not 12`},
		{"da", "nav: [\n", nil, "themes/own/languages/da.yml: error: this is not a language file"},
		{"de", "", map[string]site.Text{"nav.histori": {Default: "x"}}, `error: no text has the key "nav.histori"`},
		{"de", "", map[string]site.Text{"home.as_of": {Default: "{zeit}"}}, "has the unknown placeholder {zeit} (write {time})"},
	} {
		if got := check(c.tag, c.file, c.said); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s with %q tells\n%snot\n%s", c.tag, c.file, got, c.want)
		}
	}
}

func TestALanguageHasATerritoryForOpenGraph(t *testing.T) {
	for tag, want := range map[string]string{"en": "en_US", "de": "de_DE", "de-AT": "de_AT", "pt-BR": "pt_BR", "zh-Hant": "zh_TW",
		"zh-Hans": "zh_CN", "ja": "ja_JP", "ar": "ar_EG"} {
		l, err := parseLocale(tag)
		if got := l.territory(); err != nil || got != want {
			t.Errorf("%s is %s, %v", tag, got, err)
		}
	}
}

func TestTemplatesOfAnEarlierReleaseGetTheRenamedTexts(t *testing.T) {
	l := open(t, "de", nil, nil)
	for key, now := range renamed {
		if got, want := l.Say(key), l.Say(now[0]); got != want || got == now[0] {
			t.Errorf("%s says %q, not %q", key, got, want)
		}
	}
	if got := l.Before("span.since"); got != "seit " {
		t.Errorf("without its moment, since says %q", got)
	}
}
