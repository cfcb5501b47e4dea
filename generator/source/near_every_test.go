package source

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// The date of a bare time of day is that of the update above it, whichever way
// the file goes, across midnight.
func TestTheHintFindsTheDayOfATimeOfDay(t *testing.T) {
	for body, want := range map[string]string{
		"## Investigating — 2026-11-27 23:50\n\n## Resolved 00:20\n":                                             "2026-11-28 00:20",
		"## Investigating — 2026-11-27 23:50\n\n## Resolved 23:55\n":                                             "2026-11-27 23:55",
		"## Resolved — 2026-11-28 00:20\n\n## Investigating 23:50\n":                                             "2026-11-27 23:50",
		"## Resolved — 2026-11-28 02:00\n\n## Monitoring — 2026-11-28 01:00\n\n## Investigating 23:50\n":         "2026-11-27 23:50",
		"## Investigating — 2026-11-27 23:50 UTC\n\n## Identified — 2026-11-28 00:10\n\n## Resolved 00:30 UTC\n": "2026-11-28 00:30 UTC",
		"## Resolved 00:30\n": "2026-11-27 00:30",
	} {
		_, problems := Read(folder("-- incidents/2026-11-27-x.md --\n---\ntitle: X\n---\n"+body), Options{})
		if len(problems) != 1 || !strings.HasSuffix(problems[0].Hint, " — "+want) {
			t.Errorf("%q: %v, want %s", body, problems, want)
		}
	}
}

// Whatever stands between a status word and its time, however the time is written
// and in whichever order: the line is an update or a mistake, never text.
func TestEveryWordSeparatorAndTimeIsAnUpdateOrAMistake(t *testing.T) {
	separators := []string{"", " ", " — ", "—", " – ", "–", " - ", "-", "- ", " -", ": ", ":", " : ", " · ", "·", " | ", "|", " @ ", "@",
		", ", "; ", " / ", "/", " ~ ", " → ", " • ", " at ", " on ", " (", " [", ". ", "! ", " = ", " + ", " * ", "…", " >> ", "\u00a0",
		"\u3000"}
	times := []string{
		"2026-11-27 04:20", "2026-11-27 04:20:30", "2026-11-27T04:20Z", "2026-11-27T04:20:00+01:00", "2026-11-27 04:20 UTC",
		"2026-11-27 04:20 -0400", "2026-11-27 4:20", "2026/11/27 04:20", "27.11.2026 04:20",
		"27 November 2026 04:20", "Nov 27, 2026 4:20 am", "27 Nov", "2026-11-27", "04:20", "4:20", "4:20 PM", "4pm", "04:20 CET",
		"04:20, 27 Nov 2026", "11/27/2026 04:20",
	}
	everyWord(func(language string, kind site.Kind, name string, synonym bool) {
		var lines []string
		times := times
		if synonym || language != "en" && language != "de" {
			times = []string{times[0], times[9], times[13]}
		}
		for _, separator := range separators {
			for _, when := range times {
				if separator != "" || digit(when[0]) {
					lines = append(lines, "## "+name+separator+when)
				}
				if separator != "" || digit(when[len(when)-1]) {
					lines = append(lines, "## "+when+separator+name)
				}
			}
		}
		vocab := newVocabulary([]string{language})
		opening := "## " + HeadingWord(site.UpdateStatuses(kind)[0], "en") + " — 2026-11-27 04:00\n\n"
		for part := range slices.Chunk(lines, 500) {
			var problems diag.List
			f := newFile("x.md", opening+strings.Join(part, "\n\n"))
			b := readBody(f, 0, kind, decoder{zone: time.UTC, languages: []string{language}, vocab: &vocab, problems: &problems},
				linkTable{})
			heard := map[int]bool{}
			for _, p := range problems {
				heard[p.Line] = true
			}
			for _, u := range b.updates {
				heard[u.Pos.Line] = true
			}
			for i, line := range part {
				if !heard[3+2*i] {
					t.Errorf("%s, %s: %q is text", language, kind, line)
				}
			}
		}
	})
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// everyWord calls try with each status word of each language.
func everyWord(try func(language string, kind site.Kind, name string, synonym bool)) {
	for language, heading := range headingLanguages {
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			for _, word := range site.UpdateStatuses(kind) {
				for i, name := range heading.words[word] {
					try(language, kind, name, i > 0)
				}
			}
		}
	}
}

// The hint of a near miss, written into the file, is an update of that word.
func FuzzNearUpdate(f *testing.F) {
	f.Add("## Resolved-2026-11-27 04:20")
	f.Add("**2026-11-27 04:20** Resolved")
	f.Add("## [Update] 4pm, 27 Nov")
	f.Fuzz(func(t *testing.T, line string) {
		fsys := folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 03:00\n---\n" + begun + line + "\n")
		_, problems := Read(fsys, Options{})
		inside(t, fsys, problems)
		if len(problems) != 1 || problems[0].Rule != "near-update" {
			return
		}
		right, ok := strings.CutPrefix(problems[0].Hint, "write ## ")
		if !ok || strings.ContainsAny(right, "(YH") || strings.Contains(right, ", and") || !strings.Contains(right, " — ") {
			return // it names what only the author knows
		}
		s, problems := Read(folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 03:00\n---\n"+begun+"## "+right+"\n"), Options{})
		if problems.HasErrors() || len(s.Entries[0].Updates) != 2 && s.Entries[0].Report == nil {
			t.Errorf("%q: the hint %q is no update: %s", line, right, listed(problems))
		}
	})
}

// Nearly all lines are put aside before they are compared with the forms of headings.
// None of them has one of these forms.
func TestNoLineThatIsPutAsideLooksLikeAnUpdate(t *testing.T) {
	pieces := strings.Split("Resolved|resolved|Reso|lved|Update|Behoben|Gelöst|In progress|In|progress|Postmortem|Report|word|a|é|٣|"+
		"12:30|2025-07-25|7|UTC|at|am|um|—|-|:|: |.|[|]|(|)|*|…| |  |\t|'|’|#|##|**", "|")
	vocab := newVocabulary([]string{"en", "de"})
	random := rand.New(rand.NewPCG(3, 4))
	aside := 0
	for range 40_000 {
		var text string
		for range 1 + random.IntN(7) {
			text += pieces[random.IntN(len(pieces))]
		}
		text = strings.TrimSpace(text)
		kind := site.Kind(random.IntN(2))
		if text == "" || vocab.mayOpen(kind, []byte(text)) {
			continue
		}
		aside++
		h := headingReader{kind: kind, vocab: &vocab, updates: true}
		s := &section{title: title{opens: update}}
		for _, element := range []element{textNode, strong} {
			line := []node{{element: element, text: text, kids: []node{{element: textNode, text: text}}}}
			if n, _ := h.nearLine(line, text, s, true, true); n.nearness != far {
				t.Fatalf("%q is put aside, and looks like an update: %v", text, n.nearness)
			}
		}
		if n := h.led(text, s); n.nearness != far {
			t.Fatalf("%q is put aside, and begins like an update", text)
		}
	}
	if aside < 5_000 {
		t.Errorf("only %d lines were put aside", aside)
	}
}

func TestFoldedWords(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Resolved": "resolved", " In-Progress ": "inprogress", "it's *over*_": "itsover", "a\tb": "a\tb",
		"\tInvestigating\r\n": "investigating", "UPDATE 2": "update2", "[Resolved] 10:20": "[resolved]10:20",
		"Actualización": "actualizacion", "e\u0301te\u0301": "ete", "l’été\u00a0ʼ": "lete", "\u3000已改期\u3000": "已改期",
		"İPTAL ısı": "iptalisi", "\u212a": "k", "a\xffb": "a\ufffdb", "Вирішено, Й": "вирішено,и",
	} {
		if got := fold(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if got := string(appendFolded(nil, []byte(strings.TrimSpace(text)))); got != want {
			t.Errorf("bytes of %q: got %q, want %q", text, got, want)
		}
	}
}
