package generator_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzBuild puts any text into the places of a site where any text may stand,
// and wants every file of every kind to be sound.
func FuzzBuild(f *testing.F) {
	for i, p := range payloads {
		f.Add(p, payloads[(i+7)%len(payloads)], p)
	}
	f.Add("a\tb\n\nc", "BEGIN:VEVENT\nEND:VCALENDAR", "## Resolved — 2026-03-01 02:00\nx\n")
	f.Add(strings.Repeat("ä", 80)+";,\\n", "allclear_up{} 1\n# HELP", "- [ ] 3 of 7\n")
	f.Fuzz(func(t *testing.T, name, note, body string) {
		word := func(text string) string {
			return yamlQuoted(strings.ReplaceAll(strings.Join(strings.Fields(text+" x"), " "), "<!--", "<! --"))
		}
		entry := "---\ntitle: " + word(name) + "\nauthor: " + word(note) +
			"\nstart: 2026-03-01 02:00\nimpacts:\n  - {components: [api], label: " + word(note) + ", note: " + word(name)
		folder := fstest.MapFS{}
		for file, text := range map[string]string{
			"site.yml": "title: " + word(name) + "\ndescription: " + word(note) + "\nurl: https://status.example.com\n",
			"components.yml": "regions: [{id: eu, name: " + word(name) + "}]\ncomponents:\n  - group: " + word(note) +
				"\n    components: [{id: api, name: " + word(name) + ", description: " + word(note) + ", regions: [eu]}]\n",
			"incidents/x.md":   entry + ", status: partial}\n---\n" + body,
			"maintenance/x.md": strings.Replace(entry, "impacts", "end: 2026-03-01 06:00\nimpacts", 1) + "}\n---\n" + body,
			"pages/x.md":       "---\ntitle: " + word(name) + "\n---\n" + body,
		} {
			folder["content/"+file] = &fstest.MapFile{Data: []byte(text)}
		}
		if files, _, refused := attempt(t, folder, instant(t, night)); !refused {
			sound(t, files)
		}
	})
}

// vanishing is a folder in which one file is listed and can be described, but is
// gone when it is opened.
type vanishing struct {
	fs.FS
	gone string
}

func (v vanishing) Open(name string) (fs.File, error) {
	if name == v.gone {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return v.FS.Open(name)
}

func (v vanishing) Stat(name string) (fs.FileInfo, error) { return fs.Stat(v.FS, name) }

func (v vanishing) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(v.FS, name) }

// breaking is a folder in which reading one file fails after its first bytes.
type breaking struct {
	fs.FS
	broken string
}

func (b breaking) Open(name string) (fs.File, error) {
	f, err := b.FS.Open(name)
	if err == nil && name == b.broken {
		return half{f}, nil
	}
	return f, err
}

type half struct{ fs.File }

func (h half) Read(p []byte) (int, error) { return 0, errors.New("input/output error") }

func TestAFileThatVanishesOrBreaksWhileItIsReadIsNamed(t *testing.T) {
	site := content("-- incidents/x.md --\n" + entryHead + "Text.\n-- pages/about.md --\n---\ntitle: About\n---\nText.\n" +
		"-- static/logo.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n")
	for _, name := range []string{"content/site.yml", "content/components.yml", "content/incidents/x.md", "content/pages/about.md",
		"content/static/logo.svg"} {
		for what, folder := range map[string]fs.FS{"vanishes": vanishing{site, name}, "breaks": breaking{site, name}} {
			files, told, refused := attempt(t, folder, instant(t, night))
			if !refused || len(files) > 0 || !strings.Contains(told, strings.TrimPrefix(strings.TrimPrefix(name, "content/"), "static/")) {
				t.Errorf("%s %s: refused %t, told %q", name, what, refused, told)
			}
		}
	}
}
