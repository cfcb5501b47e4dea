package generator_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
)

func TestTheHistoryFindsAndItsAddressCanBeShared(t *testing.T) {
	h := hosted(t, sample(t, "2026-11-22T00:00:00Z"))
	v := visits(t, h, "history/index.html", "2026-11-22T00:01:00Z")
	v.do(chromedp.Focus("[name=q]"), chromedp.KeyEvent("cors errors"))
	v.until("one hit", `document.querySelectorAll("#_hits li").length == 1 && document.querySelector("#_months").hidden`)
	v.sees("#_hits li a", "API errors, delayed email")
	v.sees("#_count", "Results: 1")
	v.do(chromedp.Focus("[name=c]"), chromedp.SetValue("[name=c]", "search"))
	v.reads(`document.querySelector("[name=c]").dispatchEvent(new Event("input", {bubbles: true}))`)
	v.until("no hit", `!document.querySelector("#_hits li")`)
	v.sees("#_count", "Nothing matches.")

	v.open("history/index.html?s=critical&y=2025")
	v.until("critical ones of a year", `document.querySelectorAll("#_hits li").length > 1`)
	if strange := v.reads(`[...document.querySelectorAll("#_hits li")].filter(e => !e.innerText.includes("2025")).length`); strange != "0" {
		t.Errorf("%s hits are of another year", strange)
	}
	if kept := v.reads(`location.search`); kept != "?s=critical&y=2025" {
		t.Errorf("the address is %s", kept)
	}
	v.do(chromedp.Click("#_hits a"))
	v.until("the incident", `document.querySelector("#_live")`)
	v.calm("history")
}

func TestGroupsFoldByKeyboard(t *testing.T) {
	h := hosted(t, sample(t, "2026-11-22T00:00:00Z"))
	v := visits(t, h, "index.html", "2026-11-22T00:01:00Z")
	open := `document.querySelector("details").open`
	before := v.reads(open)
	v.do(chromedp.Focus("summary"), chromedp.KeyEvent("\r"))
	v.until("the other state", open+` != `+before)
	v.do(chromedp.KeyEvent("\r"))
	v.until("the first state", open+` == `+before)
}

// What a bar says comes with its first use: the day under the pointer, at the first tap of
// a finger, and of the bad day that has the focus.
func TestABarTellsItsDaysToKeyboardAndPointer(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T09:00:00Z"))
	const outage = "Fri 25 July: Major outage 39 min, Degraded 38 min · API errors, delayed email and an unavailable web application"
	point := func(v *visitor, kind, pointer, place string) {
		v.reads(`(() => {
			const bar = document.querySelector("[data-c=web] .bar")
			bar.scrollIntoView({block: "center", behavior: "instant"})
			const box = bar.getBoundingClientRect()
			const at = {bubbles: true, pointerType: "` + pointer + `", clientX: ` + place + `, clientY: box.y + 20}
			bar.dispatchEvent(new PointerEvent("pointerover", at))
			bar.dispatchEvent(new PointerEvent("` + kind + `", at))
		})()`)
	}
	says := func(v *visitor, want string) {
		t.Helper()
		v.until("the words of the bar", `document.querySelector(".tip")?.textContent.replaceAll("\u00a0", " ") == "`+want+`"`)
	}
	v := visits(t, h, "index.html", "2025-07-25T09:01:00Z")
	if got := v.reads(`document.querySelectorAll("script[src*=bars]").length`); got != "0" {
		t.Errorf("the script of bars is loaded %s times before it is used", got)
	}
	point(v, "pointermove", "mouse", "box.right - 1")
	says(v, outage)
	point(v, "pointermove", "mouse", "box.x + box.width / 2")
	says(v, "Wed 11 June: no incidents")
	v.reads(`document.body.dispatchEvent(new PointerEvent("pointermove", {bubbles: true}))`)
	v.until("no words of a bar", `!document.querySelector(".tip")`)

	v = visits(t, h, "index.html", "2025-07-25T09:01:00Z")
	point(v, "pointerdown", "touch", "box.right - 12") // the nearest bad day, as fingers are wide
	says(v, outage)
	if got := v.reads(`document.querySelector(".tip a").getAttribute("href")`); got != trouble {
		t.Errorf("the words of the bar lead to %s", got)
	}
	if got := v.reads(`document.querySelector(".bar").getBoundingClientRect().height`); got != "44" {
		t.Errorf("a bar is a target of %s px", got)
	}

	v = visits(t, h, "index.html", "2025-07-25T09:01:00Z")
	v.do(chromedp.KeyEvent("\t"))
	v.reads(`[...document.querySelectorAll("[data-c=web] .bar a")].at(-1).focus()`)
	says(v, outage)
}

func TestWithoutScriptsEverythingIsThereAndNothingIsFalse(t *testing.T) {
	h := hosted(t, sample(t, "2025-08-01T02:20:00Z"))
	v := visits(t, h, "index.html", "2025-08-01T02:21:00Z")
	v.withoutScripts()
	v.open("index.html")
	v.sees("h1", "Maintenance until 03:30 UTC: Web application, Public API and 2 more")
	v.sees(".asof", "Last updated 1 August 2025, 02:20 UTC")
	v.sees("#s-web", "Under maintenance")
	for _, relative := range []string{"min ago", "in 1", "your time", "Copy"} {
		if v.reads(`document.querySelector("main").innerText.includes("`+relative+`")`) != "false" {
			t.Errorf("without a script the page says %q", relative)
		}
	}
	v.open(upgrade)
	v.sees("#_live", "Under maintenance")
	v.sees("#_live .pill", "In progress")
	v.sees("#_live .meta", "1 August 2025, 02:00–03:30 UTC, 1 h 30 min")
	v.open("history/index.html")
	if v.reads(`document.querySelectorAll("input, select").length`) != "0" {
		t.Error("without a script there is a search that cannot find")
	}
	v.sees("#_months h2", "")
}

func TestTimesAreTheVisitorsToo(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html", "2025-07-25T07:11:30Z")
	v.sees(".asof", "Last updated 1 min ago · 07:10 UTC")
	v.in("America/New_York")
	v.open("index.html")
	v.sees(".asof", "Last updated 1 min ago · 07:10 UTC (03:10 your time)")
	v.in("Asia/Tokyo")
	v.open(trouble)
	v.until("Tokyo's time", `document.querySelector("#_live").innerText.includes("15:32 your time")`)
}

func TestNothingMovesWhileAPageArrives(t *testing.T) {
	h := hosted(t, sample(t, "2025-08-01T01:50:00Z"))
	h.slow = true
	v := visits(t, h, "404.html", "2025-08-01T02:21:00Z")
	v.in("Asia/Tokyo")
	for _, file := range []string{"index.html", "503.html", upgrade} {
		v.open(file)
		v.until("the maintenance, which began after the build", `document.querySelector("main").innerText.includes("In progress")`)
		v.until("the visitor's time", `document.querySelector("main").innerText.includes("your time")`)
		v.until("doubt about its age", `document.querySelector("#_stale").innerText.includes("out of date")`)
		v.still(file)
	}
}

func TestHeadingsDoNotMeetThePagesOwnParts(t *testing.T) {
	h := hosted(t, siteOf(t, fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\nurl: https://status.example.com\n")},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Web}]\n")},
		"content/pages/words.md": {Data: []byte("---\ntitle: Words\n---\n## Live\n\n## Only\n\n## Open\n\n## Stale\n\n## Answer\n")},
	}, "2025-08-01T01:50:00Z"))
	v := visits(t, h, "pages/words/index.html", "2025-08-01T01:51:00Z")
	v.until("the script", `document.querySelector("footer").innerText.includes("ago")`)
	v.sees("main", "Status › Words Words Live Only Open Stale Answer")
	v.sees("#_stale", "")
	if twice := v.reads(`[...document.querySelectorAll("[id]")].map(e => e.id).filter((id, i, all) => all.indexOf(id) < i)`); twice != "" {
		t.Errorf("two elements have the id %s", twice)
	}
}

func TestEveryKindOfPageIsCalmUnderItsHeaders(t *testing.T) {
	h := hosted(t, sample(t, "2025-08-01T02:20:00Z"))
	v := visits(t, h, "index.html", "2025-08-01T02:21:00Z")
	for _, file := range []string{"index.html", "404.html", "503.html", upgrade, trouble, "history/index.html",
		"history/2025-07/index.html", "components/public-api/index.html", "pages/about/index.html"} {
		v.open(file)
		v.until("the script, where it has a time to write", `document.readyState == "complete" &&
			(document.querySelector("small.n") || !document.querySelector("time[datetime*=T]:not(.plain)"))`)
		v.calm(file)
		v.still(file)
	}
	if policy, err := http.Get(h.URL + "/index.html"); err != nil || !strings.Contains(policy.Header.Get("Content-Security-Policy"),
		"script-src 'self' 'sha256-") {
		t.Errorf("the policy is not sent: %v", err)
	}
}
