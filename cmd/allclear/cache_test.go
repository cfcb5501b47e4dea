package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/cache"
	"allclear/cmd/internal/corpusdir"
	"allclear/generator/corpus"
)

// operator randomly changes a site and, now and then, its output and its cache.
type operator struct {
	*rand.Rand
	testing.TB
	site, public, caches string
	handled              map[string]bool // files in public that were edited by hand
}

func newOperator(t *testing.T, n int, seed uint64) *operator {
	site, public := corpusdir.Temp(t, n), filepath.Join(t.TempDir(), "public")
	o := &operator{rand.New(rand.NewPCG(seed, 7)), t, site, public, t.TempDir(), map[string]bool{}}
	o.change("content/site.yml", func(text string) string {
		return strings.Replace(text, "languages: [en]", "languages: [en, de]", 1)
	})
	o.save("content/pages/about.md", "---\ntitle: About\n---\nThat is us.\n")
	return o
}

func (o *operator) save(name, text string) {
	if err := corpusdir.Save(o.site, name, []byte(text)); err != nil {
		o.Fatal(err)
	}
}

func (o *operator) change(name string, how func(string) string) {
	data, err := os.ReadFile(filepath.Join(o.site, name))
	if err != nil {
		o.Fatal(err)
	}
	o.save(name, how(string(data)))
}

// any returns the path of a random file in a folder, relative to it.
func (o *operator) any(folder, pattern string) string {
	var names []string
	fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && strings.Contains(name, pattern) {
			names = append(names, name)
		}
		return nil
	})
	if len(names) == 0 {
		return ""
	}
	return names[o.IntN(len(names))]
}

// edit makes one random change to the site.
func (o *operator) edit() {
	name := o.any(o.site, "content/incidents/")
	if o.IntN(3) == 0 {
		name = o.any(o.site, "content/maintenance/")
	}
	replace := func(file, old, by string) {
		o.change(file, func(text string) string { return strings.Replace(text, old, by, 1) })
	}
	switch o.IntN(17) {
	case 0, 1, 2:
		o.change(name, func(text string) string { return text + fmt.Sprintf("\nMore, %d.\n", o.IntN(1000)) })
	case 3:
		replace(name, "title: ", "title: Anew, ")
	case 4:
		replace(name, "---\n", "---\n"+[]string{"draft: true", "noindex: true", "severity: minor", "pinned: true", "id: moved",
			"posted: 2025-08-01 10:00"}[o.IntN(6)]+"\n")
	case 5:
		o.change(name, func(text string) string {
			return text + "\n## Resolved — " + corpus.Now.AddDate(0, 0, o.IntN(4)-2).Format("2006-01-02 15:04") + "\nIt is over.\n"
		})
	case 6:
		os.Remove(filepath.Join(o.site, name))
	case 7:
		os.Rename(filepath.Join(o.site, name), filepath.Join(o.site, strings.TrimSuffix(name, ".md")+"-x.md"))
	case 8:
		data, _ := os.ReadFile(filepath.Join(o.site, name))
		o.save(fmt.Sprintf("content/incidents/2025-08-01-new-%d.md", o.IntN(4)), string(data))
	case 9:
		if original, ok := strings.CutSuffix(name, ".md"); ok && !strings.HasSuffix(original, ".de") {
			data, _ := os.ReadFile(filepath.Join(o.site, name))
			text := string(data)
			o.save(original+".de.md", "---\ntitle: Auf Deutsch\n---\n"+text[strings.LastIndex(text, "---\n")+4:])
		}
	case 10:
		o.change("content/components.yml", func(text string) string {
			return strings.Replace(text, "name: ", fmt.Sprintf("name: N%d ", o.IntN(9)), 1)
		})
	case 11:
		o.change("content/site.yml", func(text string) string {
			return strings.Replace(text, "title: ", fmt.Sprintf("title: T%d ", o.IntN(9)), 1)
		})
	case 12:
		replace("content/site.yml", "Europe/Berlin", "America/New_York")
	case 13:
		o.save("themes/default/extra.css", fmt.Sprintf("h1 { letter-spacing: .0%dem }\n", o.IntN(9)))
	case 14:
		o.save("themes/default/languages/de.yml", fmt.Sprintf("word.resolved: Vorbei %d\n", o.IntN(9)))
	case 15:
		o.save("content/pages/about.md", fmt.Sprintf("---\ntitle: About %d\n---\nThat is us.\n", o.IntN(9)))
	case 16:
		o.save("content/static/a.txt", "a")
		o.change(name, func(text string) string {
			return text + "\nSee [a file](/static/a.txt) and [about](/pages/about.md).\n"
		})
	}
}

// meddle changes something in the output or the cache of a build.
func (o *operator) meddle() {
	switch o.IntN(7) {
	case 0:
		if name := o.any(o.public, "index."); name != "" {
			o.handled[name] = true
			os.Remove(filepath.Join(o.public, name))
		}
	case 1, 2: // the same size, right after the build
		if name := o.any(o.public, "incidents/"); name != "" {
			o.handled[name] = true
			data, _ := os.ReadFile(filepath.Join(o.public, name))
			os.WriteFile(filepath.Join(o.public, name), bytes.ToUpper(data), 0o644)
		}
	case 3:
		o.damage(func(data []byte) []byte { return data[:o.IntN(len(data)+1)] })
	case 4:
		o.damage(func(data []byte) []byte {
			data[o.IntN(len(data))] ^= 1 << o.IntN(8)
			return data
		})
	case 5: // written by another version of the program
		o.damage(func(data []byte) []byte {
			data[o.IntN(32)]++
			return data
		})
	case 6:
		os.RemoveAll(filepath.Join(o.caches, o.any(o.caches, "")))
	}
}

func (o *operator) damage(how func([]byte) []byte) {
	name := filepath.Join(o.caches, o.any(o.caches, "/"))
	if data, err := os.ReadFile(name); err == nil && len(data) > 32 {
		os.WriteFile(name, how(data), 0o600)
	}
}

// built runs a build, and returns the files in its output folder and what it printed.
func (o *operator) built(out string, args ...string) (files map[string]string, said string) {
	o.Helper()
	var text bytes.Buffer
	cmd := root()
	cmd.SetOut(&text)
	cmd.SetArgs(append([]string{"build", "--source", o.site, "--out", out, "--format", "json"}, args...))
	if err := cmd.ExecuteContext(o.Context()); err != nil {
		return nil, err.Error()
	}
	files = map[string]string{}
	fs.WalkDir(os.DirFS(out), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !o.handled[name] {
			data, _ := os.ReadFile(filepath.Join(out, name))
			files[name] = string(data)
		}
		return err
	})
	for line := range strings.Lines(text.String()) {
		if strings.Contains(line, `"files"`) || strings.Contains(line, `"next_change_at"`) || strings.Contains(line, `"warnings"`) ||
			strings.Contains(line, `"bytes"`) {
			said += line
		}
	}
	return files, said
}

func TestABuildWithACacheWritesWhatACleanOneDoes(t *testing.T) {
	turns := 12
	if n, err := strconv.Atoi(os.Getenv("ALLCLEAR_EDITS")); err == nil {
		turns = n
	}
	for seed := range uint64(max(1, turns/24)) {
		o := newOperator(t, 16, seed+uint64(turns))
		at := corpus.Now
		for turn := range min(24, turns) {
			for range o.IntN(3) {
				o.edit()
			}
			if turn > 0 && o.IntN(2) == 0 {
				o.meddle()
			}
			if o.IntN(3) == 0 {
				at = corpus.Now.Add(time.Duration(o.IntN(8*24)-4*24) * time.Hour)
			}
			args := []string{"--at", at.Format(time.RFC3339)}
			if o.IntN(6) == 0 {
				args = append(args, "--drafts")
			}
			t.Setenv(cache.EnvVar, o.caches)
			r := readFlags{source: o.site, at: at.Format(time.RFC3339)}
			clean, err := r.read()
			if err != nil {
				t.Fatal(err)
			}
			r.cache = cache.Open(o.site).Source()
			known, err := r.read()
			if err != nil || !reflect.DeepEqual(known.problems, clean.problems) {
				t.Fatalf("seed %d, turn %d: the problems differ:\n%v\n%v (%v)", seed, turn, known.problems, clean.problems, err)
			}
			got, said := o.built(o.public, args...)
			t.Setenv(cache.EnvVar, "off")
			handled := o.handled
			o.handled = nil
			want, cleanSaid := o.built(filepath.Join(t.TempDir(), "clean"), args...)
			if said != cleanSaid {
				t.Fatalf("seed %d, turn %d: the build says\n%s\nand the clean one\n%s", seed, turn, said, cleanSaid)
			}
			for name, text := range want {
				if handled[name] {
					data, _ := os.ReadFile(filepath.Join(o.public, name))
					got[name] = string(data)
				}
				if got[name] != text {
					t.Fatalf("seed %d, turn %d: %s differs from that of a clean build", seed, turn, name)
				}
			}
			for name := range got {
				if _, built := want[name]; !built && want != nil {
					t.Fatalf("seed %d, turn %d: %s is left, which a clean build does not write", seed, turn, name)
				}
			}
			o.handled = handled
		}
	}
}

func TestACacheIsForItsOwnerAloneAndCanBeSwitchedOff(t *testing.T) {
	o := newOperator(t, 6, 1)
	t.Setenv(cache.EnvVar, "off")
	o.built(o.public)
	if name := o.any(o.caches, ""); name != "" {
		t.Errorf("%s is cached by a build that must not", name)
	}
	t.Setenv(cache.EnvVar, o.caches)
	o.built(o.public)
	folder := filepath.Join(o.caches, filepath.Dir(o.any(o.caches, "last-build")))
	for _, name := range []string{folder, filepath.Join(folder, "last-build")} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others (%v)", name, err)
		}
	}
	if inside := o.any(o.public, "last-build"); inside != "" {
		t.Errorf("%s: the cache lies in the output folder", inside)
	}
}
