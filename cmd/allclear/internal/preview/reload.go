package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"time"
)

// The paths of the preview that belong to no site.
const (
	reloadPath = "/.allclear/reload.js"
	clockPath  = "/.allclear/clock.js"
	eventsPath = "/.allclear/events"
)

// clockScript sets the clock that a page's scripts see to the instant of --at, from
// which it goes on. Without it, a page would show what came since.
const clockScript = `(() => {
  const Real = Date, shift = Number(document.currentScript.dataset.at) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
})();
`

// reloadScript listens to the preview's events. It reloads the page when there is a
// new build (browsers keep the scroll position), and shows mistakes over the page
// until they are fixed. A page that nobody sees does not listen: browsers allow one
// site six connections, which as many tabs would use up. One that was refused asks
// again.
const reloadScript = `(() => {
  const edition = document.currentScript.dataset.edition;
  let panel;
  const hide = () => { if (panel) panel.remove(); panel = undefined; };
  const show = (text) => {
    hide();
    panel = document.createElement("div");
    panel.id = "allclear-mistakes";
    panel.setAttribute("role", "alert");
    panel.style.cssText = "position:fixed;inset:0;z-index:2147483647;overflow:auto;padding:2rem;background:rgba(20,22,28,.94);" +
      "color:#f2f2f2;font:14px/1.5 ui-monospace,monospace;direction:ltr;text-align:left";
    const close = document.createElement("button");
    close.textContent = "Hide until the next change";
    close.style.cssText = "font:inherit;padding:.5rem 1rem;margin-bottom:1rem;color:inherit;background:#3a3f4b;" +
      "border:1px solid #6b7280;border-radius:6px";
    close.onclick = hide;
    const said = document.createElement("p");
    said.textContent = "Below is the last good page. Errors keep what you wrote from being published:";
    said.style.cssText = "margin:0 0 1rem;font:inherit;color:inherit";
    const pre = document.createElement("pre");
    const mild = (mistake) => !mistake.includes(": error: ");
    const mistakes = text.trimEnd().split(/\n(?=\S)/).sort((a, b) => mild(a) - mild(b));
    for (const mistake of mistakes) {
      const [place, ...rest] = mistake.split("\n");
      const first = document.createElement("strong");
      first.textContent = place;
      first.style.color = mild(mistake) ? "#f2c94c" : "#ff9a9a";
      pre.append(first, "\n" + rest.join("\n") + "\n\n");
    }
    pre.style.cssText = "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;" +
      "font:inherit;color:inherit;background:none;border:0;padding:0";
    panel.append(close, said, pre);
    document.body.append(panel);
  };
  let stream;
  const hear = (event) => {
    const news = JSON.parse(event.data);
    if (news.broken) show(news.broken);
    else if (news.edition !== edition) location.reload();
    else hide();
  };
  const listen = () => {
    if (stream) stream.close();
    stream = undefined;
    if (document.hidden) return;
    const mine = stream = new EventSource("/.allclear/events");
    mine.onmessage = hear;
    mine.onerror = () => {
      if (mine.readyState === EventSource.CLOSED) setTimeout(() => { if (stream === mine) listen(); }, 5000);
    };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
`

func serveScript(w http.ResponseWriter, script string) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, script)
}

// withClock puts clockScript before all other scripts of a page. A zero instant
// leaves the browser its own clock.
func withClock(page []byte, at time.Time) []byte {
	head := []byte("<head>")
	if at.IsZero() || !bytes.Contains(page, head) {
		return page
	}
	script := fmt.Appendf(nil, `%s<script src="%s" data-at="%d"></script>`, head, clockPath, at.UnixMilli())
	return bytes.Replace(page, head, script, 1)
}

// withReload puts reloadScript at the end of a page.
func withReload(page []byte, edition string) []byte {
	script := fmt.Appendf(nil, `<script src="%s" data-edition="%s"></script>`, reloadPath, edition)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	return bytes.Join([][]byte{page[:end], script, page[end:]}, nil)
}

// event is what a browser is sent: which build it gets, and what is wrong with the
// newest one where that is not good.
type event struct {
	Edition string `json:"edition"`
	Broken  string `json:"broken"`
}

func (p *Preview) event() event {
	good, broken := p.current()
	if good == nil {
		return event{"", broken}
	}
	return event{good.id, broken}
}

func (p *Preview) message() string {
	data, err := json.Marshal(p.event())
	if err != nil {
		return ""
	}
	return fmt.Sprintf("retry: 500\ndata: %s\n\n", data)
}

// subscribe sends to a channel after each build, unless there are too many subscribers
// already.
func (p *Preview) subscribe(c chan struct{}) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.subscribers) >= p.limits.streams {
		return false
	}
	p.subscribers[c] = true
	return true
}

func (p *Preview) unsubscribe(c chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.subscribers, c)
}

// serveEvents sends a browser an event now and after each build, as server-sent
// events (WHATWG HTML, section 9.2).
func (p *Preview) serveEvents(w http.ResponseWriter, r *http.Request) {
	if fromElsewhere(r) {
		http.Error(w, "only pages of this preview may listen to it", http.StatusForbidden)
		return
	}
	built := make(chan struct{}, 1)
	if !p.subscribe(built) {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many pages listen to this preview", http.StatusServiceUnavailable)
		return
	}
	defer p.unsubscribe(built)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	if stream.SetReadDeadline(time.Time{}) != nil { // the request is read; only its end is awaited
		return
	}
	for message := p.message(); ; {
		if stream.SetWriteDeadline(time.Now().Add(p.limits.answer)) != nil {
			return
		}
		if _, err := io.WriteString(w, message); err != nil || stream.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-built:
			message = p.message()
		case <-time.After(20 * time.Second):
			message = ": still here\n\n"
		}
	}
}

// fromElsewhere reports whether a request comes from a page of another site. It could not read
// the stream, but it could hold it open.
func fromElsewhere(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host
}

// serveBroken serves the page of a site that has had no good build yet.
func serveBroken(w http.ResponseWriter, mistakes string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	page := fmt.Appendf(nil, "<!doctype html><html lang=en><title>Mistakes</title><body><h1>This site has "+
		"mistakes</h1><pre>%s</pre></body></html>\n", html.EscapeString(mistakes))
	w.Write(withReload(page, ""))
}
