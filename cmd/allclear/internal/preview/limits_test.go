package preview

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/source"
	"allclear/themes"
)

// caller is a connection to a preview that is kept open.
type caller struct {
	*testing.T
	net.Conn
	answers *bufio.Reader
}

func call(t *testing.T, address string) caller {
	t.Helper()
	address = strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return caller{t, conn, bufio.NewReader(conn)}
}

func (v caller) ask(path string) {
	v.Helper()
	if _, err := fmt.Fprintf(v, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path); err != nil {
		v.Fatal(err)
	}
}

// answer is the status of the answer, which it reads to its end where that is not
// a stream.
func (v caller) answer() int {
	v.Helper()
	v.SetReadDeadline(time.Now().Add(20 * time.Second))
	response, err := http.ReadResponse(v.answers, nil)
	if err != nil {
		v.Fatalf("no answer: %v", err)
	}
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		io.Copy(io.Discard, response.Body)
	}
	return response.StatusCode
}

// waits reports whether nothing comes for a while.
func (v caller) waits() bool {
	v.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	_, err := v.answers.Peek(1)
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}

func TestLimitsLeaveRoomForPagesBesideTabsThatListen(t *testing.T) {
	address, _ := served(t, defaultLimits)
	for n := range defaultLimits.streams {
		tab := call(t, address)
		tab.ask(eventsPath)
		if status := tab.answer(); status != http.StatusOK {
			t.Fatalf("tab %d: status %d", n+1, status)
		}
	}
	late := call(t, address)
	late.ask(eventsPath)
	if status := late.answer(); status != http.StatusServiceUnavailable {
		t.Errorf("one tab too many: status %d", status)
	}
	for range 50 {
		reader := call(t, address)
		reader.ask("/incidents/gone/")
		if status := reader.answer(); status != http.StatusOK {
			t.Fatalf("a page: status %d", status)
		}
	}
}

// served returns the address of a preview in this process, with limits low enough for
// tests to reach.
func served(t *testing.T, l limits) (address string, p *Preview) {
	t.Helper()
	p = New(siteIn(fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\nurl: https://status.example.com\n")},
		"content/components.yml": {Data: []byte("components:\n  - {id: web, name: Website}\n")},
		"content/incidents/gone.md": {Data: []byte("---\ntitle: The web was gone\ncomponents: [web]\nstatus: down\n" +
			"start: 2025-07-25 06:00\nend: 2025-07-25 07:00\n---\nGone.\n")},
	}, time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)))
	p.limits = l
	if err := p.Rebuild(); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return listener.Addr().String(), p
}

// siteIn returns a configuration for the site in a folder, at one instant.
func siteIn(folder fs.FS, now time.Time) Config {
	cache := &source.Cache{}
	return Config{
		Build: func() (Site, error) {
			result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Cache: cache})
			return Site{Files: result.Files, Problems: result.Problems}, nil
		},
		Changed: cache.Changed,
		Log:     io.Discard,
	}
}

func TestLimitsMakeOneConnectionTooManyWait(t *testing.T) {
	address, _ := served(t, limits{connections: 3, streams: 1, request: time.Minute, answer: time.Minute, idle: time.Minute})
	var there []caller
	for range 3 {
		v := call(t, address)
		v.ask("/status.txt")
		if status := v.answer(); status != http.StatusOK {
			t.Fatalf("status %d", status)
		}
		there = append(there, v)
	}
	late := call(t, address)
	late.ask("/status.txt")
	if !late.waits() {
		t.Fatal("a fourth connection is answered beside three")
	}
	there[1].Close()
	if status := late.answer(); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}

func TestLimitsCloseConnectionsThatSayNothing(t *testing.T) {
	address, _ := served(t, limits{connections: 3, streams: 1, request: 200 * time.Millisecond, answer: time.Minute,
		idle: 200 * time.Millisecond})
	for n := range 3 {
		v := call(t, address)
		switch n {
		case 0: // sends nothing
		case 1: // never ends its headers
			fmt.Fprint(v, "GET / HTTP/1.1\r\nHost: localhost\r\n")
		case 2: // sends one request and then nothing
			v.ask("/status.txt")
			v.answer()
		}
	}
	late := call(t, address)
	late.ask("/status.txt")
	if status := late.answer(); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}

func TestLimitsOfAPageDoNotEndAStream(t *testing.T) {
	short := 200 * time.Millisecond
	address, p := served(t, limits{connections: 3, streams: 1, request: short, answer: short, idle: short})
	tab := call(t, address)
	tab.ask(eventsPath)
	if status := tab.answer(); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	first, _ := tab.answers.ReadString('}')
	time.Sleep(4 * short)
	if err := p.Rebuild(); err != nil {
		t.Fatal(err)
	}
	tab.SetReadDeadline(time.Now().Add(20 * time.Second))
	second, err := tab.answers.ReadString('}')
	if err != nil || !strings.Contains(second, `"edition"`) || second == first {
		t.Errorf("after %q came %q, %v", first, second, err)
	}
}

func TestLimitsKeepAnotherSiteFromHoldingTheStream(t *testing.T) {
	address, _ := served(t, defaultLimits)
	own := "http://" + address
	for origin, want := range map[string]int{"": 200, own: 200, "https://evil.example.com": 403, "null": 403} {
		request, err := http.NewRequest("GET", own+eventsPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		if origin != "" {
			request.Header.Set("Origin", origin)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%q: %s", origin, response.Status)
		}
	}
}
