package language_test

import (
	"fmt"
	"testing/fstest"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
	"allclear/themes"
)

// What a site in English and German shows of the same facts.
func Example() {
	languages, err := language.Open(themes.Open(nil), &site.Site{Languages: []string{"en", "de"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	began := time.Date(2025, time.July, 25, 6, 32, 0, 0, time.UTC)
	for _, l := range languages {
		fmt.Println(l.Tag, l.Path("history/index.html"))
		fmt.Println(l.Date("day", began))
		fmt.Println(l.Minutes(108*time.Minute), "|", l.Roughly(108*time.Minute))
		fmt.Printf("%+q\n", l.Duration(108*time.Minute)) // a number and its unit stay on one line
		fmt.Println(l.List([]string{"Website", "API", "E-mail"}))
		fmt.Printf("%+q\n", l.Percent("99.98"))
	}
	// Output:
	// en history/index.html
	// 25 July 2025
	// 108 minutes | 2 hours
	// "1\u00a0h 48\u00a0min"
	// Website, API and E-mail
	// "99.98%"
	// de de/history/index.html
	// 25. Juli 2025
	// 108 Minuten | 2 Stunden
	// "1\u00a0Std. 48\u00a0Min."
	// Website, API und E-mail
	// "99,98\u00a0%"
}

// A text with a form for each plural category, and a string of site.yml in its place.
func ExampleLanguage_Say() {
	theme := fstest.MapFS{"languages/en.yml": {Data: []byte(`
updates: {one: "{n} update", other: "{n} updates"}
since: "since {when}"
`)}}
	s := &site.Site{Languages: []string{"en"}, Strings: map[string]site.Text{"since": {Default: "from {when} on"}}}
	languages, err := language.Open(theme, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	l := languages[0]
	fmt.Println(l.Say("updates", "n", 1))
	fmt.Println(l.Say("updates", "n", 1234))
	fmt.Println(l.Say("since", "when", "06:32"))
	fmt.Println(l.Say("no.such.text"))
	// Output:
	// 1 update
	// 1,234 updates
	// from 06:32 on
	// no.such.text
}

// An operator's language file, and what is wrong with it.
func ExampleCheck() {
	s := &site.Site{Languages: []string{"de"}, Theme: "ours"}
	own := fstest.MapFS{
		"languages/de.yml": {Data: []byte("minutes: {one: eine Minute, other: \"{count} Minuten\"}\nhome: {qiuet: Offen}\n")}}
	for _, p := range language.Check(themes.Open(own), s) {
		fmt.Printf("%s:%d: %s\n", p.File, p.Line, p.Message)
		fmt.Printf("    %s\n", p.Hint)
	}
	// Output:
	// themes/ours/languages/de.yml:1: "minutes" has the unknown placeholder {count}
	//     write {n}
	// themes/ours/languages/de.yml:1: "minutes" lacks {n}
	//     add {n}, which the English text has
	// themes/ours/languages/de.yml:2: no text has the key "home.qiuet"
	//     did you mean "home.quiet"?
}
