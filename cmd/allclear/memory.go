package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// memory is what one run of the program leaves to the next one about a site: what
// its files said, and what was written. It lies among the user's caches and not in
// the output folder. It never changes what a build writes: everything in it is
// found by the sum of all it depends on, and what is damaged, or was left by
// another program, counts as not there. A nil memory remembers nothing.
type memory struct {
	dir     string
	source  string // the site's folder
	program site.Sum
	cache   *source.Cache
}

// memoryVariable says where memories lie in place of the user's caches; "off":
// there are none.
const memoryVariable = "ALLCLEAR_CACHE"

const (
	forgotten   = 30 * 24 * time.Hour // after which a memory that nobody used is removed
	orphaned    = time.Hour           // the same, where the site's folder is gone: it was a temporary one
	memoryLimit = 1 << 30             // bytes that a site's memory may have
)

// recall opens the memory of a site, or returns nil where there can be none.
func recall(source string) *memory {
	parent, ok := memoriesFolder()
	if !ok {
		return nil
	}
	program, err := ownSum()
	if err != nil {
		return nil
	}
	place, err := realPath(source)
	if err != nil {
		return nil
	}
	name := sha256.Sum256([]byte(place))
	m := &memory{dir: filepath.Join(parent, hex.EncodeToString(name[:8])), source: place, program: program}
	m.restore()
	return m
}

func memoriesFolder() (string, bool) {
	said := os.Getenv(memoryVariable)
	if said != "" {
		return said, said != "off"
	}
	caches, err := os.UserCacheDir()
	return filepath.Join(caches, "allclear"), err == nil
}

// ownSum is the sum of this very program.
func ownSum() (sum site.Sum, err error) {
	name, err := os.Executable()
	if err != nil {
		return sum, err
	}
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	h.Sum(sum[:0])
	return sum, err
}

// restore takes back what the site's files said.
func (m *memory) restore() {
	m.cache = &source.Cache{}
	packs, _ := filepath.Glob(filepath.Join(m.dir, "said-*"))
	for _, name := range packs {
		if data, ok := m.load(filepath.Base(name)); ok {
			m.cache.Restore(data)
		}
	}
}

// said is the cache to read the site with, or nil.
func (m *memory) said() *source.Cache {
	if m == nil {
		return nil
	}
	return m.cache
}

// key is the sum of the program, by which it knows its own work; zero: it will
// not be remembered.
func (m *memory) key() site.Sum {
	if m == nil {
		return site.Sum{}
	}
	return m.program
}

// save leaves what the site's files said to the next run. Where that cannot be
// written, the next run does without.
func (m *memory) save() {
	if m == nil {
		return
	}
	m.cache.Stale(func(n int, data []byte) error { return m.store(fmt.Sprintf("said-%02d", n), data) })
	if m.size() > memoryLimit {
		os.RemoveAll(m.dir)
		return
	}
	os.WriteFile(filepath.Join(m.dir, sourceName), []byte(m.source), 0o600)
	now := time.Now()
	os.Chtimes(m.dir, now, now)
	forget(filepath.Dir(m.dir), now)
}

func (m *memory) size() int64 {
	files, _ := os.ReadDir(m.dir)
	var size int64
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			size += info.Size()
		}
	}
	return size
}

// sourceName is the file that says whose memory it is.
const sourceName = "source"

// forget removes memories that nobody has used for long, and those of sites whose
// folder is gone: who builds from a new temporary folder each time would fill the disk.
func forget(parent string, now time.Time) {
	memories, _ := os.ReadDir(parent)
	for _, m := range memories {
		_, notOurs := hex.DecodeString(m.Name())
		info, err := m.Info()
		if err != nil || notOurs != nil || len(m.Name()) != 16 || !m.IsDir() {
			continue
		}
		dir, age := filepath.Join(parent, m.Name()), now.Sub(info.ModTime())
		if age > forgotten || age > orphaned && sourceGone(dir) {
			os.RemoveAll(dir)
		}
	}
}

// sourceGone reports whether the site of a memory is no longer there.
func sourceGone(memory string) bool {
	place, err := os.ReadFile(filepath.Join(memory, sourceName))
	if err != nil {
		return false
	}
	_, err = os.Stat(string(place))
	return errors.Is(err, fs.ErrNotExist)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// load reads a file that this very program stored; ok is false where it is not
// there or not whole.
func (m *memory) load(name string) (text string, ok bool) {
	f, err := os.Open(filepath.Join(m.dir, name))
	if err != nil {
		return "", false
	}
	defer f.Close()
	info, err := f.Stat()
	head := m.head(0)
	if _, short := io.ReadFull(f, head); err != nil || short != nil {
		return "", false
	}
	var body strings.Builder
	body.Grow(int(info.Size()))
	damage := crc32.New(castagnoli)
	_, err = io.Copy(io.MultiWriter(&body, damage), f)
	return body.String(), err == nil && bytes.Equal(head, m.head(damage.Sum32()))
}

// head begins a file: the program's sum, and what shows damage.
func (m *memory) head(damage uint32) []byte {
	return binary.LittleEndian.AppendUint32(slices.Clone(m.program[:]), damage)
}

// store writes a file at once, for nobody else to read: drafts are in it.
func (m *memory) store(name string, data []byte) error {
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(m.dir, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // where it was not moved
	_, err = f.Write(m.head(crc32.Checksum(data, castagnoli)))
	if err == nil {
		_, err = f.Write(data)
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(m.dir, name))
}
