package source

import (
	"hash/fnv"
	"maps"
	"slices"
)

// packs is how many parts a Cache is written down in, so that a build after one
// edit writes one of them again and not all.
const packs = 64

// packOf is the part in which a file is remembered.
func packOf(name string) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32() % packs)
}

// Stale hands out, by their numbers, the parts of what is remembered that have
// changed since they were restored. The data is good until write returns.
func (c *Cache) Stale(write func(pack int, data []byte) error) error {
	names := make([][]string, packs)
	for _, name := range slices.Sorted(maps.Keys(c.known)) {
		names[packOf(name)] = append(names[packOf(name)], name)
	}
	var buffer []byte
	for n := range packs {
		if !c.stale[n] {
			continue
		}
		buffer = c.pack(buffer[:0], names[n])
		if err := write(n, buffer); err != nil {
			return err
		}
		c.stale[n] = false
	}
	return nil
}

// pack appends what some files said.
func (c *Cache) pack(to []byte, names []string) []byte {
	w := packer{out: to}
	w.number(int64(len(names)))
	for _, name := range names {
		known := c.known[name]
		w.text(name)
		w.out = append(append(w.out, known.bytes[:]...), known.by[:]...)
		w.text(known.raw)
	}
	return w.out
}

// Restore takes back what Stale handed out, in any order. What cannot be read is
// passed over; damage that can be read is for the caller to find.
func (c *Cache) Restore(pack string) {
	if c.known == nil {
		c.known = map[string]*remembered{}
	}
	r := unpacker{rest: pack}
	for range r.number() {
		name, known := r.text(), &remembered{}
		known.bytes, known.by = r.sum(), r.sum()
		if known.raw = r.text(); r.failed {
			return
		}
		c.known[name] = known
	}
}

func (r *unpacker) sum() (s sum) {
	if len(r.rest) < len(s) {
		r.failed, r.rest = true, ""
		return s
	}
	r.rest = r.rest[copy(s[:], r.rest):]
	return s
}
