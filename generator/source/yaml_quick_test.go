package source

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"allclear/generator/corpus"
	"allclear/generator/diag"
)

// sameAsWhole reads YAML in both ways where the quick one reads it at all.
func sameAsWhole(t *testing.T, text string) (quick bool) {
	t.Helper()
	f := newFile("content/x.md", []byte(text))
	v, ok := quickYAML(f, 0, len(f.text))
	if !ok {
		return false
	}
	var problems diag.List
	whole, ok := wholeYAML(f, 0, len(f.text), &problems)
	if !ok || len(problems) > 0 || !reflect.DeepEqual(v, whole) {
		t.Fatalf("%q\nquick: %+v\nwhole: %+v %v", text, v, whole, problems)
	}
	return true
}

// frontMatters are those of the sample site and of invented reports.
func frontMatters(tb testing.TB) []string {
	tb.Helper()
	var list []string
	add := func(text string) {
		if _, rest, ok := strings.Cut(text, "---\n"); ok {
			front, _, _ := strings.Cut(rest, "\n---\n")
			list = append(list, front+"\n")
		}
	}
	for i := range 300 {
		_, text := corpus.Entry(i, 300, 9)
		add(string(text))
	}
	files, _ := filepath.Glob("../../content/*/*.md")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		add(string(text))
	}
	return list
}

func TestPlainYAMLIsReadQuicklyAndAsTheLibraryDoes(t *testing.T) {
	quick := 0
	for _, text := range frontMatters(t) {
		if sameAsWhole(t, text) {
			quick++
		}
	}
	if quick < 295 {
		t.Errorf("only %d front matters are read quickly", quick)
	}
	for _, text := range []string{
		"a: yes\n", "a: 12\n", "a: 1.5\n", "a: 0x1f\n", "a: 1_000\n", "a: 12:30\n", "a: .inf\n", "a: ~\n", "a: null\n", "a: True\n", "a: b: c\n", "a: b #c\n", "a: b#c\n",
		"a: [b, c]\n", "a: [b, [c]]\n", "a: [b,c]\n", "a: []\n", "a: [b, c\n", "a: {b: c}\n", "a: b\n  c\n", "a:\n  - b: c\n    d: e\n  - b: f\ng: h\n", "a:\n- b: c\nd: e\n",
		"a:\n  - b: c\n   d: e\n", "a:\n    - b: c\n  - d: e\n", "a:\n  - {b: [c, d], e: f}\n", "a:\n  - {b: c, b: d}\n", "a: b\na: c\n", "a:  b\n", "a: b \n", "a:\n", "a: |\n  b\n",
		"a: 2025-01-02 03:04\n", "a: 2025-01-02\n", "a: 90m\n", "a: 9e1\n", "a: 1e3d\n", "a: it's so\n", "a: 'b'\n", "a: b'\n", "a: -b\n", "a: b-\n", "true: b\n", "a: b\n---\nc: d\n", "a: b\r\n", "a: b:\n", "a: x, y: z\n",
	} {
		sameAsWhole(t, text)
	}
}

func TestMutilatedYAMLIsReadAsTheLibraryDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := frontMatters(t)
	quick := 0
	for range 20000 {
		if sameAsWhole(t, mutilated(r, texts[r.IntN(len(texts))])) {
			quick++
		}
	}
	if quick < 2000 {
		t.Errorf("only %d of 20000 were read quickly", quick)
	}
}

// mutilated is a text with a few bytes changed, added, moved or gone.
func mutilated(r *rand.Rand, text string) string {
	const bytes = "  \n\n:-#[]{},'\"&*!|>%@`~azAZ09_.e+\t"
	data := []byte(text)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(data))
		switch r.IntN(4) {
		case 0:
			data[at] = bytes[r.IntN(len(bytes))]
		case 1:
			data = append(data[:at], append([]byte{bytes[r.IntN(len(bytes))]}, data[at:]...)...)
		case 2:
			data = append(data[:at], data[min(len(data), at+1+r.IntN(3)):]...)
		case 3:
			end := min(len(data), at+r.IntN(30))
			data = append(data, data[at:end]...)
		}
		if len(data) == 0 {
			return ""
		}
	}
	return string(data)
}

func FuzzPlainYAML(f *testing.F) {
	for _, text := range frontMatters(f)[:20] {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sameAsWhole(t, text) })
}
