package outdir

import (
	"crypto/sha256"
	"io"
	"os"
	"slices"

	"allclear/cmd/allclear/internal/rootfs"
)

// oldManifest is a manifest that an older version wrote: its sums are SHA-256.
type oldManifest map[string][][sha256.Size]byte

func decodeOldLines(text []byte) (m oldManifest, damage string) {
	m = oldManifest{}
	return m, eachLine(text, sha256.Size, func(name string, sum []byte) {
		m[name] = append(m[name], [sha256.Size]byte(sum))
	})
}

// convert returns the manifest with the sums of today. It reads every file in root that
// the manifest lists. A file that somebody has edited gets the sum zero, which is not the
// sum of its bytes, so that a build keeps it.
func (m oldManifest) convert(root *os.Root) manifest {
	now := make(manifest, len(m))
	for name, sums := range m {
		now[name] = []Sum{{}}
		f, err := rootfs.Open(root, name)
		if err != nil {
			continue // it is missing, or cannot be read: then a build does not remove it
		}
		old := sha256.New()
		sum, _, err := sumAll(io.TeeReader(f, old))
		f.Close()
		if err == nil && slices.Contains(sums, [sha256.Size]byte(old.Sum(nil))) {
			now[name] = []Sum{sum}
		}
	}
	return now
}
