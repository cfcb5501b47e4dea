package main

import (
	"bytes"
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
	seed    uint64
	runs    int
	long    bool   // whether the sites have long texts
	against string // path of another allclear to compare with; may be empty

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
	work               work
	pairs              pairs
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
	printWork(rows)
	if b.against != "" {
		printPairs(rows)
	}
	last := rows[len(rows)-1]
	fmt.Printf("\nfull build / floor at %d entries: %.2f\n", last.size, ratio(last.full, last.floor))
	fmt.Printf("the floor with front matter read by its library / floor: %.2f\n", ratio(last.front, last.floor))
	if len(rows) > 1 {
		first := rows[0]
		fmt.Printf("time of an entry at %d / at %d: %.2f\n", last.size, first.size,
			last.full.cpu.Seconds()/float64(last.size)/(first.full.cpu.Seconds()/float64(first.size)))
	}
	fmt.Printf("a build after one edit / full build at %d entries: %.2f\n", last.size, ratio(last.again, last.full))
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
	if err := b.write(site, n); err != nil {
		return row{}, err
	}
	r := row{size: n}
	var full, again, floor, front []cost
	var err error
	for i := range b.runs {
		if err := errors.Join(os.RemoveAll(out), os.RemoveAll(cacheDir)); err != nil {
			return r, err
		}
		c, summary, err := b.build(b.program, site, out, cacheDir)
		if err != nil {
			return r, err
		}
		r.files, r.bytes, full = summary.Files, summary.Bytes, append(full, c)
		if err := b.edit(site, n, i+1); err != nil {
			return r, err
		}
		if c, summary, err = b.build(b.program, site, out, cacheDir); err != nil {
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
	if r.work, err = b.countWork(site, folder); err != nil || b.against == "" {
		return r, err
	}
	r.pairs, err = b.compare(site, folder)
	return r, err
}

// write writes a site of n entries into a folder.
func (b bench) write(folder string, n int) error {
	if b.long {
		return corpusdir.WriteLong(folder, n, b.seed)
	}
	return corpusdir.Write(folder, n, b.seed)
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
func (b bench) build(program, site, out, cacheDir string) (cost, buildSummary, error) {
	var summary buildSummary
	read, write, err := os.Pipe()
	if err != nil {
		return cost{}, summary, err
	}
	defer read.Close()
	build := exec.Command(program, "build", "--source", site, "--out", out, "--at", corpus.Now.Format(time.RFC3339), "--format", "json")
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
	var messages bytes.Buffer // warnings about the invented sites, unless it fails
	cmd.Stdout, cmd.Stderr = out, &messages
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", cmd, err, &messages)
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
func (b bench) edit(site string, n, turn int) error {
	entry := corpus.Entry
	if b.long {
		entry = corpus.LongEntry
	}
	path, text := entry(n/2, n, b.seed)
	return os.WriteFile(filepath.Join(site, filepath.FromSlash(path)), corpus.Edited(text, turn), 0o644)
}
