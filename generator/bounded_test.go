package generator_test

import (
	"fmt"
	"io/fs"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"allclear/generator"
	"allclear/generator/diag"
)

// counted is a site's folder in which one file never ends, and which counts what is
// read of it.
type counted struct {
	fstest.MapFS
	endless string
	mode    fs.FileMode
	said    int64 // the size that the file claims to have
	read    *atomic.Int64
	opened  *atomic.Int64
}

func (c counted) Open(name string) (fs.File, error) {
	f, err := c.MapFS.Open(name)
	if err != nil || name != c.endless {
		return f, err
	}
	c.opened.Add(1)
	return &endless{File: f, of: c}, nil
}

func (c counted) Stat(name string) (fs.FileInfo, error) {
	info, err := c.MapFS.Stat(name)
	if err != nil || name != c.endless {
		return info, err
	}
	return claims{info, c}, nil
}

type endless struct {
	fs.File
	of counted
}

func (e *endless) Stat() (fs.FileInfo, error) {
	info, err := e.File.Stat()
	return claims{info, e.of}, err
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "a\n"[i%2]
	}
	e.of.read.Add(int64(len(p)))
	return len(p), nil
}

type claims struct {
	fs.FileInfo
	of counted
}

func (c claims) Size() int64       { return c.of.said }
func (c claims) Mode() fs.FileMode { return c.of.mode }

// A file that is too large is neither read nor quoted, whatever size it claims,
// and what is no ordinary file is not even opened: a pipe would never answer.
func TestNoFileIsReadBeyondTheBound(t *testing.T) {
	const bound = 4 << 20
	for _, name := range []string{"content/site.yml", "content/components.yml", "content/incidents/x.md", "content/pages/x.md",
		"content/maintenance/x.md"} {
		for what, c := range map[string]counted{
			"says that it is large": {said: 1 << 40},
			"says that it is small": {said: 10},
			"says that it has none": {said: 0},
			"is a pipe":             {mode: fs.ModeNamedPipe},
			"is a device":           {mode: fs.ModeDevice | fs.ModeCharDevice},
			"is a socket":           {mode: fs.ModeSocket},
			"is of an unknown kind": {mode: fs.ModeIrregular},
		} {
			t.Run(name+" "+what, func(t *testing.T) {
				c.MapFS, c.endless, c.read, c.opened = content("-- incidents/one.md --\n"+entryHead+"Text.\n"), name, new(atomic.Int64),
					new(atomic.Int64)
				c.MapFS[name] = &fstest.MapFile{Data: []byte("x"), Mode: c.mode}
				_, problems := generator.Check(c, nil, generator.Options{Now: instant(t, night)})
				refused := false
				for _, p := range problems {
					refused = refused || p.File == name && (p.Rule == "file-too-large" || p.Rule == "unreadable-file")
				}
				if !refused {
					t.Errorf("told %v, want this file refused", problems)
				}
				times := int64(1) // once to read it, and not once more to quote it
				if strings.Contains(what, "small") || strings.Contains(what, "none") {
					times = 2
				}
				if n := c.read.Load(); n > times*(bound+bound/4) {
					t.Errorf("%d bytes were read", n)
				}
				if n := c.opened.Load(); c.mode != 0 && n > 0 {
					t.Errorf("it was opened %d times", n)
				}
			})
		}
	}
}

func TestALongLineIsQuotedWhereTheMistakeIs(t *testing.T) {
	word := strings.Repeat("ä", 400_000)
	folder := content("-- incidents/one.md --\n" + entryHead + word + " [here](javascript:x) " + word + "\n")
	_, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, night)})
	if len(problems) != 1 || len(problems[0].Excerpt) > 1000 {
		t.Fatalf("told %d, the first with an excerpt of %d bytes", len(problems), len(problems[0].Excerpt))
	}
	var text strings.Builder
	problems.Print(&text, diag.Style{})
	if got := text.String(); !strings.Contains(got, "ä [here](javascript:x) ä") || !strings.Contains(got, "^^^^^^^^^^^^") {
		t.Errorf("printed\n%s", got)
	}
	lines := strings.Split(text.String(), "\n")
	if at, mark := strings.Index(lines[1], "javascript:x"), strings.Index(lines[2], "^"); at < 0 || len([]rune(lines[1][:at])) != mark {
		t.Errorf("the mark is in column %d of\n%s", mark, text.String())
	}
}

// However many mistakes a file has, a hundred of each kind of look are told: of what
// is read in it, and of what it says against the rest of the site.
func TestFewMistakesOfOneFileAreReported(t *testing.T) {
	var unknown, links strings.Builder
	for i := range 900 {
		if fmt.Fprintf(&unknown, ", c%d", i); i%2 > 0 {
			continue
		}
		fmt.Fprintf(&links, "[a](nowhere-%d.md)\n\n", i)
	}
	folder := content("-- incidents/x.md --\n" + strings.Replace(entryHead, "[api]", "[api"+unknown.String()+"]", 1) + links.String())
	_, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, night)})
	if len(problems) != 202 {
		t.Errorf("told %d, want two times a hundred and how many more there are", len(problems))
	}
}
