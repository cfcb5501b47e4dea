package outdir

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"allclear/generator/render"
)

// LastBuild is what the last build wrote into an output folder, by path. The next build
// uses it to skip files that would not change. The caller stores it between runs.
type LastBuild map[string]FileState

// FileState describes a file as a build left it.
type FileState struct {
	Key         render.Key  // of what it was rendered from; zero: always render it
	Sum         Sum         // of its bytes
	Fingerprint Fingerprint // zero: its bytes must be read to see whether it changed
}

// Fingerprint detects changes of a file at a known path: if the fingerprints are equal,
// so are the bytes, as long as the machine has not restarted.
type Fingerprint struct {
	Size       int64
	ModTime    int64  // nanoseconds since 1970
	ChangeTime int64  // ctime, in nanoseconds since 1970; 0 if unknown
	Inode      uint64 // 0 if unknown
}

func fingerprintOf(info fs.FileInfo) Fingerprint {
	return Fingerprint{info.Size(), info.ModTime().UnixNano(), changeTime(info), inode(info)}
}

// manifest returns the manifest of the files in l.
func (l LastBuild) manifest() manifest {
	m := manifest{}
	for name, f := range l {
		m.add(name, f.Sum)
	}
	return m
}

// unchanged reports whether a file is as the last build left it: its fingerprint (or else
// its bytes) still match. It uses the path and not the root, which is faster; prepareDirs has
// already refused symbolic links in the parent folders.
func (s *staging) unchanged(name string, was FileState) (stagedFile, bool) {
	b := stagedFile{path: name, key: was.Key, sum: was.Sum, size: was.Fingerprint.Size, same: true}
	if !s.before.wroteOnly(name, was.Sum) {
		return b, false
	}
	info, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil || !info.Mode().IsRegular() {
		return b, false
	}
	if b.fingerprint = fingerprintOf(info); b.fingerprint == was.Fingerprint {
		return b, true
	}
	sum, size, err := sumFile(s.root, name)
	b.size = size
	return b, err == nil && sum == was.Sum
}

// lastBuild returns the state of every file for the next build. It keeps a fingerprint
// only if the file is older than the manifest was when the first file moved: only then is
// a later change sure to get another time, even from a coarse clock.
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

// fingerprintAfterMove returns the fingerprint of a file that has been moved into place,
// since a move sets its change time. It returns zero if anything else differs from the
// staged file.
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
