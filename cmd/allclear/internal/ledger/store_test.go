package ledger

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"allclear/cmd/allclear/internal/remote"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// How a ledger is kept on a branch and in an S3 store, and where it cannot be.

func TestALedgerThatIsNoneIsAnError(t *testing.T) {
	p := places(t)["file"](t)
	const book = `{"version": 1, "targets": {"chat": {}}, "updates": `
	for text, said := range map[string]string{
		"{": "damaged", "[]": "damaged", "{}\n": "damaged", "null": "damaged", "": "damaged",
		`{"version": 2}`: "newer version", `{"version": 1}`: "damaged",
		book + `[null]}`: "damaged",
		book + `[{"ids": [], "at": "2026-11-20T12:00:00Z", "targets": {"chat": {"state": "failed"}}}]}`: "damaged",
		book + `[{"ids": ["a"], "at": "2026-11-20T12:00:00Z", "targets": {"chat": {"state": "snt"}}}]}`: "damaged",
	} {
		write(t, filepath.Join(p.folder, "notified.json"), text)
		_, _, err := p.run(t, noon).Claim(context.Background(), Scope{Targets: []Target{chat}, At: noon}, nil, false)
		if said != "" && (err == nil || !strings.Contains(err.Error(), said)) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTheRepositoryStaysAsItIs(t *testing.T) {
	clone, bare := repository(t)
	p := place{address: "git:allclear-notified", folder: clone}
	write(t, filepath.Join(clone, "site.yml"), "title: Edited\n")
	write(t, filepath.Join(clone, "staged"), "x")
	git(t, clone, "add", "staged")
	hook := filepath.Join(clone, ".git/hooks/pre-push")
	if err := os.WriteFile(hook, []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	state := func() string {
		return git(t, clone, "status", "--porcelain") + git(t, clone, "for-each-ref") + git(t, clone, "count-objects") +
			git(t, clone, "config", "--list")
	}
	before := state()
	p.setUp(t)
	i := item(chat, "a", noon)
	l := p.run(t, noon)
	claim(t, l, noon, i)
	note(t, l, Result{i, Sent})
	if after := state(); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if _, err := os.Stat(filepath.Join(clone, ".git/FETCH_HEAD")); err == nil {
		t.Error("there is a FETCH_HEAD")
	}
	for line := range strings.Lines(git(t, bare, "log", "--format=%s", "allclear-notified")) {
		if !strings.Contains(line, "[skip ci] [skip netlify] [CF-Pages-Skip]") {
			t.Errorf("a host would build for %q", line)
		}
	}
	if files := git(t, bare, "ls-tree", "-r", "--name-only", "allclear-notified"); files != "notified.json\n" {
		t.Errorf("the branch has %q", files)
	}
}

func TestAShallowCloneIsEnough(t *testing.T) {
	clone, bare := repository(t)
	place{address: "git:allclear-notified", folder: clone}.setUp(t)
	shallow := filepath.Join(t.TempDir(), "shallow")
	git(t, clone, "clone", "--quiet", "--depth", "1", "file://"+bare, shallow)
	git(t, shallow, "checkout", "--quiet", "--detach")
	p := place{address: "git:allclear-notified", folder: shallow}
	want(t, "run", claim(t, p.run(t, noon), noon, item(chat, "a", noon)), Send)
}

func TestWhereALedgerCannotBeOnABranchTheErrorSaysWhereElse(t *testing.T) {
	clone, bare := repository(t)
	alone := t.TempDir()
	git(t, alone, "init", "--quiet")
	gone := t.TempDir()
	git(t, gone, "init", "--quiet")
	git(t, gone, "remote", "add", "origin", filepath.Join(gone, "nothing"))
	readOnly := filepath.Join(bare, "hooks/pre-receive")
	for _, c := range []struct{ what, folder, branch, said string }{
		{"no repository", t.TempDir(), "notified", "no git repository"},
		{"no remote", alone, "notified", "no remote"},
		{"a remote that is gone", gone, "notified", "see whether the address is right (git remote -v)"},
		{"a branch of the site", clone, "main", "something else"},
		{"no right to push", clone, "notified", "cannot write the ledger"},
	} {
		if c.what == "no right to push" {
			if err := os.WriteFile(readOnly, []byte("#!/bin/sh\necho no >&2\nexit 1\n"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		p := place{address: "git:" + c.branch, folder: c.folder}
		l, err := p.open(noon)
		if err == nil {
			_, _, err = l.Claim(context.Background(), Scope{Targets: []Target{chat}, At: noon}, []Item{item(chat, "a", noon)}, false)
		}
		var known *remote.Error
		if !errors.As(err, &known) || !strings.Contains(known.Message+" | "+known.Hint, c.said) {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if c.branch != "main" && (!strings.Contains(known.Hint, "file:") || !strings.Contains(known.Hint, "s3://")) {
			t.Errorf("%s: the hint is %q", c.what, known.Hint)
		}
	}
	if git(t, bare, "ls-tree", "--name-only", "main") != "site.yml\n" {
		t.Error("the branch of the site was changed")
	}
}

func TestAStoreThatIgnoresConditionsIsRefused(t *testing.T) {
	p := places(t)["s3"](t)
	web := httptest.NewServer(withoutConditions(t))
	defer web.Close()
	p.address = "s3://status/notified.json?endpoint=" + web.URL + "&region=eu"
	if _, err := p.open(noon); err == nil || !strings.Contains(err.Error(), "conditional writes") {
		t.Errorf("%v", err)
	}
}

func TestTheSecretOfAStoreIsInNoMessage(t *testing.T) {
	p := places(t)["s3"](t)
	p.address = strings.Replace(p.address, "s3://status", "s3://missing", 1)
	_, err := p.open(noon)
	if err == nil || strings.Contains(err.Error(), "PLANTED") {
		t.Errorf("%v", err)
	}
}

// withoutConditions is a store that drops the conditions of requests, as some do.
func withoutConditions(t *testing.T) http.Handler {
	store := s3mem.New()
	if err := store.CreateBucket("status"); err != nil {
		t.Fatal(err)
	}
	faker := gofakes3.New(store).Server()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("If-Match")
		r.Header.Del("If-None-Match")
		faker.ServeHTTP(w, r)
	})
}
