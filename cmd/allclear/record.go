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

// record is what the last build left in an output folder, by path: the files
// whose bytes a key tells. A nil one is not kept.
type record map[string]left

// left is a file as a build left it.
type left struct {
	key   render.Key
	sum   [sha256.Size]byte // of its bytes
	stamp stamp             // zero: its bytes must be looked at
}

// stamp tells, together with the path, whether a file was changed.
type stamp struct {
	size  int64
	time  int64 // nanoseconds
	inode uint64
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{info.Size(), info.ModTime().UnixNano(), inode(info)}
}

const recordName = "written"

// record is what the last build left in a folder, or an empty one where it went
// elsewhere.
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
	for len(f.rest) > 0 {
		name, one := f.text(), left{}
		f.bytes(one.key[:])
		f.bytes(one.sum[:])
		one.stamp = stamp{int64(f.number()), int64(f.number()), f.number()}
		r[name] = one
	}
	return r
}

// keep writes down what a build left in a folder.
func (m *memory) keep(dir string, r record) {
	if m == nil {
		return
	}
	out := make([]byte, 0, 160*len(r)+100)
	out = append(binary.AppendUvarint(out, uint64(len(dir))), dir...)
	for _, name := range slices.Sorted(maps.Keys(r)) {
		one := r[name]
		out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		out = append(append(out, one.key[:]...), one.sum[:]...)
		for _, n := range []uint64{uint64(one.stamp.size), uint64(one.stamp.time), one.stamp.inode} {
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
	data, err := s.root.ReadFile(f.Path)
	b.size = int64(len(data))
	return b, err == nil && sha256.Sum256(data) == was.sum
}

// record is what this build left. The stamp of a file is trusted where the file is
// older than our list was when the first file moved into place: who changes it now
// makes it younger than that, by the same clock.
func (s *staging) record() record {
	r := record{}
	for _, b := range s.built {
		if b.key == (render.Key{}) {
			continue
		}
		if !time.Unix(0, b.stamp.time).Before(s.began) {
			b.stamp = stamp{}
		}
		r[b.path] = left{b.key, b.sum, b.stamp}
	}
	return r
}
