package generator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A page that was built at one time and is looked at later says what a page built
// then says, or says that it may be out of date. What it says of its own age, the
// pictures of time so far, and uptime are as of the build: they say so.

// unfolding has a window that is announced, one that will overrun, an incident whose
// end is written, and an impact of it that begins later.
const unfolding = `-- components.yml --
regions: [{id: us, name: United States}, {id: eu, name: Europe}]
components:
  - {id: web, name: Website}
  - group: Platform
    components:
      - {id: api, name: API, regions: [us, eu]}
      - {id: mail, name: Mail}
-- maintenance/announced.md --
---
title: New database
start: 2026-03-05 12:00
end: 2026-03-05 13:00
posted: 2026-03-01 09:00
impacts:
  - {components: [web], eta: 2026-03-05 12:40}
  - {components: [mail], start: 2026-03-05 12:20}
---
Saving may fail.

## Plan
- [x] Copy
- [ ] Move
-- maintenance/late.md --
---
title: New cables
start: 2026-03-05 11:00
end: 2026-03-05 12:30
posted: 2026-03-01 09:00
auto_complete: false
components: [api]
---
-- incidents/ending.md --
---
title: Mail is slow
start: 2026-03-05 11:30
end: 2026-03-05 12:45
impacts:
  - {components: [mail], status: degraded}
  - {components: [api], regions: [eu], status: major, start: 2026-03-05 12:10}
---
## Investigating — 2026-03-05 11:35
We look into it.
-- incidents/old.md --
---
title: Web was down
components: [web]
status: major
start: 2026-03-02 08:00
end: 2026-03-02 09:00
---
`

// promised has words to come, which no page may carry.
const promised = `-- maintenance/told.md --
---
title: New disks
start: 2026-03-05 12:00
end: 2026-03-05 13:00
posted: 2026-03-01 09:00
components: [web]
---
## In progress — 2026-03-05 12:05
The first disk is out.
-- incidents/due.md --
---
title: API is slow
start: 2026-03-05 11:30
components: [api]
status: degraded
next_update: 2026-03-05 12:03
---
## Investigating — 2026-03-05 11:35
We look into it.
`

// framed tells a page in a frame what time it is, and nothing else.
const framed = `{
	const at = +new URLSearchParams(location.search).get("at")
	if (at) Date.now = () => at + performance.now()
}`

// look opens pages in frames, one after the other, and says what each shows.
const look = `async pages => {
	const seen = []
	for (const page of pages) {
		const frame = document.createElement("iframe")
		frame.style = "width: 1280px; height: 800px"
		await new Promise(done => { frame.onload = done; frame.src = page; document.body.append(frame) })
		const doc = frame.contentDocument
		const stale = !!doc.querySelector("#_stale").firstChild
		if (!doc.querySelector("[rel=icon]")) throw page + " " + doc.documentElement.outerHTML.slice(0, 3000)
		for (const e of doc.querySelectorAll(".asof, .strip, .legend span, .up, .year, svg")) e.remove()
		seen.push({stale, title: doc.title, class: doc.body.className, icon: doc.querySelector("[rel=icon]").href, text: ` +
	`doc.querySelector("main").innerText})
		frame.remove()
	}
	return JSON.stringify(seen)
}`

// seen is what somebody sees of a page.
type seen struct {
	Stale              bool
	Title, Class, Icon string
	Text               string
}

// wayThere is how far a window had come at the build: "1 h 12 min of 2 h as of 12:12 UTC".
var wayThere = regexp.MustCompile(`(· )?(\d+ \pL+ )+of (\d+ \pL+ )+as of [0-9:]+ UTC `)

func (s seen) plain() string {
	text := wayThere.ReplaceAllString(strings.Join(strings.Fields(s.Text), " "), "")
	return s.Title + "\n" + s.Class + "\n" + s.Icon + "\n" + text
}

// lookedAt compares the pages of a site that was built at one time with those built
// later, as they look then: which differ, and which of them say nothing of it.
func lookedAt(t *testing.T, v *visitor, folder string, from string, times ...string) (compared int, differ []string) {
	t.Helper()
	day := "2026-03-05T"
	first := siteOf(t, content(folder), day+from+"Z")
	files := map[string][]byte{}
	put := func(where string, o output) {
		for name := range o.files {
			files[where+name] = o.bytes(name)
		}
	}
	put("first/", first)
	for _, at := range times {
		put(at+"/", siteOf(t, content(folder), day+at+"Z"))
	}
	v.at.mu.Lock()
	v.at.files = files
	v.at.mu.Unlock()
	names := slices.Sorted(maps.Keys(first.files))
	names = slices.DeleteFunc(names, func(name string) bool {
		return !strings.HasSuffix(name, ".html") || strings.Contains(string(first.bytes(name)), "http-equiv=\"refresh\"") ||
			name == "404.html" || name == "503.html"
	})
	for _, at := range times {
		when := instant(t, day+at+"Z").UnixMilli()
		var pages []string
		for _, name := range names {
			pages = append(pages, fmt.Sprintf("/first/%s?at=%d", name, when), fmt.Sprintf("/%s/%s?at=%d", at, name, when))
		}
		list, _ := json.Marshal(pages)
		answer := v.awaits("(" + look + ")(" + string(list) + ")")
		var shown []seen
		if err := json.Unmarshal([]byte(answer), &shown); err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			old, fresh := shown[2*i], shown[2*i+1]
			compared++
			if fresh.Stale {
				t.Errorf("%s, just built at %s, says that it may be out of date", name, at)
			}
			if old.plain() == fresh.plain() {
				continue
			}
			if strings.HasPrefix(name, "history/") && strings.HasSuffix(at, ":00") {
				continue // within the minute's grace
			}
			differ = append(differ, name)
			if !old.Stale {
				t.Errorf("%s, built at %s and looked at %s, says\n%s\nand not, as it then would,\n%s", name, from, at, old.plain(),
					fresh.plain())
			}
		}
	}
	return compared, differ
}

// framer is a visitor who looks at pages in frames.
func framer(t *testing.T) *visitor {
	t.Helper()
	h := &host{other: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<!doctype html><title>Frames</title>"))
	}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	v := &visitor{t, browser(t), h}
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, devtools.AddScriptToEvaluateOnNewDocument,
			devtools.AddScriptToEvaluateOnNewDocumentParams{Source: framed})
		return err
	}))
	v.open("shop")
	return v
}

// awaits is what an expression of JavaScript promises, as text.
func (v *visitor) awaits(expression string) string {
	v.Helper()
	text, err := chromedp.Run(v.tab, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		v.Fatal(err)
	}
	return text
}

func TestAPageLookedAtLaterIsRightOrSaysThatItMayNotBe(t *testing.T) {
	v := framer(t)
	compared, differ := lookedAt(t, v, unfolding, "11:50:00", "12:00:00", "12:12:10", "12:25:00", "12:30:00", "12:47:10", "13:02:10")
	for _, name := range differ {
		if !strings.HasPrefix(name, "history/") {
			t.Errorf("%s does not follow the clock", name)
		}
	}
	later, differ := lookedAt(t, v, promised, "11:50:00", "12:02:00", "12:06:10", "13:02:00")
	if !slices.Contains(differ, "index.html") || !slices.Contains(differ, "maintenance/told/index.html") {
		t.Errorf("a word that came is on the pages built before: only %q differ", differ)
	}
	t.Logf("%d pages compared", compared+later)
}
