package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// folder is a site's folder on the disk, for tests that change it.
type folder struct {
	*testing.T
	dir string
}

func newFolder(t *testing.T) folder {
	f := folder{t, t.TempDir()}
	f.put("content/site.yml", "title: Example\nurl: https://status.example.com\n")
	f.put("content/components.yml", "components:\n  - {id: web, name: Website}\n")
	f.put("content/incidents/gone.md", incident("The web was gone"))
	return f
}

func incident(title string) string {
	return "---\ntitle: " + title + "\ncomponents: [web]\nstatus: down\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\n---\nGone.\n"
}

func (f folder) put(name, text string) {
	f.Helper()
	name = filepath.Join(f.dir, name)
	f.must(os.MkdirAll(filepath.Dir(name), 0o755))
	f.must(os.WriteFile(name, []byte(text), 0o644))
}

func (f folder) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// program returns the path of this test binary, which acts as allclear under that name.
func program(t testing.TB) string {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "allclear")
	if err := os.Symlink(binary, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// served is a running allclear serve.
type served struct {
	folder
	address string // ends with a slash
	cmd     *exec.Cmd
	ended   chan error

	mu     sync.Mutex
	said   bytes.Buffer
	builds int
}

func (f folder) serve(args ...string) *served {
	f.Helper()
	s := &served{folder: f, ended: make(chan error, 1)}
	s.cmd = exec.Command(program(f.T), append([]string{"serve", "--source", f.dir, "--listen", "127.0.0.1:0"}, args...)...)
	out, err := s.cmd.StderrPipe()
	f.must(err)
	f.must(s.cmd.Start())
	f.Cleanup(func() {
		s.cmd.Process.Kill()
		<-s.ended
	})
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			s.mu.Lock()
			fmt.Fprintln(&s.said, lines.Text())
			if strings.HasPrefix(lines.Text(), "built ") {
				s.builds++
			}
			s.mu.Unlock()
			if rest, ok := strings.CutPrefix(lines.Text(), "serving "); ok {
				ready <- strings.Fields(rest)[0]
			}
		}
		s.ended <- s.cmd.Wait()
		close(s.ended)
	}()
	select {
	case s.address = <-ready:
	case <-time.After(20 * time.Second):
		f.Fatalf("it does not serve: %s", s.log())
	}
	return s
}

func (s *served) log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

func (s *served) built() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.builds
}

func (s *served) get(path string) (*http.Response, string) {
	s.Helper()
	resp, err := http.Get(s.address + path)
	s.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	s.must(err)
	return resp, string(body)
}

// until waits until a condition is true.
func (s *served) until(what string, true func() bool) {
	s.Helper()
	for begin := time.Now(); time.Since(begin) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
		if true() {
			return
		}
	}
	s.Fatalf("%s: it never happens; serve said\n%s", what, s.log())
}

func (s *served) shows(path, text string) func() bool {
	return func() bool {
		_, body := s.get(path)
		return strings.Contains(body, text)
	}
}

// event is what a browser receives after each build.
type event struct{ Edition, Broken string }

// hear returns a channel of the events that a browser receives.
func (s *served) hear() <-chan event {
	resp, err := http.Get(s.address + ".allclear/events")
	s.must(err)
	s.Cleanup(func() { resp.Body.Close() })
	heard := make(chan event, 100)
	go func() {
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			var n event
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && json.Unmarshal([]byte(data), &n) == nil {
				heard <- n
			}
		}
	}()
	return heard
}
