package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"allclear/generator/render"

	"golang.org/x/sync/errgroup"
)

// outcome is what writing a site did.
type outcome struct {
	files     int
	written   int
	unchanged int
	removed   int
	bytes     int64
	kept      []string // no longer built, but changed by another hand since
	aside     []string // in the way of ours, and put into the folder found, as our list was lost
	found     string
	left      record // what is in the folder now, where it is remembered
}

// writeSite makes a folder equal to a list of files. Files whose bytes are there
// already are not touched, and files that an earlier build wrote and this one
// does not are removed. Everything new is staged before anything is moved into
// place, and every move can be taken back: where anything fails, the folder
// stays as it was. step is called after each file is rendered. A file that
// an earlier build is remembered to have left there, and that would be the same, is
// not rendered.
func writeSite(ctx context.Context, dir string, files []render.File, known record, step func()) (outcome, error) {
	if err := checkPaths(files); err != nil {
		return outcome{}, err
	}
	settling.Lock()
	defer settling.Unlock()
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	made, err := makeFolder(dir)
	if err != nil {
		return outcome{}, err
	}
	done, err := writeInto(ctx, dir, files, known, step)
	if err != nil {
		for _, folder := range slices.Backward(made) {
			os.Remove(folder) // only where it is empty
		}
	}
	return done, err
}

func writeInto(ctx context.Context, dir string, files []render.File, known record, step func()) (outcome, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return outcome{}, failed("", "cannot open %s: %s", dir, reason(err))
	}
	defer root.Close()
	if err := ownFolder(root, dir); err != nil {
		return outcome{}, err
	}
	release, err := lock(ctx, root, dir)
	if err != nil {
		return outcome{}, err
	}
	defer release()
	sweep(root)
	before, lost, err := findLedger(root, dir, known)
	if err != nil {
		return outcome{}, err
	}
	s := &staging{root: root, dir: dir, before: before, lost: lost, left: known}
	defer s.clear()
	if err := s.stageAll(ctx, files, step); err != nil {
		return outcome{}, err
	}
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	if err := s.commit(); err != nil {
		s.undo()
		return outcome{}, failed("nothing was changed; fix this and build again", "cannot write to %s: %s", dir, describe(err))
	}
	s.prune()
	return s.outcome(), nil
}

// stageAll renders every file, several at a time, and stages those that differ
// from what the folder holds.
func (s *staging) stageAll(ctx context.Context, files []render.File, step func()) error {
	if err := s.plant(files); err != nil {
		return err
	}
	s.built = make([]built, len(files))
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) { // each goes on with the stack that it has
		group.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				var err error
				if s.built[i], err = s.build(int(i), files[i]); err != nil {
					return err
				}
				step()
			}
			return nil
		})
	}
	return group.Wait()
}

// ancestors are the folders of a file, the outermost first.
func ancestors(name string) []string {
	var folders []string
	for i, c := range name {
		if c == '/' {
			folders = append(folders, name[:i])
		}
	}
	return folders
}

// checkPaths refuses paths that cannot stand side by side in one folder on every
// system, or that are our own.
func checkPaths(files []render.File) error {
	spelled := map[string]string{}
	folders := map[string]string{}
	for _, f := range files {
		if !fs.ValidPath(f.Path) || f.Path == "." || strings.ContainsAny(f.Path, "\\\x00\n") {
			return failed("", "%q cannot be the path of a file", f.Path)
		}
		if keptByOthers(f.Path) {
			return failed("take it out of content/static/", "%s: version control keeps its own files there", f.Path)
		}
		if strings.HasPrefix(f.Path, ledgerName) {
			return failed("name it otherwise", "%s: names that begin with %s are ours", f.Path, ledgerName)
		}
		low := strings.ToLower(f.Path)
		if other, taken := spelled[low]; taken {
			return failed("give one of them another name", "%s and %s are one file where case does not count", other, f.Path)
		}
		spelled[low] = f.Path
		for _, folder := range ancestors(f.Path) {
			if other, taken := folders[strings.ToLower(folder)]; taken && other != folder {
				return failed("give one of them another name", "%s and %s are one folder where case does not count", other, folder)
			}
			folders[strings.ToLower(folder)] = folder
		}
	}
	for low, name := range spelled {
		if folder, taken := folders[low]; taken {
			return failed("give one of them another name", "%s would be a file and %s a folder", name, folder)
		}
	}
	return nil
}

// describe words an error of a file operation with the file it is about.
func describe(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Path + ": " + at.Err.Error()
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.New + ": " + link.Err.Error()
	}
	return err.Error()
}
