package deploy

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// netlifyServer follows Netlify's documented protocol for deploys by digest
// (https://docs.netlify.com/api/get-started/#deploy-with-the-api).
type netlifyServer struct {
	mu       sync.Mutex
	blobs    map[string]string // by SHA-1
	live     map[string]string // SHA-1 by path: the deploy that is served
	begun    map[string]string // the deploy that is being filled
	deploys  int
	uploads  int
	asked    int  // how often the state of a deploy was asked for
	busy     int  // so many requests are answered with status 429 first
	rejected bool // deploys end in an error
	url      string
}

// startNetlify starts a server with one site, whose id is "site".
func startNetlify(t *testing.T) (*netlifyServer, Options) {
	n := &netlifyServer{blobs: map[string]string{}, live: map[string]string{}}
	web := httptest.NewServer(n)
	t.Cleanup(web.Close)
	n.url = web.URL
	opt := options(t, "Text.")
	opt.Env = func(name string) string {
		return map[string]string{"NETLIFY_AUTH_TOKEN": "PLANTED", "NETLIFY_API_URL": web.URL}[name]
	}
	return n, opt
}

// files returns the site that is served.
func (n *netlifyServer) files() fs.FS {
	n.mu.Lock()
	defer n.mu.Unlock()
	files := fstest.MapFS{}
	for path, sum := range n.live {
		files[strings.TrimPrefix(path, "/")] = &fstest.MapFile{Data: []byte(n.blobs[sum])}
	}
	return files
}

func (n *netlifyServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.busy > 0:
		n.busy--
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case r.Header.Get("Authorization") != "Bearer PLANTED":
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	answer := func(v any) { json.NewEncoder(w).Encode(v) }
	switch path := strings.TrimPrefix(r.URL.Path, "/api/v1"); {
	case r.Method == "GET" && path == "/sites/site/files":
		list := []map[string]string{}
		for path, sum := range n.live {
			if path != "/_headers" && path != "/_redirects" {
				list = append(list, map[string]string{"id": path, "path": path, "sha": sum})
			}
		}
		answer(list)
	case r.Method == "GET" && path == "/sites/site":
		answer(map[string]string{"id": "site", "url": n.url, "ssl_url": ""})
	case r.Method == "POST" && path == "/sites/site/deploys":
		var deploy struct{ Files map[string]string }
		json.NewDecoder(r.Body).Decode(&deploy)
		n.begun, n.asked = deploy.Files, 0
		n.deploys++
		required := []string{}
		for _, sum := range deploy.Files {
			if _, known := n.blobs[sum]; !known {
				required = append(required, sum)
			}
		}
		answer(map[string]any{"id": fmt.Sprint("deploy", n.deploys), "state": "uploading", "required": required})
	case r.Method == "PUT" && strings.HasPrefix(path, fmt.Sprintf("/deploys/deploy%d/files/", n.deploys)):
		data, _ := io.ReadAll(r.Body)
		sum := sha1.Sum(data)
		n.blobs[hex.EncodeToString(sum[:])] = string(data)
		n.uploads++
		answer(map[string]string{})
	case r.Method == "GET" && path == fmt.Sprint("/deploys/deploy", n.deploys):
		if n.asked++; n.asked < 3 {
			answer(map[string]string{"state": "processing"})
		} else if n.rejected {
			answer(map[string]string{"state": "error", "error_message": "a reason"})
		} else {
			n.live = n.begun
			answer(map[string]string{"state": "ready"})
		}
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// holds fails the test unless the server serves the site.
func (n *netlifyServer) holds(t *testing.T, text string) {
	t.Helper()
	files := n.files().(fstest.MapFS)
	for _, f := range build(t, text, noon).files {
		want, _ := f.source.Bytes()
		if files[f.Path] == nil || string(files[f.Path].Data) != string(want) {
			t.Errorf("%s is missing or has other bytes", f.Path)
		}
		delete(files, f.Path)
	}
	if len(files) > 0 {
		t.Errorf("left over: %v", files)
	}
}

func TestADeploySendsOnlyWhatNetlifyLacks(t *testing.T) {
	n, opt := startNetlify(t)
	mustPublish(t, "netlify://site", "", opt)
	n.holds(t, "Text.")
	if mustPublish(t, "netlify://site", "", opt); n.deploys != 1 {
		t.Errorf("the same site took %d deploys", n.deploys)
	}
	n.uploads, n.busy = 0, 3
	edited := options(t, "Edited.")
	edited.Env = opt.Env
	r := mustPublish(t, "netlify://site", host(t, n.files, nil), edited)
	n.holds(t, "Edited.")
	if n.uploads == 0 || n.uploads > len(r.Changes.Uploaded) || !r.Live {
		t.Errorf("%d uploads for %d files that differ; live: %v", n.uploads, len(r.Changes.Uploaded), r.Live)
	}
	opt.IfDue = true
	if r := publishTo(t, "netlify://site", host(t, n.files, nil), opt); r.Due == "" {
		t.Errorf("%+v", r)
	}
}

func TestSomeoneElsesSiteAtNetlifyIsNotReplaced(t *testing.T) {
	n, opt := startNetlify(t)
	n.live["/index.html"] = "0"
	r := publishTo(t, "netlify://site", "", opt)
	if r.Err == nil || !strings.HasPrefix(r.Err.Error(), "another site is there") || n.deploys > 0 {
		t.Errorf("%v", r.Err)
	}
}

// Netlify takes a connection and never answers.
func TestNetlifyThatDoesNotAnswerIsNotWaitedForLong(t *testing.T) {
	before := netlifyTimeout
	netlifyTimeout = 200 * time.Millisecond
	defer func() { netlifyTimeout = before }()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, opt := startNetlify(t)
	opt.Env = func(name string) string {
		return map[string]string{"NETLIFY_AUTH_TOKEN": "PLANTED", "NETLIFY_API_URL": "http://" + listener.Addr().String()}[name]
	}
	r := publishTo(t, "netlify://site", "", opt)
	var e *remote.Error
	if !errors.As(r.Err, &e) || !strings.Contains(e.Hint, "did not answer in time") || r.Seconds > 20 {
		t.Errorf("%v after %v s", r.Err, r.Seconds)
	}
}

func TestWhatNetlifyRefusesIsExplained(t *testing.T) {
	n, opt := startNetlify(t)
	n.rejected = true
	r := publishTo(t, "netlify://site", "", opt)
	if r.Err == nil || r.Err.Error() != "Netlify refused the deploy: a reason" || len(n.live) > 0 {
		t.Errorf("a rejected deploy: %v", r.Err)
	}
	if r := publishTo(t, "netlify://other", "", opt); r.Err == nil || r.Err.Error() != "Netlify has no such site" {
		t.Errorf("an unknown site: %v", r.Err)
	}
	opt.Env = func(name string) string {
		return map[string]string{"NETLIFY_AUTH_TOKEN": "WRONG", "NETLIFY_API_URL": n.url}[name]
	}
	if r := publishTo(t, "netlify://site", "", opt); r.Err == nil || r.Err.Error() != "Netlify does not accept the token" {
		t.Errorf("a wrong token: %v", r.Err)
	}
	opt.Env = func(string) string { return "" }
	if r := publishTo(t, "netlify://site", "", opt); r.Err == nil || !strings.Contains(r.Err.Error(), "NETLIFY_AUTH_TOKEN is not set") {
		t.Errorf("no token: %v", r.Err)
	}
}
