// Package preview serves a site from memory while somebody works on it. It rebuilds
// the site when a file is saved and at the time of each automatic change. Pages in the
// browser reload by themselves, and show mistakes on top of the last good page.
//
// Call [Watch], [New] and [Preview.Rebuild], and then run [Preview.Follow] and
// [Preview.Serve] at the same time:
//
//   - watch.go watches a folder and sends the paths that change to a channel;
//   - preview.go rebuilds and keeps the last good build;
//   - files.go answers requests for files, like a static host;
//   - reload.go notifies browsers of builds, with server-sent events;
//   - server.go refuses requests from other sites, and limits.go limits clients.
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

	"allclear/cmd/allclear/internal/headers"
	"allclear/generator/diag"
	"allclear/generator/render"
)

// Site is one build of the site.
type Site struct {
	Files    []render.File // as render.Files returns them; rendered when a browser asks for them
	Problems diag.List     // if there are errors, the last good build stays up
	At       time.Time     // the time that pages start from; zero: the browser's own clock
	Next     time.Time     // time of the next automatic change; zero: none
}

// Config configures a [Preview].
type Config struct {
	// Build builds the site. Mistakes in the content are in Site.Problems; an error
	// is any other failure, such as a missing folder.
	Build func() (Site, error)
	// Changed is called before Build with the files and folders that have changed,
	// relative to the site's folder. If paths is nil, any may have changed. Changed
	// itself may be nil.
	Changed func(paths []string)
	// Log receives problems and a line for each build, with the colors of Style.
	Log   io.Writer
	Style diag.Style
}

// Preview holds the last good build of a site in memory, and the mistakes of the newest
// build, and serves them.
type Preview struct {
	config       Config
	limits       limits
	run          int64 // identifies this run of the program
	themeChanged bool  // since the home page was last rendered

	mu          sync.Mutex
	good        *snapshot
	builds      int
	broken      string // the mistakes of the newest build as text, or ""
	next        time.Time
	subscribers map[chan struct{}]bool
}

// snapshot is one good build. Its pages are rendered when a browser asks for them.
type snapshot struct {
	id      string
	at      time.Time
	home    render.File
	files   []render.File // the others, sorted by path
	headers headers.Rules
}

// New returns a preview without a build. Call [Preview.Rebuild] before [Preview.Serve].
func New(c Config) *Preview {
	return &Preview{config: c, limits: defaultLimits, run: time.Now().UnixNano(), themeChanged: true, subscribers: map[chan struct{}]bool{}}
}

// Follow rebuilds the site when files change, and when the time of its next automatic
// change has come. It returns when the context is done.
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

// untilNext returns how long to wait before checking for the next automatic change: at
// most a minute, since timers do not run while a machine sleeps.
func (p *Preview) untilNext() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next.IsZero() {
		return time.Minute
	}
	return min(time.Minute, max(0, time.Until(p.next)))
}

// due reports whether the time of the next automatic change has come.
func (p *Preview) due() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.next.IsZero() && !time.Now().Before(p.next)
}

// Rebuild builds the site, and notifies the browsers and the terminal. After a change of
// the theme it also renders the home page at once, so that a broken theme is reported and
// the last good build stays up.
//
// It returns an error only if Config.Build does. Do not call it from several goroutines
// at once.
func (p *Preview) Rebuild() error {
	began := time.Now()
	site, err := p.config.Build()
	if err != nil {
		return err
	}
	if site.Problems.HasErrors() {
		site.Problems.Print(p.config.Log, p.config.Style)
		var text strings.Builder
		site.Problems.Print(&text, diag.Style{})
		fmt.Fprintf(p.config.Log, "%s: the last good page stays up\n", site.Problems.Tally())
		p.publish(nil, text.String(), time.Time{})
		return nil
	}
	s, err := newSnapshot(site)
	if err == nil && p.themeChanged {
		_, err = s.home.Bytes()
	}
	if err == nil {
		p.themeChanged = false
		p.publish(s, "", site.Next) // first, since a browser waits for it
	}
	took := time.Since(began)
	site.Problems.Print(p.config.Log, p.config.Style)
	if err != nil {
		p.fail(err)
		return nil
	}
	fmt.Fprintf(p.config.Log, "built %d files in %d ms\n", len(site.Files), took.Milliseconds())
	return nil
}

// affectsTheme reports whether a change of a file can change the theme. name is relative
// to the site's folder.
func affectsTheme(name string) bool {
	return name == "themes" || strings.HasPrefix(name, "themes/") || name == "content" || name == "content/site.yml"
}

// newSnapshot returns the snapshot of a build. Its error is that of rendering _headers.
func newSnapshot(site Site) (*snapshot, error) {
	last := len(site.Files) - 1
	s := &snapshot{at: site.At, home: site.Files[last], files: site.Files[:last]}
	if f, ok := s.find("_headers"); ok {
		data, err := f.Bytes()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		s.headers = headers.Parse(data)
	}
	return s, nil
}

// find returns the file with a path, or false if there is none.
func (s *snapshot) find(path string) (render.File, bool) {
	if path == s.home.Path {
		return s.home, true
	}
	at, found := slices.BinarySearchFunc(s.files, path, func(f render.File, path string) int { return strings.Compare(f.Path, path) })
	if !found {
		return render.File{}, false
	}
	return s.files[at], true
}

// fail reports an error of a build that is not a mistake in the content.
func (p *Preview) fail(err error) {
	word := "error:"
	if p.config.Style.Error != nil {
		word = p.config.Style.Error(word)
	}
	fmt.Fprintf(p.config.Log, "%s %s\n", word, diag.PrintableText(err.Error()))
	p.publish(nil, err.Error()+"\n", time.Time{})
}

// publish makes s the build that is served and notifies the browsers. If s is nil, the
// last good build stays, and browsers show broken over it.
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
		default: // it has not yet read the notice of an earlier build
		}
	}
}

// current returns the last good build, which may be nil, and the mistakes of the newest
// build as text, which may be "".
func (p *Preview) current() (good *snapshot, broken string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.good, p.broken
}

// ServeHTTP answers requests for files of the site, and for the preview's own scripts and
// events.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this preview only answers GET and HEAD requests", http.StatusMethodNotAllowed)
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
