package cache

import (
	"encoding/binary"
	"maps"
	"slices"

	"allclear/cmd/allclear/internal/outdir"
)

// LastBuild returns what the last build wrote into the output folder dir: an empty value
// if that is unknown, and nil for a nil cache. If the machine has restarted since, all
// fingerprints are zero, since there may have been a power cut.
func (c *Cache) LastBuild(dir string) outdir.LastBuild {
	if c == nil {
		return nil
	}
	data, ok := c.load(lastBuildName, new([]byte))
	last := make(outdir.LastBuild, len(data)/bytesOfFile)
	if !ok {
		return last
	}
	d := decoder{data}
	if d.text() != dir {
		return last
	}
	sameBoot := d.text() == bootID()
	for len(d.rest) > 0 {
		name, f := d.text(), outdir.FileState{}
		d.bytes(f.Key[:])
		d.bytes(f.Sum[:])
		f.Fingerprint = outdir.Fingerprint{
			Size: int64(d.number()), ModTime: int64(d.number()), ChangeTime: int64(d.number()), Inode: d.number(),
		}
		if !sameBoot {
			f.Fingerprint = outdir.Fingerprint{}
		}
		last[name] = f
	}
	return last
}

// bytesOfFile is about how many bytes describe a file.
const bytesOfFile = 140

// SetLastBuild saves what a build wrote into the output folder dir.
func (c *Cache) SetLastBuild(dir string, last outdir.LastBuild) {
	if c == nil {
		return
	}
	out := make([]byte, 0, bytesOfFile*len(last)+100)
	for _, text := range []string{dir, bootID()} {
		out = append(binary.AppendUvarint(out, uint64(len(text))), text...)
	}
	for _, name := range slices.Sorted(maps.Keys(last)) {
		f := last[name]
		out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		out = append(append(out, f.Key[:]...), f.Sum[:]...)
		p := f.Fingerprint
		for _, n := range []uint64{uint64(p.Size), uint64(p.ModTime), uint64(p.ChangeTime), p.Inode} {
			out = binary.AppendUvarint(out, n)
		}
	}
	c.store(lastBuildName, out)
}

// decoder decodes what SetLastBuild wrote. load has verified its checksum.
type decoder struct{ rest string }

func (d *decoder) number() uint64 {
	var n uint64
	for i := 0; ; i++ {
		c := d.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.rest = d.rest[i+1:]
			return n
		}
	}
}

func (d *decoder) text() string {
	n := d.number()
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) bytes(to []byte) { d.rest = d.rest[copy(to, d.rest):] }
