package parallel_test

import (
	"slices"
	"testing"

	"allclear/generator/parallel"
)

func TestPartsAreTheWholeListInItsOrder(t *testing.T) {
	for size := range 50 {
		list := make([]int, size)
		for i := range list {
			list[i] = i
		}
		parts := parallel.Parts(list, func(part []int) []int { return slices.Clone(part) })
		if got := slices.Concat(parts...); !slices.Equal(got, list) {
			t.Errorf("%d numbers became %v", size, got)
		}
	}
}
