// Package outdir makes a folder equal to a list of files, so that a visitor of
// the site never sees half of a change and a failure changes nothing.
//
// [Write] works in four steps:
//
//  1. It locks the folder and reads the manifest, the list of what earlier
//     builds wrote there (manifest.go). Nothing else in the folder is ever
//     replaced or removed.
//  2. It renders every file into a hidden staging folder, except for those whose
//     bytes are in place already (stage.go, newdirs.go).
//  3. It moves everything into place, each file in one rename: first what pages
//     need, then pages, then index.html, then away with what is no longer built
//     (install.go, remove.go). Where a move fails, all moves are undone.
//  4. It returns what it did, and what the next build may rely on (lastbuild.go).
//
// Bytes are on the disk before the first move, and names once Write returns
// (sync.go). Tests kill builds before every call that changes the disk, let calls
// fail, and cut the power.
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
	"sync/atomic"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"

	"golang.org/x/sync/errgroup"
)

// Options are what Write may be given besides the folder and the files.
type Options struct {
	// Last is what the last build left in the folder. Files that it knows and
	// that would be the same are not rendered. Nil: nothing is remembered, and
	// the summary's Last is nil too.
	Last LastBuild
	// Hold is locked while Write works; the program must not end meanwhile,
	// except by being killed.
	Hold sync.Locker
	// Rendered is called after each file that is dealt with, from several
	// goroutines at once.
	Rendered func()
	// Log receives messages for the person at the terminal: Write waits for
	// another build, or the manifest is damaged.
	Log io.Writer
}

// Summary is what a call of Write did.
type Summary struct {
	Files     int // in the folder now, the manifest aside
	Written   int // new or changed
	Unchanged int // not touched
	Removed   int
	Bytes     int64     // in all files
	Kept      []string  // no longer built, but edited by someone since, and so not removed
	Found     []string  // in the way of new files and possibly someone else's: moved to FoundDir
	FoundDir  string    // a folder inside the output folder
	Last      LastBuild // for the next build; nil where Options.Last was
}

// Error is a reason why a folder was not changed, in words for the person who
// asked for the change.
type Error struct {
	Message string
	Hint    string // what to do about it; may be empty
}

func (e *Error) Error() string { return e.Message }

func errorf(hint, format string, args ...any) error {
	return &Error{fmt.Sprintf(format, args...), hint}
}

// Write makes the folder dir equal to a list of files, and makes the folder where
// there is none. Files whose bytes are there already are not touched. Files that an
// earlier Write wrote and that are not in the list are removed, unless someone has
// edited them since.
//
// Its error is an [*Error] for what is wrong with the folder, the error of the
// render.File that could not be rendered, or that of the context. With an error the
// folder is as it was.
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
			os.Remove(folder) // fails where something is in it
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

// stageAll renders every file, several at a time, and stages those that differ
// from what the folder holds.
func (s *staging) stageAll(ctx context.Context, files []render.File, rendered func()) error {
	if err := s.prepareDirs(files); err != nil {
		return err
	}
	s.files = make([]stagedFile, len(files))
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) { // a goroutine for each file would grow a new stack each time
		group.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				var err error
				if s.files[i], err = s.renderAndStage(int(i), files[i]); err != nil {
					return err
				}
				rendered()
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

// describe words an error of a file operation with the file that it is about.
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
