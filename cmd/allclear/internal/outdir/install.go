package outdir

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"allclear/cmd/allclear/internal/rootfs"
)

// commit moves every staged file into place and removes obsolete ones. Assets move before
// the pages that use them, and index.html moves last; then obsolete files are removed.
// Before the first move, all bytes are on the disk and the manifest lists both old and
// new files, so that the next build knows every file even if this one is killed. When
// commit returns, every move is on the disk, too.
func (s *staging) commit() error {
	after := make(manifest, len(s.files))
	for _, b := range s.files {
		after.add(b.path, b.sum)
	}
	changes := slices.DeleteFunc(slices.Clone(s.files), func(b stagedFile) bool { return b.same || b.inNewDir })
	slices.SortStableFunc(changes, newFirst)
	obsolete, err := s.obsolete(after)
	if err != nil {
		return err
	}
	moving := len(changes)+len(s.newTopDirs)+len(obsolete) > 0
	var between []stagedFile
	if moving {
		if between, err = s.stageManifest(s.before.union(after), false); err != nil {
			return err
		}
	}
	var last []stagedFile
	if len(s.before) > 0 || !moving { // else the list of old and new files is that of the new ones
		last, err = s.stageManifest(after, len(between) > 0)
	}
	if err != nil || !moving && len(last) == 0 {
		return cmp.Or(err, s.noteManifestTime())
	}
	if err := s.syncStaged(); err != nil {
		return err
	}
	if err := s.installEach(between); err != nil {
		return err
	}
	if err := cmp.Or(syncDir(s.root, "."), s.noteManifestTime()); err != nil {
		return err
	}
	if err := s.installAll(changes, obsolete); err != nil {
		return err
	}
	if err := s.installEach(last); err != nil {
		return err
	}
	return s.syncMoves(changes)
}

// newFirst is a comparison function: it sorts new files before changed ones, since
// changed pages may link to new ones, and files of the same kind by path.
func newFirst(a, b stagedFile) int {
	if a.replaces != b.replaces {
		if b.replaces {
			return -1
		}
		return 1
	}
	return strings.Compare(a.path, b.path)
}

// noteManifestTime records the time of the manifest. Call it before any file moves.
func (s *staging) noteManifestTime() error {
	if list, err := s.root.Lstat(manifestName); err == nil {
		s.manifestTime = list.ModTime()
	}
	return nil
}

// installAll moves changed files into place, phase by phase, and then removes the
// obsolete ones.
func (s *staging) installAll(changes []stagedFile, obsolete []string) error {
	for _, name := range s.obstacles {
		if err := s.moveAside(name); err != nil {
			return err
		}
		s.removed++
	}
	for n := range phases {
		if err := s.installDirs(n); err != nil {
			return err
		}
		for _, b := range changes {
			if phase(b.path) != n {
				continue
			}
			if err := s.install(b); err != nil {
				return err
			}
		}
	}
	for _, name := range obsolete {
		if err := s.removeObsolete(name); err != nil {
			return err
		}
	}
	return nil
}

func (s *staging) installEach(files []stagedFile) error {
	for _, b := range files {
		if err := s.install(b); err != nil {
			return err
		}
	}
	return nil
}

// phases is the number of phases in which files move.
const phases = 3

// phase returns the phase in which a file moves: 0 for assets, 1 for pages and everything
// else, 2 for the home page. A page never appears before the files it uses.
func phase(name string) int {
	switch {
	case name == "index.html":
		return 2
	case strings.HasPrefix(name, "assets/"):
		return 0
	}
	return 1
}

// stageManifest stages m and returns the staged file. It returns nothing if the folder
// already has that manifest, unless always is set.
func (s *staging) stageManifest(m manifest, always bool) (staged []stagedFile, err error) {
	text := m.encode()
	b := stagedFile{path: manifestName}
	info, err := s.root.Lstat(manifestName)
	switch {
	case always:
		b.replaces = true
	case err == nil && info.IsDir():
		b.unknown = true
	case err == nil:
		b.replaces = true
		if s.hasBytes(manifestName, text) {
			return nil, nil
		}
	}
	if b.staged, err = s.tempName(); err != nil {
		return nil, err
	}
	_, err = writeNew(s.creator(b.staged), bytes.NewReader(text), nil)
	return []stagedFile{b}, err
}

// hasBytes reports whether the named file consists of exactly these bytes.
func (s *staging) hasBytes(name string, text []byte) bool {
	f, err := rootfs.Open(s.root, name)
	if err != nil {
		return false
	}
	defer f.Close()
	same, err := sameBytes(f, bytes.NewReader(text))
	return same && err == nil
}
