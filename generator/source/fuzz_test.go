package source

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// inside fails where a problem does not lie within its file.
func inside(t *testing.T, fsys fstest.MapFS, problems diag.List) {
	t.Helper()
	for _, p := range problems {
		if p.Line == 0 {
			continue
		}
		f, ok := fsys[p.File]
		if !ok {
			t.Fatalf("%v: there is no such file", p)
		}
		lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(f.Data), "\ufeff"), "\r\n", "\n"), "\n")
		if p.Line > len(lines) {
			t.Fatalf("%v: the file has %d lines", p, len(lines))
		}
		width := utf8.RuneCountInString(lines[p.Line-1])
		if p.Column < 1 || p.Column > width+1 || p.EndColumn < p.Column || p.EndColumn > width+1 {
			t.Fatalf("%v (to %d): the line has %d characters", p, p.EndColumn, width)
		}
	}
}

// safe fails where markup holds what an operator must not be able to write.
func safe(t *testing.T, p site.Prose) {
	t.Helper()
	for rest := p.HTML("", ""); ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			break
		}
		rest = strings.TrimPrefix(rest[i+1:], "/")
		name := rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz123456"))]
		if !strings.Contains(" p h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code em strong del a img hr br sup div "+
			"table thead tbody tr th td ", " "+name+" ") {
			t.Fatalf("tag %q in %q", name, p.Markup)
		}
		tag, _, _ := strings.Cut(rest, ">")
		for _, word := range []string{"javascript:", "vbscript:", "data:", " on", "style="} {
			if name != "code" && strings.Contains(strings.ToLower(unquoted(tag)), word) || strings.Contains(strings.ToLower(tag), `="`+
				word) {
				t.Fatalf("%q in %q", word, tag)
			}
		}
	}
	if strings.Count(p.Markup, "<ul")+strings.Count(p.Markup, "<ol") != strings.Count(p.Markup, "</ul>")+strings.Count(p.Markup, "</ol>") {
		t.Fatalf("unbalanced lists in %q", p.Markup)
	}
}

// unquoted is a tag without the values of its attributes.
func unquoted(tag string) string {
	var b strings.Builder
	for i, piece := range strings.Split(tag, `"`) {
		if i%2 == 0 {
			b.WriteString(piece)
		}
	}
	return b.String()
}

func everyProse(s site.Site) []site.Prose {
	var all []site.Prose
	for _, e := range s.Entries {
		all = append(all, e.Summary)
		for _, u := range e.Updates {
			all = append(all, u.Body)
		}
		if e.Report != nil {
			all = append(all, e.Report.Body)
		}
		if e.Plan != nil {
			all = append(all, e.Plan.Intro)
			for _, step := range e.Plan.Steps {
				all = append(all, step.Body)
			}
		}
	}
	for _, p := range s.Pages {
		all = append(all, p.Body)
	}
	return all
}

func fuzzOne(t *testing.T, fsys fstest.MapFS) {
	t.Helper()
	s, problems := Read(fsys, Options{Drafts: true})
	inside(t, fsys, problems)
	for _, p := range everyProse(s) {
		safe(t, p)
	}
}

func entrySeeds(f *testing.F) []txtar.File {
	archive, err := txtar.ParseFile("testdata/mistakes.txtar")
	if err != nil {
		f.Fatal(err)
	}
	return archive.Files
}

func FuzzRead(f *testing.F) {
	for _, file := range entrySeeds(f) {
		f.Add(file.Data, file.Data, file.Data)
	}
	f.Fuzz(func(t *testing.T, siteYML, components, incident []byte) {
		fuzzOne(t, fstest.MapFS{
			"content/site.yml":         {Data: siteYML},
			"content/components.yml":   {Data: components},
			"content/incidents/x.md":   {Data: incident},
			"content/maintenance/x.md": {Data: incident},
			"content/pages/x.md":       {Data: incident},
		})
	})
}

func FuzzFrontMatter(f *testing.F) {
	for _, file := range entrySeeds(f) {
		f.Add(string(file.Data))
	}
	f.Add("+++\ntitle = \"a\"\nstart = 2025-01-01 00:00:00\n[[impacts]]\ncomponents = ['api']\n[a.b]\n" +
		"c.d = {e = [1, 2.5, true], f = \"\"\"\nx\"\"\"}\n+++\n")
	f.Add("{\n\"title\": \"a\", \"impacts\": [{\"components\": [\"api\"], \"x\": null}]\n}\n\nText")
	f.Add("---\ntitle: |\n  a\n  ---\n  b\nnote: >-\n  c\nx: 'it''s'\ny: \"\\\"\"\n? z\n: &a b\n<<: *a\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		fuzzOne(t, fstest.MapFS{
			"content/site.yml":       {Data: []byte("title: X\nurl: https://x.example\n")},
			"content/components.yml": {Data: []byte("components: [{id: a}]\n")},
			"content/incidents/x.md": {Data: []byte(text)},
		})
	})
}

func FuzzBody(f *testing.F) {
	for _, file := range entrySeeds(f) {
		f.Add(string(file.Data))
	}
	f.Add("a[^1] <!-- b --> <b onclick=x> [c](java&#115;cript:d) ![e](data:f)\n\n[^1]: g\n\n| h |\n|:-:|\n| `i` |\n\n<div>\n<!-- j\n" +
		"</div>\n\n## Plan\n- [x] 3 of 7\n\n  more\n")
	f.Fuzz(func(t *testing.T, text string) {
		front := "---\ntitle: X\nstart: 2025-01-01 00:00\nend: 2025-01-01 01:00\n---\n"
		fuzzOne(t, fstest.MapFS{
			"content/site.yml":       {Data: []byte("title: X\nurl: https://x.example\nlanguages: [en, de]\n")},
			"content/components.yml": {Data: []byte("components: [{id: a}]\n")},
			"content/incidents/x.md": {Data: []byte(front + text)}, "content/maintenance/x.md": {Data: []byte(front + text)},
			"content/maintenance/x.de.md": {Data: []byte("---\ntitle: Y\n---\n" + text)},
		})
	})
}

func FuzzTime(f *testing.F) {
	for _, seed := range []string{"2025-03-30 02:30", "2025-10-26 02:30", "2025-07-25T06:40:00.5-07:30", "2011-12-30 12:00",
		"2025-07-25 24:00 CST", "1d12h", "2d"} {
		for _, zone := range []string{"Europe/Berlin", "Pacific/Apia", "Africa/Casablanca", "UTC"} {
			f.Add(seed, zone)
		}
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		zone, err := time.LoadLocation(name)
		if err != nil || name == "Local" {
			zone = time.UTC
		}
		if when, err := ParseTime(text, zone); err == nil {
			again, err := ParseTime(when.Format(time.RFC3339), zone)
			if err != nil && when.Year() > 1970 && when.Year() < 2200 || err == nil && !again.Equal(when) {
				t.Fatalf("%q is %v, which reads as %v, %v", text, when, again, err)
			}
			if when.Nanosecond() != 0 {
				t.Fatalf("%q has a fraction", text)
			}
		}
		if d, err := ParseDuration(text); err == nil && (d <= 0 || d%time.Second != 0) {
			t.Fatalf("%q is %v", text, d)
		} else if err == nil {
			if again, err := ParseDuration(site.FormatDuration(d)); err != nil || again != d {
				t.Fatalf("%q is %v, spoken %q", text, d, site.FormatDuration(d))
			}
		}
	})
}
