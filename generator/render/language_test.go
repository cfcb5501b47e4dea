package render

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/themes"
)

// speaking is a language of a site, with the built-in theme or files over it.
func speaking(t *testing.T, tag string, over fstest.MapFS, said map[string]site.Text) *Language {
	t.Helper()
	theme := themes.Open(nil)
	if over != nil {
		theme = themes.Open(over)
	}
	list, err := openLanguages(theme, &site.Site{Languages: []string{tag}, Strings: said})
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
		if got, _ := nearestLanguage(themes.Open(nil), tag); got != want {
			t.Errorf("%s finds %q, not %q", tag, got, want)
		}
		if l := speaking(t, tag, nil, nil); l.Tag != tag {
			t.Errorf("%s became %s", tag, l.Tag)
		}
	}
}

func TestALanguageWithoutWordsSpeaksEnglishAndKeepsItsDirection(t *testing.T) {
	for tag, dir := range map[string]string{"da": "ltr", "fa": "rtl", "ur": "rtl"} {
		l := speaking(t, tag, nil, nil)
		if l.Dir != dir || l.Say("nav.history") != "History" {
			t.Errorf("%s runs %s and says %q", tag, l.Dir, l.Say("nav.history"))
		}
	}
}

func TestNumbersArePluralAndWrittenAsTheLanguageDoes(t *testing.T) {
	for _, c := range []struct{ tag, got, want string }{
		{"en", speaking(t, "en", nil, nil).Say("services", "n", 1), "1 service"},
		{"de", speaking(t, "de", nil, nil).Say("services", "n", 1234), "1.234 Dienste"},
		{"es", speaking(t, "es", nil, nil).Say("services", "n", 3060), "3060 servicios"},
		{"es", speaking(t, "es", nil, nil).Say("services", "n", 12345), "12.345 servicios"},
		{"es", speaking(t, "es-MX", nil, nil).Say("services", "n", 3060), "3,060 servicios"},
		{"it", speaking(t, "it-CH", nil, nil).Say("services", "n", 3060), "3060 servizi"},
		{"pt", speaking(t, "pt-BR", nil, nil).Say("services", "n", 3060), "3.060 serviços"},
		{"pt", speaking(t, "pt-PT", nil, nil).Say("services", "n", 3060), "3060 serviços"},
		{"pl", speaking(t, "pl", nil, nil).Say("services", "n", 3060), "3060 usług"},
		{"fr", speaking(t, "fr", nil, nil).Say("run.steps", "done", 1, "n", 3), "1 étape sur 3 terminée"},
		{"fr", speaking(t, "fr", nil, nil).Say("run.healthy", "healthy", 4, "n", 5), "4 services sur 5 opérationnels"},
		{"hi", speaking(t, "hi", nil, nil).Say("run.steps", "done", 1, "n", 3), "3 में से 1 चरण पूरा"},
		{"en", speaking(t, "en", nil, nil).Say("run.steps", "done", 1, "n", 3), "1 of 3 steps done"},
		{"uk", speaking(t, "uk", nil, nil).Say("home.days", "n", 1), "Сьогодні"},
		{"uk", speaking(t, "uk", nil, nil).Say("home.days", "n", 21), "Останній 21 день"},
		{"de", speaking(t, "de", nil, nil).Percent("99.98"), "99,98\u00a0%"},
		{"tr", speaking(t, "tr", nil, nil).Percent("99.98"), "%99,98"},
		{"pl", speaking(t, "pl", nil, nil).Say("services", "n", 3), "3 usługi"},
		{"pl", speaking(t, "pl", nil, nil).Say("services", "n", 12), "12 usług"},
		{"uk", speaking(t, "uk", nil, nil).Say("services", "n", 21), "21 сервіс"},
		{"ar", speaking(t, "ar", nil, nil).Say("services", "n", 2), "خدمتان"},
		{"ar", speaking(t, "ar", nil, nil).Say("services", "n", 11), "11 خدمة"},
		{"ar", speaking(t, "ar", nil, nil).Percent("99.98"), "99.98%"},
		{"ja", speaking(t, "ja", nil, nil).Say("services", "n", 5), "5 件のサービス"},
		{"de", speaking(t, "de", nil, nil).Duration(26*time.Hour + 3*time.Minute), "1\u00a0Tag 2\u00a0Std. 3\u00a0Min."},
		{"de", speaking(t, "de", nil, nil).List([]string{"A", "B", "C"}), "A, B und C"},
		{"ja", speaking(t, "ja", nil, nil).List([]string{"A", "B", "C"}), "A、B、C"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", c.tag, c.got, c.want)
		}
	}
}

func TestADateIsWrittenAsTheLanguageDoes(t *testing.T) {
	at := time.Date(2025, 7, 25, 6, 41, 0, 0, time.UTC)
	for tag, want := range map[string]string{
		"en": "25 July 2025, 06:41", "de": "25. Juli 2025, 06:41", "ja": "2025年7月25日 6:41", "pl": "25 lipca 2025, 06:41", "he": "25 ביולי 2025, 6:41", "fi": "25. heinäkuuta 2025 klo 6.41",
	} {
		if got := speaking(t, tag, nil, nil).Date("moment", at); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
	if got := speaking(t, "pl", nil, nil).Date("month", at); got != "lipiec 2025" {
		t.Errorf("a Polish month that stands alone is %q", got)
	}
}

func TestTheFirstOfAMonthIsAnOrdinalWhereTheLanguageHasOne(t *testing.T) {
	at := time.Date(2025, 8, 1, 22, 0, 0, 0, time.UTC)
	for tag, want := range map[string]string{"fr": "1er août", "it": "1º agosto", "pt-BR": "1º de agosto", "es": "1 de agosto", "de": "1. August"} {
		if got := speaking(t, tag, nil, nil).Date("long", at); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

func TestATimeOfDayAndADateStandInTheirOwnSentences(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 8, 5, 20, 0, 0, 0, time.UTC)
	early, yesterday, tomorrow := now.Add(-4*time.Hour), now.Add(-26*time.Hour), now.Add(5*time.Hour)
	for _, c := range []struct{ tag, clock, date, times, dates string }{
		{"en", "since 18:00 CEST", "since 4 August, 20:00 CEST", "18:00–22:00 CEST", "5 August, 18:00\u00a0– 6 August, 03:00 CEST"},
		{"fr", "depuis 18:00 CEST", "depuis le 4 août à 20:00 CEST", "18:00\u00a0– 22:00 CEST", "5 août à 18:00\u00a0– 6 août à 03:00 CEST"},
		{"es", "desde las 18:00 CEST", "desde el 4 de agosto, 20:00 CEST", "18:00–22:00 CEST", "5 de agosto, 18:00\u00a0– 6 de agosto, 3:00 CEST"},
		{"it", "dalle 18:00 CEST", "dal 4 agosto, 20:00 CEST", "18:00–22:00 CEST", "5 agosto, 18:00\u00a0– 6 agosto, 03:00 CEST"},
		{"de", "seit 18:00 CEST", "seit dem 4. August, 20:00 CEST", "18:00–22:00 CEST", "5. August, 18:00\u00a0– 6. August, 03:00 CEST"},
		{"fi", "alkoi klo 18.00 CEST", "alkoi 4. elokuuta klo 20.00 CEST", "18.00–22.00 CEST", "5. elokuuta klo 18.00–6. elokuuta klo 3.00 CEST"},
		{"ja", "18:00 CEST から", "8月4日 20:00 CEST から", "18:00～22:00 CEST", "8月5日 18:00～8月6日 3:00 CEST"},
		{"ko", "18:00 CEST부터", "8월 4일 20:00 CEST부터", "18:00~22:00 CEST", "8월 5일 18:00 ~ 8월 6일 03:00 CEST"},
		{"zh-Hans", "自 18:00 CEST 起", "自 8月4日 20:00 CEST 起", "18:00–22:00 CEST", "8月5日 18:00 至 8月6日 03:00 CEST"},
	} {
		l := speaking(t, c.tag, nil, nil)
		v := view{build: &build{site: &site.Site{Zone: zone}, now: now}, lang: l}
		since := func(at time.Time) string {
			m := v.clockTime(at, now)
			return l.before("span.since", m) + m.Text + l.after("span.since", m)
		}
		at := v.span(site.Interval{Start: early, End: tomorrow}, early)
		at.From.Text = v.lang.Date("near", v.local(early))
		for _, said := range [][2]string{
			{since(early), c.clock}, {since(yesterday), c.date},
			{v.span(site.Interval{Start: early, End: now}, now).String(), c.times}, {at.String(), c.dates},
		} {
			if plainly := strings.ReplaceAll(said[0], "\u00a0C", " C"); plainly != said[1] {
				t.Errorf("%s: %q, not %q", c.tag, plainly, said[1])
			}
		}
	}
}

func TestANameKeepsItsPlaceInTextFromRightToLeft(t *testing.T) {
	l := speaking(t, "ar", nil, nil)
	inner := l.Say("answer.in", "what", "تسليم البريد", "regions", "أوروبا")
	if got := l.Say("answer.major_outage", "what", inner); !strings.Contains(got, isolateRightToLeft+isolateRightToLeft+"تسليم") {
		t.Errorf("an Arabic name with its region is laid out as if it were Latin: %q", got)
	}
	if got := l.Say("answer.major_outage", "what", "Public API"); !strings.Contains(got, isolateLeftToRight+"Public API"+isolateTo) {
		t.Errorf("a Latin name is not kept apart: %q", got)
	}
}

func TestOperatorsReplaceSingleStrings(t *testing.T) {
	l := speaking(t, "de", nil, map[string]site.Text{
		"nav.history": {Default: "Archiv"}, "services.one": {Default: "ein einziger Dienst"}, "home.as_of": {Default: "Zuletzt geprüft"},
	})
	if got := l.Say("nav.history"); got != "Archiv" {
		t.Errorf("the history is called %q", got)
	}
	if one, two := l.Say("services", "n", 1), l.Say("services", "n", 2); one != "ein einziger Dienst" || two != "2 Dienste" {
		t.Errorf("services are %q and %q", one, two)
	}
	if before := l.before("home.as_of"); before != "Zuletzt geprüft " {
		t.Errorf("a text without a place for the time goes before it: %q", before)
	}
}

func TestALanguageIsAddedWithOneFile(t *testing.T) {
	danish := fstest.MapFS{"languages/da.yml": {Data: []byte("name: Dansk\nnav: {history: Historik}\nservices: {one: \"{n} tjeneste\", other: \"{n} tjenester\"}\n")}}
	l := speaking(t, "da", danish, nil)
	if l.Say("nav.history") != "Historik" || l.Say("services", "n", 2) != "2 tjenester" || l.Say("nav.subscribe") != "Subscribe" {
		t.Error("the file's words, or English where it has none, are not said")
	}
	own := fstest.MapFS{"languages/de.yml": {Data: []byte("nav: {history: Archiv}\n")}}
	if l := speaking(t, "de-AT", own, nil); l.Say("nav.history") != "Archiv" || l.Say("nav.subscribe") != "Abonnieren" {
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
		for _, p := range CheckTheme(themes.Open(over), s) {
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
		{"da", "home: {as_of: Lige nu}\n", nil, `"home.as_of" does not say {time}`},
		{"da", "home: {as_of: \"{tid}\"}\n", nil, `"home.as_of": nothing fills in {tid}`},
		{"da", "services: {other: \"{n} tjenester\"}\n", nil, `error: "services" has no form for one (this language has one, other)`},
		{"da", "run: {steps: {by: dome, one: \"{done} af {n} trin\", other: \"{done} af {n} trin\"}}\n", nil, `"run.steps" has no number {dome} to choose a form by`},
		{"da", "span: {since: \"siden {time}\"}\n", nil, `error: the text "span.since" has a new name (write span.since.clock and span.since.date)`},
		{"de", "", map[string]site.Text{"span.since": {Default: "seit {time}"}}, `error: the text "span.since" has a new name (write span.since.clock and span.since.date)`},
		{"de", "", map[string]site.Text{"span.since.clock": {Default: "seit kurzem"}}, `error: "span.since.clock" does not say {time}`},
		{"de", "", map[string]site.Text{"auto.scheduled": {Default: "Von {start} bis {end}"}}, `nothing fills in {start} (it knows span)`},
		{"de", "", map[string]site.Text{"services.other": {Default: "Dienste"}}, `"services.other" does not say {n}`},
		{"de", "", map[string]site.Text{"services.one": {Default: "ein Dienst"}, "home.days.1": {Default: "Nur heute"}, "footer.zone": {Default: "Berliner Zeit"}}, ""},
		{"ja", "", map[string]site.Text{"services.one": {Default: "サービス"}}, `"services.one" is a form that ja does not have (this language has other)`},
		{"he", "", map[string]site.Text{"run.steps.one": {Default: "אחד מתוך {n}"}}, ""},
		{"de", "", map[string]site.Text{"nav.history.one": {Default: "x"}}, `no text has the key "nav.history.one"`},
		{"da", "date: {months: [januar]}\n", nil, `"date.months" has 1 names, not 12`},
		{"da", "nav: [\n", nil, "themes/own/languages/da.yml: error: this is no language file"},
		{"de", "", map[string]site.Text{"nav.histori": {Default: "x"}}, `error: no text has the key "nav.histori"`},
		{"de", "", map[string]site.Text{"home.as_of": {Default: "{zeit}"}}, "nothing fills in {zeit} (it knows time)"},
	} {
		if got := check(c.tag, c.file, c.said); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s with %q tells\n%snot\n%s", c.tag, c.file, got, c.want)
		}
	}
}

func TestALanguageHasATerritoryForOpenGraph(t *testing.T) {
	for tag, want := range map[string]string{"en": "en_US", "de": "de_DE", "de-AT": "de_AT", "pt-BR": "pt_BR", "zh-Hant": "zh_TW", "zh-Hans": "zh_CN", "ja": "ja_JP", "ar": "ar_EG"} {
		l, err := parseLocale(tag)
		if got := l.territorial(); err != nil || got != want {
			t.Errorf("%s is %s, %v", tag, got, err)
		}
	}
}

func TestTemplatesOfAnEarlierReleaseFindTheTextsThatTookThePlaceOfTheirs(t *testing.T) {
	l := speaking(t, "de", nil, nil)
	for key, now := range renamed {
		if got, want := l.Say(key), l.Say(now[0]); got != want || got == now[0] {
			t.Errorf("%s says %q, not %q", key, got, want)
		}
	}
	if got := l.before("span.since"); got != "seit " {
		t.Errorf("without its moment, since says %q", got)
	}
}
