package outdir

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"allclear/generator/render"
)

// LastBuild is what the last build left in an output folder, by path. With it, the
// next build need not render files that would be the same. The caller keeps it
// between runs.
type LastBuild map[string]FileState

// FileState is a file as a build left it.
type FileState struct {
	Key         render.Key        // of what it was rendered from; zero: it is rendered each time
	Sum         [sha256.Size]byte // of its bytes
	Fingerprint Fingerprint       // zero: its bytes must be read to see whether it changed
}

// Fingerprint shows, together with the path, whether a file has changed since: equal
// fingerprints mean equal bytes, as long as the machine has not restarted.
type Fingerprint struct {
	Size       int64
	ModTime    int64  // nanoseconds since 1970
	ChangeTime int64  // the same, of the last change of any kind, which no program can set; 0 where it is not known
	Inode      uint64 // 0 where it is not known
}

func fingerprintOf(info fs.FileInfo) Fingerprint {
	return Fingerprint{info.Size(), info.ModTime().UnixNano(), changeTime(info), inode(info)}
}

// manifest returns a manifest of the files that the last build left.
func (l LastBuild) manifest() manifest {
	m := manifest{}
	for name, f := range l {
		m.add(name, f.Sum)
	}
	return m
}

// unchanged reports whether f need not be rendered: the last build wrote it under the
// same key, and size, times and inode (or the bytes) still match. It looks at a path
// and not through the root, which costs less; prepareDirs has refused links in the
// folders above.
func (s *staging) unchanged(f render.File, key render.Key) (stagedFile, bool) {
	was, known := s.last[f.Path]
	b := stagedFile{path: f.Path, key: key, sum: was.Sum, size: was.Fingerprint.Size, same: true}
	if !known || was.Key != key || !s.before.wroteOnly(f.Path, was.Sum) {
		return b, false
	}
	info, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(f.Path)))
	if err != nil || !info.Mode().IsRegular() {
		return b, false
	}
	if b.fingerprint = fingerprintOf(info); b.fingerprint == was.Fingerprint {
		return b, true
	}
	sum, size, err := sumFile(s.root, f.Path)
	b.size = size
	return b, err == nil && sum == was.Sum
}

// lastBuild returns what this build left. The fingerprint of a file is kept only where
// the file is older than the manifest was when the first file moved: a later change of
// the file then shows in its time, by the same clock, however coarse that is.
func (s *staging) lastBuild() LastBuild {
	left := LastBuild{}
	for _, b := range s.files {
		if !b.same && !b.inNewDir {
			b.fingerprint = s.fingerprintAfterMove(b)
		}
		if !time.Unix(0, b.fingerprint.ModTime).Before(s.manifestTime) {
			b.fingerprint = Fingerprint{}
		}
		left[b.path] = FileState{b.key, b.sum, b.fingerprint}
	}
	return left
}

// fingerprintAfterMove returns the fingerprint of a file that was moved, which counts
// as a change of it. It is zero where anything but the change time is not as staged.
func (s *staging) fingerprintAfterMove(b stagedFile) Fingerprint {
	info, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(b.path)))
	if err != nil {
		return Fingerprint{}
	}
	now := fingerprintOf(info)
	if now.Size != b.fingerprint.Size || now.ModTime != b.fingerprint.ModTime || now.Inode != b.fingerprint.Inode {
		return Fingerprint{}
	}
	return now
}
