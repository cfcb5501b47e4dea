package deploy

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// TestMain makes the pauses between tries short. The tests of killed publishes run this
// program again.
func TestMain(m *testing.M) {
	remote.FirstPause = 20 * time.Millisecond
	if os.Getenv(childVariable) != "" {
		publishAsChild()
		return
	}
	os.Exit(m.Run())
}

// findSSHD returns the path of OpenSSH's server, or skips the test.
func findSSHD(t *testing.T) string {
	for _, name := range []string{"sshd", "/usr/sbin/sshd"} {
		if path, err := exec.LookPath(name); err == nil {
			abs, _ := filepath.Abs(path)
			return abs
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no sshd: install openssh-server")
	}
	t.Skip("skipped: no sshd; install openssh-server to test publishing by SFTP")
	return ""
}

// run runs a program and fails the test if that fails.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// sshServerOf starts OpenSSH's server and returns its port and a folder with id, the key
// that it lets in, and host.pub, its own.
func sshServerOf(t *testing.T) (port, home string) {
	program := findSSHD(t)
	home = t.TempDir()
	in := func(name string) string { return filepath.Join(home, name) }
	for _, key := range []string{"host", "id", "other"} {
		run(t, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", in(key))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	listener.Close()
	if os.Getuid() == 0 {
		os.MkdirAll("/run/sshd", 0o755)
	}
	conf := fmt.Sprintf("ListenAddress 127.0.0.1\nPort %s\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\n"+
		"PidFile none\nMaxStartups 100\nSubsystem sftp internal-sftp\n", port, in("host"), in("id.pub"))
	if err := os.WriteFile(in("sshd.conf"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	sshd := exec.Command(program, "-D", "-e", "-f", in("sshd.conf"))
	sshd.Stderr = &said
	if err := sshd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sshd.Process.Kill(); sshd.Wait() })
	for range 100 {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			conn.Close()
			return port, home
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("sshd does not listen: %s", said.String())
	return "", ""
}

// cable is a connection to a server that can be cut.
type cable struct {
	mu       sync.Mutex
	requests int
	cutAt    int // 0: not
}

// pass counts a request and reports whether it gets through.
func (c *cable) pass() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests++
	return c.cutAt == 0 || c.requests < c.cutAt
}

// through listens, and passes on what it gets to a port, unless the cable is cut.
func (c *cable) through(t *testing.T, port string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer in.Close()
				out, err := net.Dial("tcp", "127.0.0.1:"+port)
				if err != nil {
					return
				}
				defer out.Close()
				go io.Copy(in, out)
				buffer := make([]byte, 64<<10)
				for {
					n, err := in.Read(buffer)
					if err != nil || !c.pass() {
						return
					}
					out.Write(buffer[:n])
				}
			}()
		}
	}()
	_, at, _ := net.SplitHostPort(listener.Addr().String())
	return at
}

// startSFTP starts a server with an empty folder to publish to.
func startSFTP(t *testing.T) server {
	sshd, home := sshServerOf(t)
	var c cable
	port := c.through(t, sshd)
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(home, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(t.TempDir(), "srv")
	os.Mkdir(root, 0o755)
	return server{
		root: root,
		to:   "sftp://" + me.Username + "@127.0.0.1:" + port + root,
		env: map[string]string{
			"SSH_PRIVATE_KEY": read("id"), "SSH_KNOWN_HOSTS": "[127.0.0.1]:" + port + " " + read("host.pub"),
			"OTHER_KEY": read("other"), "OTHER_HOST": "[127.0.0.1]:" + port + " " + read("other.pub"),
		},
		files: func() map[string]string {
			files := map[string]string{}
			fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					text, _ := os.ReadFile(filepath.Join(root, name))
					files[name] = string(text)
				}
				return err
			})
			return files
		},
		write: func(path, text string) {
			name := filepath.Join(root, path)
			os.MkdirAll(filepath.Dir(name), 0o755)
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		},
		fail: func(n int) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.requests, c.cutAt = 0, n
		},
		count: func() int {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.requests
		},
	}
}

func TestSFTP(t *testing.T) { testStore(t, startSFTP) }

func TestTheHostKeyIsChecked(t *testing.T) {
	s := startSFTP(t)
	for name, test := range map[string]struct{ hosts, key, want string }{
		"unknown host": {"other.test ssh-ed25519 AAAA", "", "SSH_KNOWN_HOSTS"},
		"no host":      {"# none", s.env["SSH_PRIVATE_KEY"], "is not known"},
		"another key":  {s.env["OTHER_HOST"], s.env["SSH_PRIVATE_KEY"], "the server has another host key than known_hosts says"},
		"no entry":     {s.env["SSH_KNOWN_HOSTS"], s.env["OTHER_KEY"], "the server does not let "},
		"no key":       {s.env["SSH_KNOWN_HOSTS"], "PLANTED", "SSH_PRIVATE_KEY cannot be read as a key"},
	} {
		opt := s.options(t, "Text.")
		opt.Env = func(name string) string {
			return map[string]string{"SSH_KNOWN_HOSTS": test.hosts, "MAIN_SSH_PRIVATE_KEY": test.key, "HOME": t.TempDir()}[name]
		}
		r := publishTo(t, s.to, "", opt)
		e, ok := r.Err.(*remote.Error)
		if !ok || !strings.Contains(e.Message+e.Hint, test.want) || e.Hint == "" || strings.Contains(e.Message+e.Hint, "PLANTED") {
			t.Errorf("%s: %v", name, r.Err)
		}
	}
	if files := s.files(); len(files) > 0 {
		t.Errorf("something was uploaded: %d files", len(files))
	}
}

// A connection that is lost once is made again, and the publish goes on.
// What an interrupted run left is removed, and what another run is uploading stays.
func TestOnlyOldLeftoversAreRemoved(t *testing.T) {
	s := startSFTP(t)
	s.write(newFolder+"/old", "half a file")
	s.write(newFolder+"/young", "half a file")
	long := time.Now().Add(-time.Hour)
	os.Chtimes(filepath.Join(s.root, newFolder, "old"), long, long)
	mustPublish(t, s.to, "", s.options(t, "Text."))
	files := s.files()
	if files[newFolder+"/old"] != "" || files[newFolder+"/young"] == "" {
		t.Errorf("%q, %q", files[newFolder+"/old"], files[newFolder+"/young"])
	}
}

// Without a home, .ssh of the working directory would be that of whoever wrote the site.
func TestWithoutAHomeNoFileIsTrusted(t *testing.T) {
	for _, home := range []string{"", ".", "site"} {
		e := remote.Environment{Name: "main", Get: func(name string) string { return map[string]string{"HOME": home}[name] }}
		if name := sshFile(e, "known_hosts"); name != "" {
			t.Errorf("HOME=%q: %s", home, name)
		}
	}
}

func TestALostConnectionIsMadeAgain(t *testing.T) {
	s := startSFTP(t)
	mustPublish(t, s.to, "", s.options(t, "Text."))
	s.fail(20)
	go func() {
		for s.count() < 20 {
			time.Sleep(time.Millisecond)
		}
		s.fail(0)
	}()
	mustPublish(t, s.to, "", s.options(t, "Edited."))
	s.holds(t, "Edited.", noon)
}
