package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator/corpus"
)

// TestAPushToAThousandIncidentsIsServedSoon measures how long it takes from git push until
// nginx serves the page, with the hooks of docs/publishing.md. docs/performance.md says how
// to run it alone.
func TestAPushToAThousandIncidentsIsServedSoon(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it publishes a site of a thousand incidents")
	}
	s := newServer(t)
	s.clone.must(os.RemoveAll(filepath.Join(s.clone.dir, "content")))
	s.clone.must(corpusdir.Write(s.clone.dir, 1000, 1))
	s.published()
	at := s.nginx("/etc/nginx/conf.d/status.conf")
	entries, err := filepath.Glob(filepath.Join(s.clone.dir, "content/incidents/*/*.md"))
	s.clone.must(err)
	edited := entries[len(entries)/2]
	page := at + "/incidents/" + strings.TrimSuffix(filepath.Base(edited), ".md") + "/"
	text, err := os.ReadFile(edited)
	s.clone.must(err)
	for turn := 1; turn <= 3; turn++ {
		edit := corpus.Edited(text, turn)
		s.clone.must(os.WriteFile(edited, edit, 0o644))
		began := time.Now()
		s.published()
		answer, err := http.Get(page)
		s.clone.must(err)
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		s.clone.must(err)
		t.Logf("push %d: %.2f s until the page was served", turn, time.Since(began).Seconds())
		words := string(edit[len(text)+1 : len(edit)-1])
		if !strings.Contains(string(body), words) {
			t.Errorf("push %d: the page does not say %q", turn, words)
		}
	}
}
