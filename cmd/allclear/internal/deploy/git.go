package deploy

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"
)

// gitTries is how often a publish is tried when someone else pushes at the same time.
const gitTries = 3

// gitBranch is a branch of a repository, whose newest commit a host serves. Everything is
// done in a temporary repository, and the whole site changes with one push.
type gitBranch struct {
	remote string // as git takes it
	branch string
	git    *remote.Git // runs in the temporary repository
	parent string
}

// openGit opens git+ssh://… or git+https://…#BRANCH and fetches the branch.
func openGit(ctx context.Context, t site.PublishTarget, env remote.Environment) (Target, error) {
	u, err := url.Parse(strings.TrimPrefix(t.To, "git+"))
	if err != nil {
		return nil, err
	}
	g := &gitBranch{branch: u.Fragment}
	u.Fragment = ""
	g.remote = u.String()
	folder, err := os.MkdirTemp("", "allclear-git-")
	if err != nil {
		return nil, err
	}
	if g.git, err = remote.NewGit(folder, g.remote, env); err == nil {
		_, err = g.git.Run(ctx, nil, "init", "--quiet", "--bare", ".")
	}
	if err == nil {
		err = g.fetch(ctx)
	}
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	return g, nil
}

func (g *gitBranch) Close() error { return os.RemoveAll(g.git.Folder) }

// fetch fetches the newest commit of the branch, if the branch exists.
func (g *gitBranch) fetch(ctx context.Context) error {
	refs, err := g.git.Run(ctx, nil, "ls-remote", g.remote, "refs/heads/"+g.branch)
	if err != nil {
		return err
	}
	if g.parent = ""; len(bytes.TrimSpace(refs)) == 0 {
		return nil
	}
	_, err = g.git.Run(ctx, nil, "fetch", "--quiet", "--depth", "1", "--no-tags", g.remote, "+refs/heads/"+g.branch+":refs/old")
	if err != nil {
		return err
	}
	parent, err := g.git.Run(ctx, nil, "rev-parse", "refs/old")
	g.parent = strings.TrimSpace(string(parent))
	return err
}

func (g *gitBranch) Read(ctx context.Context, path string) ([]byte, error) {
	if g.parent == "" {
		return nil, fs.ErrNotExist
	}
	if names, err := g.git.Run(ctx, nil, "ls-tree", "--name-only", g.parent, "--", path); err != nil || len(names) == 0 {
		return nil, cmp.Or(err, fs.ErrNotExist)
	}
	return g.git.Run(ctx, nil, "cat-file", "blob", g.parent+":"+path)
}

func (g *gitBranch) Plan(ctx context.Context, s *Site) (Changes, error) {
	var before manifest
	listed := true
	data, err := g.Read(ctx, manifestName)
	switch {
	case err == nil:
		before, listed = parseManifest(data)
	case isMissing(err):
		listed, err = g.checkUnused(ctx)
	}
	if err != nil {
		return Changes{}, err
	}
	if err := g.commit(ctx, s, before); err != nil {
		return Changes{}, err
	}
	changes, replaced, err := g.compare(ctx, s)
	if !listed {
		changes.Notes = append(changes.Notes, manifestName+" is missing or damaged: files that the site no longer has are left behind")
		return changes, err
	}
	for _, path := range replaced {
		if _, ours := before.Files[path]; !ours {
			changes.Notes = append(changes.Notes,
				"allclear did not publish "+path+", and replaces it; the branch still has it in its history")
		}
	}
	return changes, err
}

// checkUnused returns an error if the branch holds a home page that is not ours. empty says
// that no site of allclear is there either.
func (g *gitBranch) checkUnused(ctx context.Context) (empty bool, err error) {
	if data, err := g.Read(ctx, "build.json"); err == nil {
		if _, err := parseBuild(data); err == nil {
			return false, nil
		}
	}
	if _, err := g.Read(ctx, "index.html"); isMissing(err) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	return false, remote.Errorf("publish to a branch of its own",
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
	_, err = g.git.Run(ctx, r, "fast-import", "--quiet", "--force")
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

// compare returns the changes from the old commit to refs/new, and which of the uploaded
// files replace another one.
func (g *gitBranch) compare(ctx context.Context, s *Site) (c Changes, replaced []string, err error) {
	var uploaded, removed []string
	if g.parent == "" {
		for _, f := range s.files {
			uploaded = append(uploaded, f.Path)
		}
		slices.Sort(uploaded)
		return s.changes(uploaded, nil), nil, nil
	}
	out, err := g.git.Run(ctx, nil, "diff-tree", "-r", "-z", "--name-status", "--no-renames", g.parent, "refs/new")
	if err != nil {
		return Changes{}, nil, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		switch path := fields[i+1]; {
		case path == manifestName:
		case fields[i] == "D":
			removed = append(removed, path)
		default:
			uploaded = append(uploaded, path)
			if fields[i] != "A" {
				replaced = append(replaced, path)
			}
		}
	}
	return s.changes(uploaded, removed), replaced, nil
}

func (g *gitBranch) Publish(ctx context.Context, s *Site) (Changes, error) {
	for n := 1; ; n++ {
		changes, err := g.Plan(ctx, s)
		if err != nil || len(changes.Uploaded)+len(changes.Removed) == 0 {
			return changes, err
		}
		_, err = g.git.Run(ctx, nil, "push", "--quiet", g.remote, "refs/new:refs/heads/"+g.branch)
		if err == nil || n == gitTries || !remote.GitRejected(err) {
			return changes, err
		}
		if err := g.fetch(ctx); err != nil { // someone else pushed: build on their commit
			return Changes{}, err
		}
	}
}
