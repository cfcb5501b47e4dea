package generator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// host serves a build as a static host does: with the headers that _headers asks
// for. A newer build may take its place at any time.
type host struct {
	*httptest.Server
	mu    sync.Mutex
	files map[string][]byte
	homes int              // how often the home page was asked for
	slow  bool             // pages come in small pieces
	clock func() time.Time // what its Date header says; nil: it has none
	other http.HandlerFunc // what answers at /shop, which is no page of ours
}

func hosted(t *testing.T, o output) *host {
	t.Helper()
	h := &host{}
	h.publish(o)
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *host) publish(o output) {
	files := map[string][]byte{}
	for name := range o.files {
		files[name] = o.bytes(name)
	}
	h.mu.Lock()
	h.files = files
	h.mu.Unlock()
}

func (h *host) file(name string) ([]byte, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	data, ok := h.files[name]
	return data, ok
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/shop" {
		h.other(w, r)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, ok := h.file(name)
	if name == "index.html" {
		h.mu.Lock()
		h.homes++
		h.mu.Unlock()
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	types := map[string]string{".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".css": "text/css", ".js": "text/javascript",
		".json": "application/json"}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Header()["Date"] = nil // or it would be the real one, which visitors in these tests do not live in
	if h.clock != nil {
		w.Header().Set("Date", h.clock().UTC().Format(http.TimeFormat))
	}
	h.headers(w.Header(), r.URL.Path)
	for ; h.slow && len(data) > 2000; data = data[2000:] {
		w.Write(data[:2000])
		w.(http.Flusher).Flush()
		time.Sleep(40 * time.Millisecond)
	}
	w.Write(data)
}

// headers sets what the blocks of _headers ask for at a path.
func (h *host) headers(set http.Header, at string) {
	rules, _ := h.file("_headers")
	applies := false
	for line := range strings.Lines(string(rules)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if !strings.HasPrefix(line, " ") {
			pattern := regexp.MustCompile(`:\w+`).ReplaceAllString(strings.ReplaceAll(regexp.QuoteMeta(name), `\*`, ".*"), "[^/]+")
			applies = regexp.MustCompile("^" + pattern + "$").MatchString(at)
		} else if applies {
			set.Set(name, value)
		}
	}
}

// visitor looks at pages in a real browser whose clock a test sets.
type visitor struct {
	*testing.T
	tab context.Context
	at  *host
}

// prelude runs before a page's own script. It sets the clock, lets minutes of
// waiting pass in moments, and notes what must not happen.
const prelude = `{
	const real = Date, begun = real.now()
	let leapt = %d - begun
	Date.now = new Proxy(real.now, {apply: () => Reflect.apply(performance.now, performance, []) + performance.timeOrigin + leapt})
	window.leap = seconds => leapt += seconds * 1000
	const wait = setTimeout
	window.setTimeout = (f, ms) => wait(f, ms > 5000 ? ms / 200 : ms)
	window.faults = []
	window.shift = 0
	addEventListener("error", e => faults.push(e.message || e.target.src || e.target.href), true)
	addEventListener("unhandledrejection", e => faults.push(String(e.reason)))
	document.addEventListener("securitypolicyviolation", e => faults.push(e.violatedDirective + " " + e.blockedURI))
	console.error = console.warn = (...said) => faults.push(said.join(" "))
	new PerformanceObserver(list => list.getEntries().forEach(e => shift += e.hadRecentInput ? 0 : e.value)).observe({type: ` +
	`"layout-shift", buffered: true})
}`

// visits opens a page of a host at an instant.
func visits(t *testing.T, h *host, file, at string) *visitor {
	t.Helper()
	v := &visitor{t, browser(t), h}
	source := fmt.Sprintf(prelude, instant(t, at).UnixMilli())
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled,
			emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, devtools.AddScriptToEvaluateOnNewDocument,
			devtools.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return err
	}))
	v.open(file)
	return v
}

func (v *visitor) open(file string) {
	v.Helper()
	v.do(chromedp.Navigate(v.at.URL + "/" + file))
}

func (v *visitor) do(steps ...chromedp.Action[chromedp.Void]) {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.tab, 2*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		v.Fatal(err)
	}
}

// reads is what an expression of JavaScript says, as text.
func (v *visitor) reads(expression string) string {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.tab, time.Minute)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		v.Fatalf("%s: %v", expression, err)
	}
	return text
}

// until waits for an expression to be true: a page is moving.
func (v *visitor) until(what, expression string) {
	v.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(v.tab, time.Minute)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		cancel()
		if err == nil && ok { // it fails while a page is left for another
			return
		}
	}
	v.Errorf("%s never comes: %s\n%s", what, expression, v.reads(`document.body.innerText.slice(0, 2000)`))
}

// sees asserts that the visible words of an element begin so.
func (v *visitor) sees(selector, want string) {
	v.Helper()
	got := strings.Join(strings.Fields(v.reads(`(document.querySelector("`+selector+`")||document.createElement("p")).innerText`)), " ")
	if !strings.HasPrefix(got, want) {
		v.Errorf("%s says %q, want %q", selector, got, want)
	}
}

// calm asserts that nothing went wrong: no error, no request to another host.
func (v *visitor) calm(file string) {
	v.Helper()
	if faults := v.reads(`faults.join("; ")`); faults != "" {
		v.Errorf("%s: %s", file, faults)
	}
	if others := v.reads(`performance.getEntriesByType("resource").map(r => r.name).filter(n => !n.startsWith(location.origin) && ` +
		`!n.startsWith("data:")).join(" ")`); others != "" {
		v.Errorf("%s asks other hosts: %s", file, others)
	}
}

// still asserts that nothing jumped while the page came: less than a fifth of
// what Web Vitals call good.
func (v *visitor) still(file string) {
	v.Helper()
	if jumps := v.reads(`shift > 0.02 ? shift.toFixed(3) : ""`); jumps != "" {
		v.Errorf("%s: the layout shifts by %s", file, jumps)
	}
}

// keeps a picture for whoever looks at what CI saw, in a folder that git ignores.
func (v *visitor) keeps(name string) {
	v.Helper()
	if os.Getenv("CI") != "true" {
		return
	}
	data, err := chromedp.Run(v.tab, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll("../artefacts/visits", 0o777)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join("../artefacts/visits", name+".png"), data, 0o666)
	}
	if err != nil {
		v.Error(err)
	}
}

// withoutScripts switches scripts off, as some visitors do.
func (v *visitor) withoutScripts() {
	v.Helper()
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// in moves the visitor to another time zone.
func (v *visitor) in(zone string) {
	v.Helper()
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone})
		return err
	}))
}
