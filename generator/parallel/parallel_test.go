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

func TestEachIndexIsPassedOnce(t *testing.T) {
	for size := range 50 {
		calls := make([]int, size)
		parallel.Each(size, func(i int) { calls[i]++ })
		if slices.ContainsFunc(calls, func(n int) bool { return n != 1 }) {
			t.Errorf("of %d indexes, some were passed %v times", size, calls)
		}
	}
}
