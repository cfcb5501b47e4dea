// Command bench compares allclear with the minimum work that any generator must do.
//
//	go run ./cmd/bench                                the table and the ratios
//	go run ./cmd/bench -sizes 100,1000,10000,100000   all of docs/performance.md
//	go run ./cmd/bench -shape long -sizes 10000       sites with long texts
//	go run ./cmd/bench -against FILE                  compare with another allclear, in pairs
//	go run ./cmd/bench -outputs                       what each kind of output costs
//	go run ./cmd/bench -corpus DIR -sizes 10000       only write a site of that size
//
// For each size it writes a corpus into memory (/dev/shm if it exists) and builds it
// twice: first with an empty cache, then with the cache of the first build and one
// edited report. Then it runs the floor, the minimum work: it renders the same Markdown
// with goldmark and writes as many files of the same sizes, on all processors. It runs
// the floor a second time and also parses the front matter, which every generator of
// these pages must do. Each run is a separate process. The measure is processor time,
// user and system together, since wall time depends on what else the machine does. A
// further build is counted: the bytes that it allocates, its collections of garbage and,
// if strace is installed, its system calls.
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
	shape := flag.String("shape", "short", "short: 2.4 KB an entry, with regions; long: 4 KB, without")
	against := flag.String("against", "", "also build with this `file`, another allclear, in turn")
	corpus := flag.String("corpus", "", "only write the corpus to this `folder`")
	floor := flag.String("floor", "", "run the floor on the site in this `folder`")
	front := flag.Bool("front", false, "with -floor: also parse the front matter with the YAML library")
	like := flag.String("like", "", "with -floor: write as many files as there are in this `folder`")
	outputs := flag.Bool("outputs", false, "measure each kind of output alone instead")
	rendered := flag.String("render", "", "build the site in this `folder`, and write some of its files")
	kindList := flag.String("kinds", "", "with -render: the kinds of files, by number")
	out := flag.String("out", "", "with -floor and -render: write them to this `folder`")
	flag.Parse()

	var err error
	switch {
	case *floor != "":
		err = runFloor(*floor, *like, *out, *front)
	case *rendered != "":
		err = renderKinds(*rendered, *kindList, *out, os.Stdout)
	default:
		err = run(*sizes, bench{seed: *seed, runs: *runs, long: *shape == "long", against: *against}, *corpus, *outputs)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(sizes string, b bench, corpus string, outputs bool) error {
	var list []int
	for _, text := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 6 {
			return fmt.Errorf("-sizes: %q is not a number from 6 up", text)
		}
		list = append(list, n)
	}
	if corpus != "" {
		return b.write(corpus, list[0])
	}
	if outputs {
		return b.tableOfOutputs(list)
	}
	return b.table(list)
}
