package main

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// gone are the files that an earlier build wrote and this one does not. One
// whose name differs from a new one only by case is the new one, where the file
// system says so.
func (s *staging) gone(after ledger) ([]string, error) {
	low := map[string]string{}
	for name := range after {
		low[strings.ToLower(name)] = name
	}
	var gone []string
	for name := range s.before {
		if after.has(name) {
			continue
		}
		if twin, ok := low[strings.ToLower(name)]; ok {
			same, err := s.oneFile(name, twin)
			if err != nil {
				return nil, err
			}
			if same {
				continue
			}
		}
		gone = append(gone, name)
	}
	slices.Sort(gone)
	return gone, nil
}

func (s *staging) oneFile(a, b string) (bool, error) {
	first, err := s.root.Lstat(a)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	second, err := s.root.Lstat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(first, second), err
}

// remove takes away a file that is no longer built, unless another hand has
// changed it since it was written.
func (s *staging) remove(name string) error {
	for _, folder := range ancestors(name) {
		info, err := s.root.Lstat(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err // the list would forget a file that visitors still see
		case info.Mode().IsRegular():
			s.removed++ // it went with its folder, in whose place a file of ours is now
			return nil
		case !info.IsDir():
			return nil // a link is not ours to follow
		}
	}
	info, err := s.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return nil
	}
	sum, _, err := sumThere(s.root, name)
	if err != nil {
		return err
	}
	if !s.before.wrote(name, sum) {
		s.kept = append(s.kept, name)
		return nil
	}
	s.removed++
	s.emptied = append(s.emptied, ancestors(name)...)
	return s.away(name)
}

// prune removes folders in which nothing is left.
func (s *staging) prune() {
	slices.SortFunc(s.emptied, func(a, b string) int { return strings.Compare(b, a) })
	for _, folder := range slices.Compact(s.emptied) {
		s.root.Remove(folder) // fails where something is in it
	}
}
