package main

import (
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"allclear/generator/render"
)

// record is what the last build left in an output folder, by path. A nil one is not
// kept.
type record map[string]left

// left is a file as a build left it.
type left struct {
	key   render.Key        // zero: its bytes cannot be known without making them
	sum   [sha256.Size]byte // of its bytes
	stamp stamp             // zero: its bytes must be looked at
}

// stamp tells, together with the path, whether a file was changed.
type stamp struct {
	size    int64
	time    int64 // nanoseconds
	changed int64 // the same, but of the last change of any kind, which nobody can set; 0 where there is none
	inode   uint64
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{info.Size(), info.ModTime().UnixNano(), changeTime(info), inode(info)}
}

const recordName = "written"

// record is what the last build left in a folder, or an empty one where it went
// elsewhere. Where the machine has started since, no stamp is worth anything: there
// may have been a power cut.
func (m *memory) record(dir string) record {
	if m == nil {
		return nil
	}
	r := record{}
	data, ok := m.load(recordName)
	if !ok {
		return r
	}
	f := fields{data}
	if f.text() != dir {
		return r
	}
	running := f.text() == bootID()
	for len(f.rest) > 0 {
		name, one := f.text(), left{}
		f.bytes(one.key[:])
		f.bytes(one.sum[:])
		one.stamp = stamp{int64(f.number()), int64(f.number()), int64(f.number()), f.number()}
		if !running {
			one.stamp = stamp{}
		}
		r[name] = one
	}
	return r
}

// ledger is a list of the files that the last build left.
func (r record) ledger() ledger {
	l := ledger{}
	for name, one := range r {
		l.add(name, one.sum)
	}
	return l
}

// keep writes down what a build left in a folder.
func (m *memory) keep(dir string, r record) {
	if m == nil {
		return
	}
	out := make([]byte, 0, 160*len(r)+100)
	for _, text := range []string{dir, bootID()} {
		out = append(binary.AppendUvarint(out, uint64(len(text))), text...)
	}
	for _, name := range slices.Sorted(maps.Keys(r)) {
		one := r[name]
		out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		out = append(append(out, one.key[:]...), one.sum[:]...)
		for _, n := range []uint64{uint64(one.stamp.size), uint64(one.stamp.time), uint64(one.stamp.changed), one.stamp.inode} {
			out = binary.AppendUvarint(out, n)
		}
	}
	m.store(recordName, out)
}

// fields reads what keep wrote; memory.load has seen that it is whole.
type fields struct{ rest string }

func (f *fields) number() uint64 {
	var n uint64
	for i := 0; ; i++ {
		c := f.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			f.rest = f.rest[i+1:]
			return n
		}
	}
}

func (f *fields) text() string {
	n := f.number()
	s := f.rest[:n]
	f.rest = f.rest[n:]
	return s
}

func (f *fields) bytes(to []byte) { f.rest = f.rest[copy(to, f.rest):] }

// as finds a file that need not be made: a build of the same key left it, and it
// is as that build left it.
func (s *staging) as(f render.File, key render.Key) (built, bool) {
	was, known := s.left[f.Path]
	b := built{path: f.Path, key: key, sum: was.sum, size: was.stamp.size, same: true}
	if !known || was.key != key || !s.before.only(f.Path, was.sum) {
		return b, false
	}
	info, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(f.Path)))
	if err != nil || !info.Mode().IsRegular() {
		return b, false
	}
	if b.stamp = stampOf(info); b.stamp == was.stamp {
		return b, true
	}
	sum, size, err := sumThere(s.root, f.Path)
	b.size = size
	return b, err == nil && sum == was.sum
}

// record is what this build left. The stamp of a file is trusted where the file is
// older than our list was when the first file moved into place: who changes it now
// makes it younger than that, by the same clock.
func (s *staging) record() record {
	r := record{}
	for _, b := range s.built {
		if !b.same && !b.planted {
			b.stamp = s.restamp(b)
		}
		if !time.Unix(0, b.stamp.time).Before(s.began) {
			b.stamp = stamp{}
		}
		r[b.path] = left{b.key, b.sum, b.stamp}
	}
	return r
}

// restamp is the stamp of a file that was moved, which counts as a change of it.
func (s *staging) restamp(b built) stamp {
	info, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(b.path)))
	if err != nil {
		return stamp{}
	}
	now := stampOf(info)
	if now.size != b.stamp.size || now.time != b.stamp.time || now.inode != b.stamp.inode {
		return stamp{}
	}
	return now
}
