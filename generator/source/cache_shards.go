package source

import (
	"hash/fnv"
	"maps"
	"slices"
)

// shards is how many parts a Cache is written down in, so that a build after one
// edit writes one of them again and not all.
const shards = 64

// shardOf is the part in which a file is remembered.
func shardOf(name string) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32() % shards)
}

// Dirty hands out, by their numbers, the parts of what is remembered that have
// changed since they were restored. The data is good until write returns.
func (c *Cache) Dirty(write func(pack int, data []byte) error) error {
	names := make([][]string, shards)
	for _, name := range slices.Sorted(maps.Keys(c.known)) {
		names[shardOf(name)] = append(names[shardOf(name)], name)
	}
	var buffer []byte
	for n := range shards {
		if !c.dirty[n] {
			continue
		}
		buffer = c.encodeShard(buffer[:0], names[n])
		if err := write(n, buffer); err != nil {
			return err
		}
		c.dirty[n] = false
	}
	return nil
}

// encodeShard appends what some files said.
func (c *Cache) encodeShard(to []byte, names []string) []byte {
	w := cacheEncoder{out: to}
	w.number(int64(len(names)))
	for _, name := range names {
		known := c.known[name]
		w.text(name)
		w.out = append(append(w.out, known.bytes[:]...), known.deps[:]...)
		w.text(known.raw)
	}
	return w.out
}

// Load takes back what Stale handed out, in any order. What cannot be read is
// passed over; damage that can be read is for the caller to find.
func (c *Cache) Load(pack string) {
	if c.known == nil {
		c.known = map[string]*cacheEntry{}
	}
	r := cacheDecoder{rest: pack}
	for range r.number() {
		name, known := r.text(), &cacheEntry{}
		known.bytes, known.deps = r.sum(), r.sum()
		if known.raw = r.text(); r.failed {
			return
		}
		c.known[name] = known
	}
}

func (r *cacheDecoder) sum() (s sum) {
	if len(r.rest) < len(s) {
		r.failed, r.rest = true, ""
		return s
	}
	r.rest = r.rest[copy(s[:], r.rest):]
	return s
}
