package outdir

import (
	"crypto/sha256"
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

// stagingPrefix begins the name of the hidden folder in which new files wait.
const stagingPrefix = manifestName + "-staging-"

// staging is one change of an output folder: what waits for its move into place,
// and how to undo the moves that were made.
type staging struct {
	target
	stagingFolder
	newFolders
	outcome

	files        []stagedFile
	manifestTime time.Time // when the manifest was last written, before anything moved; zero: unknown
	undoSteps    []func()
}

// target is the folder as it was found.
type target struct {
	root         *os.Root
	dir          string // the folder, as messages name it
	before       manifest
	manifestLost bool      // nobody knows what builds wrote here: what is in the way is kept elsewhere
	last         LastBuild // nil: nothing is remembered
}

// stagingFolder is the hidden folder in which new files wait. It is made when the
// first file needs it.
type stagingFolder struct {
	once      sync.Once
	dirName   string // "" until it is made
	mkdirErr  error
	tempCount int
}

// newFolders are the folders that the new site needs and the old one does not have.
type newFolders struct {
	newDirs    map[string]bool // folders that are not there yet
	newTopDirs []string        // those of them whose parent is there
	stagedTree *os.Root        // where files wait in new folders
	obstacles  []string        // files of ours where a folder must be
}

// outcome is what a change did with files that the new site does not have.
type outcome struct {
	removed    int
	kept       []string
	maybeEmpty []string // folders that files were removed from
	foundDir   string   // where files of unknown origin go, once there is one
	foundFiles []string // those files
}

// stagedFile is a file of the site, and how it differs from what is in the folder.
type stagedFile struct {
	path        string
	sum         [sha256.Size]byte
	size        int64
	key         render.Key  // zero: the bytes are not known without rendering
	fingerprint Fingerprint // of the file in the folder or, where it is staged, of the staged one

	same        bool   // the folder holds these bytes already
	replaces    bool   // an older file of ours is there
	unknown     bool   // a file is there, and nobody knows whether it is ours
	replacesDir bool   // a folder of ours is there
	inNewDir    bool   // it is staged in a new folder, and moves with that
	staged      string // where it is staged otherwise
}

// stagingDir returns the staging folder, and makes it on the first call. It lies
// inside the output folder, so that a move from it is a rename on one file system.
func (s *staging) stagingDir() (string, error) {
	s.once.Do(func() {
		s.dirName = fmt.Sprintf("%s%08x", stagingPrefix, rand.Uint32())
		s.mkdirErr = s.root.Mkdir(s.dirName, 0o755)
	})
	return s.dirName, s.mkdirErr
}

// cleanUp removes the staging folder and what is left in it.
func (s *staging) cleanUp() {
	if s.stagedTree != nil {
		s.stagedTree.Close()
	}
	if s.dirName != "" {
		s.root.RemoveAll(s.dirName)
	}
}

// removeStale removes what killed builds left behind. Call it with the lock held, so
// that no other build uses it.
func removeStale(root *os.Root) {
	entries, _ := fs.ReadDir(root.FS(), ".")
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagingPrefix) {
			root.RemoveAll(e.Name())
		}
	}
}

// install moves a staged file into place in one step: a visitor gets the old bytes
// or the new ones.
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
	for _, folder := range ancestors(b.path) {
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

// backUp keeps a file's old bytes, as a second name where the file system has
// those, otherwise as a copy.
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

// copyFile copies a file within the folder.
func (s *staging) copyFile(from, to string) error {
	in, err := rootfs.Open(s.root, from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = writeNew(s.root, to, in)
	return err
}

// moveAside moves a file or folder into the staging folder, which is removed at the
// end.
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

// undo takes back every move, the last first.
func (s *staging) undo() {
	for _, f := range slices.Backward(s.undoSteps) {
		f()
	}
}
