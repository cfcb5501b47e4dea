package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// publishHint returns the command that publishes what was just written: a commit and
// push, or a build if the site is not in a git repository. If the site names targets,
// allclear publish brings it there at once.
func (r readFlags) publishHint(w writeReport) string {
	targets := w.after != nil && len(w.after.Publish) > 0
	switch home := repositoryOf(r.source); {
	case !targets:
		return r.commitHint(w, home)
	case home == "":
		return "allclear publish" + r.sourceFlag()
	default:
		return r.commitHint(w, home) + ", or at once: allclear publish" + r.sourceFlag()
	}
}

// commitHint returns the command that commits and pushes what was just written in the
// repository at home, or the one that builds if there is none.
func (r readFlags) commitHint(w writeReport, home string) string {
	if home == "" {
		return "allclear build" + r.sourceFlag() + ", then upload public/ to your host"
	}
	git, below := "git", r.source
	if here := repositoryOf("."); here != home {
		git, below = "git -C "+quotedForShell(filepath.ToSlash(r.source)), ""
	}
	message := quotedForShell(w.entry.Title.Default + ": " + w.word)
	created := w.created
	if w.isNew {
		created = []string{w.entry.Pos.File}
	}
	var names []string
	for _, name := range created {
		names = append(names, quotedForShell(filepath.ToSlash(filepath.Join(below, filepath.FromSlash(name)))))
	}
	if len(names) > 0 {
		return fmt.Sprintf("%s add %s && %[1]s commit -m %[3]s && %[1]s push", git, strings.Join(names, " "), message)
	}
	return fmt.Sprintf("%s commit -am %s && %[1]s push", git, message)
}

// repositoryOf returns the root of the git repository that contains dir, or "".
func repositoryOf(dir string) string {
	dir, err := realPath(dir)
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
