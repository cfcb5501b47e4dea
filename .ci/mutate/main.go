// Mutate changes the program in small ways, one at a time, and sees whether the
// tests notice: an operator, a condition, a constant, a removed statement.
//
//	go run ./.ci/mutate                        ten mutants of each package
//	go run ./.ci/mutate -n 25 -seed 2 site     25 others, of packages with "site" in their path
//
// The changes are made in an overlay (go help build), never in the files. The
// tests of the mutant's own package run first, then those of the packages that use it,
// with -short -failfast. No browser is found while they run, so that no test opens one.
// What survives is printed with its place and its lines. accepted.txt lists survivors
// that are accepted, each with the reason. The exit status is 1 where more than a tenth
// survives.
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

// target is a package that is mutated, and the tests that may notice: each of the
// stages is the arguments of a go test.
type target struct {
	folder string
	stages []string
}

var targets = []target{
	{"generator/site", []string{"./generator/site", "./generator/source ./generator/render", "./generator", "./cmd/allclear"}},
	{"generator/source", []string{"./generator/source", "./generator/render", "./generator", "./cmd/allclear"}},
	{"generator/render", []string{"./generator/render", "./generator", "./cmd/allclear"}},
	{"cmd/allclear/internal/outdir", []string{"./cmd/allclear/internal/outdir", "./cmd/allclear"}},
}

func main() {
	log.SetFlags(0)
	n := flag.Int("n", 10, "how many mutants of each package")
	seed := flag.Uint64("seed", 1, "another seed chooses other mutants")
	flag.Parse()
	work, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(work)
	r := runner{work: work, path: toolsIn(work), seen: map[string]bool{}}
	list := accepted(filepath.Join(".ci", "mutate", "accepted.txt"))
	total, first, later, kept := 0, 0, 0, 0
	for _, t := range targets {
		if flag.NArg() > 0 && !strings.Contains(t.folder, flag.Arg(0)) {
			continue
		}
		mutants, err := mutantsOf(t.folder)
		if err != nil {
			log.Fatal(err)
		}
		dice := rand.New(rand.NewPCG(*seed, uint64(len(t.folder))))
		dice.Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
		fmt.Printf("%s: %d possible mutants\n", t.folder, len(mutants))
		for tried, done := 0, 0; tried < len(mutants) && done < *n; tried++ {
			m, began := mutants[tried], time.Now()
			if !r.compiles(m, t.folder) {
				continue // it is no program: that is no question to tests
			}
			done++
			total++
			stage, killer := r.killedBy(m, t.stages)
			switch reason, known := list[m.key()]; {
			case stage == 0:
				first++
			case stage > 0:
				later++
			case known:
				kept++
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
		total, *seed, first, later, alive, kept)
	if alive*10 > total {
		os.Exit(1)
	}
}

// accepted reads the list of survivors that are accepted: blocks of a place, the old
// and the new line, and the reason.
//
//	generator/site/span.go windowSpans
//	- the line as it is
//	+ the mutant's
//	  why nobody would notice
func accepted(name string) map[string]string {
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
