package generator_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	upgrade = "maintenance/2025-08-01-platform-upgrade/index.html"
	trouble = "incidents/2025-07-25-api-and-front-end/index.html"
)

func TestAnOpenPageFollowsTheClockThroughAMaintenance(t *testing.T) {
	h := hosted(t, sample(t, "2025-08-01T01:50:00Z"))
	v := visits(t, h, "index.html", "2025-08-01T01:59:30Z")
	v.sees("h1", "All services are operational")
	v.sees("#_coming .head", "Maintenance Scheduled starts in ")
	icon := v.reads(`document.querySelector("[rel=icon]").href`)
	color := v.reads(`document.querySelector("[name=theme-color]").content`)

	v.reads(`leap(31)`)
	v.until("the answer", `document.querySelector("h1").innerText.startsWith("Maintenance until 03:30")`)
	v.sees("#_ongoing article h2", "Planned infrastructure upgrade")
	v.sees("#s-web", "Under maintenance")
	v.sees("#g-platform, #g-applications", "Under maintenance")
	if title := v.reads(`document.title`); !strings.HasPrefix(title, "Maintenance until 03:30") {
		t.Errorf("the title is %q", title)
	}
	if v.reads(`document.querySelector("[rel=icon]").href`) == icon ||
		v.reads(`document.querySelector("[name=theme-color]").content`) == color {
		t.Error("the icon or the theme color stays as it was")
	}
	if got := v.reads(`document.head.querySelectorAll("title, [rel=icon], [name=theme-color]").length`); got != "4" {
		t.Errorf("the head has %s of title, icon and two colors", got)
	}
	v.keeps("home-during-maintenance")

	v.reads(`leap(91 * 60)`)
	v.until("the end", `document.querySelector("h1").innerText == "All services are operational"`)
	v.sees("#s-web", "Operational")
	v.until("doubt about its age", `document.querySelector("#_stale").innerText.includes("out of date")`)
	v.calm("index.html")
}

func TestAPageBuiltBeforeAMaintenanceIsRightWheneverItIsOpened(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-31T12:00:00Z"))
	v := visits(t, h, upgrade, "2025-08-01T02:30:00Z")
	v.sees("#_live", "Under maintenance")
	v.sees("#_live .pill", "In progress")
	if seconds := v.reads(`Math.round(document.querySelector("#_live progress").value / 60)`); seconds != "30" {
		t.Errorf("the bar stands at %s minutes", seconds)
	}
	v = visits(t, h, upgrade, "2025-08-01T04:00:00Z")
	v.sees("#_live", "Completed")
	v = visits(t, h, "index.html", "2025-08-01T04:00:00Z")
	v.sees("h1", "All services are operational")
}

func TestAPageOfAnOpenIncidentTakesTheNewerBuild(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html", "2025-07-25T07:11:00Z")
	v.sees("h1", "Major outage: Web application")
	h.publish(sample(t, "2025-07-25T08:30:00Z"))
	v.until("the newer build", `document.querySelector("h1").innerText == "All services are operational"`)
}

func TestAPageInUseOffersTheNewerBuild(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html", "2025-07-25T07:11:00Z")
	v.do(chromedp.MouseClickXY(20, 400))
	h.publish(sample(t, "2025-07-25T08:30:00Z"))
	v.until("the offer", `document.querySelector("#_stale a")`)
	v.sees("h1", "Major outage")
	v.do(chromedp.Click("p#_stale a")) // "#_stale a" would also find the script, which has this text
	v.until("the newer build", `document.querySelector("h1").innerText == "All services are operational"`)
}

// A cache may keep the page longer than build.json, or for ever: the page reloads once
// for each build that it hears of, and then offers to.
func TestAPageThatComesBackAsItWasDoesNotReloadForEver(t *testing.T) {
	old := sample(t, "2025-07-25T07:10:00Z")
	h := hosted(t, old)
	v := visits(t, h, "index.html", "2025-07-25T07:11:00Z")
	newer := sample(t, "2025-07-25T08:30:00Z")
	h.mu.Lock()
	h.files["build.json"] = newer.bytes("build.json")
	h.mu.Unlock()
	v.until("the offer", `document.querySelector("#_stale a")`)
	asked := `performance.getEntriesByType("resource").filter(r => r.name.endsWith("/build.json")).length`
	v.until("more questions", asked+` > 4`)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.homes != 2 {
		t.Errorf("the home page was asked for %d times", h.homes)
	}
}

func TestAPageSaysWhenItMayBeOutOfDate(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html", "2025-07-25T07:20:00Z")
	v.sees("#_stale", "")
	if said := v.reads(`document.querySelector("#_stale").innerText`); said != "" {
		t.Errorf("ten minutes later it says %q", said)
	}
	v.reads(`leap(24 * 60)`) // the next change is at 07:42
	v.until("doubt", `document.querySelector("#_stale").innerText.startsWith("This page may be out of date.")`)
	v.keeps("home-out-of-date")
}

func TestThePageThatStandsInReloadsWhenTheServiceIsBack(t *testing.T) {
	h := hosted(t, sample(t, "2025-08-01T02:20:00Z"))
	answers := http.StatusServiceUnavailable
	h.other = func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		status := answers
		h.mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		page, _ := h.file("503.html")
		if status == http.StatusOK {
			page = []byte("<!doctype html><title>Shop</title><h1>Welcome back</h1>")
		}
		if status == http.StatusBadGateway {
			page = []byte("<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>")
		}
		w.Write(page)
	}
	becomes := func(status int) {
		h.mu.Lock()
		answers = status
		h.mu.Unlock()
	}
	v := visits(t, h, "shop", "2025-08-01T02:21:00Z")
	v.sees("h1", "Planned infrastructure upgrade")
	v.keeps("503")
	asked := `performance.getEntriesByType("resource").filter(r => r.name.endsWith("/shop")).length`
	v.until("the first question", asked+` > 1`)
	v.sees("h1", "Planned infrastructure upgrade")
	becomes(http.StatusBadGateway)
	before := v.reads(asked)
	v.until("a question that fails", asked+` > `+before)
	v.sees("h1", "Planned infrastructure upgrade")
	becomes(http.StatusOK)
	v.until("the service", `document.querySelector("h1").innerText == "Welcome back"`)
}
