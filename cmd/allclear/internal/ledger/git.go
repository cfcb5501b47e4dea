package ledger

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"allclear/cmd/allclear/internal/remote"
)

// branchFile is the one file on a ledger's branch.
const branchFile = "notified.json"

// skip keeps hosts from building a site for a commit to the ledger.
const skip = "[skip ci] [skip netlify] [CF-Pages-Skip]"

// branch is a ledger on a branch of the repository's remote. A push names the commit that
// it replaces, and the server refuses it if another one is there.
//
// Git runs in the site's repository, so that it has that repository's settings and keys.
// What it fetches and makes goes to a temporary folder; the working tree, the index and the
// branches of the repository stay as they are.
type branch struct {
	name    string
	remote  string // the address to which the repository pushes
	git     *remote.Git
	objects string // the temporary folder

	commit string // the newest one that was read
	data   []byte
}

// openGit opens git:BRANCH.
func openGit(ctx context.Context, name string, opt Options) (store, error) {
	env := remote.Environment{Name: "notify", Get: opt.Env}
	git, err := remote.NewGit(opt.Folder, "", env)
	if err != nil {
		return nil, err
	}
	if _, err := git.Run(ctx, nil, "rev-parse", "--git-dir"); err != nil {
		if strings.Contains(remote.GitSaid(err), "not a git repository") {
			err = remote.Errorf("make it one, "+instead, "the ledger of notify is on a branch, and the site is in no git repository")
		}
		return nil, err
	}
	b := &branch{name: name}
	if b.remote, err = pushAddress(ctx, git); err != nil {
		return nil, err
	}
	if b.git, err = remote.NewGit(opt.Folder, b.remote, env); err != nil {
		return nil, err
	}
	own, err := git.Run(ctx, nil, "rev-parse", "--path-format=absolute", "--git-path", "objects")
	if err != nil {
		return nil, err
	}
	if b.objects, err = os.MkdirTemp("", "allclear-ledger-"); err != nil {
		return nil, err
	}
	b.git.Set("GIT_OBJECT_DIRECTORY="+b.objects, "GIT_ALTERNATE_OBJECT_DIRECTORIES="+quotedPath(strings.TrimSpace(string(own))),
		"GIT_AUTHOR_NAME=Allclear", "GIT_AUTHOR_EMAIL=allclear@localhost",
		"GIT_COMMITTER_NAME=Allclear", "GIT_COMMITTER_EMAIL=allclear@localhost")
	return b, nil
}

// quotedPath returns a path as GIT_ALTERNATE_OBJECT_DIRECTORIES takes it: in quotes if it
// contains what separates paths.
func quotedPath(path string) string {
	path = filepath.ToSlash(path)
	if !strings.ContainsAny(path, `:;"`) {
		return path
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}

// pushAddress returns the address to which the repository pushes: that of the branch's
// remote, of origin, or of its only remote.
func pushAddress(ctx context.Context, git *remote.Git) (string, error) {
	out, err := git.Run(ctx, nil, "remote")
	if err != nil {
		return "", err
	}
	names := strings.Fields(string(out))
	name := ""
	if head, err := git.Run(ctx, nil, "symbolic-ref", "--quiet", "--short", "HEAD"); err == nil {
		if own, err := git.Run(ctx, nil, "config", "branch."+strings.TrimSpace(string(head))+".remote"); err == nil {
			name = strings.TrimSpace(string(own))
		}
	}
	if !slices.Contains(names, name) {
		name = "origin"
	}
	if !slices.Contains(names, name) && len(names) == 1 {
		name = names[0]
	}
	if !slices.Contains(names, name) {
		return "", remote.Errorf("add one with git remote add origin ADDRESS, "+instead,
			"the ledger of notify is on a branch of the repository's remote, and the repository has no remote")
	}
	address, err := git.Run(ctx, nil, "remote", "get-url", "--push", name)
	return strings.TrimSpace(string(address)), err
}

func (b *branch) cheap() bool  { return false }
func (b *branch) close() error { return os.RemoveAll(b.objects) }

func (b *branch) ref() string { return "refs/heads/" + b.name }

func (b *branch) read(ctx context.Context) ([]byte, string, error) {
	refs, err := b.git.Run(ctx, nil, "ls-remote", b.remote, b.ref())
	if err != nil {
		return nil, "", unreachable(err)
	}
	commit, _, _ := strings.Cut(string(refs), "\t")
	switch commit = strings.TrimSpace(commit); commit {
	case "":
		return nil, "", fs.ErrNotExist
	case b.commit:
		return b.data, commit, nil
	}
	_, err = b.git.Run(ctx, nil, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", b.remote, b.ref())
	if err != nil {
		return nil, "", unreachable(err)
	}
	names, err := b.git.Run(ctx, nil, "ls-tree", "--name-only", "--full-tree", commit)
	if err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(string(names)) != branchFile {
		return nil, "", remote.Errorf("name a branch that is for the ledger alone: ledger: git:allclear-notified",
			"the branch %s holds something else than the ledger of notify", b.name)
	}
	data, err := b.git.Run(ctx, nil, "cat-file", "blob", commit+":"+branchFile)
	if err != nil {
		return nil, "", err
	}
	b.commit, b.data = commit, data
	return data, commit, nil
}

func (b *branch) write(ctx context.Context, data []byte, version, what string) error {
	blob, err := b.git.Run(ctx, bytes.NewReader(data), "hash-object", "-w", "--stdin")
	if err != nil {
		return err
	}
	entry := "100644 blob " + strings.TrimSpace(string(blob)) + "\t" + branchFile + "\n"
	tree, err := b.git.Run(ctx, strings.NewReader(entry), "mktree")
	if err != nil {
		return err
	}
	args := []string{"commit-tree", strings.TrimSpace(string(tree)), "-m", what + " " + skip}
	if version != "" {
		args = append(args, "-p", version)
	}
	made, err := b.git.Run(ctx, nil, args...)
	if err != nil {
		return err
	}
	commit := strings.TrimSpace(string(made))
	_, err = b.git.Run(ctx, nil, "push", "--quiet", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no",
		"--force-with-lease="+b.ref()+":"+version, b.remote, commit+":"+b.ref())
	if err == nil {
		b.commit, b.data = commit, data
		return nil
	}
	if wasChanged(remote.GitSaid(err)) {
		return remote.ErrChanged
	}
	return mayNotPush(err)
}

// wasChanged reports whether git refused a push because another commit is there.
func wasChanged(said string) bool {
	for _, reason := range []string{"(stale info)", "(fetch first)", "(non-fast-forward)", "cannot lock ref", "failed to update ref",
		"reference already exists", "incorrect old value provided"} {
		if strings.Contains(said, reason) {
			return true
		}
	}
	return false
}

// unreachable returns the error for a remote that cannot be read.
func unreachable(err error) error { return otherwise(err, "cannot read the ledger of notify: ") }

// mayNotPush returns the error for a push that failed.
func mayNotPush(err error) error {
	return otherwise(err, "cannot write the ledger of notify, and without it nothing is sent: ")
}

// otherwise returns an error of git with a hint that says where else a ledger can be.
func otherwise(err error, before string) error {
	var known *remote.Error
	if !errors.As(err, &known) {
		return err
	}
	hint := strings.ReplaceAll(known.Hint, remote.InSettings, "(git remote -v)") // that of a remote is git's own
	return remote.Errorf(cmp.Or(hint, "let this machine push to the repository")+"; "+instead, "%s%s", before, known.Message)
}
