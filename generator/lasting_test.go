package generator_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/corpus"
	"allclear/generator/news"
)

// The addresses that state.json lists stay, whatever the clock does: else publish would
// refuse a build that nobody has edited.
func TestNoAddressVanishesByItself(t *testing.T) {
	invented := fstest.MapFS{}
	corpus.Write(60, 3, func(path string, text []byte) error {
		invented[path] = &fstest.MapFile{Data: text}
		return nil
	})
	for name, folder := range map[string]fs.FS{
		"the sample site":   os.DirFS("testdata/sample"),
		"in four languages": os.DirFS("testdata/languages"),
		"an invented site":  invented,
		"a series of windows": content("-- maintenance/weekly.md --\n---\ntitle: Weekly\ncomponents: [web]\nstart: 2025-06-01 02:00\n" +
			"duration: 2h\nrepeat: {every: week}\n---\n"),
	} {
		var before news.State
		for _, days := range []int{0, 1, 8, 40, 400, 3000} {
			later := time.Duration(days) * 24 * time.Hour
			at := instant(t, "2025-07-25T07:10:00Z").Add(later)
			files := built(t, folder, at)
			has := func(file string) bool { _, found := files[file]; return found }
			if gone := news.Vanished(before, has); len(gone) > 0 {
				t.Errorf("%s, %v later: %q are gone", name, later, gone)
			}
			state, err := news.Parse(files["state.json"])
			if err != nil {
				t.Fatal(err)
			}
			if gone := news.Vanished(state, has); len(gone) > 0 || len(state.Published.Addresses) < 5 {
				t.Errorf("%s, %v later: it lists %q, which are not there", name, later, gone)
			}
			before = state
		}
	}
}
