package ledger

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// place is where a test keeps a ledger.
type place struct {
	address string
	folder  string
	env     map[string]string
	writes  func() int // how often the ledger was written; nil if that is not counted
}

// places are the kinds of ledgers, each empty.
func places(t *testing.T) map[string]func(*testing.T) place {
	return map[string]func(*testing.T) place{
		"file": func(t *testing.T) place { return place{address: "file:notified.json", folder: t.TempDir()} },
		"git": func(t *testing.T) place {
			clone, bare := repository(t)
			count := func() int { return strings.Count(git(t, bare, "log", "--format=tformat:x", "allclear-notified"), "x") }
			return place{address: "git:allclear-notified", folder: clone, writes: count}
		},
		"s3": func(t *testing.T) place {
			store := s3mem.New()
			if err := store.CreateBucket("status"); err != nil {
				t.Fatal(err)
			}
			web := httptest.NewServer(gofakes3.New(store).Server())
			t.Cleanup(web.Close)
			return place{
				address: "s3://status/notified.json?endpoint=" + web.URL + "&region=eu",
				env:     map[string]string{"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "PLANTED"},
			}
		},
	}
}

// git runs git and returns its output.
func git(t *testing.T, folder string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@acme.test",
		"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@acme.test")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// repository makes a bare repository and a clone of it with one commit.
func repository(t *testing.T) (clone, bare string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no git, which CI must have")
		}
		t.Skip("skipped: no git; install git to test a ledger on a branch")
	}
	folder := t.TempDir()
	bare, clone = filepath.Join(folder, "status.git"), filepath.Join(folder, "clone")
	git(t, folder, "init", "--quiet", "--bare", "-b", "main", bare)
	git(t, folder, "clone", "--quiet", bare, clone)
	write(t, filepath.Join(clone, "site.yml"), "title: Example\n")
	git(t, clone, "checkout", "--quiet", "-b", "main")
	git(t, clone, "add", ".")
	git(t, clone, "commit", "--quiet", "-m", "first")
	git(t, clone, "push", "--quiet", "-u", "origin", "main")
	return clone, bare
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run returns the ledger of a new run at an instant.
func (p place) run(t *testing.T, at time.Time) *Ledger {
	t.Helper()
	l, err := p.open(at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func (p place) open(at time.Time) (*Ledger, error) {
	return Open(context.Background(), p.address, Options{
		Folder: p.folder, Env: func(name string) string { return p.env[name] }, Clock: func() time.Time { return at },
		Resolve: func(path string) (string, error) { return filepath.Join(p.folder, path), nil },
	})
}

func item(t Target, id string, at time.Time) Item { return Item{Target: t, IDs: []string{id}, At: at} }

// claim claims items at an instant and returns the verdicts.
func claim(t *testing.T, l *Ledger, at time.Time, items ...Item) []Verdict {
	t.Helper()
	verdicts, _ := claimOld(t, l, at, items...)
	return verdicts
}

func claimOld(t *testing.T, l *Ledger, at time.Time, items ...Item) ([]Verdict, []Old) {
	t.Helper()
	scope := Scope{Targets: []Target{chat, hook}, At: at, MaxAge: 2 * time.Hour, Before: noon.Add(-24 * time.Hour)}
	verdicts, old, err := l.Claim(context.Background(), scope, items, false)
	if err != nil {
		t.Fatal(err)
	}
	return verdicts, old
}

func note(t *testing.T, l *Ledger, results ...Result) {
	t.Helper()
	if err := l.Mark(context.Background(), results...); err != nil {
		t.Fatal(err)
	}
}

func begin(t *testing.T, l *Ledger, i Item) bool {
	t.Helper()
	ok, err := l.Begin(context.Background(), i)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func want(t *testing.T, what string, got []Verdict, want ...Verdict) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, not %v", what, got, want)
	}
}

// setUp is the first run: it records that nothing is published yet.
func (p place) setUp(t *testing.T) {
	t.Helper()
	claim(t, p.run(t, noon.Add(-time.Hour)), noon.Add(-time.Hour))
}

// inEach runs a test for each kind of ledger.
func inEach(t *testing.T, f func(t *testing.T, p place)) {
	for kind, make := range places(t) {
		t.Run(kind, func(t *testing.T) { f(t, make(t)) })
	}
}
