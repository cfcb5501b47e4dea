package generator_test

import "testing"

// The visitor's time is written in the form that the page's own has, in each language:
// with or without a zero, a dot for the colon, the dash, the brackets, and behind what
// the sentence says after its time.
func TestAVisitorsTimeHasTheFormOfThePages(t *testing.T) {
	for tag, want := range map[string]string{
		"en":      "for 28 min · since 06:32 UTC (08:32 your time)",
		"fi":      "kestänyt 28 min · alkoi klo 6.32 UTC (8.32 sinun aikaasi)",
		"es":      "lleva 28 min · desde las 6:32 UTC (8:32 en su hora local)",
		"fr":      "durée : 28 min · depuis 06:32 UTC (08:32 chez vous)",
		"ja":      "28 分経過 · 6:32 UTC から （お使いの時間帯では 8:32）",
		"zh-Hant": "已持續 28 分鐘 · 自 06:32 UTC 起 （您的時間 08:32）",
	} {
		content := clockSite("incidents/long.md", "---\ntitle: Long\ncomponents: [web]\nstatus: partial\nstart: 2025-08-01 06:32\n---\n"+
			"## Investigating — 2025-08-01 06:40\nText.\n")
		content["content/site.yml"].Data = append(content["content/site.yml"].Data, "languages: ["+tag+"]\n"...)
		h := hosted(t, siteOf(t, content, "2025-08-01T07:00:00Z"))
		v := visits(t, h, "index.html", "2025-08-01T07:00:00Z")
		v.in("Europe/Berlin")
		v.open("index.html")
		v.until(tag, says("#_ongoing .meta", want))
	}
}

// Where the day is another one, it has the page's form as well.
func TestAVisitorsDayHasTheFormOfThePages(t *testing.T) {
	for tag, want := range map[string]string{
		"en":      "(1 August, 00:30 – 1 August, 01:30 your time)",
		"fr":      "1er août",
		"ja":      "8月1日",
		"zh-Hans": "8月1日",
		"fi":      "1. elokuuta klo",
		"pl":      "1 sierpnia, ",
		"he":      "1 באוגוסט, ",
		"pt-BR":   "1º de agosto, ",
	} {
		content := clockSite("maintenance/db.md", "---\ntitle: Work\ncomponents: [web]\nstart: 2025-07-31 22:30\n"+
			"end: 2025-07-31 23:30\n---\n")
		content["content/site.yml"].Data = append(content["content/site.yml"].Data, "languages: ["+tag+"]\n"...)
		h := hosted(t, siteOf(t, content, "2025-07-20T07:00:00Z"))
		v := visits(t, h, "index.html", "2025-07-20T07:00:00Z")
		v.in("Europe/Berlin")
		v.open("index.html")
		v.until(tag, says("#_later", want))
	}
}

// With clock: 12, the visitor's time is in 12 hours too, with the words of the language.
func TestAVisitorsTimeIsInTwelveHoursWhereThePagesIs(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "for 28 min · since 6:32 pm UTC (8:32 pm your time)",
		"ja": "28 分経過 · 午後6:32 UTC から （お使いの時間帯では 午後8:32）",
		"fi": "kestänyt 28 min · alkoi klo 6.32 ip. UTC (8.32 ip. sinun aikaasi)",
	} {
		content := clockSite("incidents/long.md", "---\ntitle: Long\ncomponents: [web]\nstatus: partial\nstart: 2025-08-01 18:32\n---\n"+
			"## Investigating — 2025-08-01 18:40\nText.\n")
		content["content/site.yml"].Data = append(content["content/site.yml"].Data, "clock: 12\nlanguages: ["+tag+"]\n"...)
		h := hosted(t, siteOf(t, content, "2025-08-01T19:00:00Z"))
		v := visits(t, h, "index.html", "2025-08-01T19:00:00Z")
		v.in("Europe/Berlin")
		v.open("index.html")
		v.until(tag, says("#_ongoing .meta", want))
	}
}
