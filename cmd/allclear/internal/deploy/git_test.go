package deploy

import (
	"context"
	"errors"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"
)

// bareRepository makes an empty bare repository and returns its folder.
func bareRepository(t *testing.T) string {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no git, which CI must have")
		}
		t.Skip("skipped: no git; install git to test publishing to a branch")
	}
	for _, name := range []string{"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"} {
		t.Setenv(name, "someone@acme.test")
	}
	repository := filepath.Join(t.TempDir(), "status.git")
	run(t, "git", "init", "--quiet", "--bare", repository)
	run(t, "git", "-C", repository, "config", "http.receivepack", "true")
	return repository
}

// pushes makes a commit with one more file on the branch pages, as someone else would.
func pushes(t *testing.T, repository, name string) {
	clone := filepath.Join(t.TempDir(), "clone")
	run(t, "git", "clone", "--quiet", repository, clone)
	if strings.Contains(run(t, "git", "-C", repository, "branch"), "pages") {
		run(t, "git", "-C", clone, "checkout", "--quiet", "pages")
	} else {
		run(t, "git", "-C", clone, "checkout", "--quiet", "--orphan", "pages")
	}
	if err := os.WriteFile(filepath.Join(clone, name), []byte("someone else's"), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, "git", "-C", clone, "add", name)
	run(t, "git", "-C", clone, "commit", "--quiet", "-m", "someone else's")
	run(t, "git", "-C", clone, "push", "--quiet", "origin", "pages")
}

// branchHolds fails the test unless the branch pages holds the site and these other files.
func branchHolds(t *testing.T, repository, text string, others ...string) {
	t.Helper()
	names := strings.Fields(run(t, "git", "-C", repository, "ls-tree", "-r", "--name-only", "pages"))
	want := append(others, manifestName)
	for _, f := range build(t, text, noon).files {
		want = append(want, f.Path)
		data, err := f.source.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if got := run(t, "git", "-C", repository, "cat-file", "blob", "pages:"+f.Path); got != string(data) {
			t.Errorf("%s has other bytes", f.Path)
		}
	}
	slices.Sort(want)
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("the branch holds %v, not %v", names, want)
	}
}

func TestABranchHoldsTheSiteAndWhatOthersPutThere(t *testing.T) {
	repository := bareRepository(t)
	pushes(t, repository, "CNAME")
	to := "git+file://" + repository + "#pages"
	mustPublish(t, to, "", options(t, "Text."))
	branchHolds(t, repository, "Text.", "CNAME")

	commits := run(t, "git", "-C", repository, "rev-list", "--count", "pages")
	r := mustPublish(t, to, "", options(t, "Text."))
	if again := run(t, "git", "-C", repository, "rev-list", "--count", "pages"); again != commits || len(r.Changes.Uploaded) > 0 {
		t.Errorf("the same site made a commit: %v", r.Changes)
	}
	r = mustPublish(t, to, "", options(t, ""))
	if !slices.Contains(r.Changes.Removed, "incidents/slow/index.html") {
		t.Errorf("removed %v", r.Changes.Removed)
	}
	branchHolds(t, repository, "", "CNAME")
}

// The branch is in a state that nobody expects: the manifest is damaged, or a file of
// somebody else is in the way.
func TestWhatHappensToOthersFilesOnABranchIsSaid(t *testing.T) {
	repository := bareRepository(t)
	pushes(t, repository, "robots.txt")
	to := "git+file://" + repository + "#pages"
	r := mustPublish(t, to, "", options(t, "Text."))
	if len(r.Changes.Notes) != 1 || !strings.Contains(r.Changes.Notes[0], "did not publish robots.txt, and replaces it") {
		t.Errorf("notes %v", r.Changes.Notes)
	}
	if r := mustPublish(t, to, "", options(t, "Edited.")); len(r.Changes.Notes) > 0 {
		t.Errorf("again: %v", r.Changes.Notes)
	}
	pushes(t, repository, manifestName)
	r = mustPublish(t, to, "", options(t, ""))
	if len(r.Changes.Notes) != 1 || !strings.Contains(r.Changes.Notes[0], "missing or damaged") || len(r.Changes.Removed) > 0 {
		t.Errorf("%+v", r.Changes)
	}
}

// A server may say why it does not take a push. That is in the message, whatever the user
// has configured.
func TestAServersReasonIsPassedOn(t *testing.T) {
	repository := bareRepository(t)
	config := filepath.Join(t.TempDir(), "config")
	os.WriteFile(config, []byte("[safe]\n\tbareRepository = explicit\n"), 0o644)
	t.Setenv("GIT_CONFIG_GLOBAL", config)
	hook := "#!/bin/sh\necho protected by policy >&2\nexit 1\n"
	os.WriteFile(filepath.Join(repository, "hooks", "pre-receive"), []byte(hook), 0o755)
	r := publishTo(t, "git+file://"+repository+"#pages", "", options(t, "Text."))
	if r.Err == nil || !strings.Contains(r.Err.Error(), "the server does not take it: protected by policy") {
		t.Errorf("%v", r.Err)
	}
}

func TestABranchIsCreated(t *testing.T) {
	repository := bareRepository(t)
	opt := options(t, "Text.")
	opt.IfDue = true
	if r := mustPublish(t, "git+file://"+repository+"#pages", "", opt); r.Due != "nothing is published there yet" {
		t.Errorf("due: %q", r.Due)
	}
	branchHolds(t, repository, "Text.")
	if r := mustPublish(t, "git+file://"+repository+"#pages", "", opt); !r.Skipped {
		t.Errorf("due again: %q", r.Due)
	}
}

func TestAPushOfSomeoneElseInBetweenIsKept(t *testing.T) {
	repository := bareRepository(t)
	to := "git+file://" + repository + "#pages"
	mustPublish(t, to, "", options(t, "Text."))
	g, err := openGit(context.Background(), site.PublishTarget{Name: "main", Kind: "git", To: to},
		remote.Environment{Name: "main", Get: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	pushes(t, repository, "CNAME")
	if _, err := g.Publish(context.Background(), build(t, "Edited.", noon)); err != nil {
		t.Fatal(err)
	}
	branchHolds(t, repository, "Edited.", "CNAME")
}

func TestSomeoneElsesPagesBranchIsNotOverwritten(t *testing.T) {
	repository := bareRepository(t)
	pushes(t, repository, "index.html")
	r := publishTo(t, "git+file://"+repository+"#pages", "", options(t, "Text."))
	if r.Err == nil || !strings.Contains(r.Err.Error(), "another site is on the branch pages") {
		t.Errorf("%v", r.Err)
	}
}

// In a hook, git sets variables that name its own repository.
func TestPublishingFromAHookLeavesTheHooksRepositoryAlone(t *testing.T) {
	repository, hooks := bareRepository(t), bareRepository(t)
	t.Setenv("GIT_DIR", hooks)
	t.Setenv("GIT_QUARANTINE_PATH", hooks)
	mustPublish(t, "git+file://"+repository+"#pages", "", options(t, "Text."))
	os.Unsetenv("GIT_DIR")
	os.Unsetenv("GIT_QUARANTINE_PATH")
	branchHolds(t, repository, "Text.")
	if refs := run(t, "git", "-C", hooks, "for-each-ref"); refs != "" {
		t.Errorf("the hook's repository has %s", refs)
	}
}

func TestABranchIsPushedBySSH(t *testing.T) {
	repository := bareRepository(t)
	port, home := sshServerOf(t)
	hosts := filepath.Join(home, "hosts")
	key, _ := os.ReadFile(filepath.Join(home, "host.pub"))
	if err := os.WriteFile(hosts, append([]byte("[127.0.0.1]:"+port+" "), key...), 0o600); err != nil {
		t.Fatal(err)
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	ssh := "ssh -o BatchMode=yes -o IdentitiesOnly=yes -i " + filepath.Join(home, "id") + " -o UserKnownHostsFile="
	to := "git+ssh://" + me.Username + "@127.0.0.1:" + port + repository + "#pages"
	opt := options(t, "Text.")
	opt.Env = os.Getenv
	t.Setenv("GIT_SSH_COMMAND", ssh+os.DevNull)
	r := publishTo(t, to, "", opt)
	if r.Err == nil || r.Err.Error() != "git ls-remote: the host key is not known" {
		t.Errorf("an unknown host: %v", r.Err)
	}
	t.Setenv("GIT_SSH_COMMAND", ssh+hosts)
	mustPublish(t, to, "", opt)
	branchHolds(t, repository, "Text.")
}

func TestABranchIsPushedByHTTPSWithAToken(t *testing.T) {
	repository := bareRepository(t)
	path, _ := exec.LookPath("git")
	web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, password, _ := r.BasicAuth(); name != "git" || password != "PLANTED" {
			w.Header().Set("WWW-Authenticate", `Basic realm="git"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		h := cgi.Handler{Path: path, Args: []string{"http-backend"}, InheritEnv: []string{"PATH"}, Env: []string{
			"GIT_PROJECT_ROOT=" + filepath.Dir(repository), "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER=git",
			"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*",
		}}
		h.ServeHTTP(w, r)
	}))
	defer web.Close()
	t.Setenv("GIT_SSL_NO_VERIFY", "1")
	to := "git+" + web.URL + "/status.git#pages"
	opt := options(t, "Text.")
	r := publishTo(t, to, "", opt)
	var e *remote.Error
	if !errors.As(r.Err, &e) || !strings.Contains(e.Hint, "GIT_TOKEN") {
		t.Errorf("without a token: %v", r.Err)
	}
	opt.Env = func(name string) string { return map[string]string{"MAIN_GIT_TOKEN": "PLANTED"}[name] }
	mustPublish(t, to, "", opt)
	branchHolds(t, repository, "Text.")
}
