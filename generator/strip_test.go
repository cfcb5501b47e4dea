package generator_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const drawn = "incidents/2025-07-25-api-and-front-end/index.html"

// marked are the numbers of the dots and of the texts that are marked.
const marked = `[...document.querySelectorAll(".strip .on, .updates > .on")].map(e => e.dataset.no || e.textContent).sort().join(" ")`

// points moves the mouse to the middle of an element, and returns where that is.
func (v *visitor) points(selector string) (x, y float64) {
	v.Helper()
	v.reads(`document.querySelector("` + selector + `").scrollIntoView({block: "center", behavior: "instant"})`)
	at := v.reads(`(e => (e.x + e.width/2) + " " + (e.y + e.height/2))(document.querySelector("` + selector + `").getBoundingClientRect())`)
	if _, err := fmt.Sscan(at, &x, &y); err != nil {
		v.Fatal(err)
	}
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: chromedp.MouseMoved, X: x, Y: y})
		return err
	}))
	return x, y
}

func TestADotAndItsUpdateMarkEachOther(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, drawn, "2025-07-25T07:11:00Z")
	second := ".strip a[data-for^=u-20250725T0655]"

	v.until("the picture at its place", `document.readyState == "complete" && document.fonts.status == "loaded"`)
	v.points(second + " .dot")
	v.until("the update of the dot below the pointer", marked+` == "2 2"`)
	v.points("h1")
	v.until("nothing marked", marked+` == ""`)
	v.points("#u-first h3")
	v.until("the dot of the update below the pointer", marked+` == "1 1"`)

	v.points("h1")
	v.until("nothing marked again", marked+` == ""`)
	v.reads(`document.querySelector("` + second + `").focus()`)
	v.until("the update of the focused dot", marked+` == "2 2"`)

	x, y := v.points(second + " .dot")
	v.do(chromedp.MouseClickXY(x, y))
	v.until("the text to which the dot leads", `location.hash == "#u-20250725T065500Z"`)
	v.until("both marked", marked+` == "2 2"`)
	v.calm(drawn)
}

func TestWithoutScriptsADotLeadsToItsText(t *testing.T) {
	h := hosted(t, sample(t, "2025-07-25T07:10:00Z"))
	v := visits(t, h, "index.html", "2025-07-25T07:11:00Z")
	v.withoutScripts()
	v.open("index.html")
	if high := v.reads(`document.querySelector(".card .strip svg").getBoundingClientRect().height`); high != "80" {
		t.Errorf("the picture on the card is %s pixels high", high)
	}
	v.do(chromedp.MouseClickXY(v.points(".card .strip a:nth-child(2) .dot")))
	v.until("the text on the page of the incident",
		`location.pathname.endsWith("/`+drawn+`") && document.querySelector("#u-20250725T065500Z:target")`)
	v.until("its mark", `getComputedStyle(document.querySelector(":target"), "::before").backgroundColor == "rgb(36, 87, 214)"`)
	v.until("the numbers at the updates",
		`[...document.querySelectorAll(".updates > li")].map(e => getComputedStyle(e, "::before").content).join("") == '"3""2""1"'`)
}
