package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// docs/two-hosts.md, "Try it": while a host is down, the other one gets the news; once it
// is back, the next publish brings it up to date.
func TestWhileOneHostIsDownTheOtherGetsTheNews(t *testing.T) {
	store := s3mem.New()
	if err := store.CreateBucket("status"); err != nil {
		t.Fatal(err)
	}
	var down atomic.Bool
	bucket := gofakes3.New(store).Server()
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case down.Load():
			http.Error(w, "down", http.StatusForbidden)
			return
		case r.Header.Get("Authorization") == "" && strings.HasSuffix(r.URL.Path, "/"):
			r.URL.Path += "index.html"
		}
		bucket.ServeHTTP(w, r)
	}))
	defer first.Close()
	f := newFolder(t)
	second := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(f.dir, "spare"))))
	defer second.Close()
	f.put("content/site.yml", fmt.Sprintf("title: Example\nurl: %s/status\nmirrors: [%s]\npublish:\n"+
		"  - {name: main, to: \"s3://status?endpoint=%s\", url: \"%s/status\"}\n  - {name: spare, to: \"dir:spare\", url: \"%s\"}\n",
		first.URL, second.URL, first.URL, first.URL, second.URL))
	env := []string{"AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY=secret"}
	if out, said, err := f.publishes(env); err != nil {
		t.Fatalf("%v\n%s%s", err, out, said)
	}
	copies := func() (live, spare string) {
		out, said, code := f.runs("status", "--live", "--format", "json")
		var record liveRecord
		if err := json.Unmarshal([]byte(out), &record); err != nil || len(record.Copies) != 1 {
			t.Fatalf("status --live: exit %d, %v\n%s%s", code, err, out, said)
		}
		return record.Build, record.Copies[0].Build
	}
	if live, spare := copies(); live != spare || live == "" {
		t.Errorf("after the first publish, one host serves %q, the other %q", live, spare)
	}

	down.Store(true)
	f.put("content/incidents/down.md", "---\ntitle: Down\ncomponents: [web]\nstatus: major_outage\n---\n## Investigating — "+
		past(5*time.Minute)+"\n\nWe look.\n")
	out, said, err := f.publishes(env)
	if err == nil || !strings.Contains(out, "live at "+second.URL) || !strings.Contains(said, "1 of 2 targets failed") ||
		!strings.Contains(said, "main: ") {
		t.Errorf("with a host down: %v\n%s%s", err, out, said)
	}
	if status, _, body, err := page(second.URL + "/incidents/down/"); status != http.StatusOK || !strings.Contains(body, "We look.") {
		t.Errorf("the other host answers %d, %v", status, err)
	}

	down.Store(false)
	if live, spare := copies(); live == spare {
		t.Error("the host that is back already has the news")
	}
	out, said, err = f.publishes(env, "--if-due")
	if err != nil || !strings.Contains(out, "main: ") || strings.Contains(out, "main: not due") {
		t.Errorf("with the host back: %v\n%s%s", err, out, said)
	}
	if status, _, body, err := page(first.URL + "/status/incidents/down/"); status != http.StatusOK || !strings.Contains(body, "We look.") {
		t.Errorf("the host that is back answers %d, %v", status, err)
	}
}
