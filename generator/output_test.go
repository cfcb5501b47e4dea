package generator_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/themes"
)

// made is a whole output folder.
type made map[string][]byte

// content is a site's folder from a text in txtar form, with a small site.yml
// and components.yml where it has none.
func content(files string) fstest.MapFS {
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example Status\nurl: https://status.example.com\n")},
		"content/components.yml": {Data: []byte("components:\n  - {id: api, name: API}\n  - {id: web, name: Website}\n")},
	}
	for _, f := range txtar.Parse([]byte(files)).Files {
		folder["content/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return folder
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// attempt builds a site and makes every file of it, or says why it does not.
func attempt(t testing.TB, folder fs.FS, at time.Time) (files made, told string, refused bool) {
	t.Helper()
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: at, Version: "test"})
	files = made{}
	for _, f := range result.Files {
		var err error
		if files[f.Path], err = f.Bytes(); err != nil {
			return nil, f.Path + ": " + err.Error(), true
		}
	}
	problems := result.Problems
	if problems.HasErrors() {
		problems = slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Warning })
	}
	return files, words(problems), problems.HasErrors()
}

// built builds a site that must be without an error.
func built(t testing.TB, folder fs.FS, at time.Time) made {
	t.Helper()
	files, told, refused := attempt(t, folder, at)
	if refused {
		t.Fatalf("this site is not sound:\n%s", told)
	}
	return files
}

func words(problems diag.List) string {
	var b bytes.Buffer
	problems.Print(&b, diag.Style{})
	return b.String()
}

// sound fails where a file is not what its ending says: each must be text
// without control characters, XML that parses, JSON that parses, markup that
// holds nothing that acts. Files that the operator made are not looked at.
func sound(t testing.TB, files made) {
	t.Helper()
	for name, data := range files {
		switch {
		case path.Ext(name) == ".png":
			continue
		case !utf8.Valid(data):
			t.Errorf("%s is not UTF-8", name)
		}
		if r, ok := firstControl(string(data), path.Ext(name) == ".ics"); ok {
			t.Errorf("%s holds the control character %U", name, r)
		}
		switch path.Ext(name) {
		case ".json":
			if !json.Valid(data) {
				t.Errorf("%s is not JSON", name)
			}
		case ".rss", ".atom", ".svg", ".xml":
			soundXML(t, name, data)
		case ".html":
			soundHTML(t, name, data, true)
		case ".ics":
			soundCalendar(t, name, data)
		}
	}
}

// firstControl finds what a terminal would obey instead of show.
func firstControl(text string, calendar bool) (rune, bool) {
	for _, r := range text {
		switch {
		case r == '\n', r == '\t', r == '\r' && calendar:
		case unicode.IsControl(r):
			return r, true
		}
	}
	return 0, false
}

func soundXML(t testing.TB, name string, data []byte) {
	t.Helper()
	reader := xml.NewDecoder(bytes.NewReader(data))
	inItem, markup := false, false // markup: the element holds HTML, not plain words
	for {
		token, err := reader.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s is not XML: %v", name, err)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			named := attributes(token.Attr)
			inItem = inItem || token.Name.Local == "item" // the channel's own description is plain words
			markup = named["type"] == "html" || inItem && token.Name.Local == "description" || token.Name.Local == "encoded"
			if path.Ext(name) == ".svg" {
				soundElement(t, name, token.Name.Local, named, "script", "foreignObject", "a", "image", "use", "animate", "set", "style")
			}
		case xml.CharData:
			if text := string(token); strings.Contains(text, "<") && markup {
				soundHTML(t, name, token, false) // a feed's text, which readers show as markup
			}
		}
	}
}

func attributes(list []xml.Attr) map[string]string {
	named := map[string]string{}
	for _, a := range list {
		named[a.Name.Local] = a.Value
	}
	return named
}

// soundHTML walks markup as a browser would make it. A page may hold the
// theme's own script and style; a piece of prose may not.
func soundHTML(t testing.TB, name string, data []byte, page bool) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Errorf("%s is not HTML: %v", name, err)
		return
	}
	banned := []string{"object", "embed", "iframe", "frame", "applet", "base", "xss", "marquee", "math", "portal"}
	if !page {
		banned = append(banned, "script", "style", "svg", "form", "input", "link", "meta", "template", "details", "video", "audio")
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			named := map[string]string{}
			for _, a := range n.Attr {
				named[a.Key] = a.Val
			}
			soundElement(t, name, n.Data, named, banned...)
			if n.Data == "script" && strings.HasPrefix(named["type"], "text/html") && n.FirstChild != nil {
				soundHTML(t, name, []byte(n.FirstChild.Data), true) // a coming state
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
}

// soundElement fails for an element that acts or that nobody of ours writes, and
// for an address that runs.
func soundElement(t testing.TB, name, element string, attributes map[string]string, banned ...string) {
	t.Helper()
	for _, b := range banned {
		if element == b {
			t.Errorf("%s holds an element %s: %v", name, element, attributes)
		}
	}
	for key, value := range attributes {
		address := strings.ToLower(strings.Join(strings.Fields(value), ""))
		switch {
		case strings.HasPrefix(key, "on"), key == "srcdoc", key == "formaction":
			t.Errorf("%s: %s has %s=%q", name, element, key, value)
		case key == "href" || key == "src" || key == "action":
			for _, scheme := range []string{"javascript:", "vbscript:", "data:text", "data:application", "blob:", "file:"} {
				if strings.HasPrefix(address, scheme) {
					t.Errorf("%s: %s has %s=%q", name, element, key, value)
				}
			}
		}
	}
}

// soundCalendar holds RFC 5545: lines of at most 75 bytes that end in CR LF,
// each content line a property, components properly nested.
func soundCalendar(t testing.TB, name string, data []byte) {
	t.Helper()
	var open []string
	unfolded := strings.ReplaceAll(string(data), "\r\n ", "")
	if strings.ContainsAny(strings.ReplaceAll(string(data), "\r\n", ""), "\r\n") {
		t.Errorf("%s holds a line end that is not CR LF", name)
	}
	for line := range strings.SplitSeq(string(data), "\r\n") {
		if len(line) > 75 {
			t.Errorf("%s has a line of %d bytes", name, len(line))
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(unfolded, "\r\n"), "\r\n") {
		property, value, ok := strings.Cut(line, ":")
		property, _, _ = strings.Cut(property, ";")
		if !ok || strings.Trim(property, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
			t.Errorf("%s: %q is no property", name, line)
		}
		switch {
		case property == "BEGIN" && !slices.Contains([]string{"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD"}, value):
			t.Errorf("%s begins a %s", name, value)
		case property == "BEGIN":
			open = append(open, value)
		case property == "END" && (len(open) == 0 || open[len(open)-1] != value):
			t.Errorf("%s ends a %s that is not open", name, value)
		case property == "END":
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s leaves %v open", name, open)
	}
}

// within runs a piece of work and fails where it takes more time or allocates
// more memory than no honest site does.
func within(t testing.TB, limit time.Duration, megabytes uint64, work func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("took more than %s", limit)
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > megabytes {
		t.Errorf("allocated %d MB, more than %d MB", used, megabytes)
	}
}
