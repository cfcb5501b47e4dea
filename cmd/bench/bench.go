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

	"allclear/generator/corpus"
)

// bench is what to measure with.
type bench struct {
	seed uint64
	runs int

	program string // allclear, built for this
	self    string // this program
}

// cost is what one process took.
type cost struct {
	cpu    time.Duration // user and system
	wall   time.Duration
	memory int64 // the largest it was in memory, in bytes
}

// row is a line of the table.
type row struct {
	size               int
	full, again, floor cost
	front              cost // the floor with front matter
	files, written     int
	bytes              int64
}

// table prints a line for each size as it is measured, and then the ratios.
func (b bench) table(sizes []int) error {
	work, err := os.MkdirTemp(memory(), "allclear-bench-")
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
		fmt.Printf("| %d | %d | %.1f | %.2f | %.2f | %.0f | %.2f | %.2f | %.2f | %.2f | %d |\n", n, r.files, mega(r.bytes),
			r.full.cpu.Seconds(), r.full.wall.Seconds(), mega(r.full.memory),
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

func mega(bytes int64) float64 { return float64(bytes) / 1e6 }

func ratio(a, b cost) float64 { return a.cpu.Seconds() / b.cpu.Seconds() }

// memory is a folder that no disk slows down, where the system has one.
func memory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return os.TempDir()
}

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

func writeCorpus(folder string, n int, seed uint64) error {
	made := map[string]bool{}
	return corpus.Write(n, seed, func(path string, text []byte) error {
		target := filepath.Join(folder, filepath.FromSlash(path))
		if parent := filepath.Dir(target); !made[parent] {
			made[parent] = true
			if err := os.MkdirAll(parent, 0o755); err != nil {
				return err
			}
		}
		return os.WriteFile(target, text, 0o644)
	})
}

func (b bench) measure(folder string, n int) (row, error) {
	defer os.RemoveAll(folder)
	site, out := filepath.Join(folder, "site"), filepath.Join(folder, "public")
	memories := filepath.Join(folder, "memories") // of the program: each full build begins with none
	if err := writeCorpus(site, n, b.seed); err != nil {
		return row{}, err
	}
	r := row{size: n}
	var full, again, floor, front []cost
	for i := range b.runs {
		if err := errors.Join(os.RemoveAll(out), os.RemoveAll(memories)); err != nil {
			return r, err
		}
		c, told, err := b.build(site, out, memories)
		if err != nil {
			return r, err
		}
		r.files, r.bytes, full = told.Files, told.Bytes, append(full, c)
		if err := edit(site, n, b.seed, i+1); err != nil {
			return r, err
		}
		if c, told, err = b.build(site, out, memories); err != nil {
			return r, err
		}
		r.written, again = told.Written, append(again, c)
		if c, err = b.least(site, out, filepath.Join(folder, "floor")); err != nil {
			return r, err
		}
		floor = append(floor, c)
		if c, err = b.least(site, out, filepath.Join(folder, "floor"), "-front"); err != nil {
			return r, err
		}
		front = append(front, c)
	}
	r.full, r.again, r.floor, r.front = median(full), median(again), median(floor), median(front)
	return r, nil
}

// least runs the floor, and removes what it wrote.
func (b bench) least(site, like, out string, more ...string) (cost, error) {
	c, err := spent(exec.Command(b.self, append(more, "-floor", site, "-like", like, "-out", out)...), io.Discard)
	return c, errors.Join(err, os.RemoveAll(out))
}

// told is the summary of build --format json.
type told struct {
	Files   int   `json:"files"`
	Written int   `json:"written"`
	Bytes   int64 `json:"bytes"`
}

func (b bench) build(site, out, memories string) (cost, told, error) {
	var said told
	read, write, err := os.Pipe()
	if err != nil {
		return cost{}, said, err
	}
	defer read.Close()
	build := exec.Command(b.program, "build", "--source", site, "--out", out, "--at", corpus.Now.Format(time.RFC3339), "--format", "json")
	build.Env = append(os.Environ(), "ALLCLEAR_CACHE="+memories)
	c, err := spent(build, write)
	write.Close()
	if err != nil {
		return c, said, err
	}
	return c, said, json.NewDecoder(read).Decode(&said)
}

// spent runs a process to its end.
func spent(cmd *exec.Cmd, out io.Writer) (cost, error) {
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

// median is the run in the middle by processor time, with the most memory of all.
func median(list []cost) cost {
	most := slices.MaxFunc(list, func(a, b cost) int { return cmp.Compare(a.memory, b.memory) }).memory
	slices.SortFunc(list, func(a, b cost) int { return cmp.Compare(a.cpu, b.cpu) })
	middle := list[len(list)/2]
	middle.memory = most
	return middle
}

// edit changes the words of one old report.
func edit(site string, n int, seed uint64, turn int) error {
	path, text := corpus.Entry(n/2, n, seed)
	return os.WriteFile(filepath.Join(site, filepath.FromSlash(path)), corpus.Edited(text, turn), 0o644)
}
