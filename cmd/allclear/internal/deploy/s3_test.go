package deploy

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"allclear/cmd/allclear/internal/remote"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// startS3 starts a store with an empty bucket.
func startS3(t *testing.T) server {
	store := s3mem.New()
	if err := store.CreateBucket("status"); err != nil {
		t.Fatal(err)
	}
	faker := gofakes3.New(store).Server()
	var requests, failFrom atomic.Int64
	var sent sync.Map // the headers of the last PUT, by path
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := requests.Add(1)
		if from := failFrom.Load(); from > 0 && n >= from && r.Header.Get("Authorization") != "" {
			w.WriteHeader(http.StatusForbidden)
			io.WriteString(w, "<Error><Code>AccessDenied</Code><Message>no more of this</Message></Error>")
			return
		}
		if r.Method == http.MethodPut {
			sent.Store(strings.TrimPrefix(r.URL.Path, "/status/site/"), r.Header.Clone())
		}
		faker.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return server{
		visit: web.URL + "/status/site",
		to:    "s3://status/site?endpoint=" + web.URL + "&region=eu",
		env:   map[string]string{"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "PLANTED"},
		files: func() map[string]string {
			files := map[string]string{}
			prefix := gofakes3.NewPrefix(nil, nil)
			list, err := store.ListBucket("status", &prefix, gofakes3.ListBucketPage{})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list.Contents {
				object, err := store.GetObject("status", c.Key, nil)
				if err != nil {
					t.Fatal(err)
				}
				text, _ := io.ReadAll(object.Contents)
				files[strings.TrimPrefix(c.Key, "site/")] = string(text)
			}
			return files
		},
		write: func(path, text string) {
			meta := map[string]string{"Last-Modified": noon.Format(http.TimeFormat)}
			if _, err := store.PutObject("status", "site/"+path, meta, bytes.NewReader([]byte(text)), int64(len(text)), nil); err != nil {
				t.Fatal(err)
			}
		},
		fail:  func(n int) { failFrom.Store(int64(n)); requests.Store(0) },
		count: func() int { return int(requests.Load()) },
		headers: func(path string) http.Header {
			h, _ := sent.Load(path)
			return h.(http.Header)
		},
	}
}

func TestS3(t *testing.T) { testStore(t, startS3) }

// Objects have the headers that _headers gives them, and an edit needs four requests more
// than there are files that differ.
func TestObjectsHaveTheirHeadersAndFewRequestsAreMade(t *testing.T) {
	s := startS3(t)
	opt := s.options(t, "Text.")
	mustPublish(t, s.to, "", opt)
	for path, want := range map[string][2]string{
		"index.html":          {"text/html; charset=utf-8", "public, max-age=30"},
		"history.atom":        {"application/atom+xml; charset=utf-8", "public, max-age=30"},
		"metrics":             {"text/plain; version=0.0.4; charset=utf-8", "public, max-age=30"},
		"api/v2/summary.json": {"application/json; charset=utf-8", "public, max-age=30"},
		"robots.me":           {"application/octet-stream", ""},
	} {
		h := s.headers(path)
		if got := [2]string{h.Get("Content-Type"), h.Get("Cache-Control")}; got != want {
			t.Errorf("%s: %q, not %q", path, got, want)
		}
	}
	s.fail(0)
	r := mustPublish(t, s.to, "", s.options(t, "Edited."))
	if n := len(r.Changes.Uploaded) + len(r.Changes.Removed); s.count() > n+4 || n == 0 {
		t.Errorf("%d requests for %d files that differ", s.count(), n)
	}
}

func TestAMissingOrRefusedKeySaysWhatToDo(t *testing.T) {
	s := startS3(t)
	opt := s.options(t, "Text.")
	opt.Env = func(string) string { return "" }
	r := publishTo(t, s.to, "", opt)
	if e, ok := r.Err.(*remote.Error); !ok || !strings.HasPrefix(e.Message, "AWS_ACCESS_KEY_ID is not set") ||
		e.Hint != "set AWS_ACCESS_KEY_ID, or MAIN_AWS_ACCESS_KEY_ID for this target alone" {
		t.Errorf("%v", r.Err)
	}
	s.fail(1)
	r = publishTo(t, s.to, "", s.options(t, "Text."))
	e, ok := r.Err.(*remote.Error)
	if !ok || !strings.Contains(e.Message, "no more of this (AccessDenied)") || !strings.Contains(e.Hint, "permission") {
		t.Errorf("%v", r.Err)
	}
	if strings.Contains(r.Err.Error(), "PLANTED") {
		t.Error("the secret is in the message")
	}
}

func TestATargetsOwnVariableTakesPrecedence(t *testing.T) {
	e := remote.Environment{Name: "spare-one", Get: func(name string) string {
		return map[string]string{"SPARE_ONE_AWS_REGION": "own", "AWS_REGION": "all", "AWS_X": "x"}[name]
	}}
	if e.Lookup("AWS_REGION") != "own" || e.Lookup("AWS_X") != "x" {
		t.Errorf("%q, %q", e.Lookup("AWS_REGION"), e.Lookup("AWS_X"))
	}
}
