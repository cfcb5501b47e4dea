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

// The paths of the preview's own files, which no site can have.
const (
	reloadPath = "/.allclear/reload.js"
	clockPath  = "/.allclear/clock.js"
	eventsPath = "/.allclear/events"
)

// clockScript sets the browser's clock to the time of --at, from which it runs on.
// Otherwise the page would also show later changes.
const clockScript = `(() => {
  const Real = Date, shift = Number(document.currentScript.dataset.at) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
})();
`

// reloadScript listens to the preview's events. It reloads the page after a new build
// (browsers keep the scroll position), and shows mistakes over the page until they are
// fixed. Hidden pages do not listen, since browsers allow only six connections per site
// and a few tabs would use them all. A page whose connection is refused tries again.
const reloadScript = `(() => {
  const edition = document.currentScript.dataset.edition;
  let panel;
  const hide = () => { if (panel) panel.remove(); panel = undefined; };
  const show = (text) => {
    hide();
    panel = document.createElement("div");
    panel.id = "allclear-mistakes";
    panel.setAttribute("role", "alert");
    panel.style.cssText = "position:fixed;inset:0;z-index:2147483647;overflow:auto;padding:2rem;background:#14161c;" +
      "color:#f2f2f2;font:14px/1.5 ui-monospace,monospace;direction:ltr;text-align:left";
    const close = document.createElement("button");
    close.textContent = "Hide until the next change";
    close.style.cssText = "font:inherit;padding:.5rem 1rem;margin-bottom:1rem;color:inherit;background:#3a3f4b;" +
      "border:1px solid #6b7280;border-radius:6px";
    close.onclick = hide;
    const note = document.createElement("p");
    note.textContent = "Below is the last good page. Your changes cannot be published until the errors are fixed:";
    note.style.cssText = "margin:0 0 1rem;font:inherit;color:inherit";
    const pre = document.createElement("pre");
    const isWarning = (mistake) => !mistake.includes(": error: ");
    const mistakes = text.trimEnd().split(/\n(?=\S)/).sort((a, b) => isWarning(a) - isWarning(b));
    for (const mistake of mistakes) {
      const [place, ...rest] = mistake.split("\n");
      const first = document.createElement("strong");
      first.textContent = place;
      first.style.color = isWarning(mistake) ? "#f2c94c" : "#ff9a9a";
      pre.append(first, "\n" + rest.join("\n") + "\n\n");
    }
    pre.style.cssText = "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;" +
      "font:inherit;color:inherit;background:none;border:0;padding:0";
    panel.append(close, note, pre);
    document.body.append(panel);
  };
  let stream;
  const onMessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.broken) show(state.broken);
    else if (state.edition !== edition) location.reload();
    else hide();
  };
  const listen = () => {
    if (stream) stream.close();
    stream = undefined;
    if (document.hidden) return;
    const source = stream = new EventSource("/.allclear/events");
    source.onmessage = onMessage;
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { if (stream === source) listen(); }, 5000);
    };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
`

// serveScript sends one of the preview's own scripts.
func serveScript(w http.ResponseWriter, script string) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, script)
}

// withClock inserts clockScript before all other scripts of a page. If at is zero, it
// returns the page unchanged.
func withClock(page []byte, at time.Time) []byte {
	head := []byte("<head>")
	if at.IsZero() || !bytes.Contains(page, head) {
		return page
	}
	script := fmt.Appendf(nil, `%s<script src="%s" data-at="%d"></script>`, head, clockPath, at.UnixMilli())
	return bytes.Replace(page, head, script, 1)
}

// withReload inserts reloadScript at the end of a page. edition is the id of the build
// that the page belongs to.
func withReload(page []byte, edition string) []byte {
	script := fmt.Appendf(nil, `<script src="%s" data-edition="%s"></script>`, reloadPath, edition)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	return bytes.Join([][]byte{page[:end], script, page[end:]}, nil)
}

// event is what browsers receive: the id of the build that is served, and the mistakes of
// the newest build, or "".
type event struct {
	Edition string `json:"edition"`
	Broken  string `json:"broken"`
}

// event returns the event for the current state.
func (p *Preview) event() event {
	good, broken := p.current()
	if good == nil {
		return event{"", broken}
	}
	return event{good.id, broken}
}

// message returns the current event in the format of server-sent events.
func (p *Preview) message() string {
	data, err := json.Marshal(p.event())
	if err != nil {
		return ""
	}
	return fmt.Sprintf("retry: 500\ndata: %s\n\n", data)
}

// subscribe registers a channel that receives a value after each build. It returns false
// if there are too many subscribers.
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

// serveEvents sends a browser an event now and after each build, as server-sent events
// (WHATWG HTML, section 9.2).
func (p *Preview) serveEvents(w http.ResponseWriter, r *http.Request) {
	if isCrossOrigin(r) {
		http.Error(w, "only pages of this preview may listen to it", http.StatusForbidden)
		return
	}
	built := make(chan struct{}, 1)
	if !p.subscribe(built) {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many pages are open in this preview", http.StatusServiceUnavailable)
		return
	}
	defer p.unsubscribe(built)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	if stream.SetReadDeadline(time.Time{}) != nil { // the request has been read: from now on only its end matters
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

// isCrossOrigin reports whether a request comes from a page of another origin. Such a
// page could not read the event stream, but it could hold the connection open.
func isCrossOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host
}

// serveBroken sends a page with the mistakes. It is used while there is no good build.
func serveBroken(w http.ResponseWriter, mistakes string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	page := fmt.Appendf(nil, "<!doctype html><html lang=en><title>Mistakes</title><body><h1>This site has "+
		"mistakes</h1><pre>%s</pre></body></html>\n", html.EscapeString(mistakes))
	w.Write(withReload(page, ""))
}
