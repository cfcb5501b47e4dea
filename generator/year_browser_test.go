package generator_test

import (
	"strings"
	"testing"
)

// brokenYesterday has a day with a length in each drawing, and maintenance to come.
const brokenYesterday = `---
title: Web was down
components: [web]
status: major
start: 2026-02-28 08:00
end: 2026-02-28 09:00
---
Text.
`

// The title of a page follows the clock. Titles in drawings, which name their days, are
// not touched by that.
func TestTheDaysOfDrawingsKeepTheirNamesWhenTheTitleOfThePageChanges(t *testing.T) {
	folder := clockSite("incidents/down.md", brokenYesterday)
	folder["content/maintenance/db.md"] = clockSite("maintenance/db.md", overrunning)["content/maintenance/db.md"]
	h := hosted(t, siteOf(t, folder, "2026-03-01T10:55:00Z"))
	for _, page := range []string{"index.html", "uptime/index.html", "components/web/index.html"} {
		v := visits(t, h, page, "2026-03-01T11:04:00Z")
		v.until("the maintenance", `document.body.className == "maint"`)
		names := v.reads(`[...document.querySelectorAll("main svg title")].map(e => e.textContent).join()`)
		if !strings.Contains(names, "28 Feb") {
			t.Errorf("%s: the days of drawings are named %q", page, names)
		}
		if head := v.reads(`document.head.querySelectorAll("title").length`); head != "1" {
			t.Errorf("%s has %s titles", page, head)
		}
	}
}

// The weeks, months and days of a year are reached by keyboard, and each link has a name.
func TestAYearIsReadByKeyboard(t *testing.T) {
	h := hosted(t, siteOf(t, clockSite("incidents/down.md", brokenYesterday), "2026-03-01T10:55:00Z"))
	v := visits(t, h, "uptime/index.html", "2026-03-01T10:56:00Z")
	v.until("a focused day", `(document.querySelector(".cal svg a").focus(), document.activeElement.textContent.includes("28 Feb"))`)
	v.reads(`document.querySelector(".service summary").click()`)
	v.until("the months of a service", `document.querySelector(".service .cal").getBoundingClientRect().height > 100`)
	if href := v.reads(`document.querySelector(".service .cal svg a").getAttribute("href")`); href != "../incidents/down/index.html" {
		t.Errorf("the day of a service leads to %s", href)
	}
}
