package outdir

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"
)

// stagingPrefix begins the name of the hidden folder in which new files are staged.
const stagingPrefix = manifestName + "-staging-"

// staging is one change of an output folder: the files staged for it, and how to undo the
// moves made so far.
type staging struct {
	target
	stagingFolder
	newFolders
	outcome

	files        []stagedFile
	manifestTime time.Time // modification time of the manifest before any file moved; zero: unknown
	undoSteps    []func()
}

// target is the folder as it was before the change.
type target struct {
	root         *os.Root
	dir          string // its path, for messages
	before       manifest
	manifestLost bool      // it is unknown which files are ours, so files in the way are moved to foundDir
	last         LastBuild // nil: unknown
}

// stagingFolder is the hidden folder in which new files are staged. It is created when
// the first file needs it.
type stagingFolder struct {
	once      sync.Once
	dirName   string // "" until it is created
	mkdirErr  error
	tempCount int
}

// newFolders are the folders that the site needs and that do not exist yet.
type newFolders struct {
	newDirs    map[string]bool // all of them
	newTopDirs []string        // those whose parent exists
	stagedTree string          // the folder in which they are staged; "" if there are none
	treePath   string          // the path of that folder, with a separator at its end
	obstacles  []string        // our files in the place of a folder
}

// outcome records what happened to files that the new site does not have.
type outcome struct {
	removed    int
	kept       []string
	maybeEmpty []string // folders that files were removed from
	foundDir   string   // where files of unknown origin went; "" if there are none
	foundFiles []string // those files
}

// stagedFile is a file of the site, and how it relates to the file now in the folder.
type stagedFile struct {
	path        string
	sum         Sum
	size        int64
	key         render.Key  // zero: the file must be rendered to know its bytes
	fingerprint Fingerprint // of the staged file, or of the one in the folder if nothing is staged

	same        bool   // the folder already has these bytes
	replaces    bool   // it replaces a file of ours
	unknown     bool   // it replaces a file of unknown origin
	replacesDir bool   // it replaces a folder of ours
	inNewDir    bool   // it is staged in a new folder, and moves with it
	staged      string // where it is staged, if not in a new folder
}

// stagingDir returns the name of the staging folder. The first call creates it. It is
// inside the output folder, so that moving a file out of it is a rename within one file
// system.
func (s *staging) stagingDir() (string, error) {
	s.once.Do(func() {
		s.dirName = fmt.Sprintf("%s%08x", stagingPrefix, rand.Uint32())
		s.mkdirErr = s.root.Mkdir(s.dirName, 0o755)
	})
	return s.dirName, s.mkdirErr
}

// cleanUp removes the staging folder and everything in it.
func (s *staging) cleanUp() {
	if s.dirName != "" {
		s.root.RemoveAll(s.dirName)
	}
}

// removeStale removes the staging folders of builds that were killed. Call it with the
// lock held, so that no running build is using one.
func removeStale(root *os.Root) {
	entries, _ := fs.ReadDir(root.FS(), ".")
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagingPrefix) {
			root.RemoveAll(e.Name())
		}
	}
}

// install moves a staged file into place in one rename, so that a visitor gets either the
// old bytes or the new ones.
func (s *staging) install(b stagedFile) error {
	if b.replacesDir {
		if err := s.moveAside(b.path); err != nil {
			return err
		}
	}
	if b.unknown {
		if err := s.moveToFound(b.path); err != nil {
			return err
		}
	}
	for folder := range ancestors(b.path) {
		err := s.root.Mkdir(folder, 0o755)
		if err == nil {
			s.onUndo(func() { s.root.Remove(folder) })
		} else if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if !b.replaces {
		if err := s.root.Rename(b.staged, b.path); err != nil {
			return err
		}
		s.onUndo(func() { s.root.Remove(b.path) })
		return nil
	}
	backup, err := s.backUp(b.path)
	if err != nil {
		return err
	}
	if err := s.root.Rename(b.staged, b.path); err != nil {
		return err
	}
	s.onUndo(func() { s.root.Rename(backup, b.path) })
	return nil
}

// backUp keeps the old bytes of a file under another name, and returns that name. It
// makes a hard link, or a copy if the file system has no links.
func (s *staging) backUp(name string) (string, error) {
	backup, err := s.tempName()
	if err != nil {
		return "", err
	}
	if s.root.Link(name, backup) == nil {
		return backup, nil
	}
	return backup, s.copyFile(name, backup)
}

// copyFile copies a file within the output folder.
func (s *staging) copyFile(from, to string) error {
	in, err := rootfs.Open(s.root, from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = writeNew(s.creator(to), in, nil)
	return err
}

// moveAside moves a file or folder into the staging folder, which is deleted at the end.
func (s *staging) moveAside(name string) error {
	aside, err := s.tempName()
	if err != nil {
		return err
	}
	if err := s.root.Rename(name, aside); err != nil {
		return err
	}
	s.onUndo(func() { s.root.Rename(aside, name) })
	return nil
}

// tempName returns an unused name in the staging folder.
func (s *staging) tempName() (string, error) {
	folder, err := s.stagingDir()
	s.tempCount++
	return path.Join(folder, fmt.Sprintf("old-%d", s.tempCount)), err
}

func (s *staging) onUndo(f func()) { s.undoSteps = append(s.undoSteps, f) }

// undo reverts every move, in reverse order.
func (s *staging) undo() {
	for _, f := range slices.Backward(s.undoSteps) {
		f()
	}
}
