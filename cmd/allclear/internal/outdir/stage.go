package outdir

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/render"
)

// renderAndStage renders a file and stages it, unless the folder is known to have it
// already: under its key, or else with the bytes that were rendered. It is the one with
// index n in files; memory is what the file before was rendered in.
func (s *staging) renderAndStage(files []render.File, n int, memory *[]byte) (stagedFile, error) {
	f := files[n]
	var key render.Key
	if s.last != nil && f.Key != nil {
		key = f.Key()
	}
	was, known := s.last[f.Path]
	if known && key != (render.Key{}) && was.Key == key {
		if b, ok := s.unchanged(f.Path, was); ok {
			return b, nil
		}
	}
	c, err := contentsOf(f, memory)
	if err == nil && known && f.Open != nil {
		c.sum, err = readSum(f)
	}
	if err != nil {
		return stagedFile{}, err
	}
	if known && was.Sum == c.sum {
		if b, ok := s.unchanged(f.Path, was); ok {
			b.key = key
			return b, nil
		}
	}
	b, err := s.stage(files, n, c)
	b.key = key
	return b, err
}

// stage compares the file with index n in files with what the folder contains, and stages
// it if they differ.
func (s *staging) stage(files []render.File, n int, c contents) (b stagedFile, err error) {
	name := files[n].Path
	b = stagedFile{path: name}
	if s.inNewDir(name) {
		b.inNewDir = true
		first := n == 0 || folderOf(files[n-1].Path) != folderOf(name)
		err = s.writeStaged(&b, func() (*os.File, error) { return s.createInTree(name, first) }, c)
		return b, err
	}
	info, err := s.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil && len(s.obstacles) > 0: // one of our files is in the place of its folder
	case err != nil:
		return b, errorf("", "cannot read %s: %s", path.Join(s.dir, name), rootfs.Reason(err))
	case info.IsDir():
		b.replacesDir = true
		if err := s.checkOwned(name); err != nil {
			return b, err
		}
	case !info.Mode().IsRegular():
		return b, s.refuse(name, "it is not a regular file")
	default:
		b.fingerprint = fingerprintOf(info)
		if was, known := s.last[name]; !known || was.Fingerprint != b.fingerprint || was.Sum == c.sum {
			b.same, err = s.compare(&b, c) // else it is as the last build left it, and differs
		}
		if err != nil || b.same {
			return b, err
		}
		b.replaces, b.unknown = s.before.has(name), s.manifestLost
		if !b.replaces && !b.unknown {
			return b, s.refuse(name, "allclear did not write it")
		}
	}
	folder, err := s.stagingDir()
	if err != nil {
		return b, errorf("", "cannot write to %s: %s", s.dir, rootfs.Reason(err))
	}
	b.staged = path.Join(folder, fmt.Sprintf("new-%d", n))
	err = s.writeStaged(&b, s.creator(b.staged), c)
	return b, err
}

// writeStaged writes a file into the staging folder, where create creates it, and sets
// its size, sum and fingerprint in b.
func (s *staging) writeStaged(b *stagedFile, create func() (*os.File, error), c contents) error {
	from, err := c.open()
	if err != nil {
		return err
	}
	defer from.Close()
	var found *Fingerprint
	if s.last != nil { // only the next build asks for it
		found = &b.fingerprint
	}
	b.size, err = writeNew(create, from.Reader, found)
	var at *fs.PathError
	if errors.As(err, &at) && at.Op == "read" {
		return withPath(c.file, err)
	}
	if err != nil {
		return errorf("nothing was changed", "cannot write to %s: %s", s.dir, rootfs.Reason(err))
	}
	b.sum = from.sum()
	return nil
}

// createNew are the flags to create a file that must not exist yet.
var createNew = os.O_WRONLY | os.O_CREATE | os.O_EXCL | rootfs.NonBlock

// creator returns a function that creates a file of the output folder.
func (s *staging) creator(name string) func() (*os.File, error) {
	return func() (*os.File, error) { return s.root.OpenFile(name, createNew, 0o644) }
}

// writeNew writes the bytes of from to a file that create creates. It returns their number,
// and the file's fingerprint in found unless that is nil.
func writeNew(create func() (*os.File, error), from io.Reader, found *Fingerprint) (size int64, err error) {
	f, err := create()
	if err != nil {
		return 0, err
	}
	size, err = io.Copy(io.MultiWriter(f), from) // not to f itself: if the system copies, errors do not say of which file
	if err == nil && !hasSyncfs {
		err = ignoreUnsupported(f.Sync())
	}
	if err == nil && found != nil {
		var info fs.FileInfo
		if info, err = f.Stat(); err == nil {
			*found = fingerprintOf(info)
		}
	}
	return size, cmp.Or(err, f.Close())
}

// compare reports whether the folder already has the file's bytes, and sets the file's
// sum and size in b.
func (s *staging) compare(b *stagedFile, c contents) (bool, error) {
	from, err := c.open()
	if err != nil {
		return false, err
	}
	defer from.Close()
	old, err := rootfs.Open(s.root, b.path)
	if err != nil {
		return false, errorf("", "cannot read %s: %s", path.Join(s.dir, b.path), rootfs.Reason(err))
	}
	defer old.Close()
	size := new(byteCount)
	same, err := sameBytes(io.TeeReader(from, size), old)
	if err != nil {
		return false, errorf("", "cannot compare with %s: %s", path.Join(s.dir, b.path), rootfs.Reason(err))
	}
	b.sum, b.size = from.sum(), int64(*size)
	return same, nil
}

// refuse returns the error for a file or folder that is in the way and not ours to
// replace.
func (s *staging) refuse(name, why string) error {
	return errorf("move it to content/static/, or delete it", "%s is in the way: %s", path.Join(s.dir, name), why)
}

// checkOwned checks a folder in whose place a file must go. It returns an error unless
// earlier builds wrote everything in it.
func (s *staging) checkOwned(folder string) error {
	return fs.WalkDir(s.root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !s.before.has(name) {
			return s.refuse(name, "allclear did not write it")
		}
		return nil
	})
}
