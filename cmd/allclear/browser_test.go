package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// tab starts a real browser. If none is installed, it skips the test, or fails it if CI
// is true.
func tab(t *testing.T) context.Context {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("install the package chromium to run this test")
		}
		t.Skip("install the package chromium to run this test")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.WindowSize(400, 300),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-dev-shm-usage", true),
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has no sandbox for root
	}
	programs, stop := chromedp.NewExecAllocator(context.Background(), options...)
	page, closePage := chromedp.NewContext(programs)
	t.Cleanup(func() { closePage(); stop() })
	if err := chromedp.Do(page); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	return page
}

func TestTheBrowserShowsASavedFileAndMistakes(t *testing.T) {
	page := tab(t)
	s := newFolder(t).serve()
	long := incident("The first title") + strings.Repeat("\n\nMore and more of it.\n", 200)
	s.put("content/incidents/gone.md", long)
	s.until("the long page", s.shows("incidents/gone/", "The first title"))
	s.must(chromedp.Do(page, chromedp.Navigate(s.address+"incidents/gone/")))
	is := func(expression string) func() bool {
		return func() bool {
			ok, err := chromedp.Run(page, chromedp.Evaluate[bool]("Boolean("+expression+")"))
			return err == nil && ok
		}
	}
	const panel = `document.querySelector("#allclear-mistakes")`

	s.until("the page", is(`document.querySelector("h1").textContent.includes("The first title")`))
	s.until("scrolling", is(`(scrollTo(0, 1500), scrollY > 1000)`))
	s.put("content/incidents/gone.md", strings.Replace(long, "first", "second", 1))
	s.until("the new title", is(`document.querySelector("h1").textContent.includes("The second title")`))
	s.until("the old place on the page", is(`scrollY > 1000`))

	s.put("content/incidents/gone.md", strings.Replace(long, "[web]", "[wbe]", 1))
	s.until("the mistake", is(panel+` && `+panel+`.textContent.includes('gone.md:3:14: error: unknown component "wbe"')`))
	s.until("the last good page below", is(`document.querySelector("h1").textContent.includes("The second title")`))
	s.put("content/incidents/gone.md", strings.Replace(long, "first", "third", 1))
	s.until("the mended page", is(`!`+panel+` && document.querySelector("h1").textContent.includes("The third title")`))

	s.put("content/incidents/gone.md", strings.Replace(long, "[web]", "[wbe]", 1))
	s.until("the mistake again", is(panel))
	s.must(chromedp.Do(page, chromedp.Navigate(s.address)))
	s.until("the mistake on another page", is(panel))
}

func TestATabThatNobodySeesListensAgainWhenItIsSeen(t *testing.T) {
	page := tab(t)
	s := newFolder(t).serve()
	s.must(chromedp.Do(page, chromedp.Navigate(s.address+"incidents/gone/")))
	is := func(expression string) func() bool {
		return func() bool {
			ok, err := chromedp.Run(page, chromedp.Evaluate[bool]("Boolean("+expression+")"))
			return err == nil && ok
		}
	}
	seen := func(hidden string) func() bool {
		return is(`(Object.defineProperty(document, "hidden", {value: ` + hidden +
			`, configurable: true}), document.dispatchEvent(new Event("visibilitychange")))`)
	}
	s.until("the page", is(`document.readyState === "complete"`))
	s.until("the tab hidden", seen("true"))
	before := s.built()
	s.put("content/incidents/gone.md", incident("A new title"))
	s.until("a rebuild", func() bool { return s.built() > before })
	time.Sleep(300 * time.Millisecond)
	if !is(`document.querySelector("h1").textContent.includes("The web was gone")`)() {
		t.Error("a hidden tab loads itself again")
	}
	s.until("the tab seen", seen("false"))
	s.until("the new title", is(`document.querySelector("h1").textContent.includes("A new title")`))
}

func TestTheBrowserTravelsInTimeToo(t *testing.T) {
	page := tab(t)
	f := newFolder(t)
	f.put("content/maintenance/move.md", "---\ntitle: The move\nstart: 2025-08-01 02:00 UTC\nend: 2025-08-01 03:00 UTC\n"+
		"components: [web]\n---\n")
	s := f.serve("--at", "2025-08-01T02:30:00Z")
	s.must(chromedp.Do(page, chromedp.Navigate(s.address)))
	is := func(expression string) func() bool {
		return func() bool {
			ok, err := chromedp.Run(page, chromedp.Evaluate[bool]("Boolean("+expression+")"))
			return err == nil && ok
		}
	}
	s.until("the instant of the page", is(`new Date().getFullYear() === 2025 && Date.now() < Date.UTC(2025, 7, 2)`))
	s.until("the maintenance, which is long over", is(`document.readyState === "complete" && `+
		`document.querySelector("h1").textContent.includes("aintenance")`))
}
