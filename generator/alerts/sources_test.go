package alerts_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"allclear/generator/alerts"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestWhatEachSourceSendsBecomesTheIncidentOfACarefulPerson sends the payloads of
// testdata/SOURCE.txtar one after the other. Each has the time of arrival in its name. What
// is said about it, and the incidents if they have changed, are in SOURCE.golden. The
// comment of the archive is alerts.yml.
func TestWhatEachSourceSendsBecomesTheIncidentOfACarefulPerson(t *testing.T) {
	var covered []string
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		kind := strings.TrimSuffix(filepath.Base(name), ".txtar")
		covered = append(covered, kind)
		t.Run(kind, func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			w, before := newWorld(string(archive.Comment)), map[string]string{}
			var out strings.Builder
			for _, f := range archive.Files {
				clock, _, _ := strings.Cut(f.Name, " ")
				fmt.Fprintf(&out, "=== %s\n%s\n", f.Name, w.send(t, at(clock), f.Data, ""))
				for _, name := range slices.Sorted(maps.Keys(w.folder)) {
					if after := string(w.folder[name].Data); after != before[name] && strings.HasPrefix(name, "content/incidents/") {
						fmt.Fprintf(&out, "-- %s --\n%s", strings.TrimPrefix(name, "content/incidents/"), after)
						before[name] = after
					}
				}
			}
			out.WriteString(without(t, string(archive.Comment), archive.Files[0]))
			compare(t, strings.TrimSuffix(name, "txtar")+"golden", out.String())
		})
	}
	for _, kind := range alerts.Kinds() {
		if !slices.Contains(covered, kind) {
			t.Errorf("there is no testdata/%s.txtar", kind)
		}
	}
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; with -update it becomes\n%s", golden, got)
	}
}

// without sends the first payload again and again, each time to a new site and without
// another one of its fields, and returns what is said about each.
func without(t *testing.T, rules string, first txtar.File) string {
	var value any
	if json.Unmarshal(first.Data, &value) != nil {
		return "" // a form
	}
	var out strings.Builder
	clock, _, _ := strings.Cut(first.Name, " ")
	whole := newWorld(rules)
	whole.send(t, at(clock), first.Data, "")
	for _, path := range paths(value, "") {
		data, err := json.Marshal(removed(value, path))
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(rules)
		said := w.send(t, at(clock), data, "")
		if w.files() == whole.files() {
			said = "the same"
		} else if w.files() != "" {
			said += ", with\n  " + strings.Join(difference(whole.files(), w.files()), "\n  ")
		}
		fmt.Fprintf(&out, "without %s: %s\n", path, said)
	}
	return out.String()
}

// difference returns the lines of b that a does not have.
func difference(a, b string) []string {
	var lines []string
	have := strings.Split(a, "\n")
	for line := range strings.SplitSeq(b, "\n") {
		if !slices.Contains(have, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// paths returns the paths of all fields of a JSON value: a.b.0.c.
func paths(value any, prefix string) []string {
	var all []string
	switch v := value.(type) {
	case map[string]any:
		for name, child := range v {
			all = append(append(all, prefix+name), paths(child, prefix+name+".")...)
		}
	case []any:
		for i, child := range v {
			all = append(all, paths(child, fmt.Sprintf("%s%d.", prefix, i))...)
		}
	}
	slices.Sort(all)
	return all
}

// removed returns a JSON value without a field.
func removed(value any, path string) any {
	name, rest, nested := strings.Cut(path, ".")
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, child := range v {
			switch {
			case key != name:
				out[key] = child
			case nested:
				out[key] = removed(child, rest)
			}
		}
		return out
	case []any:
		out := slices.Clone(v)
		for i := range out {
			if fmt.Sprint(i) == name {
				out[i] = removed(out[i], rest)
			}
		}
		return out
	}
	return value
}
