package generator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// serve hands out files as a host does that sends no headers but the type: what
// keeps script out must be in the files.
func serve(w http.ResponseWriter, r *http.Request, files made) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, ok := files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	types := map[string]string{".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".css": "text/css", ".js": "text/javascript",
		".json": "application/json"}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Write(data)
}

// watcher opens pages in a browser that disobeys the Content-Security-Policy, so
// that escaping alone has to hold, and sees what they do.
type watcher struct {
	tab   context.Context
	fired int
	links int
}

func watched(t *testing.T, tab context.Context) *watcher {
	t.Helper()
	w := &watcher{tab: tab}
	err := chromedp.Do(tab, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, devtools.SetBypassCSP, devtools.SetBypassCSPParams{Enabled: true})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// open opens a page a year later than it was built, so that all
// its coming states are shown after its own, lets its script do what
// it does, touches everything that can be touched, and asks what happened.
func (w *watcher) open(t *testing.T, base, address string) {
	t.Helper()
	report := w.look(t, base, address)
	w.fired += report.Fired
	w.links += report.Links
	if report.Fired > 0 || len(report.Strange) > 0 {
		t.Errorf("%s: %d fired, and it holds %v", address, report.Fired, report.Strange)
	}
}

func (w *watcher) look(t *testing.T, base, address string) sighting {
	t.Helper()
	ctx, cancel := context.WithTimeout(w.tab, 30*time.Second)
	defer cancel()
	now := instant(t, night).AddDate(1, 0, 0).UnixMilli()
	prelude := fmt.Sprintf(`window.count = 0; window.fired = () => { window.count++ };
		for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = window.fired;
		{ const real = Date.now(); const was = Date.now.bind(Date); Date.now = () => %d + was() - real; }`, now)
	report, err := chromedp.Run(ctx, func(ctx context.Context, target *chromedp.Target) (sighting, error) {
		added, err := cdp.Call(ctx, target, devtools.AddScriptToEvaluateOnNewDocument,
			devtools.AddScriptToEvaluateOnNewDocumentParams{Source: prelude})
		if err != nil {
			return sighting{}, err
		}
		defer cdp.Call(ctx, target, devtools.RemoveScriptToEvaluateOnNewDocument, devtools.RemoveScriptToEvaluateOnNewDocumentParams(added))
		if _, err := chromedp.Navigate("about:blank")(ctx, target); err != nil {
			return sighting{}, err
		}
		if _, err := chromedp.Navigate(base+"/"+address)(ctx, target); err != nil {
			return sighting{}, err
		}
		return chromedp.Evaluate[sighting](provoke, chromedp.EvalAwaitPromise)(ctx, target)
	})
	if err != nil {
		t.Errorf("%s: %v", address, err)
	}
	return report
}

// What is planted past the generator is seen, so that seeing nothing means something.
func TestAPlantedScriptIsSeen(t *testing.T) {
	watch := watched(t, browser(t))
	for evil, want := range map[string]int{`<script>fired()</script>`: 1, `<a href="javascript:fired()">x</a>`: 0,
		`<a href="tg:x">x</a>`: 0} {
		files := built(t, content("-- incidents/x.md --\n"+entryHead+"Text.\n"), instant(t, night))
		files["index.html"] = []byte(strings.Replace(string(files["index.html"]), "</body>", evil+"</body>", 1))
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { serve(w, r, files) }))
		if got := watch.look(t, server.URL, "index.html"); got.Fired != want || want == 0 && len(got.Strange) == 0 {
			t.Errorf("%s: %+v", evil, got)
		}
		server.Close()
	}
}

type sighting struct {
	Fired   int      `json:"fired"`
	Links   int      `json:"links"`
	Strange []string `json:"strange"`
}

// provoke sends every element the events that scripts wait for, then lists what
// no page of ours may hold: attributes that act, addresses that run, elements
// that no template writes, links that a browser takes for another protocol than
// those that are allowed, requests to other hosts.
const provoke = `new Promise(done => setTimeout(() => {
	const all = [...document.querySelectorAll("*")]
	for (const e of all)
		for (const kind of ["mouseover", "focus", "toggle", "error", "load"])
			e.dispatchEvent(new Event(kind))
	const strange = []
	for (const e of document.querySelectorAll("*")) {
		for (const a of e.attributes)
			if (a.name.startsWith("on") || a.name == "srcdoc" || a.name == "formaction") strange.push(e.localName + " " + a.name)
		if (["xss", "iframe", "object", "embed", "base", "math", "frame", "marquee", ` +
	`"foreignobject"].includes(e.localName.toLowerCase())) strange.push(e.outerHTML.slice(0, 200))
		for (const key of ["href", "src", "action"]) {
			const value = e.getAttribute?.(key)
			if (value && /^\s*(javascript:|vbscript:|data:text|blob:)/i.test(value)) strange.push(e.localName + " " + key + "=" + ` +
	`value.slice(0, 80))
		}
	}
	const links = [...document.querySelectorAll("a[href], area[href]")]
	for (const a of links)
		// A link in a drawing has no property for its protocol.
		if (!["http:", "https:", "mailto:", "tel:", "webcal:"].includes(new URL(a.getAttribute("href"), document.baseURI).protocol)) ` +
	`strange.push("link to " + ` +
	`a.getAttribute("href").slice(0, 80))
	for (const r of performance.getEntriesByType("resource"))
		if (!r.name.startsWith(location.origin) && !r.name.startsWith("data:image/") && r.name != ` +
	`"https://status.example.com/build.json" && !(r.initiatorType == "img" && r.name.startsWith("https://status.example.com/"))) ` +
	`strange.push("request to " + r.name.slice(0, 120))
	setTimeout(() => done({fired: window.count, links: links.length, strange}), 20)
}, 60))`
