package deploy

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// gitTimeout is how long one command of git may take.
const gitTimeout = 5 * time.Minute

// gitTries is how often a publish is tried when someone else pushes at the same time.
const gitTries = 3

// gitBranch is a branch of a repository, whose newest commit a host serves. Everything is
// done in a temporary repository, and the whole site changes with one push.
type gitBranch struct {
	remote string // as git takes it
	branch string
	folder string // the temporary repository
	env    []string
	helper bool // a token is in the environment, and a credential helper passes it on
	parent string
}

// openGit opens git+ssh://… or git+https://…#BRANCH and fetches the branch.
func openGit(ctx context.Context, t site.PublishTarget, env environment) (Target, error) {
	u, err := url.Parse(strings.TrimPrefix(t.To, "git+"))
	if err != nil {
		return nil, err
	}
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errorf("install git", "git is not installed, and this target needs it")
	}
	g := &gitBranch{branch: u.Fragment, env: append(gitEnvironment(), "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")}
	u.Fragment = ""
	g.remote = u.String()
	if env.get("GIT_SSH_COMMAND") == "" && env.get("GIT_SSH") == "" {
		g.env = append(g.env, "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=20")
	}
	if token := env.lookup("GIT_TOKEN"); token != "" && u.Scheme == "https" {
		g.helper = true
		name := cmp.Or(env.lookup("GIT_USERNAME"), u.User.Username(), "git")
		g.env = append(g.env, "ALLCLEAR_GIT_TOKEN="+token, "ALLCLEAR_GIT_USER="+name)
	}
	if g.folder, err = os.MkdirTemp("", "allclear-git-"); err != nil {
		return nil, err
	}
	if _, err = g.git(ctx, nil, "init", "--quiet", "--bare", "."); err == nil {
		err = g.fetch(ctx)
	}
	if err != nil {
		g.Close()
		return nil, err
	}
	return g, nil
}

// gitEnvironment returns the environment without the variables that name a repository. A
// hook of git runs with them, and they would lead every command to that repository.
func gitEnvironment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(repositoryVariables, name)
	})
}

// repositoryVariables are those that git rev-parse --local-env-vars lists and that matter
// here.
var repositoryVariables = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_QUARANTINE_PATH", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
}

func (g *gitBranch) Close() error { return os.RemoveAll(g.folder) }

// credentialHelper gives git the token of the environment. The token itself is in no
// argument, where other users of the machine would see it.
const credentialHelper = `!f() { test "$1" = get && printf 'username=%s\npassword=%s\n' "$ALLCLEAR_GIT_USER" "$ALLCLEAR_GIT_TOKEN"; }; f`

// git runs a command of git in the temporary repository and returns its output.
func (g *gitBranch) git(ctx context.Context, in io.Reader, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	config := []string{"-c", "gc.auto=0", "-c", "commit.gpgSign=false"}
	if g.helper {
		config = append(config, "-c", "credential.helper=", "-c", "credential.helper="+credentialHelper)
	}
	cmd := exec.CommandContext(ctx, "git", append(config, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin, cmd.WaitDelay = g.folder, g.env, in, 5*time.Second
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, errorf("see whether the server answers", "git %s took longer than %v", args[0], gitTimeout)
		}
		return nil, gitError(args[0], said.String(), err)
	}
	return out.Bytes(), nil
}

// gitError turns what git printed into an error for the user.
func gitError(command, said string, err error) error {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	why := cmp.Or(strings.TrimSpace(lines[len(lines)-1]), err.Error())
	for _, line := range lines {
		if after, ok := strings.CutPrefix(line, "fatal: "); ok {
			why = after
			break
		}
	}
	hint := ""
	switch {
	case strings.Contains(said, "Host key verification failed"):
		why, hint = "the host key is not known", "add the server's key to known_hosts (docs/publishing.md)"
	case strings.Contains(said, "Permission denied"), strings.Contains(said, "could not read Username"),
		strings.Contains(said, "Authentication failed"):
		hint = "give this machine a key that may push, or set GIT_TOKEN for https (docs/publishing.md)"
	case strings.Contains(said, "[rejected]"), strings.Contains(said, "[remote rejected]"):
		hint = "see whether the branch is protected, or someone else pushes to it"
	}
	return errorf(hint, "git %s: %s", command, why)
}

// fetch fetches the newest commit of the branch, if the branch exists.
func (g *gitBranch) fetch(ctx context.Context) error {
	refs, err := g.git(ctx, nil, "ls-remote", g.remote, "refs/heads/"+g.branch)
	if err != nil {
		return err
	}
	if g.parent = ""; len(bytes.TrimSpace(refs)) == 0 {
		return nil
	}
	_, err = g.git(ctx, nil, "fetch", "--quiet", "--depth", "1", "--no-tags", g.remote, "+refs/heads/"+g.branch+":refs/old")
	if err != nil {
		return err
	}
	parent, err := g.git(ctx, nil, "rev-parse", "refs/old")
	g.parent = strings.TrimSpace(string(parent))
	return err
}

func (g *gitBranch) Read(ctx context.Context, path string) ([]byte, error) {
	if g.parent == "" {
		return nil, fs.ErrNotExist
	}
	if names, err := g.git(ctx, nil, "ls-tree", "--name-only", g.parent, "--", path); err != nil || len(names) == 0 {
		return nil, cmp.Or(err, fs.ErrNotExist)
	}
	return g.git(ctx, nil, "cat-file", "blob", g.parent+":"+path)
}

func (g *gitBranch) Plan(ctx context.Context, s *Site) (Changes, error) {
	var before manifest
	data, err := g.Read(ctx, manifestName)
	switch {
	case err == nil:
		before, _ = parseManifest(data)
	case isMissing(err):
		err = g.checkUnused(ctx)
	}
	if err != nil {
		return Changes{}, err
	}
	if err := g.commit(ctx, s, before); err != nil {
		return Changes{}, err
	}
	return g.compare(ctx, s)
}

// checkUnused is stored.checkUnused for a branch.
func (g *gitBranch) checkUnused(ctx context.Context) error {
	if data, err := g.Read(ctx, "build.json"); err == nil {
		if _, err := parseBuild(data); err == nil {
			return nil
		}
	}
	if _, err := g.Read(ctx, "index.html"); isMissing(err) {
		return nil
	} else if err != nil {
		return err
	}
	return errorf("publish to a branch of its own",
		"another site is on the branch %s: it has an index.html, and allclear did not publish it", g.branch)
}

// commit makes refs/new: the old commit's files, without those that Allclear published
// and the site no longer has, and with all of the site's.
func (g *gitBranch) commit(ctx context.Context, s *Site, before manifest) error {
	after := manifest{Files: map[string]record{}}
	for _, f := range s.files {
		after.Files[f.Path] = recordOf(f)
	}
	list, err := after.encode()
	if err != nil {
		return err
	}
	r, w := io.Pipe()
	go func() {
		out := bufio.NewWriter(w)
		message := "Publish build " + s.Build.ID + "\n"
		fmt.Fprintf(out, "commit refs/new\ncommitter Allclear <allclear@localhost> %d +0000\ndata %d\n%s\n",
			time.Now().Unix(), len(message), message)
		if g.parent != "" {
			fmt.Fprintf(out, "from %s\n", g.parent)
		}
		for path := range before.Files {
			if _, stays := after.Files[path]; !stays {
				fmt.Fprintf(out, "D %s\n", gitQuoted(path))
			}
		}
		writeBlob(out, manifestName, int64(len(list)), bytes.NewReader(list))
		var err error
		for _, f := range s.files {
			var from content
			if from, err = f.Open(); err != nil {
				break
			}
			writeBlob(out, f.Path, f.Size, from)
			from.Close()
		}
		w.CloseWithError(cmp.Or(err, out.Flush()))
	}()
	_, err = g.git(ctx, r, "fast-import", "--quiet", "--force")
	r.Close()
	return err
}

// writeBlob writes a file for git fast-import.
func writeBlob(w io.Writer, path string, size int64, from io.Reader) {
	fmt.Fprintf(w, "M 100644 inline %s\ndata %d\n", gitQuoted(path), size)
	io.CopyN(w, from, size)
	fmt.Fprintln(w)
}

// gitQuoted returns a path in C-style quotes, as git fast-import reads it.
func gitQuoted(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(path) + `"`
}

// compare returns the changes from the old commit to refs/new.
func (g *gitBranch) compare(ctx context.Context, s *Site) (Changes, error) {
	var uploaded, removed []string
	if g.parent == "" {
		for _, f := range s.files {
			uploaded = append(uploaded, f.Path)
		}
		slices.Sort(uploaded)
		return s.changes(uploaded, nil), nil
	}
	out, err := g.git(ctx, nil, "diff-tree", "-r", "-z", "--name-status", "--no-renames", g.parent, "refs/new")
	if err != nil {
		return Changes{}, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		switch path := fields[i+1]; {
		case path == manifestName:
		case fields[i] == "D":
			removed = append(removed, path)
		default:
			uploaded = append(uploaded, path)
		}
	}
	return s.changes(uploaded, removed), nil
}

func (g *gitBranch) Publish(ctx context.Context, s *Site) (Changes, error) {
	for n := 1; ; n++ {
		changes, err := g.Plan(ctx, s)
		if err != nil || len(changes.Uploaded)+len(changes.Removed) == 0 {
			return changes, err
		}
		_, err = g.git(ctx, nil, "push", "--quiet", g.remote, "refs/new:refs/heads/"+g.branch)
		var rejected *Error
		if !errors.As(err, &rejected) || n == gitTries || rejected.Hint == "" {
			return changes, err
		}
		if err := g.fetch(ctx); err != nil { // someone else pushed: build on their commit
			return Changes{}, err
		}
	}
}
