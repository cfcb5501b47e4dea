package deploy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator"
	"allclear/generator/site"
	"allclear/themes"
)

// grown returns a small site with n incidents, the newest of which was edited.
func grown(n int) (*Site, error) {
	files := smallSite("Text.")
	for i := range n {
		text := fmt.Sprintf("---\ntitle: Number %d\ncomponents: [web]\nstatus: partial_outage\n---\n"+
			"## Investigating — 2026-11-19 11:00\n\nText %d.\n\n## Resolved — 2026-11-19 12:00\n\nDone.\n", i, n)
		files[fmt.Sprintf("content/incidents/number-%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	result := generator.Build(files, themes.In(files), generator.Options{Now: noon.Add(time.Duration(n) * time.Second), Version: "test"})
	if result.Problems.HasErrors() {
		return nil, fmt.Errorf("%v", result.Problems)
	}
	return NewSite(result.Files)
}

// child is what a process of its own is asked to publish.
type child struct {
	To  string
	Env map[string]string
	N   int
}

// publishAsChild publishes what childVariable says, and ends the process.
func publishAsChild() {
	var c child
	if err := json.Unmarshal([]byte(os.Getenv(childVariable)), &c); err != nil {
		panic(err)
	}
	s, err := grown(c.N)
	if err != nil {
		panic(err)
	}
	fmt.Println("built")
	var mu sync.Mutex
	kind, _, _ := strings.Cut(c.To, ":")
	r := Run(context.Background(), []site.PublishTarget{{Name: "main", Kind: kind, To: c.To}}, Options{
		Broken: true,
		Build:  func(time.Time) (*Site, error) { return s, nil }, Now: noon, Wait: time.Minute, Hold: &mu,
		Env: func(name string) string { return c.Env[name] }, Log: func(string, string, ...any) {},
	})
	if r[0].Err != nil {
		fmt.Fprintln(os.Stderr, r[0].Err)
		os.Exit(1)
	}
}

const childVariable = "ALLCLEAR_TEST_PUBLISH"

// publishInChild publishes the site with n incidents in a process of its own, which is
// killed so long after its site is built; 0: not. It returns how long the publish took.
func publishInChild(t *testing.T, s server, n int, kill time.Duration) time.Duration {
	t.Helper()
	asked, err := json.Marshal(child{s.to, s.env, n})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(asked))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out.Read(make([]byte, 6))
	began := time.Now()
	if kill > 0 {
		time.AfterFunc(kill, func() { cmd.Process.Kill() })
	}
	if err := cmd.Wait(); err != nil && kill == 0 {
		t.Fatalf("publish: %v\n%s", err, said.String())
	}
	return time.Since(began)
}

// reference matches the addresses that a page uses.
var reference = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// missing returns which files the pages that a visitor can reach from the home page need,
// and the place does not have; and which of these pages are not whole.
func missing(files map[string]string) (faults []string) {
	seen := map[string]bool{"index.html": true}
	for next := []string{"index.html"}; len(next) > 0; next = next[1:] {
		name := next[0]
		text, found := files[name]
		if !found {
			faults = append(faults, name+" is missing")
		}
		if !found || !strings.HasSuffix(name, ".html") {
			continue
		}
		if !strings.Contains(text, "http-equiv") && !strings.HasSuffix(strings.TrimSpace(text), "</html>") {
			faults = append(faults, name+" is not whole")
		}
		for _, m := range reference.FindAllStringSubmatch(text, -1) {
			if target, local := resolve(name, m[1]); local && !seen[target] {
				seen[target] = true
				next = append(next, target)
			}
		}
	}
	return faults
}

// resolve returns the file that an address on a page leads to, if that is one of the site.
func resolve(page, address string) (file string, local bool) {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || u.Path == "" {
		return "", false
	}
	target := path.Join(path.Dir("/"+page), u.Path)[1:]
	if strings.HasPrefix(u.Path, "/") {
		target = strings.TrimPrefix(path.Clean(u.Path), "/")
	}
	if strings.HasSuffix(u.Path, "/") || u.Path == "." || u.Path == ".." || target == "" || strings.HasSuffix(u.Path, "..") {
		target = path.Join(target, "index.html")
	}
	return target, true
}

// moments returns how often a test publishes: that often, or ALLCLEAR_PUBLISHES if that is
// set.
func moments(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("ALLCLEAR_PUBLISHES")); err == nil {
		return n
	}
	return usual
}

// TestKilledPublishesLeaveASiteThatWorksAndTheNextOneHeals kills a publish at moments that
// are spread over its time.
func TestKilledPublishesLeaveASiteThatWorksAndTheNextOneHeals(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) server{"s3": startS3, "sftp": startSFTP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			s.write("CNAME", "someone else's")
			publishInChild(t, s, 1, 0)
			took := publishInChild(t, s, 2, 0)
			kills := moments(4)
			for i := range kills {
				n := 3 + i
				publishInChild(t, s, n, 1+took*time.Duration(i)/time.Duration(kills))
				files := s.files()
				if faults := missing(files); len(faults) > 0 || files["CNAME"] == "" {
					t.Errorf("killed at %d of %d: %v", i, kills, faults)
				}
				if i%3 == 2 {
					publishInChild(t, s, n, 0)
					whole(t, s, n)
				}
			}
			publishInChild(t, s, 1, 0) // fewer incidents: their pages go
			whole(t, s, 1)
		})
	}
}

// whole fails the test unless the place holds the site with n incidents, and CNAME.
func whole(t *testing.T, s server, n int) {
	t.Helper()
	want, err := grown(n)
	if err != nil {
		t.Fatal(err)
	}
	files := s.files()
	for _, f := range want.files {
		if text, _ := f.source.Bytes(); files[f.Path] != string(text) {
			t.Errorf("%d incidents: %s is not the new one", n, f.Path)
		}
		delete(files, f.Path)
	}
	for name := range files {
		if name != "CNAME" && name != manifestName && !strings.HasPrefix(name, newFolder) {
			t.Errorf("%d incidents: %s is left over", n, name)
		}
	}
}

// TestNoVisitorMeetsALinkToWhatIsNotThere publishes again and again, every fifth time with
// a failure, while visitors follow the links of the home page.
func TestNoVisitorMeetsALinkToWhatIsNotThere(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) server{"s3": startS3, "sftp": startSFTP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			opt := s.options(t, "")
			n := 1
			opt.Build = func(time.Time) (*Site, error) { return grown(n) }
			mustPublish(t, s.to, "", opt)
			base := s.visit
			if base == "" {
				base = host(t, func() fs.FS { return os.DirFS(s.root) }, nil)
			}
			done := make(chan struct{})
			var pages atomic.Int64
			var wait sync.WaitGroup
			for range 2 {
				wait.Go(func() { visitor(t, base, done, &pages) })
			}
			s.fail(0)
			for n = 2; n <= moments(7); n++ {
				if n%5 == 0 {
					s.fail(1 + rand.IntN(60))
					publishTo(t, s.to, "", opt)
					s.fail(0)
					continue
				}
				mustPublish(t, s.to, "", opt)
			}
			close(done)
			wait.Wait()
			t.Logf("%d publishes, %d pages looked at", n-1, pages.Load())
			if pages.Load() == 0 {
				t.Error("nobody looked")
			}
		})
	}
}

// visitor asks for the home page and all that it links to until done is closed.
func visitor(t *testing.T, base string, done <-chan struct{}, pages *atomic.Int64) {
	get := func(name string) string {
		resp, err := http.Get(base + "/" + name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return ""
		}
		defer resp.Body.Close()
		body, err := remote.ReadLimited(resp.Body, sampleLimit)
		pages.Add(1)
		if resp.StatusCode != http.StatusOK || err != nil || strings.HasSuffix(name, ".html") && !bytes.Contains(body, []byte("</html>")) {
			t.Errorf("%s: status %d, %d bytes, %v", name, resp.StatusCode, len(body), err)
		}
		return string(body)
	}
	for {
		select {
		case <-done:
			return
		default:
		}
		for _, m := range reference.FindAllStringSubmatch(get("index.html"), -1) {
			if target, local := resolve("index.html", m[1]); local && target != "index.html" {
				get(target)
			}
		}
	}
}
