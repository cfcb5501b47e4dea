package record

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// TestOnlyThisMachineIsAskedWithoutAPause shows the pace for each address, and which ones
// are refused.
func TestOnlyThisMachineIsAskedWithoutAPause(t *testing.T) {
	for address, want := range map[string]time.Duration{
		"https://status.example.com/": time.Second, "http://127.0.0.1:8080": 0, "http://localhost/x": 0, "http://[::1]:1": 0,
		"https://127.0.0.1.example.com": time.Second,
	} {
		r, err := newRecorder(address, Options{})
		if err != nil || r.pause != want {
			t.Errorf("%s: %v, %v", address, r, err)
		}
	}
	for _, address := range []string{"", "status.example.com", "ftp://x.example", "https://"} {
		if _, err := newRecorder(address, Options{}); err == nil {
			t.Errorf("%q was accepted", address)
		}
	}
	r, err := newRecorder("https://user:secret@status.example.com/?key=1#x", Options{})
	if err != nil || r.base.String() != "https://status.example.com" {
		t.Errorf("the address is %v, %v", r.base, err)
	}
}

// TestAServerThatAsksForPatienceGetsIt answers 429 once, then too much, then nothing at all.
func TestAServerThatAsksForPatienceGetsIt(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch {
		case r.URL.Path == "/gone":
			http.NotFound(w, r)
		case r.URL.Path == "/large":
			w.Write(make([]byte, maxBody+1))
		case asked == 1:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			w.Write([]byte(r.UserAgent()))
		}
	}))
	defer server.Close()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r, err := newRecorder(server.URL, Options{Root: root, Agent: "allclear/test", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	data, err := r.get(context.Background(), "/x")
	if err != nil || string(data) != "allclear/test" || time.Since(began) < time.Second || asked != 2 {
		t.Errorf("%q, %v after %v and %d requests", data, err, time.Since(began), asked)
	}
	asked = 10
	if _, err := r.get(context.Background(), "/gone"); err == nil || asked != 11 {
		t.Errorf("what is gone was asked for %d times: %v", asked-10, err)
	}
	if _, err := r.get(context.Background(), "/large"); err == nil || !strings.Contains(err.Error(), "longer than 64 MB") {
		t.Errorf("too long an answer: %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.get(ended, "/x"); err == nil {
		t.Error("it goes on after it was ended")
	}
}
