package deploy

import (
	"encoding/json"
	"io/fs"
	"strings"
	"time"
)

// manifestName is the file beside a published site that lists what Allclear published
// there.
const manifestName = ".allclear-published.json"

// manifestLimit is the largest manifest that is read, in bytes.
const manifestLimit = 64 << 20

// manifest lists what Allclear published to a target. Only files that it lists are ever
// removed.
type manifest struct {
	About string            `json:"about"`
	Run   string            `json:"run,omitempty"` // the publish that is under way, or was interrupted
	Files map[string]record `json:"files"`         // by path
}

// record is a published file. While it is being uploaded, and after an interruption, it
// has no digest, so that the next publish uploads it again; a new file has nothing at all.
type record struct {
	Digest string `json:"sha256,omitempty"`
	Type   string `json:"type,omitempty"`
	Cache  string `json:"cache,omitempty"`
	// Unused is the Unix time since which no page uses the file; 0: it is part of the site.
	Unused int64 `json:"unused,omitempty"`
}

const aboutManifest = "Written by allclear publish, which removes only the files that are listed here. Do not edit it."

// parseManifest parses a manifest. ok is false if it is damaged.
func parseManifest(data []byte) (m manifest, ok bool) {
	if json.Unmarshal(data, &m) != nil || m.Files == nil {
		return manifest{}, false
	}
	for path := range m.Files {
		if !fs.ValidPath(path) || path == "." || isOwn(path) {
			return manifest{}, false
		}
	}
	return m, true
}

// isOwn reports whether a file of a target is part of no site: the manifest, and the folders
// of new and found files.
func isOwn(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first == manifestName || first == newFolder || first == foundFolder
}

// encode returns the manifest as JSON.
func (m manifest) encode() ([]byte, error) {
	m.About = aboutManifest
	return json.Marshal(m)
}

// recordOf returns the record of a file that is published.
func recordOf(f File) record { return record{Digest: f.Digest, Type: f.Type, Cache: f.Cache} }

// unknown returns the record of a file that may or may not have changed since.
func (r record) unknown() record { return record{Type: r.Type, Cache: r.Cache} }

// presence says whether a file was there when the manifest was written.
func (m manifest) presence(path string) presence {
	switch r, listed := m.Files[path]; {
	case !listed:
		return absent
	case r == record{}:
		return begun
	}
	return present
}

// assetsKept is how long an asset stays after the last page that used it is gone: a
// visitor's page, or one in a cache, may still ask for it.
const assetsKept = time.Hour

// obsolete returns the files that the manifest lists and the site does not have: those to
// remove now, and those to keep for a while, with their records.
func (m manifest) obsolete(s *Site, now time.Time) (remove []string, keep map[string]record) {
	built := s.sums()
	keep = map[string]record{}
	for path, r := range m.Files {
		if _, stays := built[path]; stays {
			continue
		}
		if r.Unused == 0 {
			r.Unused = now.Unix()
		}
		if strings.Contains(r.Cache, "immutable") && now.Sub(time.Unix(r.Unused, 0)) < assetsKept {
			keep[path] = r
		} else {
			remove = append(remove, path)
		}
	}
	return remove, keep
}
