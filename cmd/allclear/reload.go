package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"time"
)

// The paths of the preview that belong to no site.
const (
	reloadPath = "/.allclear/reload.js"
	clockPath  = "/.allclear/clock.js"
	eventsPath = "/.allclear/events"
)

// clockScript sets the browser's clock to the instant of --at, from which it
// goes on. Without it the script of a page would show what came since.
const clockScript = `(() => {
  const Real = Date, shift = Number(document.currentScript.dataset.at) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
})();
`

// reloadScript hears what the preview says. It loads the page again when there
// is a new edition (browsers keep the scroll position), and shows mistakes over
// the page until they are mended.
const reloadScript = `(() => {
  const edition = document.currentScript.dataset.edition;
  let panel;
  const hide = () => { if (panel) panel.remove(); panel = undefined; };
  const show = (text) => {
    hide();
    panel = document.createElement("div");
    panel.id = "allclear-mistakes";
    panel.setAttribute("role", "alert");
    panel.style.cssText = "position:fixed;inset:0;z-index:2147483647;overflow:auto;padding:2rem;background:rgba(20,22,28,.94);color:#f2f2f2;font:14px/1.5 ui-monospace,monospace;direction:ltr;text-align:left";
    const close = document.createElement("button");
    close.textContent = "Hide until the next change";
    close.style.cssText = "font:inherit;padding:.5rem 1rem;margin-bottom:1rem;color:inherit;background:#3a3f4b;border:1px solid #6b7280;border-radius:6px";
    close.onclick = hide;
    const pre = document.createElement("pre");
    pre.textContent = text;
    pre.style.cssText = "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;color:inherit;background:none;border:0;padding:0";
    panel.append(close, pre);
    document.body.append(panel);
  };
  new EventSource("/.allclear/events").onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (news.broken) show(news.broken);
    else if (news.edition !== edition) location.reload();
    else hide();
  };
})();
`

func serveScript(w http.ResponseWriter, script string) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, script)
}

// withClock puts the script of a clock that begins at an instant before all
// others of a page; a zero instant is the browser's own clock.
func withClock(page []byte, at time.Time) []byte {
	head := []byte("<head>")
	if at.IsZero() || !bytes.Contains(page, head) {
		return page
	}
	script := fmt.Appendf(nil, `%s<script src="%s" data-at="%d"></script>`, head, clockPath, at.UnixMilli())
	return bytes.Replace(page, head, script, 1)
}

// withReload puts the script at the end of a page.
func withReload(page []byte, edition string) []byte {
	script := fmt.Appendf(nil, `<script src="%s" data-edition="%s"></script>`, reloadPath, edition)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	return bytes.Join([][]byte{page[:end], script, page[end:]}, nil)
}

// news is what a browser hears: which edition there is, and what is wrong with
// the newest files where they make none.
type news struct {
	Edition string `json:"edition"`
	Broken  string `json:"broken"`
}

func (p *preview) news() news {
	good, broken := p.now()
	if good == nil {
		return news{"", broken}
	}
	return news{good.id, broken}
}

// serveEvents tells a browser the news now and whenever there are some, as
// server-sent events (WHATWG HTML, section 9.2).
func (p *preview) serveEvents(w http.ResponseWriter, r *http.Request) {
	hearer := make(chan struct{}, 1)
	p.mu.Lock()
	p.hearers[hearer] = true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.hearers, hearer)
		p.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	for {
		data, err := json.Marshal(p.news())
		if err != nil {
			return
		}
		fmt.Fprintf(w, "retry: 500\ndata: %s\n\n", data)
		for heard := false; !heard; {
			if stream.Flush() != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return
			case <-hearer:
				heard = true
			case <-time.After(20 * time.Second):
				fmt.Fprint(w, ": still here\n\n")
			}
		}
	}
}

// serveBroken is the page of a site that was never good since the preview began.
func serveBroken(w http.ResponseWriter, mistakes string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	page := fmt.Appendf(nil, "<!doctype html><html lang=en><title>Mistakes</title><body><h1>This site has mistakes</h1><pre>%s</pre></body></html>\n", html.EscapeString(mistakes))
	w.Write(withReload(page, ""))
}
