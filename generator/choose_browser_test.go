package generator_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// seenRows are the ids of the services that a visitor sees, joined.
const seenRows = `[...document.querySelectorAll("[data-r]")].filter(e => e.offsetHeight).map(e => e.dataset.c).join()`

// heading is the answer that a visitor sees.
const heading = `[...document.querySelectorAll("h1")].filter(e => e.offsetHeight)[0].innerText`

// says waits until the page answers with a sentence.
func (v *visitor) says(want string) {
	v.Helper()
	v.until(want, heading+` == "`+want+`"`)
}

// clicks clicks one thing after another, where they are when it is their turn.
func (v *visitor) clicks(selectors ...string) {
	v.Helper()
	for _, selector := range selectors {
		v.until(selector, `document.querySelector('`+selector+`')?.offsetHeight`)
		at := strings.Split(v.reads(`(() => {
			const e = document.querySelector('`+selector+`')
			e.scrollIntoView({block: "center", behavior: "instant"})
			const box = e.getBoundingClientRect()
			return [box.x + box.width / 2, box.y + box.height / 2]
		})()`), ",")
		x, _ := strconv.ParseFloat(at[0], 64)
		y, _ := strconv.ParseFloat(at[1], 64)
		v.do(chromedp.MouseClickXY(x, y))
	}
}

func TestAVisitorChoosesServicesAndSharesTheAddress(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html", "2025-07-25T07:11:00Z")
	v.says("Major outage: Web application")
	v.clicks("#_mine")
	v.until("a checkbox in each row", `[...document.querySelectorAll("[data-r]")].every(e => e.querySelector("input").offsetHeight)`)
	v.until("the focus on the first service", `document.activeElement.value == "web"`)
	for _, id := range []string{"auth", "email", "storage"} {
		v.clicks(`[data-c="` + id + `"][data-r]`) // the whole row is the target
	}
	v.clicks("#_choose .main")
	v.says("Your 3 services are operational")
	if hash := v.reads(`location.hash`); hash != "#only=auth,email,storage" {
		t.Errorf("the address says %s", hash)
	}
	if rows := v.reads(seenRows); rows != "auth,email,storage" {
		t.Errorf("the page shows %s", rows)
	}
	v.until("the general answer", `document.querySelector("#_answer").offsetHeight < 40 && `+
		`getComputedStyle(document.querySelector("#_answer h1"), "::before").content == '"In general: "'`)
	if v.reads(`document.activeElement.id`) != "_mine" {
		t.Error("the focus is lost")
	}
	if kept := v.reads(`localStorage.length`); kept != "0" {
		t.Errorf("%s things are stored, which the visitor was not asked for", kept)
	}
	v.calm("index.html")

	friend := visits(t, h, "index.html#only=auth,email,storage", "2025-07-25T07:11:00Z")
	friend.says("Your 3 services are operational")
	friend.still("index.html#only=auth,email,storage")
	friend.calm("index.html#only=auth,email,storage")
}

func TestTheAnswerIsTheWorstOfTheChosenServices(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html#only=web,auth,email", "2025-07-25T07:11:00Z")
	v.says("Major outage: Web application")
	v.until("the others", `document.querySelector(".own p").innerText == "Your other 2 services are operational."`)
	if hero := v.reads(`document.body.classList.contains("major")`); hero != "true" {
		t.Error("the color of the answer is not that of the worst service")
	}
	v.open("index.html#only=search")
	v.says("Search index is operational")
	aside := `getComputedStyle(document.querySelector(".card"), "::after").content`
	v.until("that the incident does not matter", aside+` == '"Your services are not affected."'`)
	if said := v.reads(`document.querySelector(".card").innerText`); strings.Contains(said, "Update 3") ||
		!strings.Contains(said, "API errors") || !strings.Contains(said, "Major outage") {
		t.Errorf("an incident that does not matter says %q", said)
	}
	v.open("index.html#only=web")
	v.until("that it does", aside+` == "none"`)
}

func TestAChoiceIsStoredOnlyIfTheVisitorWantsThat(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html#only=auth,email", "2025-07-25T07:11:00Z")
	v.says("Your 2 services are operational")
	if v.reads(`localStorage.length`) != "0" {
		t.Fatal("an address is stored")
	}
	v.clicks("#_mine", "#_choose label", "#_choose .main")
	v.until("the choice stored", `localStorage["only /"] == "auth,email"`)
	v.open("history/index.html")
	v.open("index.html")
	v.says("Your 2 services are operational")
	v.still("index.html with a stored choice")
	if hash := v.reads(`location.hash`); hash != "#only=auth,email" {
		t.Errorf("the address of a stored choice is %q, which nobody can share", hash)
	}
	v.open("index.html#only=search") // an address wins
	v.says("Search index is operational")
	v.clicks(".turn a")
	v.says("Major outage: Web application")
	v.open("history/index.html")
	v.open("index.html")
	v.says("Your 2 services are operational")
	v.clicks("#_mine", "#_choose label", "#_choose .main")
	v.until("nothing stored", `localStorage.length == 0`)
}

func TestBackAndForwardFollowTheChoice(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html#only=auth,email", "2025-07-25T07:11:00Z")
	v.says("Your 2 services are operational")
	v.clicks(`a[href$="#subscribe"]`) // a jump within the page keeps it
	v.until("the jump", `location.hash == "#subscribe"`)
	v.says("Your 2 services are operational")
	links := v.reads(`[...document.querySelectorAll(".yours li")].filter(e => e.offsetHeight)` +
		`.map(e => e.innerText.replace(/\s+/g, " ")).join("|")`)
	want := "Authentication RSS Atom JSON Feed Subscribe to the calendar|" +
		"Email pipeline RSS Atom JSON Feed Subscribe to the calendar"
	if links != want {
		t.Errorf("the feeds are %s", links)
	}
	v.clicks(".turn a")
	v.says("Major outage: Web application")
	v.reads(`history.back()`)
	v.reads(`history.back()`)
	v.says("Your 2 services are operational")
	v.reads(`location.hash = "only=no-such-service,search"`) // unknown ones are ignored
	v.says("Search index is operational")
	v.reads(`location.hash = "only=no-such-service"`)
	v.says("Major outage: Web application")
}

func TestAChoiceFollowsTheClock(t *testing.T) {
	h := hosted(t, sample(t, "2025-08-01T01:50:00Z"))
	v := visits(t, h, "index.html#only=web,search", "2025-08-01T01:59:30Z")
	v.says("Your 2 services are operational")
	v.reads(`leap(31)`)
	v.until("the maintenance", heading+`.startsWith("Maintenance: ")`)
	if said := v.reads(heading); !strings.Contains(said, "Web application") {
		t.Errorf("the answer is %q", said)
	}
	v.reads(`leap(91 * 60)`)
	v.says("Your 2 services are operational")
	v.calm("index.html")
}

func TestWhereTheFilesAreMissingThePageStaysWhole(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	for name := range h.files {
		if strings.HasPrefix(name, "assets/") {
			delete(h.files, name)
		}
	}
	v := visits(t, h, "index.html#only=search", "2025-07-25T07:11:00Z")
	v.says("Major outage: Web application")
	v.until("no button", `!document.querySelector("#_mine")`)
	v.until("the page", `!document.documentElement.hidden`)
}

func TestWithoutScriptsThereIsNothingToChoose(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "404.html", "2025-07-25T07:11:00Z")
	v.withoutScripts()
	v.open("index.html#only=search")
	v.sees("h1", "Major outage: Web application")
	if v.reads(`[...document.querySelectorAll("button, input")].filter(e => e.offsetHeight).length`) != "0" {
		t.Error("there is a button or a field that does nothing")
	}
}
