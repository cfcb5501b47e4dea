package generator_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/themes"

	ics "github.com/arran4/golang-ical"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// inFour builds the site of testdata/languages, in English, German,
// Japanese and Arabic, while an incident is open and a window under way.
func inFour(t *testing.T) map[string][]byte {
	t.Helper()
	at := time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC)
	result := generator.Build(os.DirFS("testdata/languages"), themes.In(nil), generator.Options{Now: at})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	told := []string{}
	for _, p := range result.Problems {
		told = append(told, path.Base(p.File)+" "+p.Rule)
	}
	if want := []string{"delays.ar.md missing-translation", "outage.md missing-translation",
		"outage.md missing-translation"}; !slices.Equal(told, want) {
		t.Errorf("check tells %q, not the update and the two files that are missing: %v", told, result.Problems)
	}
	return filesOf(t, result)
}

// filesOf are the bytes of all files of a build.
func filesOf(t *testing.T, result generator.Result) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, f := range result.Files {
		var err error
		if out[f.Path], err = f.Bytes(); err != nil {
			t.Fatal(f.Path, err)
		}
	}
	return out
}

var others = map[string]string{"de": "ltr", "ja": "ltr", "ar": "rtl"}

func TestEveryPageIsThereInEveryLanguageAndLeadsToTheOthers(t *testing.T) {
	out := inFour(t)
	pages := 0
	for file, data := range out {
		if path.Ext(file) != ".html" || strings.Contains(file, "/") && others[strings.Split(file, "/")[0]] != "" {
			continue
		}
		if bytes.Contains(data, []byte(`http-equiv="refresh"`)) {
			continue // it leads on from an address of the API, which knows one language
		}
		pages++
		for lang, dir := range others {
			page, there := out[lang+"/"+file]
			if !there {
				t.Errorf("%s is not there in %s", file, lang)
				continue
			}
			if !bytes.Contains(page, []byte(`<html lang="`+lang+`" dir="`+dir+`"`)) {
				t.Errorf("%s/%s does not say its language", lang, file)
			}
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		leads := map[string]string{}
		for n := range doc.Descendants() {
			if n.Data == "a" && attribute(n, "hreflang") != "" {
				leads[attribute(n, "hreflang")] = strings.TrimPrefix(attribute(n, "href"), "https://status.example.com/")
			}
			if n.Data == "link" && attribute(n, "rel") == "alternate" && attribute(n, "hreflang") == "de" {
				if want := "https://status.example.com/de/" + strings.TrimSuffix(file, "index.html"); attribute(n, "href") != want {
					t.Errorf("%s: hreflang de is %s", file, attribute(n, "href"))
				}
			}
		}
		for lang := range others {
			to := leads[lang]
			if !strings.HasSuffix(file, "4.html") && !strings.HasSuffix(file, "3.html") {
				to = path.Join(path.Dir(file), to)
			}
			if to != lang+"/"+file {
				t.Errorf("%s leads to %s for %s", file, to, lang)
			}
		}
	}
	if pages != 16 {
		t.Errorf("%d pages were looked at", pages)
	}
}

// latin finds words of English in a page of a language that is not written in
// Latin letters.
var latin = regexp.MustCompile(`[A-Za-z]{3,}`)

// names are the Latin words that such a page may show: names of formats and of the
// site, zones, and languages in their own words.
var names = regexp.MustCompile(`Example|RSS|Atom|JSON ` +
	`Feed|/feed subscribe \S+|Slack|<script.*</script>|example\.com|` +
	`API|CEST|Europe/Berlin|JavaScript|English|Deutsch|Operations|Badge|{\w+}|\\u00a0|https?://\S+|mailto:\S+`)

func TestNoEnglishWordIsLeftOnAPageOfAnotherLanguage(t *testing.T) {
	out := inFour(t)
	looked := 0
	for file, data := range out {
		lang := strings.Split(file, "/")[0]
		if path.Ext(file) != ".html" || lang != "ja" && lang != "ar" {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			var shown string
			if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
				shown = n.Data
			} else if n.Type == html.ElementNode {
				shown = attribute(n, "aria-label") + attribute(n, "alt") + attribute(n, "data-copy") + attribute(n, "data-done") +
					attribute(n, "data-words")
			}
			if shown == "" || languageOf(n) != lang {
				continue
			}
			looked++
			if words := latin.FindString(names.ReplaceAllString(shown, "")); words != "" && !untranslated(shown) {
				t.Errorf("%s says %q", file, strings.TrimSpace(shown))
			}
		}
	}
	if looked < 1000 {
		t.Errorf("only %d texts were looked at", looked)
	}
}

// untranslated are titles that stand where no element can say their language: in
// the title of the window.
func untranslated(text string) bool {
	return strings.Contains(text, "The public API was down")
}

// languageOf is the language that an element or the nearest around it says.
func languageOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if lang := attribute(n, "lang"); lang != "" {
			return lang
		}
	}
	return ""
}

func TestAnUpdateWithoutATranslationIsShownAndMarked(t *testing.T) {
	page := string(inFour(t)["ar/incidents/delays/index.html"])
	if !strings.Contains(page, `<div class="prose" lang="en" dir="ltr"><p>One server of three answers slowly.</p></div>`) {
		t.Error("the update is not there in English, and marked")
	}
	if !strings.Contains(page, `<div class="prose"><p>نرى طابورًا يزداد طولًا.</p></div>`) {
		t.Error("the translated update is not there, or marked as foreign")
	}
}

func TestALinkInTextLeadsToThePageInTheSameLanguage(t *testing.T) {
	out := inFour(t)
	if page := string(out["de/incidents/delays/index.html"]); !strings.Contains(page,
		`href="../../../de/pages/contact/index.html">erreichen Sie uns</a>`) {
		t.Error("the German page does not link to the German one")
	}
	if feed := string(out["de/feed.json"]); !strings.Contains(feed, `https://status.example.com/de/incidents/delays/`) {
		t.Error("the German feed does not link to German pages")
	}
}

func TestFeedsCalendarsAndTheRestAreInTheLanguage(t *testing.T) {
	out := inFour(t)
	for _, name := range []string{"de/history.rss", "de/history.atom", "de/feed.json", "de/components/email/history.atom"} {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(out[name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if item := feed.Items[0]; feed.Language != "de" || !strings.HasPrefix(feed.Title, "Status von Example") ||
			!strings.Contains(item.Title, ": ") || !strings.HasPrefix(item.Link, "https://status.example.com/de/") {
			t.Errorf("%s is %q in %q with %q at %s", name, feed.Title, feed.Language, item.Title, item.Link)
		}
	}
	calendar, err := ics.ParseCalendar(bytes.NewReader(out["de/maintenance.ics"]))
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, e := range calendar.Events() {
		titles = append(titles, e.GetProperty(ics.ComponentPropertySummary).Value)
	}
	if got := strings.Join(titles, ", "); got != "Neue Kabel, Neue Plattform" {
		t.Errorf("the German calendar has %s", got)
	}
	for file, want := range map[string]string{
		"de/badges/overall.svg": "Eingeschränkte Leistung: ", "ar/badges/email.json": "أداء متراجع", "ja/status.txt": "対応中の障害",
		"de/embed.js": `lang:"de"`, "de/search.json": "E-Mails kommen verspätet an", "ar/manifest.webmanifest": `"dir":"rtl"`,
		"de/incidents/outage/index.md": "Abschlussbericht", "de/cards/home.png": "PNG", "api/v2/status.json": "Partially Degraded Service",
	} {
		if !strings.Contains(string(out[file]), want) {
			t.Errorf("%s does not say %s", file, want)
		}
	}
}

// A status line for other sites asks for the overall badge that lies beside it, which
// speaks its language and has the page's own class and sentence.
func TestAStatusLineForOtherSitesAsksForTheBadgeOfItsLanguage(t *testing.T) {
	out := inFour(t)
	for _, lang := range []string{"", "de/", "ja/", "ar/"} {
		line := string(out[lang+"embed.js"])
		if !strings.Contains(line, `new URL(".",`) || !strings.Contains(line, "badges/overall.json") || strings.Contains(line, "api/v2") {
			t.Errorf("%sembed.js does not ask for the badge beside it: %.300s", lang, line)
		}
		var badge struct{ Message string }
		if err := json.Unmarshal(out[lang+"badges/overall.json"], &badge); err != nil || !bytes.Contains(out[lang+"index.html"],
			[]byte(html.EscapeString(badge.Message))) {
			t.Errorf("the badge beside %sembed.js says %q, and the page does not (%v)", lang, badge.Message, err)
		}
	}
}
