package source

import (
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// additions are files to add an update to, in each way of writing front matter.
func additions() []string {
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	return []string{
		short, long, "\ufeff" + crlf(long), "---\ntitle: X\nstart: 2025-07-25 06:00\n---\nA",
		"+++\ntitle = \"x\"\nstart = 2025-07-25 06:00\n+++\nA\n## Plan\n", tomlTables, crlf(tomlTables),
		"+++\ntitle = \"x\"\nimpacts = [{components = [\"api\"], status = 'down'}, # c\n {components = \"web\", status = \"partial\", note = {en = \"n\"},},\n]\n+++\n" + tomlBody,
		"+++\ntitle = \"x\"\ncomponents = 'api'\nstatus = \"\"\"down\"\"\"\nlabel = {en = \"L\"}\n+++\n" + tomlBody,
		jsonLong, "\ufeff" + crlf(jsonLong), "{\n\"title\": \"X\", \"start\":\"2025-07-25 06:00\", \"components\" : [ \"api\" ] , \"note\": {\"en\": \"a\\u00e9\"}, \"status\":\"down\"\n}\n\nA\n",
		";;;\n{\"title\":\"X\",\"start\":\"2025-07-25 06:00\",\"impacts\":[{\"components\":[\"api\"],\"status\":\"down\"}]}\n;;;\nA\n",
	}
}

// FuzzAppend holds what Append promises of any file that reads without an error:
// one update more, the statuses that were said, every other key of the front
// matter as it was, and no byte lost but a time that became another.
func FuzzAppend(f *testing.F) {
	for _, file := range additions() {
		for status := range 5 {
			f.Add(file, "Some text.", status, status)
		}
	}
	f.Add("+++\ntitle = \"x\"\ncomponents = 'api'\nstatus = 'down'\nlabel.en = \"L\"\n+++\n"+tomlBody, "Some text.", 2, 2) // refused, with a hint
	f.Fuzz(func(t *testing.T, file, text string, word, status int) {
		tryAppend(t, file, text, word, status) // what is refused is no finding
	})
}

// What fuzzing begins with is written to, all of it: a refusal there would be a
// mistake that the fuzz test passes over.
func TestEveryWayOfWritingTakesAnUpdate(t *testing.T) {
	for _, file := range additions() {
		for status := range 5 {
			if refused := tryAppend(t, file, "Some text.", status, status); refused != "" {
				t.Errorf("%s\n%q", refused, file)
			}
		}
	}
}

// tryAppend adds an update to a file and holds what came out of it against what
// Append promises. Where nothing could be held, it says why.
func tryAppend(t *testing.T, file, text string, word, status int) (refused string) {
	fsys := folder("")
	fsys["content/incidents/x.md"] = textFile(file)
	s, problems := Read(fsys, Options{})
	if problems.HasErrors() || len(s.Entries) != 1 || status < 0 || word < 0 {
		return "there is no entry to add to: the numbers say nothing, or the file has mistakes: " + told(problems)
	}
	before := s.Entries[0]
	a := Addition{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Word: site.WordsOf(site.Incident)[word%5], Text: text}
	if status%7 > 1 {
		a.Statuses = []StatusChange{{"api", site.Statuses[status%5]}}
	}
	out, err := Append([]byte(file), &s, &before, a)
	if err != nil {
		return "nothing was written, and it says why: " + err.Error()
	}
	old, now := frontOf(t, file), frontOf(t, string(out))
	for _, p := range old.keys {
		if again, said := now.get(p.name); (!said || !sameValue(p.value, again.value)) && !known(ImpactKeys, p.name) && p.name != "impacts" {
			t.Errorf("key %q was changed:\n%q\n%q", p.name, file, out)
		}
	}
	if !hasEnd(old) {
		if lost := lostBytes(file, string(out)); lost != "" {
			t.Errorf("bytes were lost, %q:\n%q\n%q", lost, file, out)
		}
	}
	fsys["content/incidents/x.md"] = textFile(string(out))
	again, problems := Read(fsys, Options{})
	if problems.HasErrors() || len(again.Entries) != 1 {
		return "the command reads what it wrote, and refuses it: " + told(problems)
	}
	after := again.Entries[0]
	if text == "" && len(after.Updates) < len(before.Updates) {
		t.Errorf("updates were lost:\n%q\n%q", file, out)
	}
	if len(after.Updates) != len(before.Updates)+1 || after.Notice() {
		return "the text says more than one update"
	}
	if !after.Open(a.Time) {
		return "" // what is over has no status
	}
	for _, c := range a.Statuses {
		if got := hits(&after, c.Component, a.Time); got != c.Status {
			t.Errorf("%s is %s, not %s:\n%q\n%q", c.Component, got, c.Status, file, out)
		}
	}
	return ""
}

// frontOf is the front matter of a file, which must be readable.
func frontOf(t *testing.T, text string) value {
	t.Helper()
	var problems diag.List
	front, _, ok := readFrontMatter(newFile("x.md", []byte(text)), &problems)
	if !ok || problems.HasErrors() {
		t.Fatalf("the front matter was broken: %s%q", told(problems), text)
	}
	return front
}

// sameValue compares values whatever their places.
func sameValue(a, b value) bool {
	return a.shape == b.shape && a.text == b.text &&
		slices.EqualFunc(a.items, b.items, sameValue) &&
		slices.EqualFunc(a.keys, b.keys, func(p, q pair) bool { return p.name == q.name && sameValue(p.value, q.value) })
}

// hasEnd reports whether an end is written, of the entry or of an impact.
func hasEnd(front value) bool {
	has := func(v value) bool { _, said := v.get("end"); return said }
	impacts, _ := front.get("impacts")
	return has(front) || slices.ContainsFunc(impacts.items, has)
}

// lostBytes are the bytes of a text, apart from white space, of which another holds fewer.
func lostBytes(text, in string) string {
	lost := ""
	for c := range 256 {
		if b := string([]byte{byte(c)}); strings.TrimSpace(b) != "" && strings.Count(text, b) > strings.Count(in, b) {
			lost += b
		}
	}
	return lost
}

// hits is the worst status that an entry gives a component at an instant.
func hits(e *site.Entry, component string, t time.Time) site.Status {
	worst := site.Operational
	for i, impact := range e.Impacts {
		named := impact.All || slices.ContainsFunc(impact.Components, func(r site.Ref) bool { return r.ID == component })
		for _, in := range e.Windows(i, t) {
			if named && in.Holds(t) {
				worst = max(worst, impact.Status)
			}
		}
	}
	return worst
}
