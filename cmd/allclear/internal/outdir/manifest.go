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

// manifestName is the file in an output folder that lists what builds wrote there. All
// names with this prefix are reserved.
const manifestName = ".allclear"

// A manifest begins with a comment and ends with a line that contains the sum of all
// before it. Manifests of older versions lack the last line.
const (
	manifestHead    = "# Written by allclear build, which removes only the files that it lists here. Do not edit it.\n"
	manifestOldHead = "# Written by allclear build, which removes only the files that it lists here.\n"
	manifestEnd     = "# whole: "
)

// manifest maps the path of each file that builds wrote into a folder to the SHA-256 sums
// of its bytes. A path has two sums while its file is being replaced.
type manifest map[string][][sha256.Size]byte

func (m manifest) has(name string) bool { return len(m[name]) > 0 }

// wrote reports whether a build wrote these bytes to this path.
func (m manifest) wrote(name string, sum [sha256.Size]byte) bool {
	return slices.Contains(m[name], sum)
}

// wroteOnly reports whether these are the only bytes that builds wrote to this path.
func (m manifest) wroteOnly(name string, sum [sha256.Size]byte) bool {
	return len(m[name]) == 1 && m[name][0] == sum
}

func (m manifest) add(name string, sum [sha256.Size]byte) {
	if !m.wrote(name, sum) {
		m[name] = append(m[name], sum)
	}
}

// union returns a manifest of everything listed in m or other. It may return other
// itself.
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

// encode returns the manifest as text: a head, one line per path and sum, sorted by path,
// and a last line with the sum of all that.
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

// decodeManifest parses what encode wrote. If the text is damaged, damage says how in a
// few words, and m is nil: a list that was cut short or edited could make a build forget
// its files or delete someone else's.
func decodeManifest(text []byte) (m manifest, damage string) {
	if len(text) == 0 {
		return nil, "it is empty"
	}
	if body, old := bytes.CutPrefix(text, []byte(manifestOldHead)); old {
		return decodeLines(body)
	}
	body, ok := bytes.CutPrefix(text, []byte(manifestHead))
	if !ok {
		return nil, "a build did not write it"
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
			return nil, "it has an invalid line"
		}
		if !inRepository(name) {
			m.add(name, [sha256.Size]byte(raw))
		}
	}
	return m, ""
}
