// Package outdir makes the contents of a folder equal to a list of files. Visitors
// of the site never see half of a change, and a failed build changes nothing.
//
// [Write] works in four steps:
//
//  1. It locks the folder and reads the manifest, the list of files that earlier
//     builds wrote there (manifest.go). It never replaces or removes other files.
//  2. It renders every file into a hidden staging folder, except for those whose
//     bytes are already in place (stage.go, newdirs.go).
//  3. It moves every file into place by a rename: first assets, then pages, then
//     index.html; then it removes files that the site no longer has (install.go,
//     remove.go). If a move fails, it undoes all of them.
//  4. It returns a summary, and the state of the files for the next build
//     (lastbuild.go).
//
// The bytes of new files are on the disk before the first move, and their names
// before Write returns (sync.go). Tests kill builds before every system call that
// changes the disk, make system calls fail, and simulate power cuts.
package outdir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"

	"golang.org/x/sync/errgroup"
)

// Options are optional settings of [Write].
type Options struct {
	// Last is the Summary.Last of the previous build of this folder. Files that
	// have not changed since are not rendered. If it is nil, every file is
	// rendered, and Summary.Last is nil too.
	Last LastBuild
	// Hold is locked while Write works. The program must not exit while it is
	// locked. It may be nil.
	Hold sync.Locker
	// Rendered is called after each file, from several goroutines at once. It may
	// be nil.
	Rendered func()
	// Log receives messages for the user: that Write waits for another build, or
	// that the manifest is damaged. It may be nil.
	Log io.Writer
}

// Summary reports what [Write] did.
type Summary struct {
	Files     int // in the folder now, without the manifest
	Written   int // new or changed
	Unchanged int // not touched
	Removed   int
	Bytes     int64     // of all files
	Kept      []string  // no longer in the site, but not removed since someone has edited them
	Found     []string  // of unknown origin and in the way of new files: moved to FoundDir
	FoundDir  string    // a folder in the output folder, or ""
	Last      LastBuild // for the next build; nil if Options.Last is
}

// Error explains to the user why a folder was not changed.
type Error struct {
	Message string
	Hint    string // what to do about it; may be empty
}

func (e *Error) Error() string { return e.Message }

func errorf(hint, format string, args ...any) error {
	return &Error{fmt.Sprintf(format, args...), hint}
}

// Write makes the contents of the folder dir equal to files, and creates the folder if
// necessary. Files that already have the right bytes are not touched. Files that an
// earlier Write wrote and that are no longer in the list are removed, unless someone has
// edited them since.
//
// Its error is an [*Error] for a problem with the folder, the error of the render.File
// that could not be rendered, or that of the context. After an error the folder is as it
// was before.
func Write(ctx context.Context, dir string, files []render.File, opt Options) (Summary, error) {
	if err := checkPaths(files); err != nil {
		return Summary{}, err
	}
	if opt.Hold != nil {
		opt.Hold.Lock()
		defer opt.Hold.Unlock()
	}
	if opt.Rendered == nil {
		opt.Rendered = func() {}
	}
	if opt.Log == nil {
		opt.Log = io.Discard
	}
	if ctx.Err() != nil {
		return Summary{}, ctx.Err()
	}
	made, err := makeDirs(dir)
	if err != nil {
		return Summary{}, err
	}
	done, err := writeInto(ctx, dir, files, opt)
	if err != nil {
		for _, folder := range slices.Backward(made) {
			os.Remove(folder) // fails if it is not empty
		}
	}
	return done, err
}

func writeInto(ctx context.Context, dir string, files []render.File, opt Options) (Summary, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Summary{}, errorf("", "cannot open %s: %s", dir, rootfs.Reason(err))
	}
	defer root.Close()
	if err := checkOurs(root, dir); err != nil {
		return Summary{}, err
	}
	release, err := lock(ctx, root, dir, opt.Log)
	if err != nil {
		return Summary{}, err
	}
	defer release()
	removeStale(root)
	before, lost, err := findManifest(root, dir, opt)
	if err != nil {
		return Summary{}, err
	}
	s := &staging{target: target{root: root, dir: dir, before: before, manifestLost: lost, last: opt.Last}}
	defer s.cleanUp()
	if err := s.stageAll(ctx, files, opt.Rendered); err != nil {
		return Summary{}, err
	}
	if ctx.Err() != nil {
		return Summary{}, ctx.Err()
	}
	if err := s.commit(); err != nil {
		s.undo()
		return Summary{}, errorf("nothing was changed; fix this and build again", "cannot write to %s: %s", dir, describe(err))
	}
	s.removeEmptyDirs()
	return s.summary(), nil
}

// stageAll renders the files, several at a time, and stages those that differ from what
// the folder contains. It calls rendered after each file.
func (s *staging) stageAll(ctx context.Context, files []render.File, rendered func()) error {
	if err := s.prepareDirs(files); err != nil {
		return err
	}
	s.files = make([]stagedFile, len(files))
	group, ctx := errgroup.WithContext(ctx)
	q := queue{files: files}
	for range runtime.GOMAXPROCS(0) { // one goroutine per file would be slower: each grows a new stack
		group.Go(func() error {
			var memory []byte
			for from, to := q.take(); from < to; from, to = q.take() {
				for i := from; i < to; i++ {
					if ctx.Err() != nil {
						return ctx.Err()
					}
					var err error
					if s.files[i], err = s.renderAndStage(files, i, &memory); err != nil {
						return err
					}
					rendered()
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (s *staging) summary() Summary {
	sum := Summary{Files: len(s.files), Removed: s.removed, Kept: s.kept, Found: s.foundFiles, FoundDir: s.foundDir}
	if s.last != nil {
		sum.Last = s.lastBuild()
	}
	for _, b := range s.files {
		sum.Bytes += b.size
		if b.same {
			sum.Unchanged++
		} else {
			sum.Written++
		}
	}
	return sum
}

// describe returns the message of a file operation's error, with the path but without the
// operation.
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
