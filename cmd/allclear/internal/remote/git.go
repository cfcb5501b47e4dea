package remote

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// gitTimeout is how long one command of git may take.
const gitTimeout = 5 * time.Minute

// Git runs commands of git in a folder.
type Git struct {
	Folder string
	env    []string
	helper bool // a token is in the environment, and a credential helper passes it on
}

// NewGit returns a Git for a folder and a remote repository, which may be https with a
// token, GIT_TOKEN, from the environment. Git asks for no password.
func NewGit(folder, remote string, env Environment) (*Git, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, Errorf("install git", "git is not installed, and it is needed here")
	}
	g := &Git{Folder: folder, env: append(gitEnvironment(), "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")}
	if env.Get("GIT_SSH_COMMAND") == "" && env.Get("GIT_SSH") == "" {
		g.env = append(g.env, "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=20")
	}
	u, err := url.Parse(remote)
	if token := env.Lookup("GIT_TOKEN"); token != "" && err == nil && u.Scheme == "https" {
		g.helper = true
		name := cmp.Or(env.Lookup("GIT_USERNAME"), u.User.Username(), "git")
		g.env = append(g.env, "ALLCLEAR_GIT_TOKEN="+token, "ALLCLEAR_GIT_USER="+name)
	}
	return g, nil
}

// Set sets environment variables for the commands that follow: "NAME=value".
func (g *Git) Set(variables ...string) { g.env = append(g.env, variables...) }

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

// credentialHelper gives git the token of the environment. The token itself is in no
// argument, where other users of the machine would see it.
const credentialHelper = `!f() { test "$1" = get && printf 'username=%s\npassword=%s\n' "$ALLCLEAR_GIT_USER" "$ALLCLEAR_GIT_TOKEN"; }; f`

// Run runs a command of git and returns its output.
func (g *Git) Run(ctx context.Context, in io.Reader, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	config := []string{"-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "commit.gpgSign=false"}
	if g.helper {
		config = append(config, "-c", "credential.helper=", "-c", "credential.helper="+credentialHelper)
	}
	cmd := exec.CommandContext(ctx, "git", append(config, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin, cmd.WaitDelay = g.Folder, g.env, in, 5*time.Second
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, Errorf("see whether the server answers", "git %s took longer than %v", args[0], gitTimeout)
		}
		return nil, gitError(args[0], said.String(), err)
	}
	return out.Bytes(), nil
}

// gitError turns what git printed into an error for the user.
func gitError(command, said string, err error) error {
	said = inAddress.ReplaceAllString(said, "://")
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
	return &gitFailure{&Error{fmt.Sprintf("git %s: %s", command, why), hint}, said}
}

// inAddress matches a name and a password in an address.
var inAddress = regexp.MustCompile(`://[^/@\s'"]+@`)

// gitFailure is an [*Error] with all that git printed.
type gitFailure struct {
	shown *Error
	said  string
}

func (g *gitFailure) Error() string { return g.shown.Message }
func (g *gitFailure) Unwrap() error { return g.shown }

// GitSaid returns what git printed before it failed, without passwords in addresses; or ""
// if the error is another one.
func GitSaid(err error) string {
	var g *gitFailure
	if errors.As(err, &g) {
		return g.said
	}
	return ""
}
