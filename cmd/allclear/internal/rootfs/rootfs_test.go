package rootfs_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/source"
)

// write writes files below a new folder and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t *testing.T, dir string) fs.FS {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return rootfs.FS(root)
}

func TestAnOpenedFolderHasItsOwnFilesOnly(t *testing.T) {
	dir := write(t, map[string]string{"a/b/in.txt": "in", "a/out.txt": "out"})
	if err := os.Symlink("../out.txt", filepath.Join(dir, "a", "b", "link.txt")); err != nil {
		t.Skip(err)
	}
	site := open(t, dir).(interface {
		OpenFolder(name string) (fs.FS, error)
	})
	folder, err := site.OpenFolder("a/b")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(folder, "in.txt"); string(text) != "in" {
		t.Errorf("its file is %q, %v", text, err)
	}
	if _, err := fs.ReadFile(folder, "link.txt"); err == nil {
		t.Error("a link led out of the folder")
	}
	if _, err := site.OpenFolder("a/c"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that does not exist: %v", err)
	}
}

// A file may be a link to another place in the site, although the files of its folder are
// opened from there.
func TestAnEntryMayBeALinkWithinTheSite(t *testing.T) {
	entry := "---\ntitle: X\nstart: 2025-07-25 06:40\nend: 2025-07-25 07:40\n---\nText.\n"
	dir := write(t, map[string]string{
		"content/site.yml": "title: X\nurl: https://status.company.com\n", "content/components.yml": "components: [{id: a}]\n",
		"content/incidents/2025/first.md": entry, "content/incidents/2025/third.md": entry, "notes/second.md": entry,
	})
	if err := os.Symlink("../../../notes/second.md", filepath.Join(dir, "content", "incidents", "2025", "second.md")); err != nil {
		t.Skip(err)
	}
	s, problems := source.Read(open(t, dir), source.Options{})
	if len(s.Entries) != 3 || problems.HasErrors() {
		t.Errorf("%d entries, %v", len(s.Entries), problems)
	}
}
