package main

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// commit moves everything into place: assets before the pages that name them,
// index.html last of what changes, then away with what is no longer built. The
// list of files first names old and new, so that a build killed midway leaves
// nothing that the next one does not know. Everything is on the disk before the
// first move, and every move once commit returns.
func (s *staging) commit() error {
	after := ledger{}
	for _, b := range s.built {
		after.add(b.path, b.sum)
	}
	changes := slices.DeleteFunc(slices.Clone(s.built), func(b built) bool { return b.same || b.planted })
	slices.SortStableFunc(changes, inTurn)
	gone, err := s.gone(after)
	if err != nil {
		return err
	}
	moving := len(changes)+len(s.tops)+len(gone) > 0
	var between []built
	if moving {
		if between, err = s.stageLedger(s.before.with(after), false); err != nil {
			return err
		}
	}
	last, err := s.stageLedger(after, len(between) > 0)
	if err != nil || !moving && len(last) == 0 {
		return cmp.Or(err, s.noteTime())
	}
	if err := s.writeOut(); err != nil {
		return err
	}
	if err := s.putAll(between); err != nil {
		return err
	}
	if err := cmp.Or(syncFolder(s.root, "."), s.noteTime()); err != nil {
		return err
	}
	if err := s.moveAll(changes, gone); err != nil {
		return err
	}
	if err := s.putAll(last); err != nil {
		return err
	}
	return s.writeOutMoves(changes)
}

// inTurn orders files for their move. What is new comes first: pages that were
// there may link to it.
func inTurn(a, b built) int {
	if a.replaces != b.replaces {
		if b.replaces {
			return -1
		}
		return 1
	}
	return strings.Compare(a.path, b.path)
}

// noteTime notes when our list was written, before anything moved.
func (s *staging) noteTime() error {
	if list, err := s.root.Lstat(ledgerName); err == nil {
		s.began = list.ModTime()
	}
	return nil
}

// moveAll moves files into place, and those away that are no longer built.
func (s *staging) moveAll(changes []built, gone []string) error {
	for _, name := range s.obstacles {
		if err := s.away(name); err != nil {
			return err
		}
		s.removed++
	}
	for when := range turns {
		if err := s.settle(when); err != nil {
			return err
		}
		for _, b := range changes {
			if turn(b.path) != when {
				continue
			}
			if err := s.put(b); err != nil {
				return err
			}
		}
	}
	for _, name := range gone {
		if err := s.remove(name); err != nil {
			return err
		}
	}
	return nil
}

func (s *staging) putAll(files []built) error {
	for _, b := range files {
		if err := s.put(b); err != nil {
			return err
		}
	}
	return nil
}

// turns is how many there are.
const turns = 3

// turn is when a file changes: what pages need, then pages, then the home page.
func turn(name string) int {
	switch {
	case name == "index.html":
		return 2
	case strings.HasPrefix(name, "assets/"):
		return 0
	}
	return 1
}

// stageLedger stages our list of files where it differs from what is there or, where
// that will be another one by then, in any case.
func (s *staging) stageLedger(l ledger, always bool) (staged []built, err error) {
	text := l.encode()
	b := built{path: ledgerName}
	info, err := s.root.Lstat(ledgerName)
	switch {
	case always:
		b.replaces = true
	case err == nil && info.IsDir():
		b.aside = true
	case err == nil:
		b.replaces = true
		if s.holds(ledgerName, text) {
			return nil, nil
		}
	}
	if b.staged, err = s.spare(); err != nil {
		return nil, err
	}
	_, err = lay(s.root, b.staged, bytes.NewReader(text))
	return []built{b}, err
}

// holds reports whether a file has just these bytes.
func (s *staging) holds(name string, text []byte) bool {
	f, err := openOrdinary(s.root, name)
	if err != nil {
		return false
	}
	defer f.Close()
	same, err := sameBytes(f, bytes.NewReader(text))
	return same && err == nil
}
