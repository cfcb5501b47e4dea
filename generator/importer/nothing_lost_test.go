package importer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/importer"
)

// marker stands in a text that a test looks for afterwards.
const marker = "Zqxmark"

// markedText is a file with the marker in one of its texts.
type markedText struct {
	pointer string // of the text, in JSON
	line    int    // of the text, in other files
	text    string
	data    []byte
}

// named reports whether a place is that of the text, or of something that it is in.
func (m markedText) named(p importer.Place) bool {
	if m.pointer == "" {
		return p.Line == m.line
	}
	return p.Pointer != "" && (p.Pointer == m.pointer || strings.HasPrefix(m.pointer, p.Pointer+"/"))
}

// markJSON puts the marker behind each text of a JSON file, one at a time.
func markJSON(t *testing.T, data []byte) (all []markedText) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(data))
	var value func(pointer string)
	value = func(pointer string) {
		token, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case string:
			end := int(dec.InputOffset()) - 1
			all = append(all, markedText{pointer: pointer, text: token,
				data: slices.Concat(data[:end], []byte(marker), data[end:])})
		case json.Delim:
			for i := 0; dec.More(); i++ {
				key := strconv.Itoa(i)
				if token == '{' {
					name, _ := dec.Token()
					key = name.(string)
				}
				value(pointer + "/" + key)
			}
			dec.Token()
		}
	}
	value("")
	return all
}

// lineText is a line with a text at its end: a key's value, an item, or a line of prose.
var lineText = regexp.MustCompile(`^(.*[\pL\pN][^"'\]}),]*)(["'\]}),]*)$`)

// markLines puts the marker at the end of each line of another file, one at a time, inside
// of quotes and brackets.
func markLines(data []byte) (all []markedText) {
	lines := strings.SplitAfter(string(data), "\n")
	for i, line := range lines {
		m := lineText.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil || strings.HasSuffix(line, "-\n") {
			continue
		}
		changed := slices.Clone(lines)
		changed[i] = m[1] + marker + m[2] + "\n"
		all = append(all, markedText{line: i + 1, text: strings.TrimSpace(line), data: []byte(strings.Join(changed, ""))})
	}
	return all
}

// workedOut are the places, by tool, that say nothing of their own: what the tool computes
// or says elsewhere as well (docs/cli.md, "dropped"). They may vanish without a word.
var workedOut = map[string]*regexp.Regexp{
	"statuspage": regexp.MustCompile(`/(created_at|updated_at|started_at|id|incident_id|page_id|shortlink|old_status|` +
		`postmortem_body_draft|page/(name|url|time_zone)|affected_components/\d+/name|components/\d+/components/\d+|` +
		`components/\d+/(name|status))$`),
	"betterstack": regexp.MustCompile(`/(id|type|subdomain|resource_type)$|^page.json.*aggregate_state$|` +
		`^reports.json/data/0/attributes/affected_resources`), // which the updates say, too
	// What is hidden is reported by its "visible", or that of its group.
	"cachet": regexp.MustCompile(`/(id|created_at|updated_at|type|human|link|created/string|updateable_type)$|^components.json/data/2/|` +
		`^groups.json/data/1/|^incidents.json/data/[12]/(id|name|message|occurred_at|attributes)`),
	"cstate":      regexp.MustCompile(`: (languageCode|theme|section|modified|title|- name: (Services|Rest)$|resolved: true ## yes)`),
	"gatus":       regexp.MustCompile(`: (enabled|archived): `),
	"incident-io": regexp.MustCompile(`/(id|status_page_id|public_url)$`),
	"instatus": regexp.MustCompile(`/(id|uniqueEmail|messageHtml|createdAt|page/status|components/\d+/name|group/name)$|` +
		`/0/(status|resolved)$`),
	"stactus": regexp.MustCompile(`: version: `),
	// A program, of which only some texts are read, and the texts of the theme.
	"statusfy": regexp.MustCompile(`^config.js|modified|en.json/title$|^content/de/.*::: update`),
	"upptime": regexp.MustCompile(`^history/|webhookUrl|/(generatedAt|state|html_url|url|login|labels/\d+|labels/\d+/(id|name))$|` +
		`^issues.json/3/`), // no incident; its title is reported
}

// ofRepository are files that are beside those of the tool, and no part of the page.
var ofRepository = regexp.MustCompile(`^(\.github/|docs/|README\.md$|CONTRIBUTING\.md$|package\.json$)`)

// TestEveryTextIsWrittenOrReported puts a marker into each text of each fixture, one at a
// time, and wants to find it: in a file that is written, or in the report, by its value or
// its place. So nothing that a tool keeps can vanish without a word.
func TestEveryTextIsWrittenOrReported(t *testing.T) {
	tried := 0
	goldens, _ := fs.Glob(os.DirFS("testdata"), "*.golden")
	for _, golden := range goldens {
		folder := strings.TrimSuffix(golden, ".golden")
		tool, _, _ := strings.Cut(folder, ".")
		files := fixtureFiles(t, "testdata/"+folder)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if ofRepository.MatchString(name) {
				continue
			}
			var marked []markedText
			if path.Ext(name) == ".json" {
				marked = markJSON(t, files[name].Data)
			} else {
				marked = markLines(files[name].Data)
			}
			for _, m := range marked {
				changed := maps.Clone(files)
				changed[name] = &fstest.MapFile{Data: m.data}
				at := name + m.pointer
				if m.pointer == "" {
					at = fmt.Sprintf("%s:%d: %s", name, m.line, m.text)
				}
				if lost := findMarker(t, tool, name, changed, m); lost && !workedOut[tool].MatchString(at) {
					t.Errorf("%s: %s: %q is neither written nor reported", folder, at, m.text)
				}
				tried++
			}
		}
	}
	if tried < 800 {
		t.Errorf("only %d were tried", tried)
	}
}

// fixtureFiles reads all files of a folder.
func fixtureFiles(t *testing.T, folder string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	inside := os.DirFS(folder)
	err := fs.WalkDir(inside, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(inside, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// findMarker reports whether the marker is lost: in no file that is written and in no line
// of the report.
func findMarker(t *testing.T, tool, name string, files fstest.MapFS, m markedText) bool {
	t.Helper()
	src, err := importer.Read(tool, files, importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(marker)) }
	for _, f := range plan.Files {
		if has(string(f.Data)) || has(f.Path) {
			return false
		}
	}
	for _, l := range plan.Losses {
		if has(l.Value) || has(l.Message) || l.Source.File == name && m.named(l.Source) {
			return false
		}
	}
	for _, p := range plan.Problems {
		if has(p.Message) || p.File == name && (m.named(p.Place) || p.Pointer == "") {
			return false
		}
	}
	return true
}
