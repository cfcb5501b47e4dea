// Package preview serves a site from memory while somebody works on it. It
// follows the site's files and the clock: a page in the browser shows a change as
// soon as its file is saved, and mistakes over the last good page.
//
// Call [Watch] first, then [New] and [Preview.Rebuild], then [Preview.Follow] and
// [Preview.Serve] side by side:
//
//   - watch.go turns changes in a folder into a channel of "these files changed";
//   - preview.go holds the last good build and rebuilds;
//   - files.go answers a request for a file, as a good static host would;
//   - reload.go tells browsers about builds, by server-sent events;
//   - server.go and limits.go keep other sites, and too many clients, out.
package preview

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator/diag"
	"allclear/generator/render"
)

// Site is one build of the site.
type Site struct {
	Files    []render.File // rendered when a browser asks for them
	Problems diag.List     // with an error among them, the last good build stays
	At       time.Time     // where browsers' clocks start; zero: they keep their own
	Next     time.Time     // when the site next changes by itself; zero: it does not
}

// Config is what a preview is made of.
type Config struct {
	// Build reads the site. Its error is something other than a mistake in the
	// content: the folder is gone, for example.
	Build func() (Site, error)
	// Changed is called before Build with the files and folders that changed,
	// relative to the site's folder; nil means that any may have changed.
	Changed func(paths []string)
	// Log is where problems and builds are printed, in the colors of Style.
	Log   io.Writer
	Style diag.Style
}

// Preview is a site in memory: its last good build, and what is wrong with the
// newest one.
type Preview struct {
	config       Config
	limits       limits
	run          int64 // tells this run of the program from others
	themeChanged bool  // since a page was last rendered with it

	mu          sync.Mutex
	good        *snapshot
	builds      int
	broken      string // the mistakes of the newest build where it is not good, as text
	next        time.Time
	subscribers map[chan struct{}]bool
}

// snapshot is one good build, whose pages are rendered when a browser asks for them.
type snapshot struct {
	id      string
	at      time.Time
	files   map[string]render.File
	headers HeaderRules
}

// New returns a preview that has no build yet.
func New(c Config) *Preview {
	return &Preview{config: c, limits: defaultLimits, run: time.Now().UnixNano(), themeChanged: true, subscribers: map[chan struct{}]bool{}}
}

// Follow rebuilds the site when files change, and when the clock reaches the next
// instant at which the site changes by itself. It returns when the context is done.
func (p *Preview) Follow(ctx context.Context, changed <-chan Changes) {
	for {
		select {
		case <-ctx.Done():
			return
		case which := <-changed:
			if p.config.Changed != nil {
				p.config.Changed(which)
			}
			p.themeChanged = p.themeChanged || which == nil || slices.ContainsFunc(which, affectsTheme)
		case <-time.After(p.untilNext()):
			if !p.due() {
				continue
			}
		}
		if err := p.Rebuild(); err != nil {
			p.fail(err)
		}
	}
}

// untilNext returns how long to wait for the next change: a minute at most, since a
// machine that sleeps does not count the time.
func (p *Preview) untilNext() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next.IsZero() {
		return time.Minute
	}
	return min(time.Minute, max(0, time.Until(p.next)))
}

func (p *Preview) due() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.next.IsZero() && !time.Now().Before(p.next)
}

// Rebuild builds the site, and tells the terminal and the browsers. Pages are
// rendered when a browser asks for them, but where the theme has changed the home
// page is rendered at once: a broken theme then shows, and the last good page stays.
// Its error is that of Config.Build; call it from one goroutine at a time.
func (p *Preview) Rebuild() error {
	began := time.Now()
	site, err := p.config.Build()
	if err != nil {
		return err
	}
	site.Problems.Print(p.config.Log, p.config.Style)
	if site.Problems.HasErrors() {
		var text strings.Builder
		site.Problems.Print(&text, diag.Style{})
		fmt.Fprintf(p.config.Log, "%s: the last good page stays\n", site.Problems.Tally())
		p.publish(nil, text.String(), time.Time{})
		return nil
	}
	s, err := newSnapshot(site)
	if err == nil && p.themeChanged {
		_, err = s.files["index.html"].Bytes()
	}
	if err != nil {
		p.fail(err)
		return nil
	}
	p.themeChanged = false
	p.publish(s, "", site.Next)
	fmt.Fprintf(p.config.Log, "built %d files in %d ms\n", len(s.files), time.Since(began).Milliseconds())
	return nil
}

// affectsTheme reports whether a path, relative to the site's folder, may change the
// theme.
func affectsTheme(name string) bool {
	return name == "themes" || strings.HasPrefix(name, "themes/") || name == "content" || name == "content/site.yml"
}

func newSnapshot(site Site) (*snapshot, error) {
	s := &snapshot{at: site.At, files: make(map[string]render.File, len(site.Files))}
	for _, f := range site.Files {
		s.files[f.Path] = f
	}
	if f, ok := s.files["_headers"]; ok {
		data, err := f.Bytes()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		s.headers = ParseHeaders(data)
	}
	return s, nil
}

// fail shows an error in place of mistakes in the content.
func (p *Preview) fail(err error) {
	word := "error:"
	if p.config.Style.Error != nil {
		word = p.config.Style.Error(word)
	}
	fmt.Fprintf(p.config.Log, "%s %s\n", word, diag.PrintableText(err.Error()))
	p.publish(nil, err.Error()+"\n", time.Time{})
}

// publish makes a build the one that is served, or keeps the one before where there is
// none (nil), and tells the browsers.
func (p *Preview) publish(s *snapshot, broken string, next time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.builds++
	p.broken, p.next = broken, next
	if s != nil {
		s.id = fmt.Sprintf("%x-%d", p.run, p.builds)
		p.good = s
	}
	for subscriber := range p.subscribers {
		select {
		case subscriber <- struct{}{}:
		default: // it has yet to read of an earlier build
		}
	}
}

// current returns the last good build, or nil, and what is wrong with the newest.
func (p *Preview) current() (good *snapshot, broken string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.good, p.broken
}

// ServeHTTP answers a request for a file of the site or for what the preview adds to
// its pages.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
	good, broken := p.current()
	if good == nil {
		serveBroken(w, broken)
		return
	}
	good.serve(w, r)
}
