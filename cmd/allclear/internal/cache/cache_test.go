package cache

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/outdir"
)

func save(folder, path string, text []byte) error {
	target := filepath.Join(folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, text, 0o644)
}

func TestACacheNamesItsSite(t *testing.T) {
	t.Setenv(EnvVar, t.TempDir())
	siteDir := filepath.Join(t.TempDir(), "status")
	if err := os.Mkdir(siteDir, 0o755); err != nil {
		t.Fatal(err)
	}
	c := Open(siteDir)
	c.SetLastBuild("public", outdir.LastBuild{})
	c.Save()
	if name, err := os.ReadFile(filepath.Join(c.dir, siteName)); err != nil || len(name) == 0 || siteGone(c.dir) {
		t.Errorf("it does not know its site: %q, %v", name, err)
	}
	os.RemoveAll(siteDir)
	if !siteGone(c.dir) {
		t.Error("a site that is gone counts as there")
	}
}

func TestCachesThatNobodyUsesAreRemoved(t *testing.T) {
	parent := t.TempDir()
	old := time.Now().Add(-2 * unusedAfter)
	for _, name := range []string{"0123456789abcdef", "fedcba9876543210", "something-else"} {
		if err := save(parent, name+"/last-build", nil); err != nil {
			t.Fatal(err)
		}
		os.Chtimes(filepath.Join(parent, name), old, old)
	}
	os.Chtimes(filepath.Join(parent, "fedcba9876543210"), time.Now(), time.Now())
	for name, place := range map[string]string{"aaaaaaaaaaaaaaaa": filepath.Join(parent, "gone"), "bbbbbbbbbbbbbbbb": parent,
		"cccccccccccccccc": filepath.Join(parent, "gone")} {
		if err := save(parent, name+"/"+siteName, []byte(place)); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-2 * orphanAfter)
		if name[0] == 'c' { // a build may be using it
			then = time.Now()
		}
		os.Chtimes(filepath.Join(parent, name), then, then)
	}
	removeUnused(parent, time.Now())
	var names []string
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, []string{"bbbbbbbbbbbbbbbb", "cccccccccccccccc", "fedcba9876543210", "something-else"}) {
		t.Errorf("what is left: %v", names)
	}
}

// After a power cut fingerprints prove nothing, so every file is read.
func TestALastBuildBeforeAnotherStartOfTheMachineIsNotTrusted(t *testing.T) {
	if bootID() == "" {
		t.Skip("nothing on this system tells one start from another")
	}
	c := &Cache{dir: t.TempDir()}
	c.SetLastBuild("/srv/public",
		outdir.LastBuild{"index.html": {Fingerprint: outdir.Fingerprint{Size: 1, ModTime: 2, ChangeTime: 3, Inode: 4}}})
	if r := c.LastBuild("/srv/public"); r["index.html"].Fingerprint != (outdir.Fingerprint{Size: 1, ModTime: 2, ChangeTime: 3, Inode: 4}) {
		t.Fatalf("the last build is %v", r)
	}
	data, _ := c.load(lastBuildName, new([]byte))
	c.store(lastBuildName, []byte(strings.Replace(data, bootID(), strings.Repeat("0", len(bootID())), 1)))
	if r := c.LastBuild("/srv/public"); r["index.html"].Fingerprint != (outdir.Fingerprint{}) || len(r) != 1 {
		t.Errorf("the last build of another start is %v", r)
	}
}
