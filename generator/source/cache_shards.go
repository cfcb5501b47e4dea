package source

import (
	"hash/fnv"
	"maps"
	"slices"
)

// shards is the number of files that a Cache is saved in, so that a build after
// one edit writes only one of them again.
const shards = 64

// shardOf returns the number of the shard that holds a file.
func shardOf(name string) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32() % shards)
}

// Dirty calls write for each part of the cache that has changed since it was
// loaded or last written. pack is the part's number; data is valid only until
// write returns. Dirty stops at the first error of write and returns it.
func (c *Cache) Dirty(write func(pack int, data []byte) error) error {
	names := make([][]string, shards)
	for _, name := range slices.Sorted(maps.Keys(c.known)) {
		names[shardOf(name)] = append(names[shardOf(name)], name)
	}
	var w cacheEncoder
	for n := range shards {
		if !c.dirty[n] {
			continue
		}
		if err := write(n, c.encodeShard(&w, names[n])); err != nil {
			return err
		}
		c.dirty[n] = false
	}
	return nil
}

// encodeShard encodes the results of the named files.
func (c *Cache) encodeShard(w *cacheEncoder, names []string) []byte {
	size := 0
	for _, name := range names {
		size += len(name) + len(c.known[name].raw)
	}
	*w = cacheEncoder{texts: slices.Grow(w.texts[:0], size+200*len(names)), values: w.values[:0]}
	w.number(int64(len(names)))
	for _, name := range names {
		known := c.known[name]
		w.text(name)
		for _, sum := range []sum{known.bytes, known.deps, known.hash} {
			w.values = append(w.values, sum[:]...)
		}
		w.text(known.raw)
	}
	return w.finish()
}

// Load adds a part that [Cache.Dirty] wrote to the cache. The order of the
// parts does not matter. Load skips data that it cannot decode, but has no
// checksum: the caller must make sure that the data is what Dirty wrote.
func (c *Cache) Load(pack string) {
	if c.known == nil {
		c.known = map[string]*cacheEntry{}
	}
	r := newCacheDecoder(pack, "")
	for range r.number() {
		name, known := r.text(), &cacheEntry{}
		for _, sum := range [][]byte{known.bytes[:], known.deps[:], known.hash[:]} {
			r.bytes(sum)
		}
		if known.raw = r.text(); r.failed {
			return
		}
		c.known[name] = known
	}
}
