package language

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// eachText calls check with every text of a language that is a word or a sentence. The
// patterns of dates and the signs between names are not.
func eachText(t *testing.T, tag string, check func(key, text string)) {
	t.Helper()
	w := builtIn(t, tag)
	for _, key := range w.keys {
		if strings.HasPrefix(key, "date.") || strings.HasPrefix(key, "list.") || key == "duration.space" {
			continue
		}
		for _, text := range w.messages[key].texts() {
			check(key, text)
		}
	}
}

// avoided are the beginnings of words that a language's texts do not use. Visitors read of
// services, not of components; updates and incidents have one word each; and what is open
// in English is a shop in other languages.
var avoided = map[string]string{
	"ar":      `مكون`,
	"cs":      `komponent|vyšetř|otevřen`,
	"de":      `komponente|meldung|aktualisierung|störung`,
	"en":      `component$|mend|went wrong`,
	"es":      `componente|abiert`,
	"fi":      `komponent|avoin`,
	"fr":      `composant|message|enquêt`,
	"he":      `רכיב|פתוח`,
	"hi":      `घटक|पुराने अपडेट`,
	"it":      `componente|indag|apert`,
	"ja":      `コンポーネント|続報|致命的`,
	"ko":      `구성 ?요소|컴포넌트`,
	"nl":      `onderdeel|bericht`,
	"pl":      `komponent|bada`,
	"pt-BR":   `componente|em aberto`,
	"sv":      `komponent|öpp`,
	"tr":      `bileşen|açık`,
	"uk":      `компонент|розслідув|відкрит`,
	"zh-Hans": `组件|地区`,
	"zh-Hant": `元件|地區|计`,
}

func TestEachThingHasOneWord(t *testing.T) {
	for _, tag := range promised {
		bad := regexp.MustCompile(`(?i)` + avoided[tag])
		eachText(t, tag, func(key, text string) {
			found := bad.FindString(placeholder().ReplaceAllString(text, ""))
			if found != "" && key != "notify.test" { // a test message is a message
				t.Errorf("%s.yml: %s says %q: %q", tag, key, found, text)
			}
		})
	}
	if len(avoided) != len(promised) {
		t.Errorf("%d languages are looked at", len(avoided))
	}
}

// addressed are the words of the form of address that a language's texts do not use: German,
// French, Spanish, Czech, Turkish and Ukrainian ones are polite, the others are familiar.
var addressed = map[string]string{
	"cs":      `ty|tvůj|tvoje|tvé|tvých`,
	"de":      `du|dein|deine|deiner|dich|euch|euer|eure`,
	"es":      `tú|tu|tus|te|vosotros|vuestros`,
	"fi":      `te|teidän`,
	"fr":      `tu|ton|ta|tes|toi`,
	"it":      `lei|voi|vostri|riprovare|ricaricarla`,
	"nl":      `u|uw`,
	"pl":      `pan|pani|państwo|państwa`,
	"pt-BR":   `tu|teu|teus|tua|tuas`,
	"sv":      `ni|er|era`,
	"tr":      `sen|senin`,
	"uk":      `ти|твій|твої`,
	"zh-Hans": `你`,
	"zh-Hant": `你`,
}

func TestVisitorsAreAddressedInOneWay(t *testing.T) {
	for tag, words := range addressed {
		bad := regexp.MustCompile(`(?i)(^|[^\p{L}])(` + words + `)($|[^\p{L}])`)
		eachText(t, tag, func(key, text string) {
			if found := bad.FindStringSubmatch(text); found != nil && key != "duration.hours" { // {n} u
				t.Errorf("%s.yml: %s says %q: %q", tag, key, found[2], text)
			}
		})
	}
}

// Apostrophes are typographic. French has a no-break space before a sign of two parts, and
// other languages have none. Arabic has its own comma; Chinese and Japanese write signs in
// full width; a Spanish question begins with a sign.
func TestSignsAreThoseOfTheLanguage(t *testing.T) {
	apart, together := regexp.MustCompile(`\s[:;?!]|\x{a0}[:;?!]`), regexp.MustCompile(`[^\x{a0}][:;?!]`)
	wide := []string{"ja", "zh-Hans", "zh-Hant"}
	for _, tag := range promised {
		eachText(t, tag, func(key, text string) {
			bad := ""
			switch {
			case strings.ContainsAny(text, `'"`):
				bad = "a typewriter's apostrophe or quotation mark"
			case strings.Contains(text, "...") || strings.Contains(text, "  ") || strings.TrimSpace(text) != text:
				bad = "three dots, two spaces, or one at its end"
			case tag == "fr" && together.MatchString(text):
				bad = "a sign without a no-break space before it"
			case tag != "fr" && apart.MatchString(text):
				bad = "a sign with a space before it"
			case tag == "ar" && strings.ContainsAny(text, ",;?"):
				bad = "a Latin sign"
			case slices.Contains(wide, tag) && strings.ContainsAny(text, ",;:?!()"):
				bad = "a narrow sign"
			case tag == "es" && strings.Count(text, "?") != strings.Count(text, "¿"):
				bad = "half a question"
			}
			if bad != "" {
				t.Errorf("%s.yml: %s has %s: %q", tag, key, bad, text)
			}
		})
	}
}

// A time stays with its zone, its half of the day and an abbreviation before it, a number
// with its unit, and a dash with what is before it.
func TestWhatBelongsTogetherStaysOnOneLine(t *testing.T) {
	parts := regexp.MustCompile(`\{time\} \{zone\}|\{minute\} \{period\}|\{period\} \{hour|(kl\.|klo) \{|\{n\} %| –`)
	unit := regexp.MustCompile(`^\{n\} `)
	for _, tag := range promised {
		w := builtIn(t, tag)
		for _, key := range w.keys {
			isUnit := strings.HasPrefix(key, "duration.") || key == "script.days"
			for _, text := range w.messages[key].texts() {
				if parts.MatchString(text) || isUnit && unit.MatchString(text) {
					t.Errorf("%s.yml: %s has a space that may break: %q", tag, key, text)
				}
			}
		}
	}
}

// Some words depend on how the number after them is read: Italian has il 4 agosto but l’8
// agosto, Czech v 6:32 but ve 2:00, Ukrainian о 6:32 but об 11:00. A text has one form for
// all times, so it does without these words.
func TestNoWordBeforeATimeDependsOnHowItIsRead(t *testing.T) {
	for tag, words := range map[string]string{"it": `il|al|dal|del|nel`, "cs": `v|k|z|s`, "uk": `о`} {
		bad := regexp.MustCompile(`(?i)(^|[^\p{L}])(` + words + `) \{[^y]`) // a {year} reads the same in each century
		eachText(t, tag, func(key, text string) {
			if found := bad.FindStringSubmatch(text); found != nil && !strings.HasPrefix(key, "text.") { // before 2025-07-25
				t.Errorf("%s.yml: %s has %q before a number: %q", tag, key, found[2], text)
			}
		})
	}
}

// Words of states fit on a pill and into the narrow column of a phone.
func TestWordsOfStatesAreShort(t *testing.T) {
	for _, tag := range promised {
		eachText(t, tag, func(key, text string) {
			before, word, _ := strings.Cut(key, ".")
			short := slices.Contains([]string{"status", "word", "severity", "step", "kind"}, before) && word != "progress"
			if letters := len([]rune(text)); short && letters > 24 {
				t.Errorf("%s.yml: %s has %d letters: %q", tag, key, letters, text)
			}
		})
	}
}

// The plural forms, in the numbers where languages differ. CLDR decides which form a number
// has; this is about the words in it.
func TestNounsAgreeWithNumbers(t *testing.T) {
	numbers := []int{1, 2, 5, 11, 21, 22, 25, 101}
	for tag, want := range map[string]map[string]string{
		"pl": {
			"services":      "1 usługa, 2 usługi, 5 usług, 11 usług, 21 usług, 22 usługi, 25 usług, 101 usług",
			"roughly.days":  "1 dzień, 2 dni, 5 dni, 11 dni, 21 dni, 22 dni, 25 dni, 101 dni",
			"roughly.hours": "1 godzinę, 2 godziny, 5 godzin, 11 godzin, 21 godzin, 22 godziny, 25 godzin, 101 godzin",
			"minutes":       "1 minuta, 2 minuty, 5 minut, 11 minut, 21 minut, 22 minuty, 25 minut, 101 minut",
			"list.more":     "1 inna, 2 inne, 5 innych, 11 innych, 21 innych, 22 inne, 25 innych, 101 innych",
			"history.count": "1 wpis, 2 wpisy, 5 wpisów, 11 wpisów, 21 wpisów, 22 wpisy, 25 wpisów, 101 wpisów",
			"uptime.incidents": "1 incydent, 2 incydenty, 5 incydentów, 11 incydentów, 21 incydentów, 22 incydenty, " +
				"25 incydentów, 101 incydentów",
		},
		"cs": {
			"services":      "1 služba, 2 služby, 5 služeb, 11 služeb, 21 služeb, 22 služeb, 25 služeb, 101 služeb",
			"roughly.days":  "1 den, 2 dny, 5 dnů, 11 dnů, 21 dnů, 22 dnů, 25 dnů, 101 dnů",
			"bar.ago":       "před 1 dnem, před 2 dny, před 5 dny, před 11 dny, před 21 dny, před 22 dny, před 25 dny, před 101 dny",
			"history.count": "1 záznam, 2 záznamy, 5 záznamů, 11 záznamů, 21 záznamů, 22 záznamů, 25 záznamů, 101 záznamů",
		},
		"uk": {
			"services":      "1 сервіс, 2 сервіси, 5 сервісів, 11 сервісів, 21 сервіс, 22 сервіси, 25 сервісів, 101 сервіс",
			"roughly.days":  "1 день, 2 дні, 5 днів, 11 днів, 21 день, 22 дні, 25 днів, 101 день",
			"minutes":       "1 хвилина, 2 хвилини, 5 хвилин, 11 хвилин, 21 хвилина, 22 хвилини, 25 хвилин, 101 хвилина",
			"history.count": "1 запис, 2 записи, 5 записів, 11 записів, 21 запис, 22 записи, 25 записів, 101 запис",
			"home.days": "Сьогодні, Останні 2 дні, Останні 5 днів, Останні 11 днів, Останній 21 день, Останні 22 дні, Останні 25 днів, " +
				"Останній 101 день",
		},
		"ar": {
			"services":     "خدمة واحدة, خدمتان, 5 خدمات, 11 خدمة, 21 خدمة, 22 خدمة, 25 خدمة, 101 خدمة",
			"minutes":      "دقيقة واحدة, دقيقتان, 5 دقائق, 11 دقيقة, 21 دقيقة, 22 دقيقة, 25 دقيقة, 101 دقيقة",
			"home.days":    "اليوم, آخر يومين, آخر 5 أيام, آخر 11 يومًا, آخر 21 يومًا, آخر 22 يومًا, آخر 25 يومًا, آخر 101 يوم",
			"roughly.days": "يوم واحد, يومين, 5 أيام, 11 يومًا, 21 يومًا, 22 يومًا, 25 يومًا, 101 يوم",
		},
		"he": {
			"services":     "שירות אחד, שני שירותים, 5 שירותים, 11 שירותים, 21 שירותים, 22 שירותים, 25 שירותים, 101 שירותים",
			"roughly.days": "יום אחד, יומיים, 5 ימים, 11 ימים, 21 ימים, 22 ימים, 25 ימים, 101 ימים",
		},
		"tr": {"services": "1 hizmet, 2 hizmet, 5 hizmet, 11 hizmet, 21 hizmet, 22 hizmet, 25 hizmet, 101 hizmet"},
		"fi": {"services": "1 palvelu, 2 palvelua, 5 palvelua, 11 palvelua, 21 palvelua, 22 palvelua, 25 palvelua, 101 palvelua"},
		"fr": {"bar.ago": "il y a 1 jour, il y a 2 jours, il y a 5 jours, il y a 11 jours, il y a 21 jours, il y a 22 jours, " +
			"il y a 25 jours, il y a 101 jours"},
	} {
		l := open(t, tag, nil, nil)
		for key, texts := range want {
			var got []string
			for _, n := range numbers {
				got = append(got, plain(l.Say(key, "n", n)))
			}
			if all := strings.Join(got, ", "); all != texts {
				t.Errorf("%s: %s: %s\nnot %s", tag, key, all, texts)
			}
		}
	}
}
