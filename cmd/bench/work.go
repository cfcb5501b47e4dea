package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"allclear/generator/corpus"
)

// work is what a full build without a cache does, counted.
type work struct {
	allocated   int64 // bytes, about
	collections int   // of garbage
	calls       int64 // system calls; 0 if strace is not installed
}

// pairs compares builds of this program and another one, which took turns.
type pairs struct {
	cpu, wall, memory float64 // medians of the ratios, this program's divided by the other's
}

// fullBuild returns a full build of a site without a cache into an empty folder.
func fullBuild(site, out string, command ...string) (*exec.Cmd, error) {
	command = append(command, "build", "--source", site, "--out", out, "--at", corpus.Now.Format(time.RFC3339))
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "ALLCLEAR_CACHE=off")
	return cmd, os.RemoveAll(out)
}

// collection matches a line of GODEBUG=gctrace=1: the heap at the start of a collection, at
// its end, and what is left of it, in megabytes.
var collection = regexp.MustCompile(`(?m)^gc \d+ .* (\d+)->(\d+)->(\d+) MB`)

// countWork builds a site twice: once for the memory, once for the system calls.
func (b bench) countWork(site, folder string) (w work, err error) {
	out := filepath.Join(folder, "counted")
	defer os.RemoveAll(out)
	cmd, err := fullBuild(site, out, b.program)
	if err != nil {
		return w, err
	}
	cmd.Env = append(cmd.Env, "GODEBUG=gctrace=1")
	trace, err := cmd.CombinedOutput()
	if err != nil {
		return w, fmt.Errorf("%s: %w", cmd, err)
	}
	left := int64(0)
	for _, m := range collection.FindAllSubmatch(trace, -1) {
		end, _ := strconv.ParseInt(string(m[2]), 10, 64)
		w.allocated += end - left
		left, _ = strconv.ParseInt(string(m[3]), 10, 64)
		w.collections++
	}
	w.allocated *= 1 << 20
	strace, err := exec.LookPath("strace")
	if err != nil {
		return w, nil
	}
	list := filepath.Join(folder, "calls")
	if cmd, err = fullBuild(site, out, strace, "-f", "-c", "-o", list, b.program); err != nil {
		return w, err
	}
	if err := cmd.Run(); err != nil {
		return w, fmt.Errorf("%s: %w", cmd, err)
	}
	text, err := os.ReadFile(list)
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	if fields := bytes.Fields(lines[len(lines)-1]); len(fields) > 3 { // % time, seconds, usecs/call, calls
		w.calls, _ = strconv.ParseInt(string(fields[3]), 10, 64)
	}
	return w, err
}

// compare builds a site with both programs in turn, and returns the ratios.
func (b bench) compare(site, folder string) (pairs, error) {
	var cpu, wall, memory []float64
	out := filepath.Join(folder, "compared")
	defer os.RemoveAll(out)
	for range 2*b.runs + 1 {
		var costs [2]cost
		for i, program := range []string{b.program, b.against} {
			cmd, err := fullBuild(site, out, program)
			if err != nil {
				return pairs{}, err
			}
			if costs[i], err = runProcess(cmd, nil); err != nil {
				return pairs{}, err
			}
		}
		cpu = append(cpu, ratio(costs[0], costs[1]))
		wall = append(wall, costs[0].wall.Seconds()/costs[1].wall.Seconds())
		memory = append(memory, float64(costs[0].memory)/float64(costs[1].memory))
	}
	return pairs{middle(cpu), middle(wall), middle(memory)}, nil
}

// middle returns the median.
func middle[T cmp.Ordered](list []T) T {
	slices.Sort(list)
	return list[len(list)/2]
}

func printWork(rows []row) {
	fmt.Println("\n| entries | MB allocated | collections | system calls |\n|---:|---:|---:|---:|")
	for _, r := range rows {
		fmt.Printf("| %d | %.0f | %d | %d |\n", r.size, megabytes(r.work.allocated), r.work.collections, r.work.calls)
	}
}

func printPairs(rows []row) {
	fmt.Println("\n| entries | CPU / the other's | wall | memory |\n|---:|---:|---:|---:|")
	for _, r := range rows {
		fmt.Printf("| %d | %.2f | %.2f | %.2f |\n", r.size, r.pairs.cpu, r.pairs.wall, r.pairs.memory)
	}
}
