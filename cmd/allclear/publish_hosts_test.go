package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator/corpus"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// publishes runs allclear publish and returns what it printed.
func (f folder) publishes(env []string, args ...string) (out, said string, err error) {
	f.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program(f.T), append([]string{"publish", "--source", f.dir}, args...)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), env...), &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// nginx with the configuration of docs/publishing.md sends every header that is read back.
func TestAFolderBehindNginxIsReadBackWithoutAWarning(t *testing.T) {
	s := newServer(t)
	f := newFolder(t)
	site := s.nginx("/etc/nginx/conf.d/status.conf")
	f.put("content/site.yml", fmt.Sprintf("title: Example\nurl: https://status.acme.test\n"+
		"publish:\n  - {name: here, to: \"dir:%s\", url: \"%s\"}\n", filepath.Join(s.dir, "public"), site))
	out, said, err := f.publishes(nil)
	if err != nil || strings.Contains(said, "here: warning") || !strings.Contains(out, "live at "+site) {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	out, _, err = f.publishes(nil, "--if-due")
	if err != nil || out != "here: not due\n" {
		t.Errorf("%v %s", err, out)
	}
}

// TestOneEditOfAThousandIncidentsIsSeenSoon measures how long it takes from a saved edit
// until visitors get it, and how many requests that needs. docs/performance.md says how to
// run it alone.
func TestOneEditOfAThousandIncidentsIsSeenSoon(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it publishes a site of a thousand incidents")
	}
	store := s3mem.New()
	if err := store.CreateBucket("status"); err != nil {
		t.Fatal(err)
	}
	var requests atomic.Int64
	faker := gofakes3.New(store).Server()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			requests.Add(1)
		} else if strings.HasSuffix(r.URL.Path, "/") {
			r.URL.Path += "index.html"
		}
		faker.ServeHTTP(w, r)
	}))
	defer web.Close()
	f := folder{t, corpusdir.Temp(t, 1000)}
	site := read(t, f.dir, "content/site.yml")
	target := fmt.Sprintf("{name: main, to: \"s3://status?endpoint=%s\", url: \"%[1]s/status\"}", web.URL)
	f.put("content/site.yml", site+"\npublish:\n  - "+target+"\n")
	env := []string{"AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY=secret"}
	publish := func(what string) {
		requests.Store(0)
		began := time.Now()
		out, said, err := f.publishes(env, "--format", "json")
		if err != nil {
			t.Fatalf("%v\n%s%s", err, out, said)
		}
		var record publishRecord
		f.must(json.Unmarshal([]byte(out), &record))
		r := record.Targets[0]
		t.Logf("%s: %d files uploaded, %d removed, %d requests, %.2f s until it was read back", what, r.Uploaded, r.Removed,
			requests.Load(), time.Since(began).Seconds())
		if n := int64(r.Uploaded + r.Removed); !r.Live || float64(requests.Load()) > 1.2*float64(n)+1 {
			t.Errorf("%s: %d requests for %d files; live: %v", what, requests.Load(), n, r.Live)
		}
	}
	publish("first upload")
	entries, err := filepath.Glob(filepath.Join(f.dir, "content/incidents/*/*.md"))
	f.must(err)
	text, err := os.ReadFile(entries[len(entries)/2])
	f.must(err)
	f.must(os.WriteFile(entries[len(entries)/2], corpus.Edited(text, 1), 0o644))
	publish("one edit")
}
