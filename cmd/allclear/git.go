package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// publishHint returns the command that publishes what was just written: a commit and
// push, or a build if the site is not in a git repository.
func (r readFlags) publishHint(w writeReport) string {
	home := repositoryOf(r.source)
	if home == "" {
		return "allclear build" + r.sourceFlag() + ", then upload public/ to your host"
	}
	git, name := "git", filepath.Join(r.source, filepath.FromSlash(w.entry.Pos.File))
	if here := repositoryOf("."); here != home {
		git, name = "git -C "+quotedForShell(filepath.ToSlash(r.source)), w.entry.Pos.File
	}
	message := quotedForShell(w.entry.Title.Default + ": " + w.word)
	if w.isNew {
		return fmt.Sprintf("%s add %s && %[1]s commit -m %[3]s && %[1]s push", git, quotedForShell(filepath.ToSlash(name)), message)
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
