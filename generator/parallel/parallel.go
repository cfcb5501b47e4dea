// Package parallel does work on all processors at once.
package parallel

import (
	"runtime"
	"slices"
	"sync"
)

// Parts calls do with parts of a list, at the same time, one for each processor, and
// returns the results in the order of the list.
func Parts[E, R any](list []E, do func(part []E) R) []R {
	parts := slices.Collect(slices.Chunk(list, len(list)/runtime.GOMAXPROCS(0)+1))
	results := make([]R, len(parts))
	var wait sync.WaitGroup
	for i, part := range parts {
		wait.Go(func() { results[i] = do(part) })
	}
	wait.Wait()
	return results
}

// Each calls do with each index below n, in parts, one for each processor.
func Each(n int, do func(i int)) {
	part := n/runtime.GOMAXPROCS(0) + 1
	var wait sync.WaitGroup
	for from := 0; from < n; from += part {
		wait.Go(func() {
			for i := from; i < min(from+part, n); i++ {
				do(i)
			}
		})
	}
	wait.Wait()
}
