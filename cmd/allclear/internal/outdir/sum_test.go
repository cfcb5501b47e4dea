package outdir

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// The sum of a file is computed at once or in parts, on this machine and on others.
func TestASumIsTheSameInParts(t *testing.T) {
	data := make([]byte, 1<<20)
	random := rand.NewChaCha8([32]byte{})
	random.Read(data)
	for _, size := range []int{0, 1, 3, 8, 16, 17, 128, 129, 240, 241, 255, 1023, 1024, 1025, 14_000, 65_536, 1 << 20} {
		from, sum := summing(bytes.NewReader(data[:size]))
		if got, n, err := sumAll(from); got != sumOf(data[:size]) || sum() != got || n != int64(size) || err != nil {
			t.Errorf("%d bytes: %x, %x and %x", size, got, sum(), sumOf(data[:size]))
		}
		if size > 0 && sumOf(data[:size]) == sumOf(data[:size-1]) {
			t.Errorf("%d bytes have the sum of %d", size, size-1)
		}
	}
	// This is what xxh128sum prints.
	if got := fmt.Sprintf("%x", sumOf([]byte("allclear"))); got != "2e351d8e3d231496ec147a32421bd169" {
		t.Errorf("the sum of allclear is %s", got)
	}
}
