package outdir

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// obsolete returns the files that an earlier build wrote and this one does not, sorted. A
// name that differs from a new one only in case is not obsolete if the file system takes
// the two for the same file.
func (s *staging) obsolete(after manifest) ([]string, error) {
	var gone []string
	for name := range s.before {
		if !after.has(name) {
			gone = append(gone, name)
		}
	}
	if len(gone) == 0 {
		return nil, nil
	}
	low := make(map[string]string, len(after))
	for name := range after {
		low[strings.ToLower(name)] = name
	}
	var list []string
	for _, name := range gone {
		if other, ok := low[strings.ToLower(name)]; ok {
			same, err := s.sameFile(name, other)
			if err != nil {
				return nil, err
			}
			if same {
				continue
			}
		}
		list = append(list, name)
	}
	slices.Sort(list)
	return list, nil
}

// sameFile reports whether two names are one file.
func (s *staging) sameFile(a, b string) (bool, error) {
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

// removeObsolete removes a file that the site no longer has. It keeps the file, and notes
// that in s.kept, if someone has edited it since it was written.
func (s *staging) removeObsolete(name string) error {
	for folder := range ancestors(name) {
		info, err := s.root.Lstat(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err // if it were ignored, the manifest would forget a file that visitors still see
		case info.Mode().IsRegular():
			s.removed++ // it was removed with its folder, and one of our files took the folder's place
			return nil
		case !info.IsDir():
			return nil // never follow a link
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
	sum, _, err := sumFile(s.root, name)
	if err != nil {
		return err
	}
	if !s.before.wrote(name, sum) {
		s.kept = append(s.kept, name)
		return nil
	}
	s.removed++
	s.maybeEmpty = slices.AppendSeq(s.maybeEmpty, ancestors(name))
	return s.moveAside(name)
}

// removeEmptyDirs removes the folders from which files were removed, if they are empty
// now.
func (s *staging) removeEmptyDirs() {
	slices.SortFunc(s.maybeEmpty, func(a, b string) int { return strings.Compare(b, a) })
	for _, folder := range slices.Compact(s.maybeEmpty) {
		s.root.Remove(folder) // fails if it is not empty
	}
}
