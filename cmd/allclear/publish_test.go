package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/headers"
)

// page requests a page without a cache.
func page(address string) (status int, h http.Header, body string, err error) {
	resp, err := http.Get(address)
	if err != nil {
		return 0, nil, "", err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header, string(data), err
}

// visitor requests pages without a pause until done is closed, and reports every missing
// or incomplete response.
func visitor(done <-chan struct{}, site string, asked *atomic.Int64, fault func(string, ...any)) {
	whole := map[string]func(string) bool{
		"/":                      func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "</html>") },
		"/incidents/gone/":       func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "</html>") },
		"/history.rss":           func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "</rss>") },
		"/api/v2/incidents.json": func(s string) bool { return json.Valid([]byte(s)) },
	}
	for {
		for path, good := range whole {
			select {
			case <-done:
				return
			default:
			}
			status, _, body, err := page(site + path)
			asked.Add(1)
			if err != nil || status != http.StatusOK || !good(body) {
				fault("%s: status %d, %v, %d bytes that end in %q", path, status, err, len(body), body[max(0, len(body)-40):])
				return
			}
		}
	}
}

func TestAPushedReportIsServedAndNoVisitorSeesHalfOfIt(t *testing.T) {
	s := newServer(t)
	s.published()
	site := s.nginx("/etc/nginx/conf.d/status.conf")

	done, asked := make(chan struct{}), atomic.Int64{}
	var visitors sync.WaitGroup
	for range 2 {
		visitors.Go(func() { visitor(done, site, &asked, t.Errorf) })
	}
	for n := range 5 {
		name := fmt.Sprintf("report-%d", n)
		s.clone.put("content/incidents/"+name+".md", incident("The outage number "+name))
		began := time.Now()
		s.published()
		for _, path := range []string{"/incidents/" + name + "/", "/history.rss"} {
			if status, _, body, err := page(site + path); status != http.StatusOK || !strings.Contains(body, "The outage number "+name) {
				t.Errorf("after the push, %s answers %d, %v", path, status, err)
			}
		}
		t.Logf("from git push to the served page: %d ms", time.Since(began).Milliseconds())
	}
	s.clone.put("content/incidents/wrong.md", strings.Replace(incident("Wrong"), "[web]", "[wbe]", 1))
	out, err := s.push()
	if err == nil || !strings.Contains(out, `unknown component "wbe"`) {
		t.Errorf("a push with a mistake: %v\n%s", err, out)
	}
	if status, _, _, _ := page(site + "/incidents/wrong/"); status != http.StatusNotFound {
		t.Errorf("what was refused answers %d", status)
	}
	close(done)
	visitors.Wait()
	if asked.Load() < 50 {
		t.Errorf("the visitors asked only %d times", asked.Load())
	}
	t.Logf("the visitors asked %d times", asked.Load())
}

// The recipe of docs/moving.md makes nginx answer with a redirect at every old address; a
// feed is found at its old address too. Without it, the pages there redirect.
func TestNginxLeadsFromOldAddressesHome(t *testing.T) {
	s := newServer(t)
	s.clone.put("content/site.yml", "title: Example\nurl: https://status.example.com\nredirects:\n  /index.xml: /history.rss\n"+
		"  /price$: /history/#2026\n  /away: https://www.example.com/a?b=c&d=$e\n")
	s.clone.put("content/pages/about.md", "---\ntitle: About\naliases: [/about.html, '/Café (old)/', /100%25]\n---\n")
	s.clone.put("content/static/_redirects", "/old/* /history/ 301\n/\"; } x \"{ /x 301\n/plain /history/ 301\n")
	s.published()
	script := strings.ReplaceAll(manualFile(t, "/srv/status/redirects"), "/srv/status", s.dir)
	s.clone.must(os.WriteFile(filepath.Join(s.dir, "redirects"), []byte(script), 0o755))
	if said := s.sh("./redirects"); !strings.Contains(said, "nginx -s reload") {
		t.Errorf("it says %q", said)
	}
	if said := s.sh("./redirects"); said != "" {
		t.Errorf("where nothing is new it says %q", said)
	}
	maps := strings.ReplaceAll(manualFile(t, "redirects.conf"), "/srv/status", s.dir)
	redirecting := s.nginx("/etc/nginx/conf.d/status.conf", "map $uri $status_cache {", maps+"map $uri $status_cache {",
		"absolute_redirect off;", "absolute_redirect off; if ($status_moved) { return 301 $status_moved; }")
	plain := s.nginx("/etc/nginx/conf.d/status.conf")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for old, want := range map[string]string{
		"/about.html": "/pages/about/", "/Caf%C3%A9%20(old)/": "/pages/about/", "/Caf%C3%A9%20(old)": "/pages/about/",
		"/100%25/?x=1": "/pages/about/",
		"/price$/":     "/history/#2026", "/plain": "/history/", "/index.xml": "/history.rss",
		"/away":     "https://www.example.com/a?b=c&d=%24e",
		"/history/": "", "/": "", "/_redirects": "",
	} {
		resp, err := client.Get(redirecting + old)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if got := resp.Header.Get("Location"); got != want || (resp.StatusCode == http.StatusMovedPermanently) != (want != "") {
			t.Errorf("%s: status %d, leads to %q, not to %q", old, resp.StatusCode, got, want)
		}
		if want == "" || old == "/plain" { // the operator's own line has no page
			continue
		}
		status, h, body, err := page(plain + old)
		leads := strings.Contains(body, `http-equiv="refresh"`) || old == "/index.xml" && strings.Contains(body, "<rss")
		if err != nil || status != http.StatusOK || !leads || strings.Contains(h.Get("Content-Security-Policy"), "script-src 'none'") {
			t.Errorf("without redirects, %s: status %d, %v\n%s", old, status, err, body)
		}
	}
}

func TestNginxSendsTheHeadersThatTheBuildWrote(t *testing.T) {
	s := newServer(t)
	s.clone.put("content/site.yml", "title: Example\nurl: https://status.example.com\nlanguages: [en, de]\n")
	s.clone.put("content/static/own/x.html", "<!doctype html><script>alert(1)</script>")
	s.clone.put("content/static/x.xml", `<x><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></x>`)
	s.clone.put("content/static/.well-known/security.txt", "Contact: mailto:security@example.com\n")
	s.clone.put("content/static/.well-known/.x/y", "hidden")
	s.published()
	site := s.nginx("/etc/nginx/conf.d/status.conf")
	rules := headers.Parse([]byte(read(t, s.dir, "public/_headers")))
	err := filepath.WalkDir(filepath.Join(s.dir, "public"), func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") || e.Name() == "_headers" {
			return err
		}
		path := "/" + filepath.ToSlash(strings.TrimPrefix(name, filepath.Join(s.dir, "public")+"/"))
		path = strings.TrimSuffix(path, "index.html")
		_, got, body, err := page(site + path)
		want := http.Header{}
		rules.Set(want, path)
		// The page itself contains the checksums of its style and script.
		policy := regexp.MustCompile(` 'sha256-[^']*'`).ReplaceAllString(want.Get("Content-Security-Policy"), "")
		if policy == "" || strings.Contains(got.Get("Content-Type"), "html") &&
			!strings.Contains(policy, got.Get("Content-Security-Policy")) ||
			path == "/own/x.html" && got.Get("Content-Security-Policy") != policy {
			t.Errorf("%s: Content-Security-Policy: %q", path, got.Get("Content-Security-Policy"))
		}
		if inline := strings.Contains(body, "<style"); inline && got.Get("Content-Security-Policy") != "frame-ancestors 'self'" &&
			strings.HasSuffix(name, ".html") {
			t.Errorf("%s holds its style, and Content-Security-Policy %q does not allow it", path, got.Get("Content-Security-Policy"))
		}
		if xml := strings.HasSuffix(path, ".xml") || strings.HasSuffix(path, ".rss"); xml &&
			got.Get("Content-Security-Policy") != "default-src 'none'" {
			t.Errorf("%s: Content-Security-Policy: %q", path, got.Get("Content-Security-Policy"))
		}
		want.Del("Content-Security-Policy") // the page itself contains it, except for frame-ancestors
		if path == "/503.html" {
			want.Set("Retry-After", "60")
		}
		for header := range want {
			if !strings.EqualFold(got.Get(header), want.Get(header)) {
				t.Errorf("%s: %s: %q, not %q", path, header, got.Get(header), want.Get(header))
			}
		}
		if known := headers.MediaTypes[filepath.Ext(path)]; want.Get("Content-Type") == "" && known != "" &&
			!strings.HasPrefix(known, strings.Split(got.Get("Content-Type"), ";")[0]) {
			t.Errorf("%s: Content-Type: %q, not %q", path, got.Get("Content-Type"), known)
		}
		return err
	})
	s.clone.must(err)
	for path, want := range map[string]int{"/503.html": 503, "/nowhere/": 404, "/_headers": 404, "/.allclear": 404, "/history": 301,
		"/.well-known/security.txt": 200, "/.well-known/.x/y": 404, "/.well-known/.x": 404} {
		resp, err := http.DefaultTransport.RoundTrip(httptest.NewRequest("GET", site+path, nil))
		s.clone.must(err)
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s answers %d, not %d", path, resp.StatusCode, want)
		}
	}
}

func TestNginxServesThe503PageWhileTheProductIsDown(t *testing.T) {
	s := newServer(t)
	s.published()
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "the product") }))
	defer product.Close()
	www := s.nginx("/etc/nginx/conf.d/product.conf", "http://127.0.0.1:3000", product.URL)
	away := func(when string) {
		t.Helper()
		for _, method := range []string{"GET", "POST"} {
			resp, err := http.DefaultTransport.RoundTrip(httptest.NewRequest(method, www+"/basket/3", nil))
			s.clone.must(err)
			data, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") != "60" ||
				resp.Header.Get("Content-Type") != "text/html; charset=utf-8" || string(data) != read(t, s.dir, "public/503.html") {
				t.Errorf("%s, %s: %d, %v, %d bytes", when, method, resp.StatusCode, resp.Header, len(data))
			}
		}
	}
	if status, h, body, _ := page(www + "/basket/3"); status != http.StatusOK || body != "the product" || h.Get("Retry-After") != "" {
		t.Errorf("the product answers %d %q", status, body)
	}
	s.clone.must(os.WriteFile(filepath.Join(s.dir, "maintenance"), nil, 0o644))
	away("while the file maintenance is there")
	s.clone.must(os.Remove(filepath.Join(s.dir, "maintenance")))
	if status, _, body, _ := page(www + "/"); status != http.StatusOK || body != "the product" {
		t.Errorf("after the maintenance it answers %d %q", status, body)
	}
	product.Close()
	away("while the product does not run")
}

func TestTheSiteIsBuiltAgainWhenAMaintenanceBegins(t *testing.T) {
	s := newServer(t)
	start := time.Now().UTC().Add(4 * time.Second).Truncate(time.Second)
	s.clone.put("content/maintenance/upgrade.md", fmt.Sprintf("---\ntitle: Upgrade\ncomponents: [web]\nstart: %s\nduration: 2h\n---\n",
		start.Format(time.RFC3339)))
	s.published()
	follow := exec.Command(filepath.Join(s.dir, "follow"))
	follow.Env = s.env
	s.clone.must(follow.Start())
	defer func() {
		follow.Process.Kill()
		follow.Wait()
		s.sh("flock publish.lock true") // wait for the build that it started
	}()
	summary := func() string { return read(t, s.dir, "public/api/v2/status.json") }
	for deadline := start.Add(60 * time.Second); !strings.Contains(summary(), `"maintenance"`); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("a minute after the maintenance began the API says %s", summary())
		}
	}
	t.Logf("the API tells it %d ms after it began", time.Since(start).Milliseconds())
}
