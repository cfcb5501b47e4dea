package remote

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
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
	helper string // the address to whose host a credential helper passes the token of the environment; "": none
}

// NewGit returns a Git for a folder and a remote repository, which may be https with a
// token, GIT_TOKEN, from the environment. Git asks for no password.
func NewGit(folder, remote string, env Environment) (*Git, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, Errorf("install git", "git is not installed, and it is needed here")
	}
	g := &Git{Folder: folder, env: append(gitEnvironment(), "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")}
	if env.Get("GIT_SSH_COMMAND") == "" && env.Get("GIT_SSH") == "" {
		g.env = append(g.env, "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=20")
	}
	u, err := url.Parse(remote)
	if token := env.Lookup("GIT_TOKEN"); token != "" && err == nil && u.Scheme == "https" {
		g.helper = u.Scheme + "://" + u.Host
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
	config := []string{"-c", "safe.bareRepository=all", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "commit.gpgSign=false",
		"-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=120"} // else a server that falls silent is waited for until gitTimeout
	if g.helper != "" {
		config = append(config, "-c", "credential.helper=", "-c", "credential."+g.helper+".helper="+credentialHelper)
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
