package generator_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// On a phone, what a customer asks first is on the first screen: how is it, what is the
// newest word, and when is the next one? Nobody has to scroll for it.
func TestTheFirstScreenOfAPhoneAnswers(t *testing.T) {
	folder := copied(t, os.DirFS("testdata/sample"))
	for file, promise := range map[string]string{
		"content/incidents/2025/2025-07-25-api-and-front-end.md":  "next_update: 2025-07-25 07:30\n",
		"content/maintenance/2025/2025-08-01-platform-upgrade.md": "next_update: 2025-08-01 02:45\n",
	} {
		if !strings.Contains(string(folder[file].Data), "next_update:") {
			folder[file].Data = []byte(strings.Replace(string(folder[file].Data), "---\n", "---\n"+promise, 1))
		}
	}
	for _, story := range []struct {
		built, seen, file string
		words             []string // each in one element
	}{
		{"2025-07-25T07:10:00Z", "2025-07-25T07:11:30Z", "index.html",
			[]string{"Major outage: Web application", "We are working on that now.", "Next update by 07:30"}},
		{"2025-07-25T07:10:00Z", "2025-07-25T07:11:30Z", "incidents/2025-07-25-api-and-front-end/index.html",
			[]string{"Identified", "We are working on that now.", "Next update by 07:30"}},
		{"2025-08-01T02:20:00Z", "2025-08-01T02:21:30Z", "maintenance/2025-08-01-platform-upgrade/index.html",
			[]string{"In progress", "We are on schedule.", "Next update by 02:45"}},
	} {
		v := visits(t, hosted(t, siteOf(t, folder, story.built)), story.file, story.seen)
		v.do(chromedp.EmulateViewport(390, 844))
		v.in("America/New_York")
		v.open(story.file)
		v.until("the visitor's time", `document.querySelector("main").innerText.includes("your time")`)
		for _, words := range story.words {
			// The first element that holds the words, and no smaller one in it, ends above the fold.
			bottom := v.reads(`((has) => [...document.querySelectorAll("main *")].find(e => has(e) && ![...e.children].some(has))` +
				`?.getBoundingClientRect().bottom ?? "missing")(e => e.checkVisibility() && e.innerText?.includes("` + words + `"))`)
			if bottom == "missing" || v.reads(bottom+" <= 844") != "true" {
				t.Errorf("%s: %q ends at %s px of 844", story.file, words, bottom)
			}
		}
		v.keeps("first-screen-" + strings.NewReplacer("/index.html", "", "/", "-", ".html", "").Replace(story.file))
	}
}
