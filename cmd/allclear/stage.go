package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"allclear/generator/render"
)

// build makes a file and stages it, unless it is known to be there already.
func (s *staging) build(n int, f render.File) (built, error) {
	var key render.Key
	if s.left != nil && f.Key != nil {
		key = f.Key()
	}
	if _, known := s.left[f.Path]; known && f.Open != nil {
		var err error
		if key, err = sumOf(f); err != nil {
			return built{}, err
		}
	}
	if key != (render.Key{}) {
		if b, ok := s.as(f, key); ok {
			return b, nil
		}
	}
	made, err := bytesOf(f)
	if err != nil {
		return built{}, err
	}
	b, err := s.stage(n, f.Path, made)
	b.key = key
	if f.Open != nil && s.left != nil {
		b.key = b.sum // its bytes are known by themselves
	}
	return b, err
}

// stage compares a file with what the folder holds, and puts it aside for its
// move into place where it differs.
func (s *staging) stage(n int, name string, made contents) (b built, err error) {
	b = built{path: name}
	if s.inNewFolder(name) {
		b.planted = true
		err = s.lay(&b, s.planted, name, made)
		return b, err
	}
	info, err := s.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil && len(s.obstacles) > 0: // a file of ours is where its folder will be
	case err != nil:
		return b, failed("", "cannot look at %s: %s", path.Join(s.dir, name), reason(err))
	case info.IsDir():
		b.folder = true
		if err := s.onlyOurs(name); err != nil {
			return b, err
		}
	case !info.Mode().IsRegular():
		return b, s.foreign(name, "it is not an ordinary file")
	default:
		if b.same, err = s.compare(&b, made); err != nil {
			return b, err
		}
		if b.same {
			b.stamp = stampOf(info)
			return b, nil
		}
		b.replaces, b.aside = s.before.has(name), s.lost
		if !b.replaces && !b.aside {
			return b, s.foreign(name, "allclear did not write it")
		}
	}
	folder, err := s.folder()
	if err != nil {
		return b, failed("", "cannot write to %s: %s", s.dir, reason(err))
	}
	b.staged = path.Join(folder, fmt.Sprintf("new-%d", n))
	err = s.lay(&b, s.root, b.staged, made)
	return b, err
}

// lay writes a file, and notes what it wrote.
func (s *staging) lay(b *built, root *os.Root, name string, made contents) error {
	from, err := made.open()
	if err != nil {
		return err
	}
	defer from.Close()
	sum := sha256.New()
	b.stamp, err = lay(root, name, io.TeeReader(from, sum))
	var at *fs.PathError
	if errors.As(err, &at) && at.Op == "read" {
		return naming(made.file, err)
	}
	if err != nil {
		return failed("nothing was changed", "cannot write to %s: %s", s.dir, reason(err))
	}
	sum.Sum(b.sum[:0])
	b.size = b.stamp.size
	return nil
}

// compare reports whether the folder holds a file's bytes already, and notes them.
func (s *staging) compare(b *built, made contents) (bool, error) {
	from, err := made.open()
	if err != nil {
		return false, err
	}
	defer from.Close()
	old, err := openOrdinary(s.root, b.path)
	if err != nil {
		return false, failed("", "cannot read %s: %s", path.Join(s.dir, b.path), reason(err))
	}
	defer old.Close()
	sum, size := sha256.New(), new(counter)
	same, err := sameBytes(io.TeeReader(from, io.MultiWriter(sum, size)), old)
	if err != nil {
		return false, failed("", "cannot compare with %s: %s", path.Join(s.dir, b.path), reason(err))
	}
	sum.Sum(b.sum[:0])
	b.size = int64(*size)
	return same, nil
}

// foreign refuses to replace what somebody else put into the folder.
func (s *staging) foreign(name, why string) error {
	return failed("move it to content/static/, or delete it", "%s is in the way: %s", path.Join(s.dir, name), why)
}

// onlyOurs refuses a folder that stands where a file is to be, unless an earlier
// build wrote all that is in it.
func (s *staging) onlyOurs(folder string) error {
	return fs.WalkDir(s.root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !s.before.has(name) {
			return s.foreign(name, "allclear did not write it")
		}
		return nil
	})
}
