// Mutate runs mutation tests: it changes one operator, condition, constant or statement
// of the program at a time, and reports the changes that no test notices.
//
//	go run ./.ci/mutate                        ten mutants of each package
//	go run ./.ci/mutate -n 25 -seed 2 site     25 others, of packages with "site" in their path
//	go run ./.ci/mutate -own render            only with the tests of generator/render itself
//
// Mutants are built with an overlay (see go help build), so no file is changed. The
// tests of the mutated package run first, then those of packages that use it, with
// -short -failfast and without a browser. Surviving mutants are printed with their
// position and lines. accepted.txt lists accepted survivors with the reason for each.
// The exit code is 1 if more than a tenth of the mutants survive.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// target is a package to mutate, and the tests to run in order. Each stage is what follows
// go test, such as packages; the first own stages are those of the flag -own.
type target struct {
	folder string
	own    int
	stages []string
}

var targets = []target{
	{"generator/site", 1, []string{"./generator/site", "./generator/source ./generator/render", "./generator", "./cmd/allclear"}},
	{"generator/source", 1, []string{"./generator/source", "./generator/render", "./generator", "./cmd/allclear"}},
	// The golden site and the sums take seconds, and notice most of what changes the output.
	{"generator/render", 3, []string{
		"-run=TestTheFilesOfASmallSite ./generator/render", "-run=TestTheBytesOfManySites ./generator",
		"./generator/render", "./generator", "./cmd/allclear",
	}},
	{"cmd/allclear/internal/outdir", 1, []string{"./cmd/allclear/internal/outdir", "./cmd/allclear"}},
}

func main() {
	log.SetFlags(0)
	n := flag.Int("n", 10, "how many mutants of each package")
	seed := flag.Uint64("seed", 1, "another seed chooses other mutants")
	own := flag.Bool("own", false, "run only the tests of the mutated package, which is quicker and finds more survivors")
	flag.Parse()
	work, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(work)
	r := runner{work: work, path: linkTools(work), seen: map[string]bool{}}
	list := readAccepted(filepath.Join(".ci", "mutate", "accepted.txt"))
	total, first, later, acceptedCount := 0, 0, 0, 0
	for _, t := range targets {
		if *own {
			t.stages = t.stages[:t.own]
		}
		if flag.NArg() > 0 && !strings.Contains(t.folder, flag.Arg(0)) {
			continue
		}
		mutants, err := mutantsOf(t.folder)
		if err != nil {
			log.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(*seed, uint64(len(t.folder))))
		rng.Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
		fmt.Printf("%s: %d possible mutants\n", t.folder, len(mutants))
		for tried, done := 0, 0; tried < len(mutants) && done < *n; tried++ {
			m, began := mutants[tried], time.Now()
			if !r.compiles(m, t.folder) {
				continue // tests cannot run a program that does not compile
			}
			done++
			total++
			stage, killer := r.killedBy(m, t.stages)
			switch reason, known := list[m.key()]; {
			case stage >= 0 && stage < t.own:
				first++
			case stage >= t.own:
				later++
			case known:
				acceptedCount++
				fmt.Printf("SURVIVES, as accepted: %s\n  %s\n", m, reason)
				continue
			default:
				fmt.Printf("SURVIVES (%.0f s): %s\n", time.Since(began).Seconds(), m)
				continue
			}
			fmt.Printf("killed (%.0f s) by %s: %s:%d %s\n", time.Since(began).Seconds(), killer, m.file, m.line, m.kind)
		}
	}
	alive := total - first - later
	fmt.Printf("%d mutants, seed %d: %d were noticed by the tests of their own package, %d by others; %d survive, %d of them as accepted\n",
		total, *seed, first, later, alive, acceptedCount)
	if alive*10 > total {
		os.Exit(1)
	}
}

// readAccepted reads the list of accepted survivors and returns the reason for each, by
// mutant.key. The list has a block for each: file and function, old line, new line, and
// the reason.
//
//	generator/site/span.go windowSpans
//	- the line as it is
//	+ the line of the mutant
//	  the reason
func readAccepted(name string) map[string]string {
	text, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	list := map[string]string{}
	for _, block := range strings.Split(string(text), "\n\n") {
		lines := strings.SplitN(strings.TrimSpace(block), "\n", 4)
		if len(lines) == 4 {
			list[strings.Join(lines[:3], "\n")] = strings.TrimSpace(lines[3])
		}
	}
	return list
}
