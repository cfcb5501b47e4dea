package source

import (
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// more are what an update may change beside its word: times, titles, regions, silence,
// a report, and opening again what is over.
var more = []func(*Update){
	func(*Update) {},
	func(a *Update) { a.Silent, a.Title = true, `A "new": title` },
	func(a *Update) { a.NextUpdate = a.Time.Add(30 * time.Minute) },
	func(a *Update) { a.Start = time.Date(2025, 7, 25, 5, 0, 0, 0, time.UTC) },
	func(a *Update) { a.Status, a.Title = site.Postmortem, "Postmortem" },
	func(a *Update) { a.Status, a.End = site.Resolved, a.Time.Add(-10*time.Minute) },
	func(a *Update) { a.Status = site.Monitoring },
}

// over is what ends an incident, in each way of writing front matter.
func over() []string {
	const resolved = "\n## Resolved — 2025-07-25 07:00\nOver.\n"
	end := func(file, key string) string { return strings.Replace(file, "title", key+"title", 1) }
	return []string{
		short + resolved, long + resolved, tomlTables + resolved, jsonLong + resolved,
		end(short, "end: 2025-07-25 07:00\n"), strings.Replace(long, "tags:", "end: 2025-07-25 07:00\ntags:", 1),
		strings.Replace(tomlTables, "+++\n", "+++\nend = 2025-07-25 07:00\n", 1),
		strings.Replace(jsonLong, "{", "{\n  \"end\": \"2025-07-25 07:00\",", 1),
		strings.Replace(jsonLong, "\"tags\": [\"a\"]", "\"tags\": [\"a\"], \"end\": \"2025-07-25 07:00\"", 1),
		"{\n\"title\": \"X\", \"start\":\"2025-07-25 06:00\", \"components\": [\"api\"], \"end\": \"2025-07-25 07:00\", " +
			"\"status\":\"down\"\n}\n\nA\n",
		"---\ntitle: X\ncomponents: [api, web]\nstatus: down\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00 # so it was\n---\nA\n",
	}
}

// additions are files to add an update to, in each way of writing front matter.
func additions() []string {
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	return []string{
		short, long, "\ufeff" + crlf(long), "---\ntitle: X\nstart: 2025-07-25 06:00\n---\nA",
		"+++\ntitle = \"x\"\nstart = 2025-07-25 06:00\n+++\nA\n## Plan\n", tomlTables, crlf(tomlTables),
		"+++\ntitle = \"x\"\nimpacts = [{components = [\"api\"], status = 'down'}, # c\n {components = \"web\", status = \"partial\", " +
			"note = {en = \"n\"},},\n]\n+++\n" + tomlBody,
		"+++\ntitle = \"x\"\ncomponents = 'api'\nstatus = \"\"\"down\"\"\"\nlabel = {en = \"L\"}\n+++\n" + tomlBody,
		jsonLong, "\ufeff" + crlf(jsonLong),
		"{\n\"title\": \"X\", \"start\":\"2025-07-25 06:00\", \"components\" : [ \"api\" ] , \"note\": {\"en\": \"a\\u00e9\"}, " +
			"\"status\":\"down\"\n}\n\nA\n",
		";;;\n{\"title\":\"X\",\"start\":\"2025-07-25 06:00\",\"impacts\":[{\"components\":[\"api\"],\"status\":\"down\"}]}\n;;;\nA\n",
	}
}

// FuzzAppend holds what Append promises of any file that reads without an error:
// one update more, the statuses that were said, every other key of the front
// matter as it was, and no byte lost but a time that became another.
func FuzzAppend(f *testing.F) {
	for _, file := range append(additions(), over()...) {
		for status := range 5 {
			f.Add(file, "Some text.", status, status, status)
			f.Add(file, "Some text.", status, 0, status+2)
		}
	}
	// refused, with a hint
	f.Add("+++\ntitle = \"x\"\ncomponents = 'api'\nstatus = 'down'\nlabel.en = \"L\"\n+++\n"+tomlBody, "Some text.", 2, 2, 0)
	f.Fuzz(func(t *testing.T, file, text string, word, status, other int) {
		tryAppend(t, file, text, word, status, other) // what is refused is no finding
	})
}

// What fuzzing begins with is written to, all of it: a refusal there would be a
// mistake that the fuzz test passes over.
func TestEveryWayOfWritingTakesAnUpdate(t *testing.T) {
	for _, file := range additions() {
		for status := range 5 {
			if refused := tryAppend(t, file, "Some text.", status, status, 0); refused != "" {
				t.Errorf("%s\n%q", refused, file)
			}
			for other := range 5 {
				if refused := tryAppend(t, file, "Some text.", 1, 0, other); refused != "" && strings.Contains(file, "title") {
					t.Errorf("%d: %s\n%q", other, refused, file)
				}
			}
		}
	}
	for _, file := range over() {
		for _, status := range []int{0, 2, 3} {
			if refused := tryAppend(t, file, "Some text.", 2, status, 6); refused != "" {
				t.Errorf("%s\n%q", refused, file)
			}
		}
	}
}

// tryAppend adds an update to a file and checks that the result keeps the promises of
// Append. If Append refuses the update, it returns why.
func tryAppend(t *testing.T, file, text string, word, status, other int) (refused string) {
	fsys := folder("")
	fsys["content/incidents/x.md"] = textFile(file)
	s, problems := Read(fsys, Options{})
	if problems.HasErrors() || len(s.Entries) != 1 || status < 0 || word < 0 || other < 0 {
		return "there is no entry to add to: the numbers say nothing, or the file has mistakes: " + listed(problems)
	}
	before := s.Entries[0]
	a := Update{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Status: site.UpdateStatuses(site.Incident)[word%5], Text: text}
	if status%7 > 1 {
		a.Statuses = []StatusChange{{Component: "api", Status: site.Statuses[status%5]}}
	}
	more[other%len(more)](&a)
	reopens := a.Reopens(&before)
	out, err := Append([]byte(file), &s, &before, a)
	if err != nil {
		return "nothing was written, and it says why: " + err.Error()
	}
	untouched(t, file, string(out), a, reopens)
	fsys["content/incidents/x.md"] = textFile(string(out))
	again, problems := Read(fsys, Options{})
	if problems.HasErrors() || len(again.Entries) != 1 {
		return "the command reads what it wrote, and refuses it: " + listed(problems)
	}
	return asAsked(t, file, string(out), &before, &again.Entries[0], a)
}

// untouched holds that every other key and every byte is what it was.
func untouched(t *testing.T, file, out string, a Update, reopens bool) {
	t.Helper()
	old, now := frontOf(t, file), frontOf(t, out)
	mayChange := map[string]bool{"impacts": true, "title": a.Title != "", "start": !a.Start.IsZero(), "next_update": !a.NextUpdate.IsZero()}
	for _, p := range old.keys {
		if again, said := now.get(p.name); (!said || !sameValue(p.value, again.value)) && !known(impactKeys, p.name) && !mayChange[p.name] {
			t.Errorf("key %q was changed:\n%q\n%q", p.name, file, out)
		}
	}
	if !hasEnd(old) && !reopens && a.Title == "" && a.Start.IsZero() && a.NextUpdate.IsZero() {
		if lost := lostBytes(file, out); lost != "" {
			t.Errorf("bytes were lost, %q:\n%q\n%q", lost, file, out)
		}
	}
}

// asAsked holds that the entry says one word more, and is as the addition says.
func asAsked(t *testing.T, file, out string, before, after *site.Entry, a Update) (refused string) {
	t.Helper()
	if a.Text == "" && len(after.Updates) < len(before.Updates) {
		t.Errorf("updates were lost:\n%q\n%q", file, out)
	}
	wanted := len(before.Updates) + 1
	if a.Silent || a.Status == site.Postmortem {
		wanted--
	}
	if len(after.Updates) != wanted || after.Notice() {
		return "the text says more than one update"
	}
	if a.Title != "" && after.Title.Default != a.Title && after.Title.Other == nil {
		t.Errorf("the title is %q:\n%q\n%q", after.Title.Default, file, out)
	}
	for _, m := range []struct{ is, asked time.Time }{{after.Start.Time, a.Start}, {after.End.Time, a.End},
		{after.NextUpdate.Time, a.NextUpdate}} {
		if !m.asked.IsZero() && !m.is.Equal(m.asked) {
			t.Errorf("%s was written as %s:\n%q\n%q", m.asked, m.is, file, out)
		}
	}
	for minute := 5; minute < 90 && a.Start.IsZero() && a.End.IsZero(); minute += 5 {
		at := a.Time.Add(-time.Duration(minute) * time.Minute)
		for _, c := range []string{"api", "web"} {
			if was, is := hits(before, c, at), hits(after, c, at); was != is {
				t.Errorf("%s was %s at %s, and is %s then:\n%q\n%q", c, was, at, is, file, out)
			}
		}
	}
	if a.Reopens(before) && !after.Open(a.Time) {
		t.Errorf("it is not open again:\n%q\n%q", file, out)
	}
	if !after.Open(a.Time) {
		return "" // what is over has no status
	}
	for _, c := range a.Statuses {
		if got := hits(after, c.Component, a.Time); got != c.Status {
			t.Errorf("%s is %s, not %s:\n%q\n%q", c.Component, got, c.Status, file, out)
		}
	}
	if end := before.Interval(a.Time).End; a.Reopens(before) && len(a.Statuses) == 0 {
		for _, c := range []string{"api", "web"} {
			if was, is := hits(before, c, end.Add(-time.Second)), hits(after, c, a.Time); was != is {
				t.Errorf("%s was %s when it ended, and is %s:\n%q\n%q", c, was, is, file, out)
			}
		}
	}
	return ""
}

// frontOf is the front matter of a file, which must be readable.
func frontOf(t *testing.T, text string) value {
	t.Helper()
	var problems diag.List
	front, _, ok := readFrontMatter(newFile("x.md", text), &problems)
	if !ok || problems.HasErrors() {
		t.Fatalf("the front matter was broken: %s%q", listed(problems), text)
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
			if named && in.Contains(t) {
				worst = max(worst, impact.Status)
			}
		}
	}
	return worst
}
