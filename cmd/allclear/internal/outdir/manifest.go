package outdir

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// manifestName is the file in an output folder that lists what builds wrote there.
// Names that begin with it are ours.
const manifestName = ".allclear"

// A manifest begins with a sentence for people, and ends with a line that shows
// whether it is complete. Those of older versions have no such end.
const (
	manifestHead    = "# Written by allclear build, which removes only the files that it lists here. Do not edit it.\n"
	manifestOldHead = "# Written by allclear build, which removes only the files that it lists here.\n"
	manifestEnd     = "# whole: "
)

// manifest is what builds wrote into a folder: the SHA-256 sums of the bytes, by
// path. There are two sums while a file is being replaced.
type manifest map[string][][sha256.Size]byte

func (m manifest) has(name string) bool { return len(m[name]) > 0 }

// wrote reports whether a build wrote these very bytes.
func (m manifest) wrote(name string, sum [sha256.Size]byte) bool {
	return slices.Contains(m[name], sum)
}

// wroteOnly reports whether builds wrote these bytes there and no others.
func (m manifest) wroteOnly(name string, sum [sha256.Size]byte) bool {
	return len(m[name]) == 1 && m[name][0] == sum
}

func (m manifest) add(name string, sum [sha256.Size]byte) {
	if !m.wrote(name, sum) {
		m[name] = append(m[name], sum)
	}
}

// union returns everything that either of two manifests lists.
func (m manifest) union(other manifest) manifest {
	if len(m) == 0 {
		return other
	}
	both := manifest{}
	for _, part := range []manifest{m, other} {
		for name, sums := range part {
			for _, sum := range sums {
				both.add(name, sum)
			}
		}
	}
	return both
}

// encode writes a line for each path and sum, sorted by path.
func (m manifest) encode() []byte {
	out := bytes.NewBufferString(manifestHead)
	for _, name := range slices.Sorted(maps.Keys(m)) {
		for _, sum := range m[name] {
			out.WriteString(hex.EncodeToString(sum[:]) + "  " + name + "\n")
		}
	}
	fmt.Fprintf(out, "%s%x\n", manifestEnd, sha256.Sum256(out.Bytes()))
	return out.Bytes()
}

// decodeManifest reads what encode wrote. Where the text is not complete, damage
// says in a few words what is wrong with it, and nothing of it counts: a list that
// was cut short or edited would make us forget files, or remove somebody else's.
func decodeManifest(text []byte) (m manifest, damage string) {
	if len(text) == 0 {
		return nil, "it is empty"
	}
	if body, old := bytes.CutPrefix(text, []byte(manifestOldHead)); old {
		return decodeLines(body)
	}
	body, ok := bytes.CutPrefix(text, []byte(manifestHead))
	if !ok {
		return nil, "it is not what a build wrote"
	}
	at := bytes.LastIndex(text, []byte(manifestEnd))
	if at < 0 || !bytes.HasSuffix(text, []byte("\n")) {
		return nil, "its end is missing"
	}
	if string(text[at:]) != fmt.Sprintf("%s%x\n", manifestEnd, sha256.Sum256(text[:at])) {
		return nil, "it was changed after a build wrote it"
	}
	return decodeLines(body[:at-len(manifestHead)])
}

func decodeLines(text []byte) (m manifest, damage string) {
	m = manifest{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		raw, bad := hex.DecodeString(sum)
		if !ok || bad != nil || len(raw) != sha256.Size || !fs.ValidPath(name) || !strings.HasSuffix(line, "\n") {
			return nil, "it has a line that no build wrote"
		}
		if !inRepository(name) {
			m.add(name, [sha256.Size]byte(raw))
		}
	}
	return m, ""
}
