// Command bench measures allclear against the least that any generator must do.
//
//	go run ./cmd/bench                                the table and the ratios
//	go run ./cmd/bench -sizes 100,1000,10000,100000   all of docs/performance.md
//	go run ./cmd/bench -corpus DIR -sizes 10000       a site of that size, to try things on
//
// For each size it writes a corpus into memory (/dev/shm where there is one),
// builds it twice, the first time with nothing remembered of it, the second time
// with what the first has left and after one report was edited, and runs the
// floor: the same Markdown through goldmark and as many files of the same sizes
// written, both on all processors, in one process; and then the same with the
// front matter read by its library, which no generator of these pages can do
// without. Each runs as a process of its own. What counts is processor time, user and system together: on a machine
// that others use as well the clock on the wall says little.
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	sizes := flag.String("sizes", "1000,10000", "how many entries, separated by commas")
	seed := flag.Uint64("seed", 1, "seed of the corpus")
	runs := flag.Int("runs", 3, "how many runs of each measurement; the median counts")
	corpus := flag.String("corpus", "", "only write the corpus to this `folder`")
	floor := flag.String("floor", "", "run the floor on the site in this `folder`")
	front := flag.Bool("front", false, "with -floor: also parse the front matter with the YAML library")
	like := flag.String("like", "", "with -floor: write as many files as there are in this `folder`")
	out := flag.String("out", "", "with -floor: write them to this `folder`")
	flag.Parse()

	var err error
	switch {
	case *floor != "":
		err = runFloor(*floor, *like, *out, *front)
	default:
		err = run(*sizes, bench{seed: *seed, runs: *runs}, *corpus)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(sizes string, b bench, corpus string) error {
	var list []int
	for _, text := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 6 {
			return fmt.Errorf("-sizes: %q is not a number from 6 up", text)
		}
		list = append(list, n)
	}
	if corpus != "" {
		return writeCorpus(corpus, list[0], b.seed)
	}
	return b.table(list)
}
