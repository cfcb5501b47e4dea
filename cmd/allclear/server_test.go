package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// server is the setup of docs/publishing.md in a folder of the test: a bare repository
// with its hooks, nginx, and a clone.
type server struct {
	*testing.T
	dir   string // instead of /srv/status
	clone folder
	env   []string
}

func newServer(t *testing.T) server {
	for _, name := range []string{"git", "nginx"} {
		if _, err := findProgram(name); err != nil {
			needed(t, name)
		}
	}
	s := server{T: t, dir: t.TempDir(), clone: newFolder(t)}
	s.env = append(os.Environ(), "PATH="+filepath.Dir(program(t))+":"+os.Getenv("PATH"),
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_TERMINAL_PROMPT=0",
		"GIT_AUTHOR_NAME=operator", "GIT_AUTHOR_EMAIL=operator@example.com", "GIT_COMMITTER_NAME=operator",
		"GIT_COMMITTER_EMAIL=operator@example.com")
	s.sh("git init -q --bare --initial-branch=main status.git && mkdir public")
	for _, name := range []string{"status.git/hooks/pre-receive", "status.git/hooks/post-receive", "publish", "follow"} {
		script := strings.ReplaceAll(manualFile(t, "/srv/status/"+name), "/srv/status", s.dir)
		s.clone.must(os.WriteFile(filepath.Join(s.dir, name), []byte(script), 0o755))
	}
	s.clone.git("init", "-q", "--initial-branch=main")
	s.clone.git("remote", "add", "server", filepath.Join(s.dir, "status.git"))
	return s
}

// needed skips the test if a program is not installed, or fails it if CI is true.
func needed(t *testing.T, name string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("install the package %s to run this test", name)
	}
	t.Skipf("install the package %s to run this test", name)
}

// findProgram also looks in folders that are only in administrators' paths.
func findProgram(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	return exec.LookPath("/usr/sbin/" + name)
}

// manualFile returns the block of docs/publishing.md or docs/moving.md that follows the
// name of a file.
func manualFile(t *testing.T, name string) string {
	t.Helper()
	manual := read(t, "..", filepath.Join("..", "docs", "publishing.md")) + read(t, "..", filepath.Join("..", "docs", "moving.md"))
	_, rest, named := strings.Cut(manual, "\n`"+name+"`")
	_, rest, opened := strings.Cut(rest, "\n```")
	_, rest, _ = strings.Cut(rest, "\n")
	text, _, closed := strings.Cut(rest, "\n```\n")
	if !named || !opened || !closed {
		t.Fatalf("docs/ has no file %s", name)
	}
	return text + "\n"
}

func (s server) sh(line string) string {
	s.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = s.dir, s.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

func (f folder) git(args ...string) {
	f.Helper()
	if out, err := exec.Command("git", append([]string{"-C", f.dir}, args...)...).CombinedOutput(); err != nil {
		f.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

// push commits and pushes everything in the clone, and returns git's output.
func (s server) push() (string, error) {
	s.Helper()
	cmd := exec.Command("sh", "-c", "git add -A && git commit -q -m report && git push server main")
	cmd.Dir, cmd.Env = s.clone.dir, s.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (s server) published() {
	s.Helper()
	if out, err := s.push(); err != nil {
		s.Fatalf("git push: %v\n%s", err, out)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// nginx runs nginx with a configuration of the manual until the test ends, and returns
// its address.
func (s server) nginx(manual string, replace ...string) string {
	s.Helper()
	program, _ := findProgram("nginx")
	port := freePort(s.T)
	text := strings.NewReplacer(append(replace, "/srv/status", s.dir, "listen 80;", "listen 127.0.0.1:"+port+";", "listen 8080;",
		"listen 127.0.0.1:"+port+";")...).Replace(manualFile(s.T, manual))
	home := s.TempDir()
	conf := filepath.Join(home, "nginx.conf")
	temporary := ""
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temporary += fmt.Sprintf("%s_temp_path %s/%s;\n", kind, home, kind)
	}
	whole := "daemon off; master_process off; pid nginx.pid; error_log stderr warn;\nevents {}\nhttp {\naccess_log off;\n" + temporary +
		text + "}\n"
	s.clone.must(os.WriteFile(conf, []byte(whole), 0o644))
	var said bytes.Buffer
	cmd := exec.Command(program, "-p", home, "-c", conf)
	cmd.Stderr = &said
	s.clone.must(cmd.Start())
	s.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if s.Failed() {
			s.Log(said.String())
		}
	})
	for range 500 {
		if c, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			c.Close()
			return "http://127.0.0.1:" + port
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.Fatalf("nginx does not listen: %s", said.String())
	return ""
}
