package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/cache"
	"allclear/generator/render"
	"allclear/generator/source"
)

// preview is the site in memory: its last good edition, and what is wrong with
// the newest one.
type preview struct {
	reading reading
	limits  limits
	run     int64 // tells this run of the program from others
	untried bool  // whether the theme has changed since a page was last made with it

	mu      sync.Mutex
	good    *edition
	rebuilt int
	broken  string // the mistakes of the newest edition where it is not good, as text
	next    time.Time
	hearers map[chan struct{}]bool
}

// edition is one build of the site, whose pages are rendered when asked for.
type edition struct {
	id      string
	at      time.Time // the instant of --at, or zero
	files   map[string]render.File
	headers headerRules
}

// newPreview is a preview of a site whose files said a cache knows; that
// may be nil.
func newPreview(r reading, c *cache.Cache) *preview {
	if r.cache = c.Source(); r.cache == nil {
		r.cache = &source.Cache{}
	}
	return &preview{reading: r, limits: previewLimits, run: time.Now().UnixNano(), untried: true, hearers: map[chan struct{}]bool{}}
}

// follow rebuilds the site when a file changes, and when the clock comes to the
// next instant at which the site differs.
func (p *preview) follow(ctx context.Context, changed <-chan changes) {
	for {
		select {
		case <-ctx.Done():
			return
		case which := <-changed:
			p.reading.cache.Changed(which)
			p.untried = p.untried || which == nil || slices.ContainsFunc(which, ofTheTheme)
		case <-time.After(p.patience()):
			if !p.due() {
				continue
			}
		}
		if err := p.rebuild(); err != nil {
			p.fail(err)
		}
	}
}

// patience is how long to wait for the next change: a minute at most, since a
// machine that sleeps does not count the time.
func (p *preview) patience() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next.IsZero() {
		return time.Minute
	}
	return min(time.Minute, max(0, time.Until(p.next)))
}

func (p *preview) due() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.next.IsZero() && !time.Now().Before(p.next)
}

// rebuild reads the site anew, and tells the terminal and the browsers. Pages are
// made when they are asked for, but where the theme has changed the home page is
// made at once, so that a fault shows and the last good page stays. Its
// error is a fault of the command line or of the folder as a whole.
func (p *preview) rebuild() error {
	began := time.Now()
	v, err := p.reading.read()
	if err != nil {
		return err
	}
	var e *edition
	if !v.problems.HasErrors() {
		e, err = newEdition(&v)
	}
	v.complain()
	if v.problems.HasErrors() {
		var text strings.Builder
		v.problems.Print(&text, plainStyle)
		errors, warnings := v.problems.Count()
		fmt.Fprintf(os.Stderr, "%s: the last good page stays\n", tally(errors, warnings))
		p.publish(nil, text.String(), time.Time{})
		return nil
	}
	if err == nil && p.untried {
		_, err = e.files["index.html"].Bytes()
	}
	if err != nil {
		p.fail(err)
		return nil
	}
	p.untried = false
	next := time.Time{}
	if p.reading.at == "" {
		next = v.site.NextChange(v.now)
	} else {
		e.at = v.now
	}
	p.publish(e, "", next)
	fmt.Fprintf(os.Stderr, "built %s in %d ms\n", count(len(e.files), "file"), time.Since(began).Milliseconds())
	return nil
}

// ofTheTheme reports whether a path, from the site's folder, may change the theme.
func ofTheTheme(name string) bool {
	return name == "themes" || strings.HasPrefix(name, "themes/") || name == "content" || name == "content/site.yml"
}

func newEdition(v *view) (*edition, error) {
	e := &edition{files: v.table()}
	if f, ok := e.files["_headers"]; ok {
		data, err := f.Bytes()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		e.headers = parseHeaders(data)
	}
	return e, nil
}

// fail shows a fault in place of mistakes in content.
func (p *preview) fail(err error) {
	fmt.Fprintf(os.Stderr, "%s %v\n", styleFor(os.Stderr).Error("error:"), err)
	p.publish(nil, err.Error()+"\n", time.Time{})
}

func (p *preview) publish(e *edition, broken string, next time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rebuilt++
	p.broken, p.next = broken, next
	if e != nil {
		e.id = fmt.Sprintf("%x-%d", p.run, p.rebuilt)
		p.good = e
	}
	for hearer := range p.hearers {
		select {
		case hearer <- struct{}{}:
		default:
		}
	}
}

func (p *preview) now() (good *edition, broken string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.good, p.broken
}

func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this preview only shows pages", http.StatusMethodNotAllowed)
		return
	}
	ownPagesOnly(w.Header())
	switch r.URL.Path {
	case reloadPath:
		serveScript(w, reloadScript)
		return
	case clockPath:
		serveScript(w, clockScript)
		return
	case eventsPath:
		p.serveEvents(w, r)
		return
	}
	good, broken := p.now()
	if good == nil {
		serveBroken(w, broken)
		return
	}
	good.serve(w, r)
}

// ownName reports whether a host name means this preview: an address, localhost,
// or where the preview listens to the network, this machine's name.
func ownName(host, machine string, addr net.Addr) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, closed := strings.CutSuffix(inner, "]")
		return closed && strings.Contains(inner, ":") && net.ParseIP(inner) != nil
	}
	if net.ParseIP(host) != nil || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() {
		return false
	}
	machine = strings.ToLower(machine)
	return machine != "" && (host == machine || host == machine+".local")
}
