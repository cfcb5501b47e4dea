package main

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

	"allclear/generator/render"
)

// stagingPrefix begins the name of the hidden folder in which new files wait.
const stagingPrefix = ledgerName + "-staging-"

// staging is one change of an output folder: what waits for its move into
// place, and how to take back the moves that were made.
type staging struct {
	root   *os.Root
	dir    string // the folder, as messages name it
	before ledger
	lost   bool   // nothing says what builds wrote here: what differs is put aside, not away
	left   record // what the last build is remembered to have left; nil: nothing is remembered
	built  []built

	obstacles []string        // files of ours that stand where a folder is to be
	fresh     map[string]bool // folders that are not there yet
	tops      []string        // those of them that no other one holds
	planted   *os.Root        // where files wait in new folders
	removed   int
	kept      []string
	emptied   []string // folders that files were removed from
	found     string   // where strangers' files are put aside, once there is one
	aside     []string // those files

	began  time.Time // when our list was written, before anything moved; zero: it was not
	once   sync.Once
	hidden string // the staging folder, once there is one
	failed error
	moved  int
	undoes []func()
}

// built is a file of the site, and how it differs from what is there.
type built struct {
	path     string
	sum      [sha256.Size]byte
	size     int64
	key      render.Key // zero: the bytes cannot be known without making them
	stamp    stamp      // as it was found, where it was looked at
	same     bool       // the folder holds these bytes already
	replaces bool       // an older file of ours is there
	aside    bool       // a file is there of which nobody knows whether it is ours
	folder   bool       // a folder of ours is there
	planted  bool       // it waits in a folder that is new, and moves with it
	staged   string     // where the bytes wait, if not there
}

// folder is the staging folder, made when first asked for. It lies inside the
// output folder, so that a move from it is a rename on one file system.
func (s *staging) folder() (string, error) {
	s.once.Do(func() {
		s.hidden = fmt.Sprintf("%s%08x", stagingPrefix, rand.Uint32())
		s.failed = s.root.Mkdir(s.hidden, 0o755)
	})
	return s.hidden, s.failed
}

// clear removes the staging folder and what is left in it.
func (s *staging) clear() {
	if s.planted != nil {
		s.planted.Close()
	}
	if s.hidden != "" {
		s.root.RemoveAll(s.hidden)
	}
}

// sweep removes what killed builds left behind. The lock is held, so nobody uses it.
func sweep(root *os.Root) {
	entries, _ := fs.ReadDir(root.FS(), ".")
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagingPrefix) {
			root.RemoveAll(e.Name())
		}
	}
}

// put moves a staged file into place in one step: a visitor gets the old bytes
// or the new ones.
func (s *staging) put(b built) error {
	if b.folder {
		if err := s.away(b.path); err != nil {
			return err
		}
	}
	if b.aside {
		if err := s.putAside(b.path); err != nil {
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
	backup, err := s.backup(b.path)
	if err != nil {
		return err
	}
	if err := s.root.Rename(b.staged, b.path); err != nil {
		return err
	}
	s.onUndo(func() { s.root.Rename(backup, b.path) })
	return nil
}

// backup keeps a file's old bytes: as a second name where the file system has
// those, else as a copy.
func (s *staging) backup(name string) (string, error) {
	backup, err := s.spare()
	if err != nil {
		return "", err
	}
	if s.root.Link(name, backup) == nil {
		return backup, nil
	}
	return backup, s.copy(name, backup)
}

// copy copies a file within the folder.
func (s *staging) copy(from, to string) error {
	in, err := openOrdinary(s.root, from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = lay(s.root, to, in)
	return err
}

// away moves a file or folder into the staging folder, which goes at the end.
func (s *staging) away(name string) error {
	aside, err := s.spare()
	if err != nil {
		return err
	}
	if err := s.root.Rename(name, aside); err != nil {
		return err
	}
	s.onUndo(func() { s.root.Rename(aside, name) })
	return nil
}

// spare is a free name in the staging folder.
func (s *staging) spare() (string, error) {
	folder, err := s.folder()
	s.moved++
	return path.Join(folder, fmt.Sprintf("old-%d", s.moved)), err
}

func (s *staging) onUndo(f func()) { s.undoes = append(s.undoes, f) }

// undo takes back every move, the last first.
func (s *staging) undo() {
	for _, f := range slices.Backward(s.undoes) {
		f()
	}
}

func (s *staging) outcome() outcome {
	o := outcome{files: len(s.built), removed: s.removed, kept: s.kept, aside: s.aside, found: s.found}
	if s.left != nil {
		o.left = s.record()
	}
	for _, b := range s.built {
		o.bytes += b.size
		if b.same {
			o.unchanged++
		} else {
			o.written++
		}
	}
	return o
}
