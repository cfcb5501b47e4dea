package deploy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"runtime"
	"strings"

	"allclear/cmd/allclear/internal/headers"
	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/render"
)

// Site is a built site with the checksums of its files.
type Site struct {
	Build    Build
	files    []File        // in the order in which they are uploaded
	rendered []render.File // the same, as they were built
	rules    headers.Rules // those of its _headers file
}

// Build is a site's build.json.
type Build struct {
	ID         string  `json:"build"`
	Version    string  `json:"version"`
	BuiltAt    string  `json:"built_at"`
	NextChange *string `json:"next_change_at"`
}

// parseBuild parses a build.json.
func parseBuild(data []byte) (Build, error) {
	var b Build
	if err := json.Unmarshal(data, &b); err != nil || b.ID == "" || b.BuiltAt == "" {
		return b, remote.Errorf("", "build.json is not one of allclear's")
	}
	return b, nil
}

// File is a file of a site.
type File struct {
	Path   string
	Digest string // SHA-256, in hexadecimal
	Size   int64
	Type   string // its Content-Type
	Cache  string // its Cache-Control

	sum    [sha256.Size]byte
	source render.File
}

// NewSite renders the files of a build and returns them with their checksums. The bytes
// are not kept: a file is rendered again when it is uploaded.
func NewSite(files []render.File) (*Site, error) {
	s := &Site{files: make([]File, len(files)), rendered: files}
	var build []byte
	for _, f := range files {
		if f.Path != "_headers" && f.Path != "build.json" {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		if f.Path == "_headers" {
			s.rules = headers.Parse(data)
		} else {
			build = data
		}
	}
	var err error
	if s.Build, err = parseBuild(build); err != nil {
		return nil, err
	}
	err = each(context.Background(), runtime.GOMAXPROCS(0), len(files), func(_ context.Context, i int) error {
		if err := s.measure(i, files[i]); err != nil {
			return fmt.Errorf("%s: %w", files[i].Path, err)
		}
		return nil
	})
	return s, err
}

// measure renders the file with index i and records its checksum and headers.
func (s *Site) measure(i int, source render.File) error {
	f := File{Path: source.Path, source: source}
	content, err := f.open()
	if err != nil {
		return err
	}
	defer content.Close()
	sum := sha256.New()
	if f.Size, err = io.Copy(sum, content); err != nil {
		return err
	}
	sum.Sum(f.sum[:0])
	f.Digest = hex.EncodeToString(f.sum[:])
	h := s.headersOf(f.Path)
	f.Type, f.Cache = h.Get("Content-Type"), h.Get("Cache-Control")
	s.files[i] = f
	return nil
}

// headersOf returns the headers that a file should be sent with.
func (s *Site) headersOf(name string) http.Header {
	h := http.Header{}
	s.rules.Set(h, "/"+address(name))
	if h.Get("Content-Type") == "" {
		// What this machine knows besides does not count: another one may publish next.
		if known := headers.MediaTypes[strings.ToLower(path.Ext(name))]; known != "" {
			h.Set("Content-Type", known)
		} else {
			h.Set("Content-Type", "application/octet-stream")
		}
	}
	return h
}

// address returns the address of a file, relative to the site's: the folder of an
// index.html.
func address(path string) string {
	if path == "index.html" || strings.HasSuffix(path, "/index.html") {
		return strings.TrimSuffix(path, "index.html")
	}
	return path
}

// file returns the file with a path.
func (s *Site) file(path string) (File, bool) {
	for _, f := range s.files {
		if f.Path == path {
			return f, true
		}
	}
	return File{}, false
}

// sums returns the SHA-256 sums of the files by path.
func (s *Site) sums() map[string][sha256.Size]byte {
	sums := make(map[string][sha256.Size]byte, len(s.files))
	for _, f := range s.files {
		sums[f.Path] = f.sum
	}
	return sums
}

// content is an open file.
type content struct {
	io.ReadSeeker
	io.Closer
}

// open returns the file's bytes.
func (f File) open() (content, error) {
	if f.source.Open != nil {
		file, err := f.source.Open()
		if err != nil {
			return content{}, err
		}
		if seeker, ok := file.(io.ReadSeeker); ok {
			return content{seeker, file}, nil
		}
		file.Close()
	}
	data, err := f.source.Bytes()
	return contentOf(data), err
}

// contentOf returns bytes as an open file.
func contentOf(data []byte) content { return content{bytes.NewReader(data), io.NopCloser(nil)} }

// Open returns the file's bytes after it has compared them with the checksum.
func (f File) Open() (content, error) {
	c, err := f.open()
	if err != nil {
		return c, err
	}
	sum := sha256.New()
	if _, err = io.Copy(sum, c); err == nil {
		_, err = c.Seek(0, io.SeekStart)
	}
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != f.Digest {
		err = remote.Errorf("publish again", "%s was edited while it was published", f.Path)
	}
	if err != nil {
		c.Close()
	}
	return c, err
}
