package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator"
	"allclear/generator/corpus"
	"allclear/generator/render"
	"allclear/themes"
)

// kind is a kind of output: the files whose paths match.
type kind struct {
	name  string
	since bool // the program of 27 November 2026, whose speed we compare with, did not have it
	paths *regexp.Regexp
}

// kinds are all kinds. A file belongs to the first one that matches.
var kinds = []kind{
	{"files by Statuspage id", true, regexp.MustCompile(`^incidents/[a-z0-9]{12}(\.json|/index\.html)$`)},
	{"calendars of one window", true, regexp.MustCompile(`/event\.ics$`)},
	{"pages of entries", false, regexp.MustCompile(`^(incidents|maintenance)/[^/]+/index\.html$`)},
	{"pages as Markdown", false, regexp.MustCompile(`\.md$`)},
	{"search", false, regexp.MustCompile(`^search`)},
	{"history", false, regexp.MustCompile(`^history/`)},
	{"uptime, insights, reports", true, regexp.MustCompile(`^(uptime|insights|reports)/`)},
	{"pages of components", false, regexp.MustCompile(`^components/[^/]+/index\.html$`)},
	{"feeds", false, regexp.MustCompile(`(history\.atom|history\.rss|feed\.json)$`)},
	{"calendars", false, regexp.MustCompile(`\.ics$`)},
	{"API", false, regexp.MustCompile(`^api/`)},
	{"social cards", false, regexp.MustCompile(`^cards/`)},
	{"state.json", true, regexp.MustCompile(`^state\.json$`)},
	{"everything else", false, regexp.MustCompile(``)},
}

// kindOf returns the index of a file's kind.
func kindOf(path string) int {
	return slices.IndexFunc(kinds, func(k kind) bool { return k.paths.MatchString(path) })
}

// tableOfOutputs prints for each size what each kind of output costs: the processor time
// of a build with only these files, less that of one without files.
func (b bench) tableOfOutputs(sizes []int) error {
	work, err := os.MkdirTemp(corpusdir.Parent(), "allclear-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	for _, n := range sizes {
		site := filepath.Join(work, fmt.Sprint(n))
		if err := b.write(site, n); err != nil {
			return err
		}
		if err := b.outputsOf(site, filepath.Join(work, "out")); err != nil {
			return err
		}
		if err := os.RemoveAll(site); err != nil {
			return err
		}
	}
	return nil
}

// selections are what outputsOf measures besides each kind alone.
var selections = []struct {
	name string
	has  func(kind) bool
}{
	{"no files", func(kind) bool { return false }},
	{"those of 27 November 2026", func(k kind) bool { return !k.since }},
	{"all", func(kind) bool { return true }},
}

// outputsOf measures a site and prints its table.
func (b bench) outputsOf(site, out string) error {
	fmt.Printf("\n| outputs of %s entries | files | MB | CPU s | wall s | MB of memory |\n", filepath.Base(site))
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	var reading cost
	for _, s := range selections {
		files, bytes, c, err := b.outputs(site, out, s.has)
		if err != nil {
			return err
		}
		if files == 0 {
			reading = c
		}
		fmt.Printf("| **%s** | %d | %.1f | %.2f | %.2f | %.0f |\n", s.name, files, megabytes(bytes), c.cpu.Seconds(), c.wall.Seconds(),
			megabytes(c.memory))
	}
	for _, k := range kinds {
		files, bytes, c, err := b.outputs(site, out, func(other kind) bool { return other.name == k.name })
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %d | %.1f | + %.2f | + %.2f | |\n", k.name+map[bool]string{true: " (since)"}[k.since], files, megabytes(bytes),
			max(0, c.cpu-reading.cpu).Seconds(), max(0, c.wall-reading.wall).Seconds())
	}
	return nil
}

// outputs builds a site in processes of their own, with the kinds of output that has
// returns true for, and returns the number of files, their bytes, and the median cost.
func (b bench) outputs(site, out string, has func(kind) bool) (files int, size int64, c cost, err error) {
	var wanted []string
	for i, k := range kinds {
		if has(k) {
			wanted = append(wanted, strconv.Itoa(i))
		}
	}
	var costs []cost
	for range b.runs {
		var answer bytes.Buffer
		c, err := runProcess(exec.Command(b.self, "-render", site, "-kinds", strings.Join(wanted, ","), "-out", out), &answer)
		if err = errors.Join(err, os.RemoveAll(out)); err != nil {
			return 0, 0, cost{}, err
		}
		if _, err := fmt.Fscan(&answer, &files, &size); err != nil {
			return 0, 0, cost{}, err
		}
		costs = append(costs, c)
	}
	return files, size, median(costs), nil
}

// renderKinds builds the site in a folder, writes the files of some kinds, given by their
// indexes, into out, and prints how many files and bytes these are. It writes as simply
// as can be: what allclear build does for safety is not in these figures.
func renderKinds(site, list, out string, answer io.Writer) error {
	folder := os.DirFS(site)
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: corpus.Now})
	if result.Problems.HasErrors() {
		return fmt.Errorf("%s has errors: see allclear check", site)
	}
	wanted := strings.Split(list, ",")
	files := slices.DeleteFunc(result.Files, func(f render.File) bool {
		return !slices.Contains(wanted, strconv.Itoa(kindOf(f.Path)))
	})
	sizes := make([]int64, len(files))
	workers := runtime.GOMAXPROCS(0)
	group := errgroup.Group{}
	for first := range workers {
		group.Go(func() error {
			var memory []byte
			for i := first; i < len(files); i += workers {
				var err error
				if memory, err = files[i].Append(memory[:0]); err != nil {
					return err
				}
				sizes[i] = int64(len(memory))
				path := filepath.Join(out, filepath.FromSlash(files[i].Path))
				if err := cmp.Or(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, memory, 0o644)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	total := int64(0)
	for _, size := range sizes {
		total += size
	}
	_, printErr := fmt.Fprintln(answer, len(files), total)
	return cmp.Or(err, printErr)
}
