package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator/corpus"
)

// bench configures the measurements.
type bench struct {
	seed uint64
	runs int

	program string // path of allclear, built by prepare
	self    string // path of this program
}

// cost is the resources that a process used.
type cost struct {
	cpu    time.Duration // user and system
	wall   time.Duration
	memory int64 // peak resident set size, in bytes
}

// row is a row of the table.
type row struct {
	size               int
	full, again, floor cost
	front              cost // the floor with front matter parsed
	files, written     int
	bytes              int64
}

// table measures each size and prints a row for it, and finally the ratios.
func (b bench) table(sizes []int) error {
	work, err := os.MkdirTemp(corpusdir.Parent(), "allclear-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := b.prepare(work); err != nil {
		return err
	}
	fmt.Println("| entries | files | MB | build CPU s | wall s | MB of memory | floor CPU s | build/floor | one edit CPU s " +
		"| edit/full | written |")
	fmt.Println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	var rows []row
	for _, n := range sizes {
		r, err := b.measure(filepath.Join(work, fmt.Sprint(n)), n)
		if err != nil {
			return err
		}
		rows = append(rows, r)
		fmt.Printf("| %d | %d | %.1f | %.2f | %.2f | %.0f | %.2f | %.2f | %.2f | %.2f | %d |\n", n, r.files, megabytes(r.bytes),
			r.full.cpu.Seconds(), r.full.wall.Seconds(), megabytes(r.full.memory),
			r.floor.cpu.Seconds(), ratio(r.full, r.floor), r.again.cpu.Seconds(), ratio(r.again, r.full), r.written)
	}
	last := rows[len(rows)-1]
	fmt.Printf("\nfull build / floor at %d entries: %.2f (at most 1.5)\n", last.size, ratio(last.full, last.floor))
	fmt.Printf("the floor with front matter read by its library / floor: %.2f\n", ratio(last.front, last.floor))
	if len(rows) > 1 {
		first := rows[0]
		fmt.Printf("time of an entry at %d / at %d: %.2f (below 1.5)\n", last.size, first.size,
			last.full.cpu.Seconds()/float64(last.size)/(first.full.cpu.Seconds()/float64(first.size)))
	}
	fmt.Printf("a build after one edit / full build at %d entries: %.2f (at most 0.33)\n", last.size, ratio(last.again, last.full))
	return nil
}

// megabytes converts bytes to megabytes (10^6 bytes).
func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

// ratio returns the processor time of a divided by that of b.
func ratio(a, b cost) float64 { return a.cpu.Seconds() / b.cpu.Seconds() }

// prepare builds allclear into the folder work.
func (b *bench) prepare(work string) error {
	var err error
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	b.program = filepath.Join(work, "allclear")
	build := exec.Command("go", "build", "-o", b.program, "allclear/cmd/allclear")
	build.Stderr = os.Stderr
	return build.Run()
}

// measure runs everything for a site of n entries, and returns the median costs.
func (b bench) measure(folder string, n int) (row, error) {
	defer os.RemoveAll(folder)
	site, out := filepath.Join(folder, "site"), filepath.Join(folder, "public")
	cacheDir := filepath.Join(folder, "cache") // of the program; empty before each full build
	if err := corpusdir.Write(site, n, b.seed); err != nil {
		return row{}, err
	}
	r := row{size: n}
	var full, again, floor, front []cost
	for i := range b.runs {
		if err := errors.Join(os.RemoveAll(out), os.RemoveAll(cacheDir)); err != nil {
			return r, err
		}
		c, summary, err := b.build(site, out, cacheDir)
		if err != nil {
			return r, err
		}
		r.files, r.bytes, full = summary.Files, summary.Bytes, append(full, c)
		if err := edit(site, n, b.seed, i+1); err != nil {
			return r, err
		}
		if c, summary, err = b.build(site, out, cacheDir); err != nil {
			return r, err
		}
		r.written, again = summary.Written, append(again, c)
		if c, err = b.measureFloor(site, out, filepath.Join(folder, "floor")); err != nil {
			return r, err
		}
		floor = append(floor, c)
		if c, err = b.measureFloor(site, out, filepath.Join(folder, "floor"), "-front"); err != nil {
			return r, err
		}
		front = append(front, c)
	}
	r.full, r.again, r.floor, r.front = median(full), median(again), median(floor), median(front)
	return r, nil
}

// measureFloor runs the floor as a process, and removes what it wrote.
func (b bench) measureFloor(site, like, out string, more ...string) (cost, error) {
	c, err := runProcess(exec.Command(b.self, append(more, "-floor", site, "-like", like, "-out", out)...), io.Discard)
	return c, errors.Join(err, os.RemoveAll(out))
}

// buildSummary is the output of allclear build --format json.
type buildSummary struct {
	Files   int   `json:"files"`
	Written int   `json:"written"`
	Bytes   int64 `json:"bytes"`
}

// build runs allclear build as a process.
func (b bench) build(site, out, cacheDir string) (cost, buildSummary, error) {
	var summary buildSummary
	read, write, err := os.Pipe()
	if err != nil {
		return cost{}, summary, err
	}
	defer read.Close()
	build := exec.Command(b.program, "build", "--source", site, "--out", out, "--at", corpus.Now.Format(time.RFC3339), "--format", "json")
	build.Env = append(os.Environ(), "ALLCLEAR_CACHE="+cacheDir)
	c, err := runProcess(build, write)
	write.Close()
	if err != nil {
		return c, summary, err
	}
	return c, summary, json.NewDecoder(read).Decode(&summary)
}

// runProcess runs a command and returns what it cost.
func runProcess(cmd *exec.Cmd, out io.Writer) (cost, error) {
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w", cmd, err)
	}
	c := cost{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(began)}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = usage.Maxrss * 1024 // Linux counts in kilobytes
	}
	return c, nil
}

// median returns the cost with the median processor time, but with the largest memory of
// all.
func median(list []cost) cost {
	most := slices.MaxFunc(list, func(a, b cost) int { return cmp.Compare(a.memory, b.memory) }).memory
	slices.SortFunc(list, func(a, b cost) int { return cmp.Compare(a.cpu, b.cpu) })
	middle := list[len(list)/2]
	middle.memory = most
	return middle
}

// edit changes the text of one old report. Each turn writes another text.
func edit(site string, n int, seed uint64, turn int) error {
	path, text := corpus.Entry(n/2, n, seed)
	return os.WriteFile(filepath.Join(site, filepath.FromSlash(path)), corpus.Edited(text, turn), 0o644)
}
