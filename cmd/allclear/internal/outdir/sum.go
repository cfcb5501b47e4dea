package outdir

import (
	"io"
	"os"

	"allclear/cmd/allclear/internal/rootfs"

	"github.com/zeebo/xxh3"
)

// Sum is the XXH3 sum, of 128 bits, of the bytes of a file. It shows whether a file is
// still as a build wrote it. Every build computes it for every file, and it protects from
// accidents only, so it is a fast one and not a cryptographic one: whoever can edit a
// file of the output folder can edit the manifest, too.
type Sum [16]byte

// sumOf returns the sum of data.
func sumOf(data []byte) Sum { return xxh3.Hash128(data).Bytes() }

// sumAll reads from to its end and returns the sum of its bytes and their number.
func sumAll(from io.Reader) (Sum, int64, error) {
	h := xxh3.New128()
	size, err := io.Copy(h, from)
	return h.Sum128().Bytes(), size, err
}

// sumFile returns the sum and the size in bytes of the named file in root.
func sumFile(root *os.Root, name string) (Sum, int64, error) {
	f, err := rootfs.Open(root, name)
	if err != nil {
		return Sum{}, 0, err
	}
	defer f.Close()
	return sumAll(f)
}

// summing returns a reader of from, and a function that returns the sum of what was read.
func summing(from io.Reader) (io.Reader, func() Sum) {
	h := xxh3.New128()
	return io.TeeReader(from, h), func() Sum { return h.Sum128().Bytes() }
}
