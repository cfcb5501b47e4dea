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

// manifest maps the path of each file that builds wrote into a folder to the sums of its
// bytes. A path has two sums while its file is being replaced.
type manifest map[string][]Sum

func (m manifest) has(name string) bool { return len(m[name]) > 0 }

// wrote reports whether a build wrote these bytes to this path.
func (m manifest) wrote(name string, sum Sum) bool {
	return slices.Contains(m[name], sum)
}

// wroteOnly reports whether these are the only bytes that builds wrote to this path.
func (m manifest) wroteOnly(name string, sum Sum) bool {
	return len(m[name]) == 1 && m[name][0] == sum
}

func (m manifest) add(name string, sum Sum) {
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
	size := len(manifestHead) + len(manifestEnd) + lineSize
	for name, sums := range m {
		size += len(sums) * (lineSize + len(name))
	}
	out := append(make([]byte, 0, size), manifestHead...)
	for _, name := range slices.Sorted(maps.Keys(m)) {
		for _, sum := range m[name] {
			out = hex.AppendEncode(out, sum[:])
			out = append(append(append(out, "  "...), name...), '\n')
		}
	}
	return fmt.Appendf(out, "%s%x\n", manifestEnd, sumOf(out))
}

// lineSize is the size of a line of a manifest, without the path.
const lineSize = 2*len(Sum{}) + len("  \n")

// decodeManifest parses what encode wrote. If the text is damaged, damage says how in a
// few words: a list that was cut short or edited could make a build forget its files or
// delete someone else's. Otherwise it returns the list, as old if an older version wrote
// it.
func decodeManifest(text []byte) (m manifest, old oldManifest, damage string) {
	if len(text) == 0 {
		return nil, nil, "it is empty"
	}
	if body, ok := bytes.CutPrefix(text, []byte(manifestOldHead)); ok {
		old, damage = decodeOldLines(body)
		return nil, old, damage
	}
	body, ok := bytes.CutPrefix(text, []byte(manifestHead))
	if !ok {
		return nil, nil, "a build did not write it"
	}
	at := bytes.LastIndex(text, []byte(manifestEnd))
	if at < 0 || !bytes.HasSuffix(text, []byte("\n")) {
		return nil, nil, "its end is missing"
	}
	body, end := body[:at-len(manifestHead)], string(text[at+len(manifestEnd):len(text)-1])
	switch end {
	case fmt.Sprintf("%x", sumOf(text[:at])):
		m, damage = decodeLines(body)
	case fmt.Sprintf("%x", sha256.Sum256(text[:at])):
		old, damage = decodeOldLines(body)
	default:
		damage = "it was changed after a build wrote it"
	}
	return m, old, damage
}

func decodeLines(text []byte) (m manifest, damage string) {
	m = manifest{}
	return m, eachLine(text, len(Sum{}), func(name string, sum []byte) { m.add(name, Sum(sum)) })
}

// eachLine calls line for each line of a manifest whose sums have size bytes.
func eachLine(text []byte, size int, line func(name string, sum []byte)) (damage string) {
	for l := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "  ")
		raw, bad := hex.DecodeString(sum)
		if !ok || bad != nil || len(raw) != size || !fs.ValidPath(name) || !strings.HasSuffix(l, "\n") {
			return "it has an invalid line"
		}
		if !inRepository(name) {
			line(name, raw)
		}
	}
	return ""
}
