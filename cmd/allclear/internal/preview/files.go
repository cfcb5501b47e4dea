package preview

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/headers"
	"allclear/generator/render"
)

// serve answers a request for a file as static hosts do: a folder redirects to its slash,
// an unknown path gets 404.html with status 404.
func (s *snapshot) serve(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") || name == "" {
		name = path.Join(name, "index.html")
	}
	f, found := s.find(name)
	if _, folder := s.find(name + "/index.html"); !found && folder {
		http.Redirect(w, r, path.Base(name)+"/", http.StatusMovedPermanently)
		return
	}
	status := http.StatusOK
	switch {
	case !found || name == "_headers" || name == "_redirects":
		status = http.StatusNotFound
		f, _ = s.find("404.html")
	case name == "404.html":
		status = http.StatusNotFound
	case name == "503.html":
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "60")
	}
	if f.Append == nil {
		http.NotFound(w, r)
		return
	}
	if f.Open != nil && status == http.StatusOK && !strings.HasPrefix(headers.TypeOf(f.Path), "text/html") {
		s.sendStatic(w, r, f)
		return
	}
	data, err := f.Bytes()
	if err != nil {
		serveBroken(w, fmt.Sprintf("%s: %v\n", f.Path, err))
		return
	}
	s.headers.Set(w.Header(), "/"+strings.TrimSuffix(name, "index.html"))
	ownPagesOnly(w.Header())
	s.send(w, r, f.Path, status, data)
}

// sendStatic sends a copied file without reading it into memory.
func (s *snapshot) sendStatic(w http.ResponseWriter, r *http.Request, f render.File) {
	file, err := f.Open()
	if err != nil {
		serveBroken(w, fmt.Sprintf("%s: %v\n", f.Path, err))
		return
	}
	defer file.Close()
	content, ok := file.(io.ReadSeeker)
	if !ok {
		http.Error(w, "the file cannot be read in parts", http.StatusInternalServerError)
		return
	}
	s.headers.Set(w.Header(), "/"+f.Path)
	ownPagesOnly(w.Header())
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if known := headers.TypeOf(f.Path); known != "" && h.Get("Content-Type") == "" {
		h.Set("Content-Type", known)
	}
	http.ServeContent(w, r, f.Path, time.Time{}, content)
}

// ownPagesOnly removes the headers that let other origins read a published site. The
// preview may contain drafts, which no page of another site may read.
func ownPagesOnly(h http.Header) {
	for name := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			h.Del(name)
		}
	}
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// send sends data with the headers of the file. It adds the preview's scripts to HTML
// pages.
func (s *snapshot) send(w http.ResponseWriter, r *http.Request, name string, status int, data []byte) {
	h := w.Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", contentType(name, data))
	}
	if !strings.Contains(h.Get("Cache-Control"), "immutable") {
		h.Set("Cache-Control", "no-store")
	}
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
		data = withReload(withClock(data, s.at), s.id)
	}
	if status == http.StatusOK {
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
		return
	}
	h.Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// contentType returns the media type for a file's extension, or else guesses it from the
// data.
func contentType(name string, data []byte) string {
	if known := headers.TypeOf(name); known != "" {
		return known
	}
	return http.DetectContentType(data)
}
